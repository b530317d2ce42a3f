"""`python -m tests.faults.worker`: Cairn as it always is, but for a landmark at which its process ends or freezes.

It is told everything as JSON on its command line and says "at work" once it is.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sqlite3
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from bot.cli import told_to_stop
from bot.clocks import Clocks, real
from bot.running import running
from bot.settings import Settings
from domain import landmarks

KILLED = 137


@dataclass(frozen=True)
class Orders:
    """What a worker is to do; `calendar` is an instant of its calendar, and `at` the landmark where it ends."""

    bot_token: str
    app_token: str
    api_url: str
    database_url: str
    calendar: str = ""
    at: str = ""
    freeze: bool = False
    """Stop at the landmark like a laptop whose lid is shut, once, instead of ending there."""
    timeout: float = 0.5
    lease: float = 1.5
    quiet: float = 0.7

    def told(self) -> str:
        """As a command line takes it."""
        return json.dumps(asdict(self))

    @property
    def settings(self) -> Settings:
        return Settings(
            _env_file=None,
            slack_bot_token=self.bot_token,
            slack_app_token=self.app_token,
            slack_api_url=self.api_url,
            database_url=self.database_url,
            send_timeout=self.timeout,
            send_lease=self.lease,
            quiet_period=self.quiet,
            posts_a_minute=100_000,
        )

    @property
    def clocks(self) -> Clocks:
        if not self.calendar:
            return Clocks()
        began, there = real(), datetime.fromisoformat(self.calendar).astimezone(UTC)
        return Clocks(calendar=lambda: there + (real() - began))


def end_at(orders: Orders) -> None:
    """From now on the process ends at the landmark, as if the power had gone; or freezes there, once."""
    frozen = []

    def stop(landmark: landmarks.Landmark) -> None:
        if landmark != orders.at:
            return
        if not orders.freeze:
            os._exit(KILLED)
        if not frozen:
            frozen.append(landmark)
            let_go(orders.database_url)
            print("frozen", flush=True)
            os.kill(os.getpid(), signal.SIGSTOP)
            print("woken", flush=True)

    landmarks.stop = stop


def let_go(database_url: str) -> None:
    """Wait for the thread that writes to SQLite: a process that is frozen while it holds the file keeps it."""
    if database_url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=10)) as file:
            file.execute("BEGIN IMMEDIATE")


async def work(orders: Orders) -> None:
    stop = asyncio.create_task(told_to_stop())  # it may be frozen, and told to stop, while it begins
    async with running(orders.settings, orders.clocks):
        print("at work", flush=True)
        await stop


if __name__ == "__main__":
    logging.basicConfig(level="ERROR")
    given = Orders(**json.loads(sys.argv[1]))
    end_at(given)
    asyncio.run(work(given))
