"""How Cairn is: what has shown itself lately, what is in trouble, and what is done about it."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

from bot.lines import Line, Spans
from bot.logs import in_short
from bot.starting import CannotStart
from domain.people import WorkspaceId
from storage import pulse
from storage.database import Database, Unavailable

log = logging.getLogger("cairn.health")


class GaveUp(CannotStart):
    """One sentence on why the process ends, so that whoever supervises it starts it again."""


class Health:
    """What is known of the parts. Each that has a rhythm `beats`; the watchdog says what is in trouble."""

    def __init__(self, spans: Spans | None = None) -> None:
        self.spans = spans or Spans()
        self.lines: Sequence[Line] = ()
        self._beats: dict[str, tuple[float, float]] = {}
        self._trouble: dict[str, str] = {}
        self._ill_since: float | None = None
        self._well_since = time.monotonic()

    def expect(self, part: str, within: float | None = None) -> Callable[[], None]:
        """From now on this part has to show itself this often, in seconds; what it calls to do so."""
        self._beats[part] = (time.monotonic(), within or self.spans.dead)
        return partial(self.beat, part)

    def beat(self, part: str) -> None:
        """This part is alive, and has done what it is there for."""
        _, within = self._beats.get(part, (0.0, self.spans.dead))
        self._beats[part] = (time.monotonic(), within)

    def note(self, part: str, trouble: str) -> None:
        """What is the matter with this part, in a sentence; "" for nothing."""
        self._trouble[part] = trouble

    def reasons(self) -> list[str]:
        """Why Cairn is not well, in plain words; empty when it is."""
        return [*self._of_lines(), *filter(None, self._trouble.values()), *self._of_beats()]

    def report(self) -> dict[str, Any]:
        """How everything is, for a machine to read."""
        reasons = self.look()
        now = time.monotonic()
        since = self._well_since if self._ill_since is None else self._ill_since
        return {
            "well": not reasons,
            "reasons": reasons,
            "for_seconds": round(now - since, 1),
            "lines": [
                {"line": each.number, "open": each.is_open, "silent_for_seconds": round(each.silent_for, 1)}
                for each in self.lines
            ],
            "seconds_since": {part: round(now - last, 1) for part, (last, _) in self._beats.items()},
        }

    def look(self) -> list[str]:
        """The reasons of this moment, which also count for how long it has been ill."""
        reasons = self.reasons()
        if not [each for each in reasons if each not in self._of_dead_lines()]:
            self._ill_since, self._well_since = None, self._well_since if self._ill_since is None else time.monotonic()
        elif self._ill_since is None:
            self._ill_since = time.monotonic()
        return reasons

    @property
    def ill_for(self) -> float:
        """Seconds of illness in one piece."""
        return 0.0 if self._ill_since is None else time.monotonic() - self._ill_since

    def _of_lines(self) -> list[str]:
        if self.lines and not any(each.is_open for each in self.lines):
            return ["No line to Slack is open."]
        return self._of_dead_lines()

    def _of_dead_lines(self) -> list[str]:
        """Worth telling, and no illness as long as another line hears."""
        dead = [each for each in self.lines if each.silent_for > self.spans.dead]
        return [f"Line {each.number} to Slack has been silent for {each.silent_for:.0f} seconds." for each in dead]

    def _of_beats(self) -> list[str]:
        now = time.monotonic()
        late = {part: now - last for part, (last, within) in self._beats.items() if now - last > within}
        return [f"The {part} has not come round for {seconds:.0f} seconds." for part, seconds in late.items()]


class Watchdog:
    """Looks after the health of everything, and does what can be done about it."""

    def __init__(self, health: Health, db: Database, workspace: WorkspaceId) -> None:
        self._health, self._db, self._workspace = health, db, workspace
        self._spans = health.spans
        self._file = _identity(db)
        self._probe: asyncio.Task[None] | None = None
        self._probing_since = 0.0

    async def run(self) -> None:
        """Watch until there is nothing more to be done: raises `GaveUp`."""
        beat = self._health.expect("watchdog", 3 * self._spans.look + self._spans.dead)
        while True:
            self._look_at_database()
            self._look_at_lines()
            reasons = self._health.look()
            if self._health.ill_for > self._spans.patience:
                raise GaveUp(f"Cairn ends, to be started again: {' '.join(reasons)}")
            beat()
            await asyncio.sleep(self._spans.look)

    def _look_at_lines(self) -> None:
        """Begin anew with a line that has been dead for too long."""
        for line in self._health.lines:
            if line.is_dead:
                log.warning("a dead line is replaced", extra={"line": line.number})
                line.renew()

    def _look_at_database(self) -> None:
        """Ask it something and have it write something; never two at once, and never broken off in the middle."""
        if self._file and _identity(self._db) != self._file:
            self._health.note("file", "The file of the database is gone, or is another one now.")
        else:
            self._health.note("file", "")
        if self._probe is None or self._probe.done():
            self._probe, self._probing_since = asyncio.create_task(self._ask()), time.monotonic()
        elif (slow := time.monotonic() - self._probing_since) > self._spans.slow:
            self._health.note("database", f"The database has not answered for {slow:.0f} seconds.")

    async def _ask(self) -> None:
        try:
            await self._db.read(pulse.whole)
            await self._db.claim(pulse.beat, self._workspace)  # whose isolation gets in nobody's way
        except Exception as error:
            why = error.reason if isinstance(error, Unavailable) else in_short(error)
            self._health.note("database", f"The database cannot be used: {why}.")
        else:
            self._health.note("database", "")


@contextlib.asynccontextmanager
async def watching(watchdog: Watchdog) -> AsyncIterator[asyncio.Task[None]]:
    """Watch beside the block; the task ends, with `GaveUp`, where nothing helps any more."""
    task = asyncio.create_task(watchdog.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


def _identity(db: Database) -> tuple[int, int] | None:
    """Which file on which disk the database is, where it is one: an open file outlives its name."""
    path = db.url.database if db.on_sqlite else None
    try:
        found = os.stat(path) if path else None
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino) if found else None
