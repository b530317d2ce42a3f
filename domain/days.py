"""Days as people type them: "4 Dec", "Friday", "in two weeks", "2026-12-04"."""

import re
from calendar import day_name, month_name, monthrange
from datetime import date, timedelta

_WEEKDAYS = {name.casefold()[:3]: place for place, name in enumerate(day_name)}
_MONTHS = {name.casefold()[:3]: place for place, name in enumerate(month_name) if name}
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}

_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:,? +(?P<year>\d{4}))?"
_DATES = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
        rf"{_DAY}(?: of)? *{_MONTH}{_YEAR}",
        rf"{_MONTH} *{_DAY}{_YEAR}",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})?",
    )
]
_WEEKDAY = re.compile(r"(next )?(mon|tue|wed|thu|fri|sat|sun)(?:s|rs|nes|ur|urs|day|sday|nesday|rsday|ursday|urday)?")
_LATER = re.compile(r"(?:in )?(\d{1,2}|a|one|two|three|four) (day|week)s?", re.ASCII)


def named_day(typed: str, today: date) -> date | None:
    """The day that was meant, if it is one: without a year the next that comes, a weekday after today."""
    text = " ".join(typed.casefold().split()).removeprefix("on ").removeprefix("the ")
    return _relative(text, today) or _weekday(text, today) or _dated(text, today)


def _relative(text: str, today: date) -> date | None:
    _, last = monthrange(today.year, today.month)
    known = {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "next week": today + timedelta(weeks=1),
        "end of month": today.replace(day=last),
        "end of the month": today.replace(day=last),
    }
    later = _LATER.fullmatch(text)
    if later:
        number = _NUMBERS.get(later[1]) or int(later[1])
        return today + timedelta(**{f"{later[2]}s": number})
    return known.get(text)


def _weekday(text: str, today: date) -> date | None:
    """The first such day after today; with "next" the one of the week that begins on the coming Monday."""
    found = _WEEKDAY.fullmatch(text)
    if not found:
        return None
    wanted = _WEEKDAYS[found[2]]
    if found[1]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _dated(text: str, today: date) -> date | None:
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"]]
            return _made(parts["year"], month, int(parts["day"]), today)
    return None


def _made(year: str | None, month: int, day: int, today: date) -> date | None:
    """That day of the year; without a year of the first, from this one on, in which it is yet to come."""
    years = [int(year)] if year else range(today.year, today.year + 9)
    for each in years:
        try:
            made = date(each, month, day)
        except ValueError:  # there is no such day in that year
            continue
        if year or made >= today:
            return made
    return None
