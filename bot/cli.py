"""The command line: `python -m bot run`, `python -m bot demo`."""

import asyncio
import signal
import sys
from typing import Annotated

import typer

from bot import logs
from bot.clocks import Clocks
from bot.running import running
from bot.settings import Settings, from_environment
from bot.starting import CannotStart

cli = typer.Typer(add_completion=False, no_args_is_help=True, help="Cairn: OKRs, check-ins and recognition in Slack.")


@cli.command()
def run() -> None:
    """Run Cairn in the workspace that SLACK_BOT_TOKEN and SLACK_APP_TOKEN belong to."""
    try:
        settings = from_environment()
        logs.set_up(settings.log_level, settings.log_json)
        asyncio.run(_run(settings))
    except CannotStart as error:
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


async def _run(settings: Settings) -> None:
    async with running(settings, Clocks()):
        await told_to_stop()


async def told_to_stop() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await stop.wait()
