"""chat.* and reading back what was said, and what Slack refuses there."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.rules import Rules
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, client_of
from tests.sandbox.forms import plain, refused

SECTION = [{"type": "section", "text": plain("Hello")}]


@pytest.fixture
def ids(slack):
    """Names → ids of channels and people."""
    channels = {each.name: each.id for each in slack.workspace.channels.values()}
    return channels | {each.name: each.id for each in slack.workspace.users.values()}


async def test_a_message_is_posted_and_read_back_with_its_metadata(slack, client, ids):
    await slack.person("ada").invite_app("kudos")
    said = {"event_type": "said", "event_payload": {"id": "7"}}
    posted = await client.chat_postMessage(channel=ids["kudos"], text="Hello", blocks=SECTION, metadata=said)
    with_metadata = await client.conversations_history(channel=ids["kudos"], include_all_metadata=True, limit=1)
    without = await client.conversations_history(channel=ids["kudos"], limit=1)
    assert with_metadata["messages"][0]["ts"] == posted["ts"]
    assert with_metadata["messages"][0]["metadata"] == said
    assert "metadata" not in without["messages"][0]
    assert without["messages"][0]["bot_id"] == (await client.auth_test())["bot_id"]


async def test_timestamps_are_unique_and_rising(client, ids):
    posts = [client.chat_postMessage(channel=ids["kudos"], text=str(count)) for count in range(20)]
    stamps = [answer["ts"] for answer in await asyncio.gather(*posts)]
    assert len(set(stamps)) == 20
    assert all(len(stamp.partition(".")[2]) == 6 for stamp in stamps)


async def test_a_person_s_id_is_their_direct_messages(slack, client, ids):
    posted = await client.chat_postMessage(channel=ids["bo"], text="Hello")
    opened = await client.conversations_open(users=ids["bo"])
    assert posted["channel"] == opened["channel"]["id"]
    assert posted["channel"].startswith("D")
    assert [each.text for each in slack.person("bo").dm] == ["Hello"]


@pytest.mark.parametrize(
    ("channel", "said", "error"),
    [
        ("C0NOWHERE", {"text": "x"}, "channel_not_found"),
        ("leadership", {"text": "x"}, "channel_not_found"),
        ("noor", {"text": "x"}, "channel_not_found"),
        ("general", {"text": ""}, "no_text"),
        ("general", {"text": "x", "blocks": [{"type": "marquee"}]}, "invalid_blocks"),
        ("general", {"text": "x", "blocks": "[not json"}, "invalid_blocks_format"),
        ("general", {"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ("general", {"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_posted(client, ids, channel, said, error):
    call = client.api_call("chat.postMessage", json={"channel": ids.get(channel, channel), **said})
    assert await refused(call) == error


async def test_bad_blocks_are_pointed_at(client, ids):
    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel=ids["general"], text="x", blocks=[{"type": "marquee"}])
    assert "/blocks/0/type" in refusal.value.response["response_metadata"]["messages"][0]


async def test_nobody_posts_in_an_archived_channel(slack, client, ids):
    await slack.interactions.archive_channel(ids["product"])
    assert await refused(client.chat_postMessage(channel=ids["product"], text="x")) == "is_archived"


async def test_without_the_public_scope_the_app_must_be_invited(start):
    slack = await start(without_scopes=["chat:write.public"])
    client, kudos = client_of(slack), slack.channel("kudos").id
    assert await refused(client.chat_postMessage(channel=kudos, text="x")) == "not_in_channel"
    await slack.person("ada").invite_app("kudos")
    await client.chat_postMessage(channel=kudos, text="x")


async def test_a_private_channel_is_unknown_until_the_app_is_invited(slack, client, ids):
    assert await refused(client.conversations_info(channel=ids["leadership"])) == "channel_not_found"
    await slack.person("ada").invite_app("leadership")
    info = await client.conversations_info(channel=ids["leadership"])
    assert (info["channel"]["is_private"], info["channel"]["is_member"]) == (True, True)
    await client.chat_postMessage(channel=ids["leadership"], text="Hello")


async def test_a_workspace_that_keeps_the_pace_says_when_to_come_back(start):
    slack = await start(rules=Rules(rate_limited=True, post_burst=2))
    client, kudos, general = client_of(slack), slack.channel("kudos").id, slack.channel("general").id
    await client.chat_postMessage(channel=kudos, text="1")
    await client.chat_postMessage(channel=kudos, text="2")
    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel=kudos, text="3")
    answer = refusal.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "1")
    await client.chat_postMessage(channel=general, text="Another channel is free.")


async def test_an_update_with_text_alone_drops_the_blocks_and_keeps_the_metadata(slack, client, ids):
    said = {"event_type": "said", "event_payload": {"id": "7"}}
    posted = await client.chat_postMessage(channel=ids["kudos"], text="Hello", blocks=SECTION, metadata=said)
    await client.chat_update(channel=ids["kudos"], ts=posted["ts"], text="Changed")
    message = slack.channel("kudos").messages[-1]
    assert (message.text, message.blocks, message.metadata) == ("Changed", [], said)
    assert message.edited


@pytest.mark.parametrize(
    ("method", "theirs"), [("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")]
)
async def test_only_its_own_messages_are_the_apps_to_change(slack, client, ids, method, theirs):
    said = await slack.person("ada").say("Mine", "kudos")
    change = {"channel": ids["kudos"], "text": "x"}
    assert await refused(client.api_call(method, json=change | {"ts": said.ts})) == theirs
    assert await refused(client.api_call(method, json=change | {"ts": "1.000001"})) == "message_not_found"


async def test_an_update_takes_less_text_than_a_message(client, ids):
    posted = await client.chat_postMessage(channel=ids["kudos"], text="x" * 4001)
    update = client.chat_update(channel=ids["kudos"], ts=posted["ts"], text="x" * 4001)
    assert await refused(update) == "msg_too_long"


async def test_a_deleted_message_is_gone(slack, client, ids):
    posted = await client.chat_postMessage(channel=ids["kudos"], text="Oops")
    await client.chat_delete(channel=ids["kudos"], ts=posted["ts"])
    assert slack.channel("kudos").messages == []
    assert await refused(client.chat_delete(channel=ids["kudos"], ts=posted["ts"])) == "message_not_found"


async def test_an_ephemeral_message_has_one_reader_who_must_be_there(slack, client, ids):
    await client.chat_postEphemeral(channel=ids["engineering"], user=ids["bo"], text="Psst")
    assert [each.text for each in slack.person("bo").sees("engineering")] == ["Psst"]
    assert slack.person("emi").sees("engineering") == []
    outside = client.chat_postEphemeral(channel=ids["engineering"], user=ids["hana"], text="Psst")
    assert await refused(outside) == "user_not_in_channel"


async def test_an_ephemeral_message_cannot_be_updated(client, ids):
    sent = await client.chat_postEphemeral(channel=ids["kudos"], user=ids["bo"], text="Psst")
    update = client.chat_update(channel=ids["kudos"], ts=sent["message_ts"], text="x")
    assert await refused(update) == "message_not_found"


async def test_with_the_messages_tab_off_nobody_is_written_to(tmp_path):
    written = tmp_path / "manifest.yml"
    written.write_text(MANIFEST.read_text().replace("messages_tab_enabled: true", "messages_tab_enabled: false"))
    closed = await Sandbox.start(written)
    post = client_of(closed).chat_postMessage(channel=closed.person("ada").id, text="x")
    assert await refused(post) == "messages_tab_disabled"
    await closed.stop()


async def test_a_reply_can_be_shown_in_the_channel_too(slack, client, ids):
    await slack.person("ada").invite_app("product")
    first = await client.chat_postMessage(channel=ids["product"], text="first")
    there = {"channel": ids["product"], "thread_ts": first["ts"]}
    reply = await client.chat_postMessage(**there, text="for all", reply_broadcast=True)
    await client.chat_postMessage(**there, text="for some", reply_broadcast=False)
    assert reply["message"]["subtype"] == "thread_broadcast"
    history = await client.conversations_history(channel=ids["product"])
    assert [each["text"] for each in history["messages"]][:2] == ["for all", "first"]
    thread = await client.conversations_replies(channel=ids["product"], ts=first["ts"])
    assert [each["text"] for each in thread["messages"]] == ["first", "for all", "for some"]


async def test_history_pages_backwards_and_keeps_replies_in_their_thread(slack, client, ids):
    await slack.person("ada").invite_app("product")
    first = await client.chat_postMessage(channel=ids["product"], text="first")
    await client.chat_postMessage(channel=ids["product"], text="reply", thread_ts=first["ts"])
    await client.chat_postMessage(channel=ids["product"], text="second")
    pages = await client.conversations_history(channel=ids["product"], limit=1)
    newest_first = [page["messages"][0] async for page in pages]
    assert [each["text"] for each in newest_first[:2]] == ["second", "first"]
    assert newest_first[1]["reply_count"] == 1
    thread = await client.conversations_replies(channel=ids["product"], ts=first["ts"])
    assert [each["text"] for each in thread["messages"]] == ["first", "reply"]
    newer = await client.conversations_history(channel=ids["product"], oldest=first["ts"])
    assert [each["text"] for each in newer["messages"]] == ["second"]


async def test_history_needs_membership(client, ids):
    assert await refused(client.conversations_history(channel=ids["kudos"])) == "not_in_channel"


async def test_a_permalink_points_at_its_message(client, ids):
    posted = await client.chat_postMessage(channel=ids["kudos"], text="Hello")
    link = await client.chat_getPermalink(channel=ids["kudos"], message_ts=posted["ts"])
    assert link["permalink"].endswith(f"/archives/{ids['kudos']}/p{posted['ts'].replace('.', '')}")
    lost = client.chat_getPermalink(channel=ids["kudos"], message_ts="1.000001")
    assert await refused(lost) == "message_not_found"


async def test_a_reaction_is_given_once(slack, client, ids):
    await slack.person("ada").invite_app("kudos")
    posted = await client.chat_postMessage(channel=ids["kudos"], text="Hello")
    react = {"channel": ids["kudos"], "timestamp": posted["ts"], "name": "tada"}
    await client.reactions_add(**react)
    assert slack.channel("kudos").messages[-1].reactions == {"tada": [slack.workspace.bot.id]}
    assert await refused(client.reactions_add(**react)) == "already_reacted"
