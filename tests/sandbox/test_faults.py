"""Faults: what goes wrong is chosen, counted and listed, and the real slack_sdk meets it."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.rules import Rules
from tests.sandbox.conftest import bolt, connected

GONE = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


@pytest.fixture
def post(slack, client):
    """Say something in #kudos."""

    async def post(text: str = "Hello"):
        return await client.chat_postMessage(channel=slack.channel("kudos").id, text=text)

    return post


def said(slack) -> list[str]:
    return [message.text for message in slack.channel("kudos").messages]


async def test_an_answer_may_be_lost_although_the_message_was_posted(slack, post):
    slack.faults.drop("chat.postMessage", times=1)
    with pytest.raises(GONE):
        await post("first")
    await post("second")
    assert said(slack) == ["first", "second"]


async def test_a_call_may_be_cut_off_before_anything_is_done(slack, post):
    slack.faults.drop("chat.postMessage", times=1, after_work=False)
    with pytest.raises(GONE):
        await post("first")
    await post("second")
    assert said(slack) == ["second"]


async def test_every_third_answer_is_lost_and_no_other(slack, post):
    slack.faults.drop("chat.postMessage", every=3)
    lost = []
    for number in range(1, 10):
        try:
            await post(str(number))
        except GONE:
            lost.append(number)
    assert lost == [3, 6, 9]
    assert len(said(slack)) == 9


async def test_a_slow_answer_comes_too_late_for_whoever_stops_waiting(slack, client):
    client.timeout = 1
    with slack.faults.slow("chat.postMessage", seconds=60), pytest.raises(TimeoutError):
        await client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
    assert said(slack) == ["Hello"]


async def test_a_call_that_slack_takes_up_late_is_done_though_nobody_waits_for_it(slack, client):
    client.timeout = 1
    with slack.faults.slow("chat.postMessage", seconds=1.2, after_work=False), pytest.raises(TimeoutError):
        await client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
    assert said(slack) == []
    await slack.until(lambda: said(slack) == ["Hello"])


async def test_while_one_method_is_slow_another_answers(slack, client, post):
    slack.faults.slow("chat.postMessage", seconds=60)
    waiting = asyncio.create_task(post())
    assert (await client.auth_test())["ok"]
    assert not waiting.done()
    waiting.cancel()


async def test_a_server_error_is_raised_and_nothing_is_posted(slack, post):
    slack.faults.fail("chat.postMessage", status=500, times=3)
    for _ in range(3):
        with pytest.raises(SlackApiError) as refused:
            await post()
        assert (refused.value.response.status_code, refused.value.response["error"]) == (500, "internal_error")
    assert (await post())["ok"]
    assert len(said(slack)) == 1


async def test_where_slack_is_down_the_answer_is_a_page(slack, post):
    slack.faults.fail("chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as refused:
        await post()
    assert (refused.value.response.status_code, refused.value.response.data) == (503, {})
    assert b"<h1>Service unavailable</h1>" in list(slack.traffic)[-1].answer


async def test_something_else_may_answer_once_the_work_is_done(slack, post):
    slack.faults.fail("chat.postMessage", status=200, body="Log in to this Wi-Fi", after_work=True)
    with pytest.raises(SlackApiError, match="status: 200"):
        await post()
    assert said(slack) == ["Hello"]


async def test_a_rate_limit_says_when_to_come_again(slack, post):
    slack.faults.limit("chat.postMessage", retry_after=5, times=1)
    with pytest.raises(SlackApiError) as refused:
        await post()
    answer = refused.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "5")
    assert (await post())["ok"]


async def test_a_fault_befalls_the_methods_it_is_meant_for(slack, client, post):
    slack.faults.fail("conversations.*")
    assert (await post())["ok"]
    for call in (client.conversations_list, lambda: client.conversations_members(channel="C1")):
        with pytest.raises(SlackApiError, match="internal_error"):
            await call()


async def test_a_fault_ends_with_its_block(slack, post):
    with slack.faults.fail(status=500), pytest.raises(SlackApiError):
        await post()
    assert (await post())["ok"]
    assert slack.faults.active == []


async def test_every_fault_is_cleared_at_once(slack, client, post):
    slack.faults.drop("chat.postMessage")
    slack.faults.limit("auth.test")
    slack.faults.clear()
    assert (await post())["ok"]
    assert (await client.auth_test())["ok"]


async def test_the_active_faults_are_listed_in_words_with_what_is_left_of_them(slack, post):
    slack.faults.slow(seconds=1.5)
    slack.faults.clear()
    slack.faults.drop("chat.postMessage", every=10)
    slack.faults.fail("chat.postMessage", status=503, times=3)
    slack.faults.limit("views.*", retry_after=5)
    slack.faults.cut("events_api")
    slack.faults.slow("chat.update", seconds=1.5, after_work=False)
    with pytest.raises(SlackApiError):
        await post()
    assert [str(fault) for fault in slack.faults.active] == [
        "chat.postMessage, every 10th: done, but cut off without an answer",
        "chat.postMessage, 2 more: answered HTTP 503",
        "views.*: 429, come again in 5 s",
        "events_api, 1 more: the socket is cut before the ack is read",
        "chat.update: taken up 1.5 s late",
    ]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"every": 0}, "every"), ({"times": 0}, "times"), ({"seconds": -1}, "seconds")],
)
async def test_a_fault_that_could_never_strike_is_refused(slack, wrong, why):
    with pytest.raises(ValueError, match=why):
        slack.faults.slow(**wrong)


# the sockets


@pytest.fixture
async def quick(start):
    """A workspace that tells events again soon."""
    return await start(rules=Rules(ack_seconds=10.0, retry_delays=(0.0, 0.01, 0.02)))


async def test_an_event_whose_ack_was_not_read_comes_again_over_the_next_connection(quick):
    app, heard = bolt(quick), []

    @app.event("user_change")
    async def changed(body):
        heard.append(body["event_id"])

    quick.faults.cut("events_api")
    async with connected(app, quick):
        await quick.interactions.change_profile(quick.person("ada").id, tz="Asia/Tokyo")
        await quick.until(lambda: len(heard) == 2)
    assert heard[0] == heard[1]


async def test_an_event_whose_ack_was_read_does_not_come_again(quick):
    app, heard, fates = bolt(quick), [], []
    quick.workspace.subscribe(lambda change: fates.append(change.detail) if change.kind == "event" else None)

    @app.event("user_change")
    async def changed(body):
        heard.append(body["event_id"])

    quick.faults.cut("events_api", before_ack=False)
    async with connected(app, quick):
        await quick.interactions.change_profile(quick.person("ada").id, tz="Asia/Tokyo")
        await quick.until(lambda: fates)
        assert quick.sockets.connections == 0
        await quick.until(lambda: quick.sockets.connections)
    assert len(heard) == fates[0]["attempts"] == 1


async def test_a_command_whose_answer_was_not_read_ends_as_one_that_was_never_answered(start):
    slack = await start(rules=Rules(ack_seconds=1.0))
    app, heard = bolt(slack), []

    @app.command("/echo")
    async def again(ack):
        heard.append(1)
        await ack("Hello")

    slack.faults.cut("slash_commands")
    async with connected(app, slack):
        seen = await slack.person("ada").command("/echo")
    assert heard == [1]
    assert "Hello" not in seen.text
