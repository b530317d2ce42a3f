"""Whom the page lets in, what it shows to whom, and what it does when asked badly."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from sandbox.company import company
from sandbox.records import Change
from sandbox.web.live import concerned
from sandbox.web.visit import Site, visit
from tests.sandbox.alone import written


@pytest.fixture
async def browser(slack) -> AsyncIterator[ClientSession]:
    async with ClientSession(slack.page_url, headers={"Origin": slack.page_url.rstrip("/")}) as session:
        yield session


async def test_the_page_shows_a_channel_and_asks_nothing_of_the_outside(slack, browser):
    async with browser.get("/") as answer:
        shown = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 200
    assert "Message #general" in shown
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert " style=" not in shown
    assert 'src="http' not in shown


async def test_a_foreign_name_for_this_machine_is_turned_away(browser):
    async with browser.get("/", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
async def test_another_sites_page_cannot_act(slack, origin):
    headers = {"Origin": origin} if origin else {}
    async with ClientSession(slack.page_url, headers=headers) as stranger:
        async with stranger.post("/do/say", json={"text": "mischief"}) as answer:
            assert answer.status == 403
        async with stranger.get("/live", headers={"Upgrade": "websocket"}) as answer:
            assert answer.status == 403
    assert not slack.workspace.timeline(slack.workspace.channel_named("general").id)


async def test_a_private_channel_is_not_there_for_those_outside_it(slack, browser):
    leadership = slack.workspace.channel_named("leadership").id
    gita, bo = slack.workspace.user_named("gita").id, slack.workspace.user_named("bo").id
    async with browser.get("/", params={"as": gita, "channel": leadership}) as answer:
        assert answer.status == 404
    async with browser.get("/", params={"as": gita}) as answer:
        assert "leadership" not in await answer.text()
    async with browser.get("/", params={"as": bo, "channel": leadership}) as answer:
        assert "Message #leadership" in await answer.text()


async def test_an_ephemeral_message_is_drawn_for_its_reader_only(slack, browser):
    general = slack.workspace.channel_named("general").id
    gita, bo = slack.workspace.user_named("gita").id, slack.workspace.user_named("bo").id
    slack.workspace.post(general, slack.workspace.bot.id, "psst", only_for=gita)
    for reader, sees in ((gita, True), (bo, False)):
        async with browser.get("/fragment/timeline", params={"as": reader, "channel": general}) as answer:
            assert ("psst" in await answer.text()) is sees


async def test_what_one_person_sends_the_other_tabs_hear_of(slack, browser):
    general = slack.workspace.channel_named("general").id
    ada = slack.workspace.user_named("ada").id
    async with browser.ws_connect(f"/live?channel={general}&told={slack.workspace.told}") as tab:
        async with browser.post("/do/say", params={"as": ada, "channel": general}, json={"text": "hello"}) as answer:
            assert answer.status == 200
        assert await tab.receive_json() == ["aside", "sidebar", "timeline"]


async def test_what_happens_between_a_page_and_its_line_is_not_missed(slack, browser):
    general = slack.workspace.channel_named("general").id
    async with browser.get("/", params={"channel": general}) as answer:
        (told,) = re.findall(r'data-told="(\d+)"', await answer.text())
    slack.workspace.post(general, slack.workspace.bot.id, "Quick!")
    async with browser.ws_connect(f"/live?channel={general}&told={told}") as tab:
        assert {"timeline", "sidebar", "modals", "home"} <= set(await tab.receive_json())


async def test_somebody_elses_modal_is_nothing_to_this_tab(slack):
    ada, bo = slack.workspace.user_named("ada").id, slack.workspace.user_named("bo").id
    tab = visit(Site(slack), ada, None, None)
    assert concerned(Change("modal", ada), tab) == ["modals"]
    assert concerned(Change("modal", bo), tab) == []


async def test_what_is_gone_or_impossible_is_said_in_a_sentence(slack, browser):
    for deed, asked in (("close", {"view": "V0GONE", "stack": False}), ("move", {"move": "+1 century"})):
        async with browser.post(f"/do/{deed}", json=asked) as answer:
            assert answer.status == 409
            assert (await answer.json())["trouble"] == "This is no longer there."


@pytest.mark.parametrize("address", ["/?as={}", "/?as={}&app=home", "/beside?left={}&right=bo"])
async def test_the_page_takes_handles_as_well_as_ids(slack, browser, address):
    ada = slack.person("ada")
    for name in ("ada", ada.id):
        async with browser.get(address.format(name)) as answer:
            assert answer.status == 200
            assert f'data-as="{ada.id}"' in await answer.text()
    async with browser.get(address.format("zed")) as answer:
        assert answer.status == 404


async def test_of_somebody_without_a_title_the_people_pane_says_the_rest(start, tmp_path):
    people = written(tmp_path, "company: One\npeople: [{handle: zoe, name: Zoe Adeyemi}]")
    slack = await start(company=company("parrot", people))
    async with ClientSession() as session, session.get(f"{slack.page_url}?as=zoe&side=people") as answer:
        assert "<small>you</small>" in await answer.text()
