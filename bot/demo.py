"""The demo: a Slack workspace on this machine, Cairn in it, and a story to watch."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot import logs
from bot.cli import told_to_stop
from bot.clocks import Clocks, real
from bot.running import Cairn, running
from bot.settings import MANIFEST, Settings
from bot.starting import CannotStart
from bot.story import Story, StoryBroke, begins
from bot.telling import Telling
from bot.transcript import Transcript
from bot.walking import walk
from sandbox.server import Sandbox

FOLDER = Path(".demo")
"""Where the demo keeps its workspace and its database: never those that `make run` uses."""

console = Console(highlight=False, emoji=False)


def play(fresh: bool, once: bool, port: int) -> int:
    """Run the demo; the exit status is 1 where a step of the story failed."""
    logs.set_up("ERROR", json=False)
    with contextlib.suppress(KeyboardInterrupt):
        if once:
            with tempfile.TemporaryDirectory() as folder:
                return asyncio.run(show(Path(folder), once, 0))
        if fresh and FOLDER.exists():
            shutil.rmtree(FOLDER)
        FOLDER.mkdir(exist_ok=True)
        return asyncio.run(show(FOLDER, once, port))
    return 0


async def show(folder: Path, once: bool, port: int) -> int:
    """Open the workspace kept in this folder, tell the story where it is fresh, and stay unless it is for `once`."""
    try:
        async with workspace(folder, port) as (slack, cairn):
            told = await _told(slack, cairn)
            if not once and told:
                _say_where(slack)
                await told_to_stop()
            return 0 if told else 1
    except CannotStart as error:
        console.print(str(error))
        return 1


@contextlib.asynccontextmanager
async def workspace(folder: Path, port: int) -> AsyncIterator[tuple[Sandbox, Cairn]]:
    """The sandbox with Cairn in it; when the page moves the calendar, Cairn's days pass one after the other."""
    slack = await _sandbox(folder / "slack.sqlite", port)
    try:
        async with running(_settings(slack, folder), Clocks(slack.calendar.now, real)) as cairn:

            async def moved(to: datetime) -> None:
                await walk(cairn, slack.calendar, to)

            slack.calendar.on_move = moved
            await cairn.met
            yield slack, cairn
    finally:
        await slack.stop()


async def _sandbox(file: Path, port: int) -> Sandbox:
    try:
        return await Sandbox.start(MANIFEST, file, port=port)
    except OSError as error:
        raise CannotStart(f"Port {port} is taken. Is another demo running? ARGS=--port=0 takes a free one.") from error


def _settings(slack: Sandbox, folder: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # the demo never touches what `make run` uses
        slack_bot_token=slack.bot_token,  # type: ignore[arg-type]
        slack_app_token=slack.app_token,  # type: ignore[arg-type]
        slack_api_url=slack.api_url,
        paced=False,
        database_url=f"sqlite:///{folder / 'cairn.sqlite'}",
    )


async def _told(slack: Sandbox, cairn: Cairn) -> bool:
    """Play the story on a fresh workspace; whether all of it went well."""
    if any(slack.channel(channel.id).messages for channel in slack.workspace.channels.values()):
        console.print("[bold]Welcome back.[/] The workspace is as you left it; ARGS=--fresh begins anew.")
        return True
    today = slack.calendar.now()
    slack.calendar.begin(begins(today))
    transcript = Transcript(slack, console)
    try:
        await Story(Telling(slack, transcript, cairn.courier.until_quiet), today).play()
    except (StoryBroke, TimeoutError, AssertionError) as error:
        console.print(f"\n[bold red]The story broke off here:[/] {escape(str(error) or 'something never came')}")
        return False
    finally:
        transcript.close()
    return True


def _say_where(slack: Sandbox) -> None:
    console.print()
    console.rule(style="dim")
    console.print(f"The workspace is open at [bold]{slack.page_url}[/]")
    console.print("Be anybody there, type /okr, /checkin or /kudos, and move the calendar. Ctrl-C ends it.")
