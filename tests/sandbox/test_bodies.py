"""What comes in from outside and is not quite text, or not quite JSON."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.sandbox.conftest import client_of
from tests.sandbox.test_sockets import address

LONE, SHOWN = "Half a \ud800 pair", "Half a \ufffd pair"
DEEP = "[" * 100_000 + "]" * 100_000


@pytest.fixture
async def browser(slack):
    """A plain HTTP client at the sandbox's own address, with the app's token."""
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession(slack.page_url, headers=headers) as session:
        yield session


async def shown(slack, browser):
    """The page and the traffic, both of which can be read."""
    pages = [await browser.get(path) for path in ("/", f"/?channel={slack.channel('general').id}", "/traffic")]
    assert [page.status for page in pages] == [200] * 3
    return [await page.text() for page in pages]


def post(browser, path, body):
    return browser.post(path, data=body, headers={"Content-Type": "application/json"})


async def test_half_a_surrogate_pair_in_a_message_is_shown_as_unreadable(slack, client, browser):
    general = slack.channel("general").id
    await client.chat_postMessage(channel=general, text=LONE)
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": LONE}}]
    await client.chat_postMessage(channel=general, text="x", blocks=json.dumps(blocks))
    first, second = slack.channel("general").messages
    assert (first.text, second.blocks[0]["text"]["text"]) == (SHOWN, SHOWN)
    _, page, traffic = await shown(slack, browser)
    assert SHOWN in page
    assert SHOWN in traffic


async def test_a_whole_surrogate_pair_is_the_character_that_it_stands_for(slack, client):
    await client.chat_postMessage(channel=slack.channel("general").id, text="\N{PARROT}")
    assert slack.channel("general").messages[0].text == "\N{PARROT}"


async def test_half_a_surrogate_pair_does_not_spoil_the_kept_workspace(start, tmp_path):
    slack = await start(file=tmp_path / "kept.db")
    await client_of(slack).chat_postMessage(channel=slack.channel("general").id, text=LONE)
    await slack.stop()
    slack = await start(file=tmp_path / "kept.db")
    async with aiohttp.ClientSession(slack.page_url) as browser:
        _, page, _ = await shown(slack, browser)
    assert SHOWN in page


async def test_half_a_surrogate_pair_in_an_answer_or_at_a_response_url_is_shown_as_unreadable(slack, app, browser):
    @app.command("/echo")
    async def echo(ack, command):
        await AsyncWebhookClient(command["response_url"]).send(text=LONE)
        await ack(LONE)

    await slack.person("ada").command("/echo")
    assert [message.text for message in slack.person("ada").sees("general")] == [SHOWN, SHOWN]
    await shown(slack, browser)


async def test_half_a_surrogate_pair_from_a_person_is_shown_as_unreadable(slack, browser):
    said = json.dumps({"text": LONE, "channel": "general"})
    assert (await post(browser, "/people/ada/say", said)).status == 200
    headers = {"Origin": slack.page_url.rstrip("/")}
    at = f"/do/say?as={slack.person('ada').id}&channel={slack.channel('general').id}"
    assert (await browser.post(at, data=json.dumps({"text": LONE}), headers=headers)).status == 200
    assert [message.text for message in slack.channel("general").messages] == [SHOWN, SHOWN]
    await shown(slack, browser)


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b'{"text": "\xff"}', DEEP.encode(), b'{"text": %s}' % DEEP.encode(), b"{"]
)
async def test_a_call_that_is_no_json_is_told_so(slack, browser, body):
    answer = await post(browser, "/api/chat.postMessage", body)
    assert (answer.status, (await answer.json())["error"]) == (200, "invalid_json")
    await shown(slack, browser)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded; charset=nobody", "multipart/form-data"])
async def test_a_call_that_is_no_form_is_told_so(slack, browser, kind):
    answer = await browser.post("/api/chat.postMessage", data=b"\xff=1", headers={"Content-Type": kind})
    assert (answer.status, (await answer.json())["error"]) == (200, "invalid_form_data")
    await shown(slack, browser)


async def test_blocks_that_are_nested_without_end_are_refused(slack, client):
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        await client.chat_postMessage(channel=slack.channel("general").id, text="x", blocks=DEEP)


@pytest.mark.parametrize("body", [b"\xff\xfe", DEEP.encode(), b"5"])
async def test_a_response_url_takes_nothing_but_an_object(slack, browser, body):
    url = slack.interactions._response_urls.issue(slack.person("ada").id, slack.channel("general").id)
    answer = await browser.post(url, data=body)
    assert (answer.status, await answer.text()) == (400, "invalid_payload")


@pytest.mark.parametrize("frame", ["[]", "5", "null", '"x"', "{", DEEP])
async def test_a_frame_that_is_no_acknowledgement_is_noted_and_passed_over(slack, browser, frame):
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(await address(slack))
        await socket.receive_json()
        await socket.send_str(frame)
        command = asyncio.create_task(slack.person("ada").command("/echo"))
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Here"}})
        assert (await command).text == "Here"
    (noted,) = [each.record() for each in slack.traffic if each.name == "no acknowledgement"]
    assert (noted["direction"], noted["kind"], noted["status"]) == ("from the app", "socket", "ignored")
    await shown(slack, browser)
