"""The whole timetable: every tick and how often it comes. Ticks only ask what is due; the database knows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from operations import dependencies, marks, planning, retrospectives, status
from scheduler.courier import Courier
from scheduler.directory import Directory
from scheduler.searching import Search
from storage import inbox, outbox, paces
from storage.database import Database

log = logging.getLogger("cairn.timetable")

KEEP_HEARD = timedelta(hours=26)
"""Slack may deliver an event again for a day and more."""

KEEP_SETTLED = timedelta(days=30)
KEEP_PAUSES = timedelta(hours=1)
SLICE = 500
QUESTIONS = 50
SLOW = 120
"""Seconds after which a tick that comes more often is missed: some wait for Slack."""


class Timetable:
    """The ticks, on one page."""

    def __init__(
        self,
        db: Database,
        courier: Courier,
        search: Search,
        directory: Directory,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
        expect: Callable[[str, float], Callable[[], None]] = lambda _tick, _within: lambda: None,
    ) -> None:
        """`expect(tick, seconds)` is told what comes how often at least, and gives what to call each time it has."""
        self._db, self._courier, self._search, self._directory = db, courier, search, directory
        self._calendar, self._stopwatch, self._expect = calendar, stopwatch, expect
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Begin to tick."""
        self._every(self.plan, seconds=20)
        self._every(self._search.sweep, seconds=1, at_once=True)
        self._every(self.open_cycles, seconds=3600)
        self._every(self.turn_cycles, seconds=20)
        self._every(self.remind, seconds=20)
        self._every(self.go_on, seconds=20)
        self._every(self.ask, seconds=3600)
        self._every(self.tidy, seconds=3600)
        self._every(self._directory.refresh, seconds=24 * 3600)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)

    async def plan(self) -> None:
        """Plan what has fallen due, a few zones at a time so that nobody waits for the writer."""
        while await self._db.run(planning.plan, self._calendar()):
            self._courier.wake()

    async def open_cycles(self) -> None:
        """Open this quarter's cycle where it is not open yet, and the next one's when it is time to plan it."""
        await self._db.run(planning.open_cycles, self._calendar())

    async def turn_cycles(self) -> None:
        """Do what has fallen due about cycles, a few at a time."""
        while await self._db.run(marks.turn, self._calendar()):
            self._courier.wake()

    async def remind(self) -> None:
        """Ask teams once more what they have not answered for a week, a few at a time."""
        while await self._db.run(dependencies.remind, self._calendar()):
            self._courier.wake()

    async def go_on(self) -> None:
        """Answer in the threads of retrospectives whose beginning has been said."""
        while await self._db.run(retrospectives.go_on, self._calendar()):
            self._courier.wake()

    async def ask(self) -> None:
        """Ask the owners of what is on track without moving, a few at a time so that nobody waits for the writer."""
        now = self._calendar()
        flat = await self._db.read(status.flat, now)
        for first in range(0, len(flat), QUESTIONS):
            await self._db.run(status.ask, flat[first : first + QUESTIONS], now)
        if flat:
            self._courier.wake()

    async def tidy(self) -> None:
        """Forget what is of no more use, a slice at a time."""
        while await self._db.run(inbox.forget, self._stopwatch() - KEEP_HEARD, SLICE):
            pass
        while await self._db.run(outbox.clear, self._stopwatch() - KEEP_SETTLED, SLICE):
            pass
        await self._db.run(paces.forget_pauses, self._stopwatch() - KEEP_PAUSES)

    def _every(self, tick: Callable[[], Awaitable[None]], seconds: int, at_once: bool = False) -> None:
        beat = self._expect(f"{tick.__name__} tick", max(3 * seconds, SLOW))

        async def once() -> None:
            try:
                await tick()
                beat()
            except asyncio.CancelledError:
                return  # the end of Cairn is no failure of a tick: what it began is found again
            except Exception:
                log.exception("a tick failed; it comes again", extra={"tick": tick.__name__})

        first = {"next_run_time": self._stopwatch()} if at_once else {}
        self._scheduler.add_job(once, "interval", seconds=seconds, id=tick.__name__, **first)
