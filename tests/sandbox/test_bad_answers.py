"""Acknowledgements that say something which Slack does not accept: whoever acted is told, and the traffic says why."""

import asyncio

import aiohttp
import pytest

from tests.sandbox.conftest import bolt, connected
from tests.sandbox.forms import form, question
from tests.sandbox.test_sockets import address

FAILED = '/echo failed with the error "dispatch_failed"'
TROUBLE = "We had some trouble connecting. Try again?"


def exchange(slack, about):
    """The latest of these as the traffic tells it."""
    return [each.record() for each in slack.traffic if each.about == about][-1]


@pytest.fixture
async def answered(slack):
    """What somebody sees of a command that a bare WebSocket acknowledges with this payload."""
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(await address(slack))
        await socket.receive_json()

        async def answered(payload):
            command = asyncio.create_task(slack.person("ada").command("/echo"))
            envelope = await socket.receive_json()
            await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})
            return (await command).text

        yield answered


BAD = [
    ([], "must provide an object"),
    (5, "must provide an object"),
    ("str", "must provide an object"),
    (False, "must provide an object"),
    ({"text": 5}, "/text"),
    ({"blocks": [{"type": "nope"}]}, "/blocks/0/type"),
    ({"blocks": 5}, "/blocks"),
    ({"attachments": [5], "text": "x"}, "/attachments"),
    ({"metadata": 5, "text": "x"}, "/metadata"),
    ({"markdown_text": 5}, "markdown_text"),
    ({"text": "x", "thread_ts": ["1"]}, "thread_ts"),
]


@pytest.mark.parametrize(("payload", "reason"), BAD)
async def test_a_bad_answer_to_a_command_is_seen_to_have_failed_and_the_traffic_says_why(
    slack, answered, payload, reason
):
    assert await answered(payload) == FAILED
    shown = exchange(slack, "/echo")
    assert shown["status"].startswith("refused: invalid_")
    assert reason in shown["reasons"][0]
    assert await answered({"text": "Better"}) == "Better"
    assert exchange(slack, "/echo")["status"] == "acknowledged"


async def test_an_answer_that_says_only_who_may_see_it_is_none(slack, app):
    @app.command("/echo")
    async def echo(ack):
        await ack(response_type="in_channel")

    await slack.interactions.command(slack.person("ada").id, slack.channel("general").id, "/echo")
    assert slack.person("ada").sees("general") == []
    assert exchange(slack, "/echo")["status"] == "acknowledged"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"title": 5}},
        {"response_action": ["clear"]},
        {"response_action": "update", "view": {"type": "nope"}},
        {"response_action": "push"},
    ],
)
async def test_a_bad_answer_to_a_form_is_trouble_and_the_traffic_says_refused(slack, app, opened, answer):
    @app.view("other")
    async def submitted(ack):
        await ack(answer)

    ada = await opened(form(question("title", "Title"), callback_id="other"))
    await ada.submit({"Title": "Grow"})
    assert ada.trouble == TROUBLE
    assert exchange(slack, "view_submission")["status"].startswith("refused: invalid_")


async def test_the_inspector_shows_what_was_refused_and_why(slack):
    app = bolt(slack)

    @app.command("/echo")
    async def echo(ack):
        await ack(blocks=[{"type": "nope"}])

    async with connected(app, slack), aiohttp.ClientSession(slack.page_url) as browser:
        assert (await slack.person("ada").command("/echo")).text == FAILED
        shown = (await (await browser.get("/inspector/news?since=0")).json())["rows"]
    assert "refused: invalid_blocks" in shown
    assert "/blocks/0/type" in shown
