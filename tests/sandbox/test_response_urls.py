"""Response URLs: the app's way back to where somebody acted."""

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.rules import Rules

BUTTON = {"type": "button", "action_id": "wave", "text": {"type": "plain_text", "text": "Wave"}, "value": "1"}
WITH_BUTTON = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


@pytest.fixture
async def url(slack, app):
    """The response URL of a command that Ada typed in #general."""
    urls = []

    @app.command("/echo")
    async def hear(ack, command):
        urls.append(command["response_url"])
        await ack()

    await slack.interactions.command(slack.person("ada").id, slack.channel("general").id, "/echo")
    return AsyncWebhookClient(urls[0])


async def test_it_is_good_for_five_uses(slack, url):
    answers = [await url.send(text=f"{count}") for count in range(6)]
    assert [each.status_code for each in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5].body
    assert [each.text for each in slack.person("ada").sees("general")] == ["0", "1", "2", "3", "4"]
    assert slack.person("bo").sees("general") == []


async def test_it_expires(start):
    slack = await start(rules=Rules(response_url_seconds=-1))
    old = slack.interactions._response_urls.issue(slack.person("ada").id, slack.channel("general").id)
    answer = await AsyncWebhookClient(old).send(text="too late")
    assert (answer.status_code, "expired_url" in answer.body) == (404, True)


async def test_it_can_speak_to_the_whole_channel(slack, url):
    await url.send(text="Hello all", response_type="in_channel")
    assert slack.channel("general").messages[-1].text == "Hello all"


@pytest.mark.parametrize(
    ("said", "error"),
    [({"text": ""}, "no_text"), ({"text": "x", "blocks": [{"type": "marquee"}]}, "invalid_blocks")],
)
async def test_it_refuses_what_slack_refuses(url, said, error):
    answer = await url.send_dict(said)
    assert (answer.status_code, error in answer.body) == (400, True)


async def test_a_button_can_replace_and_delete_its_message(slack, app, client):
    answers = [{"text": "Waved", "replace_original": True}, {"delete_original": True}]

    @app.action("wave")
    async def wave(ack, respond):
        await respond(**answers.pop(0))
        await ack()

    kudos, bo = slack.channel("kudos"), slack.person("bo")
    await client.chat_postMessage(channel=kudos.id, text="Wave?", blocks=WITH_BUTTON)
    await bo.press("wave")
    assert (kudos.messages[0].text, kudos.messages[0].blocks) == ("Waved", [])

    posted = await client.chat_postMessage(channel=kudos.id, text="Again?", blocks=WITH_BUTTON)
    await bo.press("Wave", within=kudos.messages[1])
    assert [each.text for each in kudos.messages] == ["Waved"]
    assert posted["ts"] not in [each.ts for each in kudos.messages]


async def test_an_ephemeral_message_can_be_replaced_through_its_button(slack, app):
    @app.command("/echo")
    async def ask(ack):
        await ack(text="Sure?", blocks=WITH_BUTTON)

    @app.action("wave")
    async def wave(ack, respond, body):
        assert body["container"]["is_ephemeral"]
        assert "message" not in body
        await respond("Done", replace_original=True)
        await ack()

    ada = slack.person("ada")
    await ada.command("/echo")
    seen = await ada.press("Wave")
    assert seen.text == "Done"
    assert [each.text for each in ada.sees("general")] == ["Done"]
