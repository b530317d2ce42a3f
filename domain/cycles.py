"""Cycles: the stretch of time that a set of objectives is for. A quarter, unless somebody says otherwise."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NewType

CycleId = NewType("CycleId", int)


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days, first and last included."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period that objectives belong to."""

    id: CycleId
    period: Period

    @property
    def name(self) -> str:
        """The cycle as people say it: "Q4 2026"."""
        return self.period.name

    def is_closed(self, today: date) -> bool:
        """Whether the cycle is over; what is in it can then be read but not changed."""
        return today > self.period.ends

    def elapsed(self, today: date, since: date | None = None) -> float:
        """The part of the cycle that has passed at the start of `today`, 0.0-1.0; of what was left of it on `since`."""
        begins = max(since or self.period.starts, self.period.starts)
        days = max((self.period.ends - begins).days + 1, 1)
        return min(max((today - begins).days / days, 0.0), 1.0)


def quarter(day: date) -> Period:
    """The calendar quarter that a day falls in."""
    number = (day.month - 1) // 3 + 1
    _, last_day = monthrange(day.year, 3 * number)
    return Period(f"Q{number} {day.year}", date(day.year, 3 * number - 2, 1), date(day.year, 3 * number, last_day))


def named_quarter(typed: str) -> Period | None:
    """The quarter that a phrase such as "Q4 2026" or "2026 q4" names, if it names one."""
    match = re.fullmatch(r"q([1-4])[ -]?(\d{4})|(\d{4})[ -]?q([1-4])", typed.strip(), re.IGNORECASE)
    if not match:
        return None
    number, year = int(match[1] or match[4]), int(match[2] or match[3])
    return quarter(date(year, 3 * number, 1)) if year else None
