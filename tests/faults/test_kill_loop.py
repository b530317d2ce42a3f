"""SIGKILL, again and again, while Slack is slow, drops answers and limits: nothing is lost, nothing is said twice."""

import asyncio
import contextlib
import random
import re
from dataclasses import dataclass, field

import pytest

from sandbox.rules import Rules
from sandbox.server import Sandbox
from tests.conftest import at_work, workspace
from tests.faults import report
from tests.faults.crew import PEOPLE, Judge, judging, worker

pytestmark = pytest.mark.alone

AT_HAND = 40
"""Messages that wait at a time; a conversation takes one a second."""


@pytest.fixture
async def slack():
    """A workspace that does not wait long for an acknowledgement."""
    async with workspace(rules=Rules(ack_seconds=1.5, retry_delays=(0.5, 1.0, 2.0, 3.0, 4.0))) as opened:
        yield opened


@dataclass
class Loop:
    """So many kills, with so many workers at a time."""

    judge: Judge
    kills: int
    chance: random.Random
    killed: int = 0
    typed: int = 0
    acknowledged: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def kill(self) -> None:
        """Begin a worker, let it work for a moment, and end it."""
        while not self.over.is_set():
            async with worker(self.judge.orders()) as victim:
                await victim.says("at work")
                await asyncio.sleep(self.chance.uniform(0.0, 1.5))
            self.killed += 1
            if self.killed >= self.kills:
                self.over.set()

    async def plan(self) -> None:
        """There is always something to say, and never more than can be said soon."""
        while not self.over.is_set():
            if await self.judge.under_way() < AT_HAND:
                await self.judge.plan(self.chance.choice(PEOPLE))
            await asyncio.sleep(0.15)

    async def type(self) -> None:
        """Gita counts up, and is told when it was counted; now and then Slack says it twice."""
        gita = self.judge.slack.person("gita")
        while not self.over.is_set():
            self.typed += 1
            seen = await gita.command("/okr update KR-1 +1")
            self.acknowledged += "→" in seen.text
            if self.chance.random() < 0.2:
                with contextlib.suppress(Exception):
                    await self.judge.slack.delivery.ask_again()
            await asyncio.sleep(0.1)


def make_trouble(slack: Sandbox) -> None:
    """Every few calls something goes wrong, each in its own way."""
    slack.faults.slow("chat.postMessage", seconds=0.3, every=3)
    slack.faults.slow("chat.postMessage", seconds=0.8, every=7, after_work=False)
    slack.faults.drop("chat.postMessage", every=6)
    slack.faults.drop("chat.postMessage", every=11, after_work=False)
    slack.faults.limit("chat.postMessage", retry_after=1, every=17)


async def loop(slack: Sandbox, url: str, kills: int, at_a_time: int, seed: int) -> Loop:
    async with at_work(slack, url) as town:
        gita = town.person("gita")
        await town.set_up()
        await town.objective(gita)
        await town.key_result(gita, target="100000")
    make_trouble(slack)
    async with judging(slack, url) as judge:
        run = Loop(judge, kills, random.Random(seed))
        await asyncio.gather(run.plan(), run.type(), *(run.kill() for _ in range(at_a_time)))
        slack.faults.clear()
        async with worker(judge.orders()) as last:
            await last.says("at work")
            await judge.until_settled(300)
            assert await judge.verdict() == ([], [])
            assert {state for state, _ in (await judge.rows()).values()} == {"sent"}
            await settled(run)
    return run


async def settled(run: Loop) -> None:
    """What was acknowledged counts, once; what was not may."""
    seen = (await run.judge.slack.person("gita").command("/okr")).text
    counted = int(re.search(r"([\d,]+) → 100,?000", seen)[1].replace(",", ""))
    assert run.acknowledged <= counted <= run.typed


async def test_one_worker_that_is_killed_again_and_again(slack, sqlite):
    url = sqlite.fresh()
    run = await loop(slack, url, report.how_many(3, 200), at_a_time=1, seed=1)
    tell("SIGKILL loop, SQLite", run)


async def test_several_workers_beside_each_other_that_are_killed_again_and_again(slack, postgres):
    at_a_time = report.how_many(2, 4)
    run = await loop(slack, postgres.fresh(), report.how_many(4, 400), at_a_time, seed=2)
    tell(f"SIGKILL loop, PostgreSQL, {at_a_time} replicas", run)


def tell(proof: str, run: Loop) -> None:
    planned = len(run.judge.planned)
    came_to = f"{run.killed} kills, {planned} messages planned: 0 lost, 0 doubled; "
    came_to += f"{run.acknowledged} of {run.typed} commands acknowledged, each counted once"
    report.keep(proof, came_to)
