"""What Slack refuses of calls although it looks harmless: each through the door at which an app would meet it."""

import dataclasses

import aiohttp
import pytest
import yaml

from sandbox.company import company as larkspur
from sandbox.records import User
from sandbox.rules import Rules
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, client_of
from tests.sandbox.forms import plain, refused
from tests.sandbox.test_sockets import address

SECTION = [{"type": "section", "text": plain("Hello")}]
HOME = {"type": "home", "blocks": SECTION}


# messages


@pytest.fixture
async def posted(slack, client):
    """A message with blocks, an attachment and metadata in #kudos, where the app is a member."""
    await slack.person("ada").invite_app("kudos")
    answer = await client.chat_postMessage(
        channel=slack.channel("kudos").id,
        text="Hello",
        blocks=SECTION,
        attachments=[{"fallback": "more"}],
        metadata={"event_type": "said", "event_payload": {"id": "7"}},
    )
    return {"channel": answer["channel"], "ts": answer["ts"]}


async def test_an_update_of_the_metadata_alone_keeps_words_and_blocks(slack, client, posted):
    said = {"event_type": "said", "event_payload": {"id": "8"}}
    await client.api_call("chat.update", json={**posted, "metadata": said})
    message = slack.channel("kudos").messages[-1]
    assert (message.text, message.blocks[0]["type"], message.metadata) == ("Hello", "section", said)


async def test_an_update_leaves_attachments_alone_until_others_are_given(slack, client, posted):
    await client.chat_update(**posted, text="Changed")
    assert slack.channel("kudos").messages[-1].attachments == [{"fallback": "more"}]
    await client.chat_update(**posted, text="Changed", attachments=[])
    assert slack.channel("kudos").messages[-1].attachments == []


async def test_a_direct_message_is_updated_in_its_conversation_not_at_its_person(slack, client):
    bo = slack.person("bo").id
    sent = await client.chat_postMessage(channel=bo, text="Hello")
    assert await refused(client.chat_update(channel=bo, ts=sent["ts"], text="x")) == "channel_not_found"
    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="Changed")


async def test_a_long_text_is_cut_off_and_a_long_markdown_refused(slack, client):
    kudos = slack.channel("kudos").id
    await client.chat_postMessage(channel=kudos, text="x" * 40_001)
    assert len(slack.channel("kudos").messages[-1].text) == 40_000
    assert await refused(client.chat_postMessage(channel=kudos, markdown_text="x" * 12_001)) == "msg_too_long"


async def test_an_ephemeral_message_is_nothing_to_read_delete_or_react_to(slack, client, posted):
    kudos, bo = posted["channel"], slack.person("bo").id
    ts = (await client.chat_postEphemeral(channel=kudos, user=bo, text="Psst"))["message_ts"]
    assert await refused(client.chat_delete(channel=kudos, ts=ts)) == "message_not_found"
    history = await client.conversations_history(channel=kudos)
    assert ts not in [each["ts"] for each in history["messages"]]
    lost = client.chat_postEphemeral(channel=kudos, user=bo, text="Psst", thread_ts="1.000001")
    assert await refused(lost) == "thread_not_found"


async def test_nobody_outside_the_channel_is_written_to_in_secret(start):
    slack = await start(without_scopes=["chat:write.public"])
    client, bo, kudos = client_of(slack), slack.person("bo").id, slack.channel("kudos").id
    assert await refused(client.chat_postEphemeral(channel=kudos, user=bo, text="x")) == "not_in_channel"


# people and conversations


async def test_a_large_workspace_is_told_page_by_page_only(start):
    crowd = [User(f"U0CROWD{number:03}", f"c{number}", f"Crowd {number}") for number in range(10)]
    company = larkspur_with(crowd)
    slack = await start(company=company, rules=Rules(users_in_one_piece=len(company.users) - 1))
    client = client_of(slack)
    assert await refused(client.users_list()) == "limit_required"
    pages = [len(page["members"]) async for page in await client.users_list(limit=7)]
    assert sum(pages) == len(company.users)
    assert max(pages) == 7


def larkspur_with(people):
    company = larkspur("parrot")
    return dataclasses.replace(company, users=[*company.users, *people])


async def test_a_cursor_or_a_limit_that_is_none_is_refused(client):
    assert await refused(client.users_list(cursor="tomorrow")) == "invalid_cursor"
    assert await refused(client.users_list(limit=-1)) == "invalid_arguments"


async def test_a_conversation_is_opened_with_somebody(slack, client):
    assert await refused(client.api_call("conversations.open")) == "users_list_not_supplied"
    many = ",".join(each.id for each in list(slack.workspace.users.values())[:9])
    assert await refused(client.conversations_open(users=many)) == "too_many_users"
    two = ",".join(slack.person(name).id for name in ("ada", "bo"))
    assert await refused(client.conversations_open(users=two)) == "method_not_supported_for_channel_type"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.list", {"types": "secret_channel"}, "invalid_types"),
        ("usergroups.users.list", {"usergroup": "S0NOBODY"}, "no_such_subteam"),
        ("bots.info", {"bot": "B0NOBODY"}, "bot_not_found"),
        ("reactions.add", {"channel": "general", "name": "wave", "timestamp": "1.000001"}, "message_not_found"),
        ("views.update", {"view": HOME}, "invalid_arguments"),
    ],
)
async def test_what_is_not_there_is_said_by_its_name(slack, client, method, arguments, error):
    known = {"general": slack.channel("general").id}
    given = {name: known.get(value, value) if isinstance(value, str) else value for name, value in arguments.items()}
    assert await refused(client.api_call(method, json=given)) == error


async def test_a_body_that_is_no_json_is_refused(slack):
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answer = await session.post(f"{slack.api_url}chat.postMessage", data="{oops")
        assert (await answer.json())["error"] == "invalid_json"


# sockets and events


async def test_ten_connections_are_open_and_the_eleventh_is_turned_away(slack):
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await address(slack)) for _ in range(11)]
        greetings = [await socket.receive_json() for socket in sockets]
        assert [each["type"] for each in greetings] == ["hello"] * 10 + ["disconnect"]
        assert greetings[9]["num_connections"] == 10
        assert greetings[10]["reason"] == "too_many_websockets"


async def test_an_app_whose_manifest_has_no_socket_mode_opens_no_connection(tmp_path):
    written = yaml.safe_load(MANIFEST.read_text())
    written["settings"]["socket_mode_enabled"] = False
    for place in (written["settings"]["event_subscriptions"], written["settings"]["interactivity"]):
        place["request_url"] = "http://127.0.0.1:9/slack"
    for command in written["features"]["slash_commands"]:
        command["url"] = "http://127.0.0.1:9/slack"
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(yaml.safe_dump(written))
    slack = await Sandbox.start(manifest)
    assert await refused(address(slack)) == "not_allowed_token_type"
    await slack.stop()


async def test_an_event_may_come_twice_with_the_same_id(slack, app):
    heard = []

    @app.event("team_join")
    async def joined(body):
        heard.append(body["event_id"])

    await slack.interactions.arrive("zoe", "Zoe Papadaki")
    await slack.until(lambda: heard)
    assert await slack.delivery.tell_again() == 1
    assert len(heard) == 2
    assert len(set(heard)) == 1
