"""The command line: `python -m bot run`, `demo`, `backup`, `restore`, `import`, `export` and `outbox`.

Each command imports what it needs, so that none waits for what only another one uses.
"""

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import exports, imports, letters
from bot.endings import plainly
from bot.loading import loading

if TYPE_CHECKING:
    from bot.lines import Spans
    from bot.settings import Settings

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Cairn: OKRs, check-ins and recognition in Slack.",
    pretty_exceptions_enable=False,  # they show the values of variables
)
cli.add_typer(letters.group, name="outbox")
cli.command("import")(imports.command)
cli.command("export")(exports.command)

LAST = 30.0
"""Seconds that an ending gets when the process is ill."""


@cli.command()
def run() -> None:
    """Run Cairn in the workspace that its tokens belong to."""
    from bot.lines import Spans

    work(Spans())


def work(spans: "Spans") -> None:
    """Run until told to stop; ends the process with one sentence where it cannot start, or cannot go on."""
    from bot import logs
    from bot.settings import from_environment

    with plainly():
        settings = from_environment()
        logs.set_up(settings.log_level, settings.log_json, settings.secrets)
        logs.catch_all()
        asyncio.run(_run(settings, spans))


@cli.command()
def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew: forget the last demo.")] = False,
    exit: Annotated[bool, typer.Option("--exit", help="Use a temporary workspace, and end after the story.")] = False,
    port: Annotated[int, typer.Option(help="The port of the workspace's page.")] = 8765,
) -> None:
    """Open a Slack workspace on this machine with Cairn in it, and watch a story."""
    from bot.demo import play

    sys.exit(play(fresh=fresh, once=exit, port=port))


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup is to lie.")],
    force: Annotated[bool, typer.Option("--force", help="Take the place of a file that is there.")] = False,
) -> None:
    """Write everything that Cairn remembers into one checked file; Cairn may run meanwhile."""
    from bot import keeping

    with plainly():
        typer.echo(keeping.backup(file, force))


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` has written.")]) -> None:
    """Put a backup in the place of the database, which is kept; Cairn must be stopped for it."""
    from bot import keeping

    with plainly():
        typer.echo(keeping.restored(file))


async def _run(settings: "Settings", spans: "Spans") -> None:
    with loading():
        from bot.clocks import Clocks
        from bot.running import running

    async with running(settings, Clocks(), spans) as cairn:
        stop = asyncio.create_task(told_to_stop())
        await asyncio.wait([stop, cairn.watched], return_when=asyncio.FIRST_COMPLETED)
        if not stop.done():
            _end_in_any_case()
            await cairn.watched


def _end_in_any_case() -> None:
    """Where even the ending hangs, end all the same."""
    last = threading.Timer(LAST, os._exit, [1])
    last.daemon = True
    last.start()


async def told_to_stop() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await stop.wait()
