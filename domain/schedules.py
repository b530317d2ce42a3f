"""When a ritual falls due, on each person's own clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

ScheduleId = NewType("ScheduleId", int)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A weekly ritual: a weekday (Monday = 0) and an hour, in local time, from `first` on."""

    id: ScheduleId
    weekday: int
    at: time
    first: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a ritual falls due: named by its local day; `opens` and `closes` are UTC instants."""

    day: date
    opens: datetime
    closes: datetime


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a local day and hour.

    An hour that the clocks skip is taken as far after the gap as it lies inside it; of one that comes twice, the first.
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_day(now: datetime, zone: str) -> date:
    """What day it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def working_hour(now: datetime, zone: str) -> bool:
    """Whether it is an hour there at which a question that can wait is no nuisance: nine to five, Monday to Friday."""
    there = now.astimezone(ZoneInfo(zone))
    return there.weekday() < 5 and 9 <= there.hour < 17


def occurrence(schedule: Schedule, day: date, zone: str) -> Occurrence:
    """The occurrence of that local day: open until the next one begins on the same clock."""
    return Occurrence(day, instant(day, schedule.at, zone), instant(day + WEEK, schedule.at, zone))


def current(schedule: Schedule, zone: str, now: datetime) -> Occurrence | None:
    """The occurrence that is open now on that clock, or None before the first."""
    latest = following(schedule, zone, now).day - WEEK
    return occurrence(schedule, latest, zone) if latest >= _first_day(schedule) else None


def following(schedule: Schedule, zone: str, now: datetime) -> Occurrence:
    """The first occurrence that begins after `now` on that clock."""
    day = max(_first_day(schedule), _on_weekday(local_day(now, zone) - timedelta(days=1), schedule.weekday))
    while (found := occurrence(schedule, day, zone)).opens <= now:
        day += WEEK
    return found


def _first_day(schedule: Schedule) -> date:
    return _on_weekday(schedule.first, schedule.weekday)


def _on_weekday(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
