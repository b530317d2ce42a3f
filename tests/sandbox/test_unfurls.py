"""Links that people share: what the app is told of them, what it may show below them, and what Slack refuses."""

import json
import re

import aiohttp
import pytest

from sandbox.reading import text_of
from sandbox.rules import Rules
from tests.sandbox.conftest import MANIFEST, bolt, client_of, connected
from tests.sandbox.forms import button, plain, refused, row

URL = "https://parrot.example/o/12"
OTHER = "https://nest.birds.example/eggs"
SECTION = {"type": "section", "text": plain("O-12: Nobody waits for us")}
SHOWN = {"blocks": [SECTION]}


@pytest.fixture
async def heard(app):
    """Every `link_shared` that the app is told of."""
    events = []

    @app.event(re.compile(".*"))
    async def hear(event):
        if event["type"] == "link_shared":
            events.append(event)

    return events


@pytest.fixture
async def link(slack, heard):
    """Ada's message in #kudos with a link of the app's, where the app is not: how chat.unfurl names it."""
    said = await slack.person("ada").say(f"Look: {URL}", "kudos")
    return {"channel": said.channel, "ts": said.ts}


def below(slack):
    """What stands below the last message in #kudos."""
    return slack.channel("kudos").messages[-1].attachments


# what the app is told


async def test_a_link_of_the_app_is_told_with_the_message_it_stands_in(slack, heard):
    ada = slack.person("ada")
    said = await ada.say(f"{URL} and {OTHER}, once more {URL}, not https://elsewhere.example", "kudos")
    (event,) = heard
    assert event["links"] == [
        {"domain": "parrot.example", "url": URL},
        {"domain": "birds.example", "url": OTHER},
    ]
    assert (event["channel"], event["user"], event["message_ts"]) == (said.channel, ada.id, said.ts)
    assert event["source"] == "conversations_history"
    assert event["unfurl_id"].startswith(f"{said.channel}.{said.ts}.")
    assert event["is_bot_user_member"] is False
    assert "thread_ts" not in event


async def test_a_link_is_told_from_wherever_it_is_posted(slack, heard):
    ada = slack.person("ada")
    await ada.say(URL, "leadership")
    first = await ada.say(URL)
    await ada.say(URL, thread_ts=first.ts)
    assert [each["is_bot_user_member"] for each in heard] == [False, True, True]
    assert [each.get("thread_ts") for each in heard] == [None, None, first.ts]


async def test_an_address_is_told_as_it_stands_in_the_message(slack, heard):
    await slack.person("ada").say(f"{URL}?a=1&b=2", "kudos")
    assert heard[0]["links"][0]["url"] == f"{URL}?a=1&amp;b=2"


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "notparrot.example", "parrot.example.net", "parrot.example@elsewhere.example"]
)
async def test_a_link_to_another_host_is_not_told(slack, heard, host):
    await slack.person("ada").say(f"https://{host}/o/12", "kudos")
    assert heard == []


async def test_the_app_is_not_told_of_links_in_its_own_messages(slack, heard, client):
    posted = await client.chat_postMessage(channel=slack.channel("kudos").id, text=f"<{URL}>")
    await slack.events.heard()
    assert heard == []
    own = client.chat_unfurl(channel=posted["channel"], ts=posted["ts"], unfurls={URL: SHOWN})
    assert await refused(own) == "cannot_unfurl_url"


@pytest.mark.parametrize("lacking", ["links:read", "link_shared"])
async def test_a_link_is_told_only_to_an_app_that_may_hear_of_it(start, tmp_path, lacking):
    unsubscribed = tmp_path / "manifest.yml"
    unsubscribed.write_text(MANIFEST.read_text().replace("      - link_shared\n", ""))
    how = {"without_scopes": [lacking]} if ":" in lacking else {"manifest": unsubscribed}
    slack = await start(**how)
    told = []
    slack.workspace.subscribe(lambda change: told.append(change.kind) if change.kind == "event" else None)
    async with connected(bolt(slack), slack):
        said = await slack.person("ada").say(URL, "kudos")
        await slack.events.heard()
    assert told == []
    ask = client_of(slack).chat_unfurl(channel=said.channel, ts=said.ts, unfurls={URL: SHOWN})
    assert await refused(ask) == "cannot_unfurl_url"


# what it shows


async def test_an_unfurl_stands_below_the_message_for_everybody(slack, client, link):
    await client.chat_unfurl(**link, unfurls={URL: SHOWN})
    (shown,) = below(slack)
    assert (shown["id"], shown["app_unfurl_url"], shown["is_app_unfurl"]) == (1, URL, True)
    assert shown["app_id"] == slack.workspace.company.app_id
    assert shown["blocks"][0]["text"]["text"] == "O-12: Nobody waits for us"
    assert slack.channel("kudos").messages[-1].edited is None
    where = {"as": slack.person("bo").id, "channel": link["channel"]}
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(f"{slack.page_url}fragment/timeline", params=where) as it,
    ):
        page = await it.text()
    assert "O-12: Nobody waits for us" in page
    assert "Added by Parrot" in page


async def test_an_unfurl_is_read_below_what_was_said(slack, client, link):
    await client.chat_unfurl(**link, unfurls={URL: SHOWN})
    (message,) = await slack.read("kudos")
    assert text_of(message).split("\n") == [f"Look: {URL}", "O-12: Nobody waits for us"]


async def test_an_unfurl_may_be_of_the_older_kind(slack, client, link):
    fields = [{"title": "Owner", "value": "<@U1>"}]
    old = {"title": "O-12 <3", "title_link": URL, "text": "*Nobody* waits", "fields": fields}
    await client.chat_unfurl(**link, unfurls={URL: {**old, "preview": {"title": plain("In a composer")}}})
    assert text_of(slack.channel("kudos").messages[-1], {"U1": "Bo"}).split("\n")[1:] == [
        "O-12 <3",
        "*Nobody* waits",
        "Owner: @Bo",
    ]
    assert "preview" not in below(slack)[0]
    where = {"as": slack.person("bo").id, "channel": link["channel"]}
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(f"{slack.page_url}fragment/timeline", params=where) as it,
    ):
        assert "<b>Nobody</b> waits" in await it.text()


async def test_a_second_unfurl_of_a_link_takes_the_place_of_the_first(slack, client, heard):
    said = await slack.person("ada").say(f"{URL} {OTHER}", "kudos")
    by_id = {"unfurl_id": heard[0]["unfurl_id"], "source": heard[0]["source"]}
    await client.chat_unfurl(**by_id, unfurls={URL: {"text": "once"}, OTHER: {"text": "eggs"}})
    await client.chat_unfurl(channel=said.channel, ts=said.ts, unfurls=json.dumps({URL: {"text": "twice"}}))
    assert [(each["id"], each["text"]) for each in below(slack)] == [(1, "twice"), (2, "eggs")]


async def test_an_unfurl_changes_the_message_for_an_app_that_is_there(slack, heard, client):
    told = []
    slack.workspace.subscribe(lambda change: told.append(change.detail["event"]) if change.kind == "event" else None)
    said = await slack.person("ada").say(URL)
    await client.chat_unfurl(channel=said.channel, ts=said.ts, unfurls={URL: SHOWN})
    await slack.events.heard()
    assert [(each["type"], each.get("subtype")) for each in told][-1] == ("message", "message_changed")
    assert told[-1]["message"]["attachments"][0]["from_url"] == URL


async def test_a_button_in_an_unfurl_shows_the_app_the_unfurl_and_not_the_message(slack, app, client, link):
    pressed = []

    @app.action("more")
    async def more(ack, body, client, respond):
        pressed.append(body)
        await client.chat_unfurl(**link, unfurls={URL: {"text": "More of it"}})
        await respond("Here you are", replace_original=True)
        await ack()

    await client.chat_unfurl(**link, unfurls={URL: {"blocks": [SECTION, row(button("More", "more"))]}})
    seen = await slack.person("bo").press("More")
    (body,) = pressed
    where = {"type": "message_attachment", "attachment_id": 1, "is_app_unfurl": True, "app_unfurl_url": URL}
    assert where.items() <= body["container"].items()
    assert body["app_unfurl"]["blocks"][1]["block_id"] == body["actions"][0]["block_id"] == "row"
    assert "message" not in body
    assert "More of it" in seen.text
    assert slack.channel("kudos").messages[-1].text == f"Look: <{URL}>"  # what somebody else said is not replaced


async def test_a_button_in_an_attachment_of_the_apps_own_is_pressed_in_its_message(slack, app, client):
    pressed = []

    @app.action("more")
    async def more(ack, body):
        pressed.append(body)
        await ack()

    controls = [{"type": "actions", "elements": [button("More", "more")]}]
    await client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello", attachments=[{"blocks": controls}])
    await slack.person("bo").press("More")
    assert pressed[0]["container"]["type"] == "message_attachment"
    assert pressed[0]["message"]["text"] == "Hello"


async def test_what_was_told_and_shown_outlives_a_restart(start, tmp_path):
    slack = await start(file=tmp_path / "slack.db")
    said = await slack.person("ada").say(f"{URL} {OTHER}", "kudos")
    where = {"channel": said.channel, "ts": said.ts}
    await client_of(slack).chat_unfurl(**where, unfurls={URL: {"text": "before"}})
    await slack.stop()
    slack = await start(file=tmp_path / "slack.db")
    await client_of(slack).chat_unfurl(**where, unfurls={OTHER: {"text": "after"}})
    assert [each["text"] for each in below(slack)] == ["before", "after"]


# what Slack refuses


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"channel": ""}, "missing_channel"),
        ({"ts": ""}, "missing_ts"),
        ({"channel": "C0NOWHERE"}, "cannot_find_channel"),
        ({"ts": "1.000001"}, "cannot_find_message"),
        ({"unfurls": None}, "missing_unfurls"),
        ({"unfurls": "{not json"}, "invalid_unfurls_format"),
        ({"unfurls": [SHOWN]}, "invalid_unfurls_format"),
        ({"unfurls": {URL: "words"}}, "invalid_unfurls_format"),
        ({"unfurls": {URL: {"color": "#123456"}}}, "cannot_parse_attachment"),
        ({"unfurls": {f"{URL}0": SHOWN}}, "cannot_unfurl_message"),
        ({"unfurls": {URL: {"blocks": [{"type": "marquee"}]}}}, "invalid_blocks"),
        ({"unfurls": {URL: {"blocks": [{**SECTION, "block_id": "1"}] * 2}}}, "invalid_blocks"),
        ({"source": "conversations_history"}, "missing_unfurl_id"),
        ({"unfurl_id": "x"}, "missing_source"),
        ({"unfurl_id": "x", "source": "elsewhere"}, "invalid_source"),
        ({"unfurl_id": "x", "source": "composer"}, "invalid_unfurl_id"),
    ],
)
async def test_what_cannot_be_unfurled(slack, client, link, asked, error):
    asked = {**link, "unfurls": {URL: SHOWN}, **asked}
    given = {name: value for name, value in asked.items() if value is not None}
    assert await refused(client.api_call("chat.unfurl", json=given)) == error
    assert below(slack) == []


async def test_an_id_is_not_one_of_a_link_in_a_composer(client, heard, link):
    asked = {"unfurl_id": heard[0]["unfurl_id"], "source": "composer"}
    assert await refused(client.chat_unfurl(**asked, unfurls={URL: SHOWN})) == "invalid_unfurl_id"


async def test_an_address_is_unfurled_as_it_was_told_only(slack, client, heard):
    said = await slack.person("ada").say(f"{URL}?a=1&b=2 https://elsewhere.example", "kudos")
    where = {"channel": said.channel, "ts": said.ts}
    raw = client.chat_unfurl(**where, unfurls={f"{URL}?a=1&b=2": SHOWN})
    assert await refused(raw) == "cannot_unfurl_message"
    foreign = client.chat_unfurl(**where, unfurls={"https://elsewhere.example": SHOWN})
    assert await refused(foreign) == "cannot_unfurl_url"
    await client.chat_unfurl(**where, unfurls={heard[0]["links"][0]["url"]: SHOWN})
    assert len(below(slack)) == 1


async def test_a_private_channel_is_not_there_for_an_app_that_was_told_of_no_link_in_it(slack, client, heard):
    ada = slack.person("ada")
    told, untold = await ada.say(URL, "leadership"), await ada.say("Nothing to see", "leadership")
    unseen = client.chat_unfurl(channel=untold.channel, ts=untold.ts, unfurls={URL: SHOWN})
    assert await refused(unseen) == "cannot_find_channel"
    await client.chat_unfurl(channel=told.channel, ts=told.ts, unfurls={URL: SHOWN})


async def test_an_app_without_domains_unfurls_nothing(start, tmp_path):
    manifest = tmp_path / "manifest.yml"
    written = MANIFEST.read_text().replace("  unfurl_domains: [parrot.example, birds.example]\n", "")
    manifest.write_text(written)
    slack = await start(manifest=manifest)
    said = await slack.person("ada").say(URL, "kudos")
    ask = client_of(slack).chat_unfurl(channel=said.channel, ts=said.ts, unfurls={URL: SHOWN})
    assert await refused(ask) == "cannot_find_service"


async def test_without_its_scope_nothing_is_unfurled(start):
    slack = await start(without_scopes=["links:write"])
    said = await slack.person("ada").say(URL, "kudos")
    ask = client_of(slack).chat_unfurl(channel=said.channel, ts=said.ts, unfurls={URL: SHOWN})
    assert await refused(ask) == "missing_scope"


async def test_a_workspace_may_insist_that_the_event_is_acknowledged_first(start):
    slack = await start(rules=Rules(unfurls_need_ack=True, ack_seconds=10.0))
    app, answers = bolt(slack), []
    client = client_of(slack)

    @app.event("link_shared")
    async def shared(event):
        where = {"channel": event["channel"], "ts": event["message_ts"]}
        answers.append(await refused(client.chat_unfurl(**where, unfurls={URL: SHOWN})))

    async with connected(app, slack):
        said = await slack.person("ada").say(URL, "kudos")
    assert answers == ["cannot_unfurl_url"]
    await client.chat_unfurl(channel=said.channel, ts=said.ts, unfurls={URL: SHOWN})
    assert len(below(slack)) == 1
