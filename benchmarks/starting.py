"""From `python` to ready: all that `python -m bot run` imports, and its app built, against the bare libraries."""

import asyncio
import sys

from benchmarks.pairs import Once, Side, compare
from benchmarks.report import HEAD, Goal, keep, row, table

BARE = "import slack_bolt.async_app, sqlmodel, apscheduler"

CAIRN = """
from bot.cli import cli, loading
from bot import logs
with loading():
    from bot.clocks import Clocks
    from bot.running import Desk, Installation, apps, running
from slack_sdk.web.async_client import AsyncWebClient
from storage.database import Database

db = Database("sqlite:///never-opened.db")
now = Clocks().calendar
desk = Desk(db, AsyncWebClient(), "T1", frozenset(), now, now, print)
apps.build(desk, Installation("T1", "Larkspur", "U1", "B1", ()), "xoxb-benchmark", "secret")
"""


async def run() -> None:
    """Measure whole processes, turn by turn."""
    pair = await compare(Side(_started(CAIRN), 1), Side(_started(BARE), 1))
    rows = [row("start-up, as a part of the bare imports' speed", pair, Goal(1 / 1.5, 1 / 1.2))]
    times = f"That is **{1 / pair.ratio:.2f} times** the bare imports (must ≤ 1.5, aim ≤ 1.2)."
    keep("starting", f"## Start-up against `{BARE}`\n\n{table(HEAD, rows)}\n\n{times}")


def _started(code: str) -> Once:
    async def start() -> None:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
        assert await process.wait() == 0

    return start
