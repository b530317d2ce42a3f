"""How often the app may call: each method by its tier, each channel about once a second. Time is the test's own."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.pace import Pace
from sandbox.rules import Rules
from sandbox.tiers import CALLS_A_MINUTE, TIER_OF_METHOD
from sandbox.web_api import METHODS
from tests.sandbox.conftest import client_of
from tests.sandbox.forms import refused
from tests.sandbox.stopwatch import Stopwatch


@pytest.fixture
def stopwatch():
    return Stopwatch()


@pytest.fixture
def pace(stopwatch):
    return Pace(Rules(rate_limited=True, post_burst=2, stopwatch=stopwatch))


def test_every_method_has_its_tier():
    assert set(METHODS) <= set(TIER_OF_METHOD)


@pytest.mark.parametrize(
    ("method", "a_minute"),
    [
        ("users.list", 20),
        ("chat.update", 50),
        ("conversations.history", 50),
        ("views.publish", 100),
        ("chat.postEphemeral", 100),
        ("auth.test", 300),
    ],
)
def test_a_method_is_called_so_often_a_minute_and_then_waits(pace, stopwatch, method, a_minute):
    assert [pace.wait(method) for _ in range(a_minute)] == [0] * a_minute
    assert pace.wait(method) == 60
    stopwatch.seconds += 59.5
    assert pace.wait(method) == 1
    stopwatch.seconds += 0.5
    assert [pace.wait(method) for _ in range(a_minute)] == [0] * a_minute


def test_one_method_s_limit_leaves_the_others_alone(pace):
    while not pace.wait("users.list"):
        pass
    assert pace.wait("users.info") == 0


def test_a_call_that_was_turned_away_does_not_count(pace, stopwatch):
    for _ in range(100):
        pace.wait("users.list")
    stopwatch.seconds += 60
    assert pace.wait("users.list") == 0


def test_a_channel_takes_a_message_a_second_and_a_few_at_once_after_a_quiet_while(pace, stopwatch):
    assert [pace.wait("chat.postMessage", "C1") for _ in range(3)] == [0, 0, 1]
    stopwatch.seconds += 1
    assert [pace.wait("chat.postMessage", "C1") for _ in range(2)] == [0, 1]
    assert pace.wait("chat.postMessage", "C2") == 0
    stopwatch.seconds += 3600
    assert [pace.wait("chat.postMessage", "C1") for _ in range(3)] == [0, 0, 1]


def test_a_workspace_takes_so_many_messages_a_minute_whatever_their_channels(pace, stopwatch):
    most = CALLS_A_MINUTE["posting"]
    assert [pace.wait("chat.postMessage", f"C{index}") for index in range(most)] == [0] * most
    assert pace.wait("chat.postMessage", "C9999") == 60
    stopwatch.seconds += 60
    assert pace.wait("chat.postMessage", "C9999") == 0


def test_nothing_waits_where_pace_is_not_enforced():
    relaxed = Pace(Rules())
    assert {relaxed.wait("users.list") for _ in range(1000)} == {0}


async def test_an_app_that_calls_too_often_is_told_when_to_come_back(start, stopwatch):
    slack = await start(rules=Rules(rate_limited=True, stopwatch=stopwatch))
    client = client_of(slack)
    for _ in range(20):
        await client.conversations_list()
    with pytest.raises(SlackApiError) as refusal:
        await client.conversations_list()
    answer = refusal.value.response
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert answer.data == {"ok": False, "error": "ratelimited"}
    await client.users_list()
    stopwatch.seconds += 60
    await client.conversations_list()


async def test_a_person_and_their_direct_messages_are_one_channel(start, stopwatch):
    slack = await start(rules=Rules(rate_limited=True, post_burst=1, stopwatch=stopwatch))
    client, bo = client_of(slack), slack.person("bo").id
    channel = (await client.conversations_open(users=bo))["channel"]["id"]
    await client.chat_postMessage(channel=channel, text="Hello")
    assert await refused(client.chat_postMessage(channel=bo, text="Hello again")) == "ratelimited"


async def test_a_channel_s_name_and_its_id_are_one_channel(start, stopwatch):
    slack = await start(rules=Rules(rate_limited=True, post_burst=1, stopwatch=stopwatch))
    client = client_of(slack)
    await client.chat_postMessage(channel="#general", text="Hello")
    for name in ("general", slack.channel("general").id):
        assert await refused(client.chat_postMessage(channel=name, text="Hello again")) == "ratelimited"


async def test_a_first_message_to_a_person_counts_in_the_conversation_it_opens(start, stopwatch):
    slack = await start(rules=Rules(rate_limited=True, post_burst=1, stopwatch=stopwatch))
    client, bo = client_of(slack), slack.person("bo").id
    opened = (await client.chat_postMessage(channel=bo, text="Hello"))["channel"]
    assert await refused(client.chat_postMessage(channel=opened, text="Hello again")) == "ratelimited"
