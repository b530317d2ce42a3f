"""The command line: `python -m bot run`, `python -m bot demo`."""

import asyncio
import os
import signal
import sys
import threading
from typing import Annotated

import typer

from bot import logs
from bot.clocks import Clocks
from bot.health import GaveUp
from bot.lines import Spans
from bot.running import running
from bot.settings import Settings, from_environment
from bot.starting import CannotStart

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Cairn: OKRs, check-ins and recognition in Slack.",
    pretty_exceptions_enable=False,  # they show the values of variables
)

LAST = 30.0
"""Seconds that an ending gets when the process is ill."""


@cli.command()
def run() -> None:
    """Run Cairn in the workspace that its tokens belong to."""
    work(Spans())


def work(spans: Spans) -> None:
    """Run until told to stop; ends the process with one sentence where it cannot start, or cannot go on."""
    try:
        settings = from_environment()
        logs.set_up(settings.log_level, settings.log_json, settings.secrets)
        logs.catch_all()
        asyncio.run(_run(settings, spans))
    except (CannotStart, GaveUp) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


@cli.command()
def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew: forget the last demo.")] = False,
    exit: Annotated[bool, typer.Option("--exit", help="Use a temporary workspace, and end after the story.")] = False,
    port: Annotated[int, typer.Option(help="The port of the workspace's page.")] = 8765,
) -> None:
    """Open a Slack workspace on this machine with Cairn in it, and watch a story."""
    from bot.demo import play  # the sandbox is not needed, and so not imported, to run in a real workspace

    sys.exit(play(fresh=fresh, once=exit, port=port))


async def _run(settings: Settings, spans: Spans) -> None:
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
