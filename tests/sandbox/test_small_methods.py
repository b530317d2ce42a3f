"""Small methods: taking a reaction back, finding somebody, coming into a channel, having blocks judged."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.forms import form, plain, refused


@pytest.fixture
async def said(slack, client):
    """A message of the app's in #kudos, where it is."""
    await slack.person("ada").invite_app("kudos")
    sent = await client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
    return {"channel": sent["channel"], "timestamp": sent["ts"]}


async def test_the_app_takes_back_its_own_reaction_only(slack, client, said):
    message = slack.channel("kudos").messages[-1]
    await slack.person("ada").react(message, "wave")
    assert await refused(client.reactions_remove(**said, name="wave")) == "no_reaction"
    await client.reactions_add(**said, name="tada")
    await client.reactions_remove(**said, name="tada")
    assert list(message.reactions) == ["wave"]


async def test_reactions_are_told_with_their_message(slack, client, said):
    await slack.person("ada").react(slack.channel("kudos").messages[-1], "wave")
    told = await client.reactions_get(**said)
    assert told["message"]["reactions"] == [{"name": "wave", "users": [slack.person("ada").id], "count": 1}]
    nowhere = client.reactions_get(channel=said["channel"], timestamp="1.000001")
    assert await refused(nowhere) == "message_not_found"


async def test_somebody_is_found_by_their_address(slack, client):
    ada = slack.person("ada")
    assert (await client.users_lookupByEmail(email=ada.user.email.upper()))["user"]["id"] == ada.id
    assert await refused(client.users_lookupByEmail(email="nobody@example.com")) == "users_not_found"


async def test_the_app_learns_whose_channels_are_whose(slack, client):
    assert (await client.users_conversations())["channels"] == []
    marek = await client.users_conversations(user=slack.person("marek").id)
    assert [each["name"] for each in marek["channels"]] == ["product"]
    assert await refused(client.users_conversations(user="U0")) == "user_not_found"


async def test_the_app_joins_a_public_channel_once(slack, client):
    kudos = slack.channel("kudos").id
    assert (await client.conversations_join(channel=kudos))["channel"]["is_member"]
    again = await client.conversations_join(channel=kudos)
    assert again["warning"] == "already_in_channel"
    joined = [each.text for each in slack.channel("kudos").messages if each.subtype == "channel_join"]
    assert joined == [f"<@{slack.workspace.bot.id}> has joined the channel"]


async def test_the_app_joins_nothing_that_is_closed(slack, client):
    private = next(each for each in slack.workspace.channels.values() if each.kind == "private")
    assert await refused(client.conversations_join(channel=private.id)) == "channel_not_found"
    direct = (await client.conversations_open(users=slack.person("bo").id))["channel"]["id"]
    assert await refused(client.conversations_join(channel=direct)) == "method_not_supported_for_channel_type"
    await slack.interactions.archive_channel(slack.channel("kudos").id)
    assert await refused(client.conversations_join(channel=slack.channel("kudos").id)) == "is_archived"


async def test_sound_blocks_messages_and_views_are_passed(client):
    await client.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]})
    await client.api_call("blocks.validate", json={"message": {"text": "Hello"}})
    await client.api_call("blocks.validate", json={"view": form()})


@pytest.mark.parametrize(
    ("payload", "error", "pointer"),
    [
        ({"blocks": [{"type": "header", "text": plain("")}]}, "invalid_blocks", "/0/text/text"),
        ({"message": {"blocks": [{"type": "no such"}]}}, "invalid_message", "/blocks/0/type"),
        ({"view": {**form(), "title": plain("x" * 25)}}, "invalid_view", "/title/text"),
    ],
)
async def test_what_is_wrong_is_told_with_its_place(client, payload, error, pointer):
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call("blocks.validate", json=payload)
    answer = refusal.value.response
    assert (answer["error"], answer["errors"][0]["pointer"]) == (error, pointer)
    assert answer["errors"][0]["message"]


async def test_one_thing_is_judged_at_a_time(client):
    both = {"blocks": [], "view": form()}
    assert await refused(client.api_call("blocks.validate", json=both)) == "invalid_arguments"
    assert await refused(client.api_call("blocks.validate", json={})) == "invalid_arguments"
