"""What people do on the page beside talking to the app: threads, pins, links, files, and what they have seen."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from tests.sandbox.conftest import client_of


@pytest.fixture
async def browser(slack) -> AsyncIterator[ClientSession]:
    async with ClientSession(slack.page_url, headers={"Origin": slack.page_url.rstrip("/")}) as session:
        yield session


@pytest.fixture
def do(slack, browser):
    """Do something as somebody in a channel; the answer is what the page would say about it, if it went wrong."""

    async def do(deed, who="gita", channel="general", **asked):
        where = {"as": slack.person(who).id, "channel": slack.channel(channel).id}
        async with browser.post(f"/do/{deed}", params=where, json=asked) as answer:
            return (await answer.json()).get("trouble")

    return do


@pytest.fixture
def pane(slack, browser):
    """A part of the page as somebody sees it in #general."""

    async def pane(name, who="gita", channel="general", **more):
        where = {"as": slack.person(who).id, "channel": slack.channel(channel).id, **more}
        async with browser.get(f"/fragment/{name}", params=where) as answer:
            return await answer.text()

    return pane


def said(slack, text="How was your week?", **fields):
    general = slack.channel("general").id
    return slack.workspace.post(general, slack.person("bo").id, text, **fields)


async def test_a_reply_stands_in_its_thread_and_not_in_the_channel(slack, do, pane):
    root = said(slack)
    assert await do("say", text="Long, but good", thread=root.ts) is None

    assert "Long, but good" not in await pane("timeline")
    assert "1 reply" in await pane("timeline")
    assert "Long, but good" in await pane("aside", side=root.ts)


async def test_a_reply_sent_to_the_channel_too_stands_in_both(slack, pane):
    root = said(slack)
    sent = {"channel": root.channel, "thread_ts": root.ts}
    await client_of(slack).chat_postMessage(**sent, text="For all to see", reply_broadcast=True)

    for name, more in (("timeline", {}), ("aside", {"side": root.ts})):
        assert "For all to see" in await pane(name, **more)
    assert "Replied to" in await pane("timeline")


async def test_a_command_does_not_work_in_a_thread(slack, do):
    root = said(slack)
    assert await do("say", text="/echo hello", thread=root.ts) == "Slash commands do not work in threads."


async def test_a_reaction_is_given_once_and_taken_back_by_the_second_press(slack, do):
    message = said(slack)
    await do("react", ts=message.ts, emoji="tada")
    await do("react", "bo", ts=message.ts, emoji="tada")
    assert message.reactions == {"tada": [slack.person("gita").id, slack.person("bo").id]}
    await do("react", ts=message.ts, emoji="tada")
    await do("react", "bo", ts=message.ts, emoji="tada")
    assert message.reactions == {}


async def test_only_members_pin(slack, do, pane):
    product = slack.channel("product").id
    plan = slack.workspace.post(product, slack.person("hana").id, "The plan")
    assert await do("pin", channel="product", ts=plan.ts) == "Only members can pin."
    assert await do("pin", "hana", channel="product", ts=plan.ts) is None
    assert "Pinned by you" in await pane("aside", "hana", channel="product", side="pins")
    assert await do("unpin", "ada", channel="product", ts=plan.ts) is None
    assert slack.workspace.pins(product) == []


async def test_only_its_reader_dismisses_an_ephemeral_message(slack, do):
    note = said(slack, only_for=slack.person("gita").id)
    assert await do("dismiss", "bo", ts=note.ts) == "This is no longer there."
    assert await do("dismiss", ts=said(slack).ts) == "Others see this message too."
    assert await do("dismiss", ts=note.ts) is None
    assert slack.workspace.message(note.channel, note.ts) is None


async def test_a_permalink_leads_to_its_message_for_whoever_may_see_it(slack, browser):
    leadership = slack.workspace.channel_named("leadership").id
    await slack.interactions.invite_app(slack.person("bo").id, leadership)
    plan = slack.workspace.post(leadership, slack.person("bo").id, "The plan")
    answer = await client_of(slack).chat_getPermalink(channel=leadership, message_ts=plan.ts)
    for reader, shown_to in (("bo", "bo"), ("gita", "ada")):
        params = {"as": slack.person(reader).id}
        async with browser.get(answer["permalink"], params=params, allow_redirects=False) as there:
            assert there.headers["Location"] == f"/?as={slack.person(shown_to).id}&channel={leadership}&at={plan.ts}"
    async with browser.get("/archives/C0NOWHERE/p1") as nowhere:
        assert nowhere.status == 404


async def test_what_was_seen_is_remembered_when_the_workspace_opens_again(start, tmp_path):
    file = tmp_path / "slack.sqlite"
    for text, unread in (("First", 1), ("Second", 1)):
        slack = await start(file=file)
        ada, general = slack.person("ada").id, slack.channel("general").id
        slack.workspace.post(general, slack.person("bo").id, text)
        async with ClientSession(slack.page_url) as browser:
            async with browser.get("/", params={"as": ada, "channel": slack.channel("kudos").id}) as page:
                assert f'aria-label="{unread} unread"' in await page.text()
            async with browser.get("/", params={"as": ada, "channel": general}) as page:
                assert page.status == 200
        await slack.stop()


async def test_what_comes_while_nobody_looks_stays_unread(slack, pane):
    said(slack)
    await pane("timeline", unseen="")
    assert "1 unread" in await pane("sidebar", channel="kudos")
    await pane("timeline")
    assert "1 unread" not in await pane("sidebar", channel="kudos")


async def test_a_file_is_for_the_page_and_for_whoever_has_the_token(slack, browser):
    ada = slack.person("ada").id
    async with browser.post("/upload", params={"as": ada, "name": "../plan.txt"}, data=b"Walk on.") as answer:
        kept = await answer.json()
    assert kept["name"] == "plan.txt"
    for headers, status in (
        ({}, 403),
        ({"Authorization": "Bearer "}, 403),
        ({"Authorization": f"Bearer {slack.bot_token}"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ):
        async with browser.get(f"/files/{kept['id']}/plan.txt", headers=headers) as answer:
            assert answer.status == status
    async with browser.post("/upload", params={"as": ada, "name": "film.mp4"}, data=b"x" * 10_000_001) as answer:
        assert (await answer.json())["trouble"] == "A file may have at most 10 MB."


async def test_two_people_stand_side_by_side(slack, browser):
    gita, bo = slack.person("gita").id, slack.person("bo").id
    async with browser.get("/beside", params={"left": gita, "right": bo}) as answer:
        shown = await answer.text()
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert 'title="What Gita Raghunathan sees"' in shown
    assert 'title="What Bo Lindqvist sees"' in shown
    async with browser.get("/beside", params={"left": "U0NOBODY"}) as answer:
        assert answer.status == 404


async def test_everybodys_clock_is_told_from_west_to_east(slack, pane):
    people = await pane("aside")
    assert people.index("Pacific/Honolulu UTC−10") < people.index("Asia/Kolkata UTC+5:30") < people.index("Asia/Tokyo")
    assert "Put Bo Lindqvist beside you" in people
