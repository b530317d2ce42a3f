"""`python -m bot export`: what everybody may see, one person may, or all there is, as files in a folder."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from bot.endings import plainly
from domain.errors import Refusal

if TYPE_CHECKING:
    from operations.exports import Sight


def command(
    to: Annotated[Path | None, typer.Option(help="The folder to make; without it, one named by today.")] = None,
    acting: Annotated[
        str | None, typer.Option("--as", help="Whose eyes to see with, by Slack id; without it, everybody's.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="All there is, also what people keep private. Take care of it.")
    ] = False,
    workspace: Annotated[str | None, typer.Option(help="Which workspace, where Cairn is in several.")] = None,
) -> None:
    """Write OKRs, their history and endings, comments, dependencies, check-ins and recognition as CSV and JSON.

    Cairn may run meanwhile.
    """
    with plainly():
        if acting and private:
            raise Refusal("Say --as for what one person may see, or --private for everything, but not both.")
        from bot.clocks import real

        folder = to or Path(f"cairn-export-{real():%Y-%m-%d}")
        asyncio.run(_export(folder, workspace, acting, private))
        typer.echo(f"{folder} holds {', '.join(sorted(each.name for each in folder.iterdir()))}.")


async def _export(folder: Path, workspace: str | None, slack_id: str | None, private: bool) -> None:
    from bot.clocks import real
    from bot.opening import opened_as_it_is
    from bot.settings import database_url

    async with opened_as_it_is(database_url()) as db:
        sight = await db.read(_sight, workspace, slack_id, private)
        with _whole(folder) as part:
            await db.read(_written, sight, part, real())


def _sight(session: Any, workspace: str | None, slack_id: str | None, private: bool) -> "Sight":
    from bot import acting
    from operations.exports import Sight

    where = acting.the_workspace(session, workspace)
    return Sight(where, acting.the_member(session, where, slack_id) if slack_id else None, private)


def _written(session: Any, sight: "Sight", folder: Path, now: datetime) -> None:
    """Write all of it from one moment, a slice at a time."""
    from domain.exports import write
    from operations import exports

    seen_by = sight.who.slack_id if sight.who else "whoever may see everything" if sight.everything else "everybody"
    with contextlib.ExitStack() as stack:

        def opened(name: str) -> IO[bytes]:
            return stack.enter_context((folder / name).open("wb"))

        write(exports.tables(session, sight, now), {"workspace": sight.workspace, "seen by": seen_by}, opened)


@contextlib.contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder that only has its name once everything in it is written; raises `Refusal`."""
    if folder.exists():
        raise Refusal(f"{folder} is there already. Choose another folder with --to.")
    part = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    try:
        part.mkdir(mode=0o700)
        yield part
        part.rename(folder)
    except OSError as error:
        raise Refusal(f"The export could not be written to {folder}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
