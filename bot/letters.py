"""`python -m bot outbox …`: what is on its way or did not arrive, by kind, recipient and error, never by its words."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.endings import plainly
from domain.errors import Refusal
from domain.outbox import Delivery, Letter, OutboxId

if TYPE_CHECKING:
    from storage.database import Database

group = typer.Typer(no_args_is_help=True, help="See what waits to be said or was not, and send it again or let it go.")

AS_JSON = typer.Option("--json", help="JSON, for machines.")
MANY = 100
MOST = 2**31 - 1
"""The largest id that either database gives out."""


@group.command("list")
def list_(
    state: Annotated[Delivery | None, typer.Option(help="Only rows in this state, such as dead or unknown.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many, the latest first.")] = MANY,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    """List what stands in the outbox: kind, recipient, state and error."""
    from storage import dead_letters

    with plainly():
        letters = asyncio.run(_on_the_database(lambda db: db.read(dead_letters.listed, state, limit + 1)))
        shown = letters[:limit]
        _print(_as_json([_object(each) for each in shown]) if json else _table(shown))
        if len(letters) > limit:
            typer.echo(f"There are more than these {limit}; --limit shows them.", err=True)


@group.command()
def counts(json: Annotated[bool, AS_JSON] = False) -> None:
    """Count what stands in the outbox, by state and kind."""
    from storage import dead_letters

    with plainly():
        found = asyncio.run(_on_the_database(lambda db: db.read(dead_letters.counts)))
        rows = [(str(number), state.value, kind) for (state, kind), number in sorted(found.items())]
        objects = [{"state": state, "kind": kind, "count": int(number)} for number, state, kind in rows]
        _print(_as_json(objects) if json else _columns([("COUNT", "STATE", "KIND"), *rows]) if rows else EMPTY)


@group.command()
def requeue(
    ids: Annotated[list[int] | None, typer.Argument(help="The ids of dead rows, as `list` shows them.")] = None,
    dead: Annotated[bool, typer.Option("--dead", help="Everything that is dead.")] = False,
) -> None:
    """Send again what is dead; a running Cairn takes it on at once."""
    from bot.clocks import real
    from storage import dead_letters

    with plainly():
        if bool(ids) == dead:
            raise Refusal("Name the ids to send again, or say --dead for everything that is dead.")
        chosen = None if dead else _ids(ids)
        number = asyncio.run(_on_the_database(lambda db: db.run(dead_letters.requeue, chosen, real())))
        when = "unless it is too late for it by then"
        typer.echo(f"{_rows(number)} will be sent again, {when}. `python -m bot outbox counts` shows how it goes.")


@group.command()
def drop(ids: Annotated[list[int], typer.Argument(help="The ids, as `list` shows them.")]) -> None:
    """Let something go unsaid for good."""
    from bot.clocks import real
    from storage import dead_letters

    with plainly():
        number = asyncio.run(_on_the_database(lambda db: db.run(dead_letters.drop, _ids(ids), real())))
        typer.echo(f"{_rows(number)} will not be sent.")


@group.command()
def doubt() -> None:
    """Look in Slack for what is unsent before it is sent: for a database that pg_restore brought back."""
    from bot import keeping
    from bot.clocks import real
    from bot.opening import opened
    from bot.settings import database_url
    from storage import doubts

    async def work() -> int:
        async with opened(database_url()) as db:
            return await db.run(doubts.doubt_unsent, real())

    with plainly():
        typer.echo(keeping.doubts(asyncio.run(work())))


async def _on_the_database(work: "Callable[[Database], Any]") -> Any:
    from bot.opening import opened_as_it_is
    from bot.settings import database_url

    async with opened_as_it_is(database_url()) as db:
        return await work(db)


def _ids(given: list[int] | None) -> list[OutboxId]:
    if too_large := [id for id in given or () if not 0 < id <= MOST]:
        named = ", ".join(map(str, too_large))
        raise Refusal(f"There is no {named} in the outbox. `python -m bot outbox list` shows what there is.")
    return [OutboxId(id) for id in given or ()]


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


EMPTY = "There is nothing of the kind in the outbox."
_HEADING = ("ID", "SINCE", "STATE", "ATTEMPTS", "KIND", "TO", "WORKSPACE", "ERROR")


def _table(letters: list[Letter]) -> str:
    return _columns([_HEADING, *map(_line, letters)]) if letters else EMPTY


def _line(each: Letter) -> tuple[str, ...]:
    since = each.since.strftime("%Y-%m-%d %H:%MZ")
    return (str(each.id), since, each.state, str(each.attempts), each.kind, each.place, each.workspace, each.error)


def _columns(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _object(each: Letter) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(each) | {"since": each.since.isoformat()}


def _as_json(objects: list[dict[str, Any]]) -> str:
    import json

    return json.dumps(objects, indent=2, ensure_ascii=False)


def _print(what: str) -> None:
    typer.echo(what)
