"""`python -m bot import FILE`: what becomes of each row of a spreadsheet, and then all of it at once."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.endings import plainly
from domain.dates import DayOrder
from domain.decimals import DecimalMark
from domain.errors import Refusal

if TYPE_CHECKING:
    from bot.addresses import Told
    from domain.columns import Columns
    from domain.imports import Plan
    from domain.people import Member, WorkspaceId
    from domain.sheets import Sheet
    from domain.staging import Staged
    from operations.imports import Ground
    from storage.database import Database

SLICE = 250
"""Rows that are staged at once: a few milliseconds of the one writer that SQLite has."""

FORGET = 1_000
"""Rows that are forgotten at once."""

PAUSE = 0.03
"""Seconds between two slices: a running Cairn that waits for the writer looks for it again at least every 0.1."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody typed."""

    file: Path
    sheet: str | None
    told: list[str]
    dates: DayOrder | None
    decimals: DecimalMark | None
    people: Path | None
    acting: str | None
    workspace: str | None
    dry_run: bool
    yes: bool


def command(
    file: Annotated[Path, typer.Argument(help="A CSV file or an Excel workbook (.xlsx).")],
    sheet: Annotated[
        str | None, typer.Option(help="The sheet of a workbook, if not the first with our columns.")
    ] = None,
    map: Annotated[
        list[str] | None, typer.Option("--map", help='What a column is: "Their header=Our column". As often as needed.')
    ] = None,
    dates: Annotated[DayOrder | None, typer.Option(help="Whether 03/04/2026 begins with the day or the month.")] = None,
    decimals: Annotated[DecimalMark | None, typer.Option(help="Whether 1.200 is 1.2 or twelve hundred.")] = None,
    people: Annotated[
        Path | None, typer.Option(help="A CSV file: what the spreadsheet calls somebody, then a Slack id or a name.")
    ] = None,
    acting: Annotated[
        str | None, typer.Option("--as", help="The Slack id of the admin or OKR champion who does this.")
    ] = None,
    workspace: Annotated[str | None, typer.Option(help="Which workspace, where Cairn is in several.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each row.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Add everything without asking first.")] = False,
) -> None:
    """Bring objectives and key results from a spreadsheet; Cairn may run meanwhile. All of it is added, or nothing."""
    with plainly():
        asyncio.run(_import(_Asked(file, sheet, map or [], dates, decimals, people, acting, workspace, dry_run, yes)))


async def _import(asked: _Asked) -> None:
    from bot.opening import opened_as_it_is
    from bot.settings import database_url

    sheet, columns = _read(asked)
    async with opened_as_it_is(database_url()) as db:
        who = await db.read(_who, asked.workspace, asked.acting)
        ground = await _ground(db, who, asked, sheet, columns)
        plan = _planned(sheet, columns, ground, asked)
        for line in _told(plan, ground.called):
            typer.echo(line)
        if plan.refused:
            raise Refusal(_remedy(plan))
        if asked.dry_run or not _wanted(plan, asked.yes):
            typer.echo("Nothing was added.")
            return
        typer.echo(await _added(db, who, plan, ground))


def _read(asked: _Asked) -> "tuple[Sheet, Columns]":
    from bot import sheets
    from domain.columns import columns, is_header, told_columns
    from domain.sheets import headed

    told = told_columns(asked.told)
    sheet = headed(sheets.read(asked.file, asked.sheet), is_header)
    return sheet, columns(sheet.headers, told)


def _who(session: Any, workspace: str | None, slack_id: str | None) -> "Member":
    from bot import acting
    from domain.permissions import Verb, allow

    who = acting.who_imports(session, acting.the_workspace(session, workspace), slack_id)
    allow(Verb.IMPORT, who, "")
    return who


async def _ground(db: "Database", who: "Member", asked: _Asked, sheet: "Sheet", columns: "Columns") -> "Ground":
    from bot.clocks import real
    from domain.entries import every_person
    from operations import imports

    names = every_person(sheet.rows, columns)
    called = await _called(db, who.workspace, names, asked.people)
    return await db.read(imports.ground, who, called, real())


async def _called(db: "Database", workspace: "WorkspaceId", names: frozenset[str], file: Path | None) -> dict[str, str]:
    """The Slack ids of everybody who is named: what the mapping file says counts more than what Slack does."""
    from bot import addresses
    from storage import people

    folk = await db.read(people.everybody, workspace)
    here, rows = addresses.named(folk), addresses.explained(file) if file else []
    known = addresses.by_slack_id(names, folk)
    explained, lost = addresses.mapped(rows, here)
    wanted = {name for name in names if "@" in name and name not in known | explained}
    slack = await _from_slack(wanted) if wanted or lost else addresses.Told()
    explained, lost = addresses.mapped(rows, here, slack.names) if lost else (explained, lost)
    for sentence in filter(None, (slack.sentence, *lost)):
        typer.echo(sentence, err=True)
    return slack.addresses | known | explained


async def _from_slack(wanted: set[str]) -> "Told":
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.addresses import Told, told
    from bot.settings import slack_access

    token, address = slack_access()
    if token:
        return await told(AsyncWebClient(token, base_url=address, retry_handlers=[]), wanted)
    without = "Without SLACK_BOT_TOKEN nobody can be found by e-mail. Name people in a file: --people."
    return Told(sentence=without if wanted else "")


def _planned(sheet: "Sheet", columns: "Columns", ground: "Ground", asked: _Asked) -> "Plan":
    from domain.entries import Notation
    from domain.fates import plan

    return plan(sheet, columns, ground.known, Notation(asked.dates, asked.decimals))


def _told(plan: "Plan", called: Mapping[str, str]) -> Iterable[str]:
    """What becomes of every row, and the sums."""
    from domain.imports import LeftOut, NewKeyResult, NewObjective, sentences

    for row in plan.rows:
        yield from sentences(row, called)
    if plan.unread:
        headers = ", ".join(f"“{header[:40]}”" for header in plan.unread)
        yield f'Not read: {headers}. What one of them is, `--map "Their header=Our column"` says.'
    sums = {
        kind: sum(isinstance(row.fate, kind) for row in plan.rows) for kind in (NewObjective, NewKeyResult, LeftOut)
    }
    objectives, key_results, left = sums.values()
    yield (
        f"{_count(len(plan.rows), 'row')}: {_count(objectives, 'objective')}, {_count(key_results, 'key result')}, "
        f"{left} left out, {len(plan.refused)} refused."
    )


def _remedy(plan: "Plan") -> str:
    """How many rows cannot be added, and what to do: for some of them it is enough to say something with it."""
    from domain.imports import Refused

    fates = (row.fate for row in plan.rows)
    told = " ".join(problem.because for fate in fates if isinstance(fate, Refused) for problem in fate.problems)
    flags = [flag for flag in ("--dates", "--decimals", "--people") if flag in told]
    also = f", or say {' and '.join(flags)}" if flags else ""
    return f"{_count(len(plan.refused), 'row')} cannot be added, so nothing is. Mend the file first{also}."


def _wanted(plan: "Plan", yes: bool) -> bool:
    """Whether there is something to add, and somebody says so."""
    from domain.imports import NewKeyResult, NewObjective

    if not any(isinstance(row.fate, NewObjective | NewKeyResult) for row in plan.rows):
        return False
    if yes:
        return True
    if not sys.stdin.isatty():
        raise Refusal("Nothing was added: nobody is there to ask. Add --yes, or --dry-run to leave it at that.")
    return typer.confirm("Add all of it?")


async def _added(db: "Database", who: "Member", plan: "Plan", ground: "Ground") -> str:
    import secrets

    from bot.clocks import real
    from domain.landmarks import passed
    from domain.staging import counted, periods, staged
    from operations import imports

    made = staged(plan, ground.names)
    batch = secrets.token_hex(16)
    try:
        await _forget(db, who, None)  # what an import that broke off has left behind
        await _stage(db, who, batch, made)
        numbers = await db.claim(imports.publish, who, batch, counted(made), periods(plan), real())
        passed("after publishing")
        await _show(db, who, batch)
    finally:
        await _forget(db, who, batch)
    tops = _span("objective", "O", numbers.objectives)
    return f"Added {tops} and {_span('key result', 'KR', numbers.key_results)}."


async def _stage(db: "Database", who: "Member", batch: str, made: "list[Staged]") -> None:
    from operations import imports

    slices = [made[at : at + SLICE] for at in range(0, len(made), SLICE)]
    with _progress("Staging", len(made)) as advance:
        for each in slices:
            await db.run(imports.stage, who, batch, each)
            advance(len(each))
            await asyncio.sleep(PAUSE)


async def _show(db: "Database", who: "Member", batch: str) -> None:
    """Show Homes afresh, a few at a time."""
    from bot.clocks import real
    from operations import imports

    members = await db.read(imports.concerned, who, batch)
    for at in range(0, len(members), SLICE):
        await db.run(imports.show, who, members[at : at + SLICE], real())


async def _forget(db: "Database", who: "Member", batch: str | None) -> None:
    from operations import imports

    left = FORGET
    while left:
        left = await db.run(imports.forget, who, FORGET, batch)
        await asyncio.sleep(PAUSE if left else 0)


class _progress:
    """A bar for whoever watches; in a pipe there is none."""

    def __init__(self, doing: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())
        self._task = self._bar.add_task(doing, total=total)

    def __enter__(self) -> Callable[[int], None]:
        self._bar.start()
        return lambda done: self._bar.advance(self._task, done)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def _span(noun: str, prefix: str, numbers: range) -> str:
    if not numbers:
        return f"no {noun}s"
    named = f"{prefix}-{numbers[0]}" if len(numbers) == 1 else f"{prefix}-{numbers[0]} to {prefix}-{numbers[-1]}"
    return f"{_count(len(numbers), noun)} ({named})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
