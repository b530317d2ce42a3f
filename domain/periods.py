"""Time periods as people name them: "Q4 2026", "H1 2027", "October 2026", "2026", and what only a company knows.

A fiscal period ("Q4 FY26") is a name like any other: when a company's year begins is not to be guessed. Its days come
from a cycle of that name, or from the days that stand beside it.
"""

import re
from calendar import monthrange
from datetime import date

from domain.cycles import Period, named_quarter

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_YEAR = r"(?:'|’)?(\d{4}|\d{2})"
_QUARTER = re.compile(rf"q([1-4])[ \-/,]*{_YEAR}|(\d{{4}})[ \-/,]*q([1-4])|([1-4])q[ \-/,]*{_YEAR}", re.ASCII)
_HALF = re.compile(rf"h([12])[ \-/,]*{_YEAR}|(\d{{4}})[ \-/,]*h([12])", re.ASCII)
_WHOLE = re.compile(r"(?:(?:annual|year|cy|calendar year)[ \-]*)?(\d{4})(?:[ \-]*(?:annual|year))?", re.ASCII)
_MONTH = re.compile(r"([a-z]{3,9})\.?[ \-/,]+(\d{4})", re.ASCII)


def named_period(typed: str) -> Period | None:
    """The stretch of the calendar that a phrase names by itself, if it does."""
    said = " ".join(typed.split()).casefold()
    return named_quarter(said) or _quarter(said) or _half(said) or _month(said) or _year(said)


def period_of(starts: date, ends: date) -> Period:
    """The period from one day to another, by the name that the calendar has for it or by its days."""
    names = (f"Q{(starts.month + 2) // 3} {starts.year}", f"H{1 if starts.month < 7 else 2} {starts.year}")
    months = f"{_MONTHS[starts.month - 1]} {starts.year:04}"
    for name in (*names, months, f"{starts.year:04}"):
        period = named_period(name)
        if period and (period.starts, period.ends) == (starts, ends):
            return period
    return Period(f"{starts.isoformat()} – {ends.isoformat()}", starts, ends)


def _quarter(said: str) -> Period | None:
    found = _QUARTER.fullmatch(said)
    if not found:
        return None
    year, number = found[2] or found[3] or found[6], found[1] or found[4] or found[5]
    return named_quarter(f"q{number} {_full(year)}")


def _half(said: str) -> Period | None:
    found = _HALF.fullmatch(said)
    if not found:
        return None
    half, year = int(found[1] or found[4]), _full(found[2] or found[3])
    return _between(f"H{half} {year}", int(year), 6 * half - 5, 6 * half)


def _month(said: str) -> Period | None:
    found = _MONTH.fullmatch(said)
    fitting = [at for at, name in enumerate(_MONTHS, 1) if found and found[1] in (name, name[:3], f"{name[:3]}t")]
    if not found or not fitting:
        return None
    return _between(f"{_MONTHS[fitting[0] - 1].capitalize()} {found[2]}", int(found[2]), fitting[0], fitting[0])


def _year(said: str) -> Period | None:
    found = _WHOLE.fullmatch(said)
    return _between(found[1], int(found[1]), 1, 12) if found else None


def _between(name: str, year: int, first: int, last: int) -> Period | None:
    if not 0 < year <= 9999:
        return None
    return Period(name, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"
