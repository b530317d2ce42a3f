"""Blocks that Slack has and a workspace does not: an app must be able to say it in words."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.rules import Rules
from tests.sandbox.block_kit_examples import BLOCKS
from tests.sandbox.conftest import client_of
from tests.sandbox.forms import plain, refused

CHART = BLOCKS["line"]
IN_WORDS = [{"type": "section", "text": plain("Mood: 3, 4, 5")}]


@pytest.fixture
async def plain_slack(start):
    """A workspace that draws no charts."""
    return await start(rules=Rules(unsupported_blocks=["data_visualization"]))


async def test_a_workspace_takes_charts_within_their_limits(slack, client):
    kudos = slack.channel("kudos").id
    await client.chat_postMessage(channel=kudos, text="Mood", blocks=[CHART, BLOCKS["pie"]])
    assert [each["type"] for each in slack.channel("kudos").messages[-1].blocks] == ["data_visualization"] * 2
    three = client.chat_postMessage(channel=kudos, text="Mood", blocks=[CHART] * 3)
    assert await refused(three) == "invalid_blocks"
    long_title = client.chat_postMessage(channel=kudos, text="Mood", blocks=[{**CHART, "title": "x" * 51}])
    assert await refused(long_title) == "invalid_blocks"


async def test_a_workspace_without_charts_says_which_block_it_does_not_take(plain_slack):
    client, kudos = client_of(plain_slack), plain_slack.channel("kudos").id
    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel=kudos, text="Mood", blocks=[*IN_WORDS, CHART])
    answer = refusal.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: data_visualization [json-pointer:/blocks/1/type]"
    ]
    await client.chat_postMessage(channel=kudos, text="Mood", blocks=IN_WORDS)
    assert len(plain_slack.channel("kudos").messages) == 1


async def test_no_way_of_writing_brings_a_block_that_a_workspace_does_not_take(plain_slack):
    client, ada = client_of(plain_slack), plain_slack.person("ada")
    kudos = plain_slack.channel("kudos").id
    posted = await client.chat_postMessage(channel=kudos, text="Mood", blocks=IN_WORDS)
    chart = {"text": "Mood", "blocks": [CHART]}
    assert await refused(client.chat_update(channel=kudos, ts=posted["ts"], **chart)) == "invalid_blocks"
    assert await refused(client.chat_postEphemeral(channel=kudos, user=ada.id, **chart)) == "invalid_blocks"
    within = client.chat_postMessage(channel=kudos, text="Mood", attachments=[{"blocks": [CHART]}])
    assert await refused(within) == "invalid_attachments"
    assert await refused(client.api_call("blocks.validate", json={"blocks": [CHART]})) == "invalid_blocks"
    said = await ada.say("https://parrot.example/mood", "kudos")
    below = {"https://parrot.example/mood": {"blocks": [CHART]}}
    assert await refused(client.chat_unfurl(channel=kudos, ts=said.ts, unfurls=below)) == "invalid_blocks"
    url = plain_slack.team.response_urls.issue(ada.id, kudos)
    async with aiohttp.ClientSession() as session, session.post(url, json=chart) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_blocks")


async def test_charts_may_be_refused_for_a_while(slack, client):
    kudos = slack.channel("kudos").id
    said = {"channel": kudos, "text": "Mood", "blocks": [CHART]}
    no = {"ok": False, "error": "invalid_blocks"}
    with slack.faults.fail("chat.postMessage", status=200, body=no, times=1):
        assert await refused(client.chat_postMessage(**said)) == "invalid_blocks"
    await client.chat_postMessage(**said)
    assert len(slack.channel("kudos").messages) == 1
