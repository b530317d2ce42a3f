"""Dates and times as Slack words them, on the reader's own clock."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo


def local(at: datetime, zone: tzinfo) -> datetime:
    """The same instant on the reader's clock."""
    return at.astimezone(zone)


def clock_time(at: datetime) -> str:
    """ "9:05 AM"."""
    return f"{at.hour % 12 or 12}:{at:%M %p}"


def long_date(at: datetime) -> str:
    """ "Monday, November 23rd"."""
    return f"{at:%A}, {at:%B} {_ordinal(at.day)}"


def day_divider(at: datetime, now: datetime) -> str:
    """What stands between two days of messages: today, yesterday, or the date with its year where it differs."""
    near = _near(at, now)
    year = "" if at.year == now.year else f", {at.year}"
    return near.capitalize() if near in ("today", "yesterday") else f"{long_date(at)}{year}"


def day_and_time(at: datetime, now: datetime) -> str:
    """ "today at 9:05 AM"."""
    return f"{_near(at, now) or f'on {at:%b} {at.day}'} at {clock_time(at)}"


def offset(at: datetime) -> str:
    """How far a clock is from UTC: "UTC+5:30"."""
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def formatted(pattern: str, at: datetime, now: datetime) -> str:
    """Slack's date tokens filled in; `at` and `now` on the reader's clock. Raises KeyError for an unknown token."""
    return re.sub(r"\{(\w+)\}", lambda token: _token(token[1], at, now), pattern)


def _token(name: str, at: datetime, now: datetime) -> str:
    if name == "ago":
        return _ago(at, now)
    plain = name.removesuffix("_pretty")
    near = _near(at, now) if name.endswith("_pretty") else None
    return near or _TOKENS[plain](at)


_TOKENS: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date_slash": lambda at: f"{at:%d/%m/%Y}",
    "date": lambda at: f"{at:%B} {_ordinal(at.day)}, {at.year}",
    "date_short": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_long": lambda at: f"{long_date(at)}, {at.year}",
    "date_long_full": lambda at: f"{at:%B} {at.day}, {at.year}",
    "day_divider": long_date,
    "time": clock_time,
    "time_secs": lambda at: f"{at.hour % 12 or 12}:{at:%M:%S %p}",
}


def _near(at: datetime, now: datetime) -> str | None:
    days = (at.date() - now.date()).days
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)


def _ago(at: datetime, now: datetime) -> str:
    minutes = round((now - at).total_seconds() / 60)
    size, unit = next(((s, u) for s, u in ((1440, "day"), (60, "hour")) if abs(minutes) >= s), (1, "minute"))
    count = abs(minutes) // size
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if minutes < 0 else f"{words} ago"


def _ordinal(day: int) -> str:
    suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
