"""Two replicas against a Slack that limits: how much of what it takes they use, and how often it says no."""

import asyncio
import contextlib
import itertools
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import databases, report
from benchmarks.report import Goal
from bot.settings import MANIFEST
from domain.outbox import Outgoing
from domain.people import WorkspaceId
from sandbox.records import Change
from sandbox.rules import Rules
from sandbox.server import Sandbox
from sandbox.tiers import CALLS_A_MINUTE
from storage import outbox, people
from storage.database import Database, Session
from storage.migrations import migrate

CAP = CALLS_A_MINUTE["posting"]
MINUTES = 8
SETTLED = 3
"""Minutes after which the replicas know what they may do."""

USED, REFUSED = Goal(0.9, 0.95), Goal(0.01, 0.002, at_most=True)
HEAD = ["", "of the cap", "must (aim)", "", "429s", "must (aim)", "", "calls before Retry-After was over"]


@dataclass
class Watch:
    """When each post came, when it was refused, and until when none should have come."""

    went: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    early: list[float] = field(default_factory=list)
    rests_until: float = 0.0
    rests_from: float = 0.0

    def note(self, change: Change) -> None:
        """One call of the app."""
        if change.kind != "call" or change.detail["method"] != "chat.postMessage":
            return
        now, answer = time.monotonic(), change.detail["answer"]
        if self.rests_from < now < self.rests_until:
            self.early.append(now)
        if answer.get("error") == "ratelimited":
            self.refused.append(now)
            self.rests_from, self.rests_until = now, now + answer["retry_after"]
        else:
            self.went.append(now)

    def row(self, name: str, since: float, minutes: float) -> list[str]:
        """A stretch of time as a line of the table."""
        went, refused, early = (sum(1 for at in each if at >= since) for each in (self.went, self.refused, self.early))
        used, said_no = went / minutes / CAP, refused / max(went + refused, 1)
        share = [f"**{used:.3f}**", str(USED), USED.verdict(used)]
        return [name, *share, f"{said_no:.2%} ({refused})", str(REFUSED), REFUSED.verdict(said_no), str(early)]


async def run() -> None:
    """Measure, and keep the table."""
    watch = Watch()
    with databases.postgresql() as url:
        slack = await Sandbox.start(MANIFEST, rules=Rules(rate_limited=True))
        slack.workspace.subscribe(watch.note)
        try:
            async with _planned(slack, url) as begin, _replica(slack, url), _replica(slack, url):
                began = await begin()
                await asyncio.sleep(MINUTES * 60)
        finally:
            await slack.stop()
    settled = watch.row(f"from minute {SETTLED} to {MINUTES}", began + SETTLED * 60, MINUTES - SETTLED)
    rows = [watch.row(f"all {MINUTES} minutes, from a cold start", began, MINUTES), settled]
    about = f"## Two replicas on PostgreSQL against a limit of {CAP} posts a minute that nobody told them"
    report.keep("limits", f"{about}\n\n{report.table(HEAD, rows)}")


@contextlib.asynccontextmanager
async def _planned(slack: Sandbox, url: str) -> AsyncIterator[Callable[[], Awaitable[float]]]:
    """Once the replicas are at work, more is planned than can be said."""
    db = Database(url)
    await migrate(db)

    async def begin() -> float:
        await slack.until(lambda: slack.sockets.connections == 4, 60)
        await asyncio.sleep(3)
        await db.run(_plan, WorkspaceId(slack.team.id), [slack.person(name).id for name in _PEOPLE])
        return time.monotonic()

    try:
        yield begin
    finally:
        await db.close()


_PEOPLE = ("ada", "bo", "chiara", "diego", "emi", "farid", "gita", "hana")


def _plan(session: Session, workspace: WorkspaceId, whom: list[str]) -> None:
    now = datetime.now(UTC)
    people.finish_set_up(session, workspace, now)
    for number, who in zip(range(CAP * (MINUTES + 1)), itertools.cycle(whom), strict=False):
        words = {"entries": [[f"/{number}", "it says"]]}
        outbox.put(session, Outgoing(workspace, "help", who, f"word {number}", "a benchmark asks for it", words), now)


@contextlib.asynccontextmanager
async def _replica(slack: Sandbox, url: str) -> AsyncIterator[None]:
    """Cairn as an operator starts it, with every setting as it comes."""
    given = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
    given |= {"DATABASE_URL": url, "LOG_LEVEL": "ERROR", "PYTHONPATH": str(Path(__file__).parent.parent)}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DATABASE_"))}
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), cwd=folder, env=inherited | given
        )
        try:
            yield
        finally:
            process.terminate()
            await process.wait()
