"""Monday, nine o'clock: two thousand people send their check-in at once."""

import asyncio
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from slack_bolt.async_app import AsyncApp

from benchmarks import company, databases, front_door, plain
from benchmarks.report import Goal, keep, table
from storage.database import Database
from storage.tables import UpdateRow

EVERYBODY = 2_000
ROUNDS = 4
"""The first is thrown away. The other side needs a while, so there are no more."""

IN_TIME = 3.0
"""Seconds that Slack waits."""

FASTER = Goal(5, 10)


@dataclass(frozen=True, slots=True)
class Burst:
    """How long each of them waited, in seconds, the longest last, and what it took in all."""

    waited: tuple[float, ...]
    took: float

    @property
    def in_time(self) -> int:
        """How many were acknowledged before Slack would have given up."""
        return sum(seconds <= IN_TIME for seconds in self.waited)

    @property
    def rate(self) -> float:
        """Check-ins a second."""
        return len(self.waited) / self.took


async def run() -> None:
    """Measure both, turn by turn, each time on a fresh copy of the same file."""
    async with databases.sqlite(EVERYBODY) as file:
        both = [(await _cairn(file), await _plain(file)) for _ in range(ROUNDS)][1:]
    ours, theirs = [a for a, _ in both], [b for _, b in both]
    ratios = [a.rate / b.rate for a, b in both]
    times = statistics.median(ratios)
    rows = [_row("Cairn", ours), _row("SQLModel + aiosqlite, a pool of ten", theirs)]
    verdict = (
        f"Cairn is **{times:.1f} times** as fast ({min(ratios):.1f}–{max(ratios):.1f}; must and aim {FASTER}): "
        f"{FASTER.verdict(times)}. Load {os.getloadavg()[0]:.1f}."
    )
    head = ["", "acknowledged in 3 s", "a second", "half within, s", "all within, s (worst round)"]
    keep("burst", f"## {EVERYBODY:,} check-ins at once, on SQLite\n\n{table(head, rows)}\n\n{verdict}")


async def _cairn(file: Path) -> Burst:
    db = Database(databases.copy(file, "cairn.db"))
    try:
        return await _burst(db, front_door.cairn(db))
    finally:
        await db.close()


async def _plain(file: Path) -> Burst:
    url = databases.copy(file, "plain.db")
    db, pool = Database(url), plain.engine(url)
    try:
        return await _burst(db, plain.app(db, pool))
    finally:
        await pool.dispose()
        await db.close()


async def _burst(db: Database, app: AsyncApp) -> Burst:
    requests = [front_door.check_in(*each) for each in await db.read(company.check_ins)]
    assert len(requests) == EVERYBODY
    began = time.perf_counter()

    async def submitted(request: front_door.Signed) -> float:
        await front_door.sent(app, request)
        return time.perf_counter() - began

    waited = await asyncio.gather(*map(submitted, requests))
    took = time.perf_counter() - began
    assert await db.read(company.count, UpdateRow) == 3 * EVERYBODY, "everything that was acknowledged is there"
    return Burst(tuple(sorted(waited)), took)


def _row(name: str, rounds: list[Burst]) -> list[str]:
    least = min(each.in_time for each in rounds)
    return [
        name,
        f"{least / EVERYBODY:.0%}",
        f"{statistics.median(each.rate for each in rounds):,.0f}",
        f"{statistics.median(statistics.median(each.waited) for each in rounds):.2f}",
        f"{max(each.waited[-1] for each in rounds):.2f}",
    ]
