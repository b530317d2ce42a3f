"""The inspector: everything that passes between the app and Slack, for programs and for people."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.rules import Rules
from sandbox.traffic import Traffic
from tests.sandbox.conftest import bolt, connected
from tests.sandbox.test_faults import GONE


@pytest.fixture
async def browser(slack):
    """A plain HTTP client at the sandbox's own address."""
    async with aiohttp.ClientSession(slack.page_url) as session:
        yield session


async def read(browser, since: int = 0) -> list[dict]:
    async with browser.get(f"traffic?since={since}") as answer:
        return [json.loads(line) for line in (await answer.text()).splitlines()]


def passed(slack, kind: str) -> list[dict]:
    return [each.record() for each in slack.traffic if each.kind == kind]


async def test_a_call_is_shown_with_its_answer_and_how_long_it_took(slack, client):
    kudos = slack.channel("kudos").id
    answer = await client.chat_postMessage(channel=kudos, text="Hello")
    (call,) = passed(slack, "call")
    assert (call["direction"], call["name"], call["status"]) == ("from the app", "chat.postMessage", "200")
    assert call["asked"] == {"channel": kudos, "text": "Hello"}
    assert call["answer"] == answer.data
    assert call["seconds"] > 0


async def test_a_refused_call_is_shown_with_slacks_error(slack, client):
    with pytest.raises(SlackApiError):
        await client.conversations_info(channel="C1")
    (call,) = passed(slack, "call")
    assert call["status"] == "200 channel_not_found"
    assert call["asked"]["channel"] == "C1"


async def test_an_envelope_is_shown_with_its_ack(slack, app):
    @app.command("/echo")
    async def echo(ack):
        await ack("Hello")

    await slack.person("ada").command("/echo")
    (envelope,) = passed(slack, "envelope")
    shown = [envelope[key] for key in ("direction", "name", "about", "status")]
    assert shown == ["to the app", "slash_commands", "/echo", "acknowledged"]
    assert envelope["answer"]["payload"]["text"] == "Hello"
    assert envelope["answer"]["envelope_id"] == envelope["asked"]["envelope_id"]
    assert envelope["seconds"] > 0


async def test_an_event_that_comes_again_says_why(start):
    slack = await start(rules=Rules(ack_seconds=10.0, retry_delays=(0.0, 0.01)))
    app, heard = bolt(slack), []

    @app.event("user_change")
    async def changed(body):
        heard.append(body["event_id"])

    slack.faults.cut("events_api")
    async with connected(app, slack):
        await slack.interactions.change_profile(slack.person("ada").id, tz="Asia/Tokyo")
        await slack.until(lambda: len(heard) == 2)
    first, again = passed(slack, "envelope")
    assert (first["about"], first["status"]) == ("user_change", "socket cut")
    assert again["about"] == "user_change, again (1: connection_failed)"
    assert [each["name"] for each in passed(slack, "socket")][:3] == ["hello", "cut", "hello"]


async def test_an_ack_that_comes_too_late_is_still_shown(start):
    slack = await start(rules=Rules(ack_seconds=0.1))
    app, may_answer = bolt(slack), asyncio.Event()

    @app.command("/echo")
    async def echo(ack):
        await may_answer.wait()
        await ack("Hello")

    async with connected(app, slack):
        await slack.person("ada").command("/echo")
        assert [each["status"] for each in passed(slack, "envelope")] == ["no ack in time"]
        may_answer.set()
        await slack.until(lambda: passed(slack, "envelope")[0]["status"] == "acknowledged too late")


async def test_the_use_of_a_response_url_is_shown(slack, app):
    urls = []

    @app.command("/echo")
    async def echo(ack, command):
        urls.append(command["response_url"])
        await ack("Hello")

    await slack.person("ada").command("/echo")
    await AsyncWebhookClient(urls[0]).send(text="Hello")
    (use,) = passed(slack, "response_url")
    assert (use["asked"], use["answer"], use["status"]) == ({"text": "Hello"}, "ok", "200")


async def test_what_befell_a_call_is_shown_with_it(slack, client):
    with slack.faults.drop("auth.test"), pytest.raises(GONE):
        await client.auth_test()
    (call,) = passed(slack, "call")
    assert (call["status"], call["answer"]) == ("cut off", None)
    assert call["faults"] == ["done, but cut off without an answer"]


async def test_no_token_is_ever_shown(slack, browser, app, client):
    await client.api_call("auth.test", params={"token": slack.bot_token})
    await client.chat_postMessage(channel=slack.channel("kudos").id, text=f"My token is {slack.bot_token}")
    async with browser.get("traffic") as answer:
        shown = await answer.text()
    tickets = [each for each in shown.splitlines() if "apps.connections.open" in each]
    assert "ticket-•••" in tickets[0]
    assert "My token is xoxb-•••" in shown
    assert slack.bot_token not in shown
    assert slack.app_token not in shown


async def test_it_is_read_on_from_where_one_stopped(slack, browser, client):
    slack.faults.slow("auth.test", seconds=60)
    waiting = asyncio.create_task(client.auth_test())
    await slack.until(lambda: len(slack.traffic))
    (begun,) = await read(browser)
    assert (begun["status"], begun["seconds"], begun["answer"]) == ("under way", None, None)
    await client.api_test()
    (later,) = await read(browser, begun["change"])
    assert later["name"] == "api.test"
    assert await read(browser, later["change"]) == []
    waiting.cancel()


async def test_only_the_latest_are_remembered():
    traffic = Traffic(most=3)
    for number in range(10):
        traffic.begin("from the app", "call", str(number), {})
    assert [each.name for each in traffic] == ["7", "8", "9"]


# the page


async def test_the_page_draws_what_has_passed_and_unfolds_it(slack, browser, client):
    await client.chat_postMessage(channel=slack.channel("kudos").id, text="<b>Hello</b>")
    async with browser.get("inspector") as answer:
        assert "Nothing goes wrong." in await answer.text()
    async with browser.get("inspector/news") as answer:
        news = await answer.json()
    assert "chat.postMessage" in news["rows"]
    async with browser.get("inspector/bodies/1") as answer:
        assert "&lt;b&gt;Hello&lt;/b&gt;" in await answer.text()
    async with browser.get(f"inspector/news?since={news['change']}") as answer:
        assert (await answer.json())["rows"] == ""


@pytest.mark.parametrize(
    ("button", "fault"),
    [
        ("Answer late", "chat.postMessage, 1 more: answered 2.5 s late"),
        ("Rate limit", "chat.postMessage, 1 more: 429, come again in 2 s"),
        ("Lose the answer", "chat.postMessage, 1 more: done, but cut off without an answer"),
        ("Cut off before the work", "chat.postMessage, 1 more: cut off without an answer"),
        ("HTTP 500", "chat.postMessage, 1 more: answered HTTP 500"),
        ("HTTP 503, a page", "chat.postMessage, 1 more: answered HTTP 503"),
        ("Cut before the ack is read", "everything, 1 more: the socket is cut before the ack is read"),
        ("Cut after the ack is read", "everything, 1 more: the socket is cut after the ack is read"),
    ],
)
async def test_each_button_does_what_it_says(slack, browser, button, fault):
    asked = {"do": button, "name": "chat.postMessage", "seconds": "2.5", "often": "Once"}
    async with browser.post("inspector/do", json=asked) as answer:
        assert answer.status == 200
    assert [str(each) for each in slack.faults.active] == [fault]
    async with browser.delete("faults") as answer:
        assert await answer.json() == []


async def test_the_app_is_taken_out_by_a_button_once(slack, browser, client):
    for trouble in (None, "This cannot be done here and now."):
        async with browser.post("inspector/do", json={"do": "Uninstall"}) as answer:
            assert (await answer.json()).get("trouble") == trouble
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()


@pytest.mark.parametrize("button", ["Cut now", "Ask to reconnect"])
async def test_the_sockets_go_at_the_press_of_a_button_and_the_app_comes_back(slack, browser, app, button):
    async with browser.post("inspector/do", json={"do": button}) as answer:
        assert await answer.json() == {}
    await slack.until(lambda: [each["name"] for each in passed(slack, "socket")].count("hello") == 2)


async def test_another_process_may_set_faults(slack, browser, client):
    async with browser.post("faults", json={"deed": "fail", "name": "auth.test", "status": 503}) as answer:
        number = (await answer.json())["number"]
    with pytest.raises(SlackApiError):
        await client.auth_test()
    async with browser.delete(f"faults?number={number}") as answer:
        assert answer.status == 200
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize(
    "asked", [{}, {"deed": "explode"}, {"deed": "slow", "colour": "red"}, {"deed": "slow", "every": 0}]
)
async def test_a_fault_that_is_none_is_refused(browser, asked):
    async with browser.post("faults", json=asked) as answer:
        assert answer.status == 422


async def test_another_site_can_neither_look_nor_meddle(slack, browser):
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        for method, path in (("GET", "traffic"), ("POST", "faults"), ("DELETE", "faults"), ("POST", "inspector/do")):
            async with browser.request(method, path, headers=headers, json={}) as answer:
                assert answer.status == 403
