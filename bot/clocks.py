"""The only place that reads clocks: the calendar says what day it is, the stopwatch how long something took."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def real() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The calendar may be moved by a demo; the stopwatch never is."""

    calendar: Clock = real
    stopwatch: Clock = real
