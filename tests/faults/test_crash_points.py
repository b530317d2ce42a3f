"""The process ends between two steps: whatever was to be said is said once, whatever was heard has one effect."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.reading import text_of
from sandbox.rules import Rules
from tests.conftest import at_work, workspace
from tests.faults.crew import judging, worker
from tests.faults.worker import KILLED

pytestmark = pytest.mark.alone

ON_THE_WAY_OUT = ("after claim", "before send", "after send", "before confirm")


@pytest.fixture
async def slack():
    """A workspace that does not wait long for an acknowledgement, and tells again soon."""
    async with workspace(rules=Rules(ack_seconds=2.0, retry_delays=(0.5, 1.0, 2.0, 3.0, 4.0))) as opened:
        yield opened


@pytest.mark.parametrize("landmark", ON_THE_WAY_OUT)
async def test_an_end_on_the_way_to_slack_loses_nothing_and_says_nothing_twice(slack, database_url, landmark):
    async with judging(slack, database_url) as judge:
        await judge.plan("ada", "bo", "chiara", "ada")
        async with worker(judge.orders(at=landmark)) as ends:
            assert await ends.ended() == KILLED
        async with worker(judge.orders()):
            await judge.until_settled()
        assert await judge.verdict() == ([], [])


async def test_an_end_in_the_middle_of_planning_leaves_a_week_that_is_planned_whole(slack, database_url):
    async with at_work(slack, database_url) as town:
        await town.set_up()
        for name in ("gita", "bo"):
            await town.objective(town.person(name))
            await town.key_result(town.person(name), {"gita": "O-1", "bo": "O-2"}[name], owner=f"@{name}")
        monday = town.monday(town.person("gita")) + timedelta(hours=12)
    slack.calendar.set(monday)

    async with judging(slack, database_url) as judge:
        async with worker(judge.orders(at="mid plan")) as ends:
            assert await ends.ended() == KILLED
        assert not [key for key in await judge.rows() if key.startswith("check-in prompt")]
        async with worker(judge.orders()) as goes_on:
            await goes_on.says("at work")
            await judge.until_settled()
        assert await judge.verdict() == ([], [])
        for name in ("gita", "bo"):
            asked = [text_of(message) for message in slack.person(name).dm]
            assert sum("how is it going" in words for words in asked) == 1, asked


async def test_a_command_whose_acknowledgement_was_lost_has_one_effect(slack, database_url):
    async with at_work(slack, database_url) as town:
        gita = town.person("gita")
        await town.objective(gita)
        await town.key_result(gita)
        await gita.command("/okr update KR-1 40")

    async with judging(slack, database_url) as judge:
        async with worker(judge.orders(at="after commit before ack")) as ends:
            await ends.says("at work")
            seen = await gita.command("/okr update KR-1 +5")
            assert await ends.ended() == KILLED
            assert "45" not in seen.text
        async with worker(judge.orders()) as goes_on:
            await goes_on.says("at work")
            await slack.delivery.ask_again()
            assert "45 → 100" in (await gita.command("/okr")).text


async def test_an_event_whose_acknowledgement_was_lost_is_told_again_and_has_one_effect(slack, database_url):
    async with judging(slack, database_url) as judge:
        gita = slack.person("gita")
        async with worker(judge.orders(at="after commit before ack")) as ends:
            await ends.says("at work")
            await gita.say("hello?")
            assert await ends.ended() == KILLED
        async with worker(judge.orders()) as goes_on:
            await goes_on.says("at work")
            await slack.events.heard()
            await judge.until_settled()
            await asyncio.sleep(0.2)
        assert await judge.verdict() == ([], [])
        answers = [message for message in gita.dm if message.user != gita.id]
        assert len(answers) == 1
