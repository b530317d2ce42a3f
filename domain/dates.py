"""Days as people write them in spreadsheets.

A day in the international way (2026-10-01), with its month in letters (1 Oct 2026, October 1, 2026) or as a number of
Excel's is always clear. 03.04.2026 is the third of April: nobody writes dots and means March. 03/04/2026 can be either,
so the whole file decides: one day beyond the twelfth settles how all of them are written. Where none does, or where two
contradict each other, a day that could be either is refused until somebody says how it is meant.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.errors import Refusal
from domain.sheets import Cell, text


class DayOrder(StrEnum):
    """Which of two numbers is the day, in a file whose days are written with slashes."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?(Z| ?[+-]\d{2}:?\d{2})?$", re.ASCII | re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LETTERS = re.compile(r"(?:\w+, )?(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?,?[ -]+(\d{4}|\d{2})", re.ASCII | re.I)
_LETTERS_FIRST = re.compile(r"(?:\w+, )?([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.ASCII | re.I)
_EXCELS_FIRST = date(1899, 12, 30)
_EXCELS = range(20_000, 80_000)
"""Excel counts days from 30 December 1899; these are the years from 1954 to 2119."""


def day_order(cells: Iterable[Cell]) -> DayOrder | None:
    """How a file writes its days, if one of these settles it and none contradicts it."""
    slashed = filter(None, (_SLASHED.fullmatch(_bare(cell)) for cell in cells))
    settled = {_only_way(int(each[1]), int(each[2])) for each in slashed} - {None}
    return settled.pop() if len(settled) == 1 else None


def day(cell: Cell, order: DayOrder | None, field: str) -> date | None:
    """The day that a cell names, or None where it is empty; raises `Refusal` beside `field` where it cannot be told."""
    if isinstance(cell, date):
        return cell
    written = _bare(cell)
    if not written:
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", written, re.ASCII):
        return _of_excel(Decimal(written), field)
    year, month, number = _parts(written, order, field)
    try:
        return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        raise Refusal(f"There is no day {written[:40]}.", field) from None


def _bare(cell: Cell) -> str:
    return _CLOCK.sub("", text(cell)).strip()


def _only_way(first: int, second: int) -> DayOrder | None:
    if first > 12 >= second:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if second > 12 >= first else None


def _of_excel(serial: Decimal, field: str) -> date:
    if int(serial) not in _EXCELS:
        raise Refusal(f"{serial} is no day. Write it like 2026-10-01.", field)
    return _EXCELS_FIRST + timedelta(days=int(serial))


def _parts(written: str, order: DayOrder | None, field: str) -> tuple[int, int, int]:
    """Year, month and day of what is written."""
    if found := _ISO.fullmatch(written):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DOTTED.fullmatch(written):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _SLASHED.fullmatch(written):
        return int(found[3]), *_month_and_day(int(found[1]), int(found[2]), order, written, field)
    if found := _LETTERS.fullmatch(written):
        return int(found[3]), _month(found[2], written, field), int(found[1])
    if found := _LETTERS_FIRST.fullmatch(written):
        return int(found[3]), _month(found[1], written, field), int(found[2])
    raise Refusal(f"“{written[:40]}” is not a day that I can read. Write it like 2026-10-01.", field)


def _month_and_day(first: int, second: int, order: DayOrder | None, written: str, field: str) -> tuple[int, int]:
    meant = (DayOrder.DAY_FIRST if first == second else None) or _only_way(first, second) or order
    if meant is None:
        raise Refusal(f"{written} can be read in two ways. Say --dates dmy or --dates mdy.", field)
    return (second, first) if meant is DayOrder.DAY_FIRST else (first, second)


def _month(name: str, written: str, field: str) -> int:
    if name[:3].casefold() not in _MONTHS:
        raise Refusal(f"“{written[:40]}” is not a day that I can read. Write it like 2026-10-01.", field)
    return _MONTHS.index(name[:3].casefold()) + 1
