"""Moving the calendar forward, as if the days had passed: every ritual on the way happens, one after the other."""

from datetime import datetime
from typing import Protocol

from bot.running import Cairn
from operations import dependencies, marks, planning
from storage.database import Session


class Movable(Protocol):
    """A calendar that can be set forward."""

    def now(self) -> datetime:
        """What time it is there."""

    def set(self, instant: datetime) -> None:
        """Make it this late."""


async def walk(cairn: Cairn, calendar: Movable, to: datetime) -> None:
    """Step through each instant at which something falls due, until `to`; after each, wait until all is delivered."""
    await cairn.courier.until_quiet()
    while (due := await cairn.db.read(_next_due)) is not None and due <= to:
        calendar.set(max(due, calendar.now()))
        await _happen(cairn)
    calendar.set(to)
    await _happen(cairn)


def _next_due(session: Session) -> datetime | None:
    """The next instant at which anything falls due, of rituals, of cycles or between teams."""
    each = (planning.next_due(session), marks.next_due(session), dependencies.next_due(session))
    return min((due for due in each if due), default=None)


async def _happen(cairn: Cairn) -> None:
    await cairn.timetable.open_cycles()
    await cairn.timetable.turn_cycles()
    await cairn.timetable.remind()
    await cairn.timetable.plan()
    await cairn.timetable.ask()
    await cairn.courier.until_quiet()
    await cairn.timetable.go_on()
    await cairn.courier.until_quiet()
