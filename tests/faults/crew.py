"""Workers that are ended and begun again, and the judge of what they did: the sandbox's own ledger."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from domain.outbox import Outgoing
from domain.people import WorkspaceId
from sandbox.server import Sandbox
from scheduler.directory import Directory
from storage import outbox, people
from storage.database import Database, Session
from tests.examples import NOW
from tests.faults.worker import KILLED, Orders
from tests.storage.company import outgoing

PATIENCE = 60
"""Seconds before a test gives up: far more than any of this takes."""

PEOPLE = ("ada", "bo", "chiara", "diego", "emi", "farid", "gita", "hana")


UNDER_WAY = {"pending", "sending", "unknown"}


@dataclass
class Worker:
    """One process of Cairn."""

    process: asyncio.subprocess.Process

    async def says(self, word: str) -> None:
        """Wait until it says so; what it complains of is shown where it ends before that."""
        async with asyncio.timeout(PATIENCE):
            line = b""
            while word.encode() not in line:
                line = await self.process.stdout.readline()
                assert line or self.process.returncode in {None, KILLED}, await self.process.stderr.read()
                if not line:
                    return

    async def ended(self) -> int:
        """Its exit status, once it has ended by itself."""
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def kill(self) -> None:
        """End it at once, wherever it is."""
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def wake(self) -> None:
        """Let it go on after it was frozen."""
        os.kill(self.process.pid, signal.SIGCONT)
        await self.says("woken")

    async def stop(self) -> None:
        """Tell it to finish what it is doing, and to end."""
        self.process.terminate()
        assert await self.ended() == 0, await self.process.stderr.read()


@contextlib.asynccontextmanager
async def worker(orders: Orders) -> AsyncIterator[Worker]:
    """A process that has begun; it is killed with its block."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DATABASE_"))}
    begun = Worker(
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.worker", orders.told()),
            env=inherited,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=2**20,
        )
    )
    try:
        yield begun
    finally:
        await begun.kill()


@dataclass
class Judge:
    """Plans what is to be said in the workers' database, and knows from Slack's ledger what was said."""

    slack: Sandbox
    db: Database
    url: str
    planned: list[str] = field(default_factory=list)

    @property
    def workspace(self) -> WorkspaceId:
        return WorkspaceId(self.slack.team.id)

    def orders(self, **how) -> Orders:
        """What every worker is told."""
        known = {"calendar": self.slack.calendar.now().isoformat()} | how
        return Orders(self.slack.bot_token, self.slack.app_token, self.slack.api_url, self.url, **known)

    async def open(self) -> None:
        """The workspace is set up, and everybody in it is known."""
        await self.db.run(_opened, self.workspace)
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(self.slack.bot_token, self.slack.api_url, session=session)
            await Directory(self.db, client, self.workspace, self.slack.calendar.now).refresh()

    async def plan(self, *whom: str) -> None:
        """Something to say to each of them."""
        now = self.slack.calendar.now()
        for name in whom:
            key = f"{name} {len(self.planned)}"
            self.planned.append(key)
            await self.db.run(outbox.put, self._words(key, name), now)

    def _words(self, key: str, name: str) -> Outgoing:
        facts = {"entries": [[key, "it says"]]}
        return outgoing(key, workspace=self.workspace, place=self.slack.person(name).id, facts=facts)

    async def rows(self) -> dict[str, tuple[str, str]]:
        """The state and the mark of everything in the outbox that is said, by its key."""
        return await self.db.read(_said)

    async def until_settled(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is on its way any more."""
        try:
            async with asyncio.timeout(seconds):
                while await self.under_way():  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(
                f"After {seconds:g} s there is still something on its way: {await self.rows()}"
            ) from None

    async def under_way(self) -> int:
        """How many messages are neither said nor settled in another way."""
        return sum(state in UNDER_WAY for state, _ in (await self.rows()).values())

    async def verdict(self) -> tuple[list[str], list[str]]:
        """What was planned and is not in Slack's ledger, and what is there twice: both should be nothing."""
        marks = {mark: key for key, (_, mark) in (await self.rows()).items()}
        posts = [each for each in self.slack.ledger.entries if (each["metadata"] or {}).get("event_payload")]
        times = Counter(post["metadata"]["event_payload"]["mark"] for post in posts)
        lost = [key for mark, key in marks.items() if not times[mark]]
        doubled = [marks.get(mark, "nobody planned it") for mark, often in times.items() if often > 1]
        assert set(self.planned) <= set(marks.values())
        return lost, doubled


@contextlib.asynccontextmanager
async def judging(slack: Sandbox, url: str) -> AsyncIterator[Judge]:
    """A judge with a connection of their own to the workers' database."""
    db = Database(url)
    try:
        judge = Judge(slack, db, url)
        await judge.open()
        yield judge
    finally:
        await db.close()


def _opened(session: Session, workspace: WorkspaceId) -> None:
    people.keep_workspace(session, workspace, "Larkspur", "UCAIRN")
    people.finish_set_up(session, workspace, NOW)


def _said(session: Session) -> dict[str, tuple[str, str]]:
    rows = session.connection().execute(text("SELECT key, state, mark FROM outbox WHERE mode = 'say'"))
    return {row.key: (row.state, row.mark) for row in rows}
