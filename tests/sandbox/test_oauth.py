"""Installing: people allow the app into their workspaces, and take it out again. Bolt's own OAuth is the other side."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from sandbox.rules import Rules
from tests.sandbox.conftest import client_of
from tests.sandbox.forms import button, refused, row
from tests.sandbox.installing import (
    LANDING,
    OPTIONS,
    SCOPES,
    access,
    code,
    install_link,
    installable,
    installed,
    link,
    press,
)
from tests.sandbox.web_app import MANIFEST


@pytest.fixture
async def slack(start):
    """Two workspaces, the app in neither."""
    return await start(**OPTIONS)


@pytest.fixture
def tidewater(slack):
    return slack.seen_from("Tidewater")


@pytest.fixture
async def web():
    """Somebody's browser."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bolt(slack, tmp_path):
    """A Bolt app that anybody may install; it echoes."""
    async with installable(slack, tmp_path) as app:
        yield app


async def test_a_person_installs_the_app_and_it_works_in_their_workspace_only(slack, tidewater, web, bolt):
    assert "not a valid command" in (await slack.person("ada").command("/echo hello")).text
    assert "Thank you" in await installed(web, slack, bolt)
    assert (await slack.person("ada").command("/echo hello")).text == "Larkspur larkspur: hello"
    assert "not a valid command" in (await tidewater.person("ana").command("/echo hello")).text


async def test_two_workspaces_have_their_own_tokens_people_and_deliveries(slack, tidewater, web, bolt):
    await installed(web, slack, bolt)
    await installed(web, tidewater, bolt)
    assert (await slack.person("bo").command("/echo hello")).text == "Larkspur larkspur: hello"
    assert (await tidewater.person("bo").command("/echo hello")).text == "Tidewater tidewater: hello"
    assert slack.person("bo").id != tidewater.person("bo").id
    assert slack.bot_token != tidewater.bot_token
    abroad = client_of(tidewater).chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
    assert await refused(abroad) == "channel_not_found"
    assert await refused(client_of(tidewater).users_info(user=slack.person("bo").id)) == "user_not_found"


async def test_a_response_url_leads_back_to_its_own_workspace(slack, tidewater, web, bolt):
    await installed(web, tidewater, bolt)
    ana = tidewater.person("ana")
    await client_of(tidewater).chat_postMessage(channel=ana.id, text="Press", blocks=[row(button("Hi", "hi"))])
    await ana.press("Hi")
    assert [each.text for each in ana.dm] == ["Well met"]


async def test_cancel_tells_the_app_and_installs_nothing(slack, web, bolt):
    landed = await press(web, slack, await install_link(web, bolt), answer="cancel")
    assert parse_qs(urlsplit(landed).query)["error"] == ["access_denied"]
    async with web.get(landed) as page:
        assert "access_denied" in await page.text()
    assert slack.bot_token == ""


async def test_the_page_says_what_is_asked_and_by_whom(slack, web):
    async with web.get(link(slack)) as page:
        document = await page.text()
    for words in ("Heron would like to join Larkspur", "Tidewater", "Send messages", "users:read", "Allow", "Cancel"):
        assert words in document
    assert "Marek" not in document


async def test_a_guest_cannot_install(slack, web):
    form, origin = {"answer": "allow", "as": slack.person("marek").id}, {"Origin": slack.page_url.rstrip("/")}
    async with web.post(link(slack), data=form, headers=origin, allow_redirects=False) as response:
        assert response.status == 403


async def test_another_site_cannot_press_allow(slack, web):
    form = {"answer": "allow", "as": slack.person("ada").id}
    for origin in ({"Origin": "http://evil.example"}, {}):
        async with web.post(link(slack), data=form, headers=origin, allow_redirects=False) as response:
            assert response.status == 403


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "chat:write,files:write"}, "invalid_scope"),
        ({"redirect_uri": "http://evil.example/slack/oauth_redirect"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://127.0.0.1:8000/elsewhere"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://127.0.0.1:8000/slack/oauth_redirect"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://127.0.0.1:8000/slack/oauth_redirect_not"}, "bad_redirect_uri"),
    ],
)
async def test_a_link_that_asks_for_the_wrong_thing_has_no_button(slack, web, asked, error):
    async with web.get(link(slack, **asked)) as page:
        document = await page.text()
    assert page.status == 400
    assert error in document
    assert "Allow" not in document


async def test_the_state_comes_back_as_it_was_sent(slack, web):
    landed = await press(web, slack, link(slack, state="a&b=c d"))
    assert parse_qs(urlsplit(landed).query)["state"] == ["a&b=c d"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"code": "1.2.3"}, "invalid_code"),
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"redirect_uri": "http://127.0.0.1:8000/elsewhere"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ],
)
async def test_a_code_is_exchanged_only_with_what_belongs_to_it(slack, web, given, error):
    issued = await code(web, slack)
    assert await refused(access(slack, **{"code": issued, **given})) == error
    assert (await access(slack, code=issued))["access_token"] == slack.bot_token


async def test_a_code_works_once(slack, web):
    issued = await code(web, slack)
    await access(slack, code=issued)
    assert await refused(access(slack, code=issued)) == "invalid_code"


async def test_a_code_expires(start, web):
    slack = await start(**{**OPTIONS, "rules": Rules(code_seconds=0.0)})
    assert await refused(access(slack, code=await code(web, slack))) == "invalid_code"


async def test_the_credentials_may_come_in_the_body(slack, web):
    given = {"client_id": slack.client_id, "client_secret": slack.client_secret, "redirect_uri": LANDING}
    form = {**given, "code": await code(web, slack)}
    async with web.post(f"{slack.api_url}oauth.v2.access", data=form) as response:
        answer = await response.json()
    assert answer["team"] == {"id": slack.team.id, "name": "Larkspur"}
    assert answer["bot_user_id"] == slack.workspace.bot.id
    assert answer["scope"] == ",".join(SCOPES)
    assert answer["authed_user"] == {"id": slack.person("bo").id}


async def test_a_person_may_let_the_app_act_for_them(slack, web):
    answer = await access(slack, code=await code(web, slack, user_scope="users:read"))
    person = answer["authed_user"]
    assert (person["scope"], person["token_type"]) == ("users:read", "user")
    assert person["access_token"].startswith("xoxp-")


async def test_installing_again_adds_scopes_and_keeps_the_token(slack, web):
    first = await access(slack, code=await code(web, slack, scope="commands"))
    assert await refused(client_of(slack).users_list(limit=10)) == "missing_scope"
    second = await access(slack, code=await code(web, slack, scope="users:read"))
    assert second["access_token"] == first["access_token"]
    assert second["scope"] == "commands,users:read"
    assert (await client_of(slack).users_list(limit=10))["ok"]


async def test_a_revoked_token_is_good_for_nothing_and_bolt_forgets_it(slack, web, bolt):
    await installed(web, slack, bolt)
    token = slack.bot_token
    assert not (await client_of(slack).auth_revoke(test=True))["revoked"]
    assert (await client_of(slack).auth_revoke())["revoked"]
    await slack.events.heard()
    assert await refused(client_of(slack, token).auth_test()) == "token_revoked"
    store = bolt.oauth_flow.settings.installation_store
    assert await store.async_find_bot(enterprise_id=None, team_id=slack.team.id) is None
    await installed(web, slack, bolt)
    assert slack.bot_token not in ("", token)
    assert (await slack.person("ada").command("/echo hello")).text == "Larkspur larkspur: hello"


async def test_an_uninstall_is_told_and_leaves_the_other_workspace_alone(slack, tidewater, web, bolt):
    await installed(web, slack, bolt)
    await installed(web, tidewater, bolt)
    told, token = [], slack.bot_token
    slack.workspace.subscribe(lambda change: change.kind == "event" and told.append(change.detail))
    await client_of(slack).chat_postMessage(channel=slack.person("ada").id, text="Hi", blocks=[row(button("Hi", "hi"))])
    await slack.uninstall()
    gone = {each["event"]["type"]: each for each in told}
    assert gone["tokens_revoked"]["event"]["tokens"] == {"oauth": [], "bot": [slack.workspace.bot.id]}
    assert {gone["app_uninstalled"]["attempts"], gone["tokens_revoked"]["attempts"]} == {1}
    assert await refused(client_of(slack, token).auth_test()) == "account_inactive"
    store = bolt.oauth_flow.settings.installation_store
    assert await store.async_find_installation(enterprise_id=None, team_id=slack.team.id) is None
    assert "not a valid command" in (await slack.person("ada").command("/echo hello")).text
    assert "trouble" in (await slack.person("ada").press("Hi")).text
    assert (await tidewater.person("ana").command("/echo hello")).text == "Tidewater tidewater: hello"


async def test_an_app_can_uninstall_itself(slack, web, bolt):
    await installed(web, slack, bolt)
    client, token = client_of(slack), slack.bot_token
    guessed = client.apps_uninstall(client_id=slack.client_id, client_secret="guessed")
    assert await refused(guessed) == "bad_client_secret"
    await client.apps_uninstall(client_id=slack.client_id, client_secret=slack.client_secret)
    assert await refused(client_of(slack, token).auth_test()) == "account_inactive"


async def test_installations_are_kept_with_both_workspaces(start, web, tmp_path):
    file = tmp_path / "workspace.db"
    slack = await start(**{**OPTIONS, "file": file})
    tidewater = slack.seen_from("Tidewater")
    await access(tidewater, code=await code(web, tidewater, scope="chat:write,im:write"))
    lost = (await access(slack, code=await code(web, slack)))["access_token"]
    await client_of(tidewater).chat_postMessage(channel=tidewater.person("ana").id, text="Hello")
    await slack.uninstall()
    await slack.stop()

    again = await start(manifest=MANIFEST, installed=False, file=file)
    across = again.seen_from("Tidewater")
    assert (across.bot_token, again.bot_token) == (tidewater.bot_token, "")
    assert (again.client_id, again.client_secret) == (slack.client_id, slack.client_secret)
    assert [each.text for each in across.person("ana").dm] == ["Hello"]
    assert await refused(client_of(again, lost).auth_test()) == "account_inactive"
    assert (await client_of(across).auth_test())["team"] == "Tidewater"


async def test_an_app_that_came_with_its_workspace_does_not_come_back_after_it_was_taken_out(start, tmp_path):
    file = tmp_path / "workspace.db"
    slack = await start(file=file)
    token = slack.bot_token
    assert (await client_of(slack).auth_test())["team"] == "Larkspur"
    await slack.uninstall()
    await slack.stop()
    again = await start(file=file)
    assert again.bot_token == ""
    assert await refused(client_of(again, token).auth_test()) == "account_inactive"


async def test_each_workspace_has_a_page_of_its_own_that_leads_to_the_other(slack, tidewater, web):
    for each, other, company in ((slack, tidewater, "Larkspur"), (tidewater, slack, "Tidewater")):
        async with web.get(each.page_url) as page:
            document = await page.text()
        assert f"{company}</title>" in document
        assert f'href="{other.page_url}"' in document


async def test_the_page_offers_nothing_of_an_app_that_is_not_there(slack, web, bolt):
    async with web.get(slack.page_url) as page:
        before = await page.text()
    await installed(web, slack, bolt)
    async with web.get(slack.page_url) as page:
        after = await page.text()
    for offered in ("app=home", "app=messages", "Add Heron"):
        assert offered not in before
        assert offered in after
