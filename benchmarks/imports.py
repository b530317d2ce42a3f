"""How long people wait for an answer while a spreadsheet of ten thousand rows comes in from another process."""

import asyncio
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import company, databases, front_door, report
from benchmarks.company import HERE, NOW, slack_id
from benchmarks.front_door import Signed
from benchmarks.report import Goal
from domain.people import Role
from domain.sheets import csv_lines
from storage import people
from storage.database import Database, Session

ROWS = 10_000
CHECKING_IN = 500
QUIET = 10.0
"""Seconds for which the same is measured without an import."""

LONGEST = Goal(3.0, 1.0, at_most=True)
HEAD = ["", "requests", "median, ms", "longest, ms", "longest must (aim), s", ""]

_BROUGHT = ("Row ID", "Title", "Parent", "Entity", "Owner Email", "Time Period", "Target")


@dataclass
class Waits:
    """How long each answer took, in seconds."""

    each: list[float] = field(default_factory=list)

    def row(self, name: str) -> list[str]:
        """A line of the table."""
        ordered = sorted(self.each)
        median, longest = ordered[len(ordered) // 2], ordered[-1]
        shown = [str(len(ordered)), f"{median * 1e3:.1f}", f"**{longest * 1e3:.0f}**"]
        return [name, *shown, str(LONGEST), LONGEST.verdict(longest)]


async def run() -> None:
    """Measure, and keep the table."""
    rows = []
    async with databases.sqlite(CHECKING_IN) as file:
        rows += await _measured(databases.copy(file, "measured.db"), "SQLite")
    with databases.postgresql() as url:
        await databases.founded(url, CHECKING_IN)
        rows += await _measured(url, "PostgreSQL")
    about = f"## /okr and check-ins while an import of {ROWS:,} rows runs in another process"
    report.keep("imports", f"{about}\n\n{report.table(HEAD, rows)}")


async def _measured(url: str, name: str) -> list[list[str]]:
    db = Database(url)
    await db.run(_let_import)
    app, requests = front_door.cairn(db), _asked(await db.read(company.check_ins))
    await front_door.sent(app, next(requests))
    quiet, busy = Waits(), Waits()
    end = time.perf_counter() + QUIET
    await _while(lambda: time.perf_counter() < end, app, requests, quiet)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        coming = await _importing(Path(folder), url)
        ended = asyncio.create_task(coming.wait())
        await _while(lambda: not ended.done(), app, requests, busy)
        assert await ended == 0, "the import failed"
    took = time.perf_counter() - began
    await db.close()
    return [quiet.row(f"{name}, quiet"), busy.row(f"{name}, during an import that took {took:.0f} s")]


async def _while(goes_on: Callable[[], bool], app: object, requests: Iterator[Signed], waits: Waits) -> None:
    while goes_on():
        began = time.perf_counter()
        await front_door.sent(app, next(requests))  # type: ignore[arg-type]
        waits.each.append(time.perf_counter() - began)
        await asyncio.sleep(0)


def _asked(open_ones: list[tuple[str, int, list[tuple[int, int]]]]) -> Iterator[Signed]:
    """Somebody types /okr, somebody sends their check-in, and so on."""
    for number in itertools.count():
        yield front_door.okr(slack_id(number % company.ASKING))
        yield front_door.check_in(*open_ones[number % len(open_ones)])


def _let_import(session: Session) -> None:
    (who,) = people.members(session, HERE, [slack_id(0)])
    people.grant(session, HERE, {Role.ADMIN: [who]}, who, NOW)


async def _importing(folder: Path, url: str) -> asyncio.subprocess.Process:
    """The command as an operator types it."""
    (folder / "okrs.csv").write_text(csv_lines([_BROUGHT, *_rows()]), newline="")
    given = {"DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parent.parent), "SLACK_BOT_TOKEN": ""}
    words = ("-m", "bot", "import", "okrs.csv", "--as", slack_id(0), "--yes")
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *words), cwd=folder, env=os.environ | given, stdout=asyncio.subprocess.DEVNULL
    )


def _rows() -> Iterator[tuple[str, ...]]:
    """A company objective, and under it everybody's own with three key results each."""
    folk, period = company.ASKING + CHECKING_IN, "Q4 2026"
    yield "0", "The company thrives", "", "Company", slack_id(0), period, ""
    for at in range(1, ROWS):
        above = at - (at - 1) % 4
        if above == at:
            yield str(at), f"Objective {at}", "0", "Individual", slack_id(at // 4 % folk), period, ""
        else:
            yield str(at), f"Result {at}", str(above), "", "", "", "100"
