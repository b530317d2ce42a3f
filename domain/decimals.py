"""The decimal mark of a spreadsheet: whether 52.5 or 52,5 is fifty-two and a half.

A figure with both marks, with one of them twice, or with other than three digits behind its only one is clear: what
stands last, alone or before other than three digits is the decimal mark. 1.200 can be either, so the whole file
decides, as with its days (`domain/dates.py`). Where no figure settles it, 1,200 is twelve hundred, as it is for whoever
types it in Slack, and 1.200 is refused until somebody says how it is meant. In Slack there is no file to ask, but what
the figure is to stand beside may settle it: `of_that_size`.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from domain.errors import Refusal
from domain.sheets import Cell


class DecimalMark(StrEnum):
    """What stands between a whole number and its parts."""

    POINT = "point"
    COMMA = "comma"


_FIGURE = re.compile(r"\d[\d.,]*\d", re.ASCII)
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[_’' \u00a0\u202f](?=\d{3}(?!\d))")
_MARKS = {".": DecimalMark.POINT, ",": DecimalMark.COMMA}
_OTHER = {DecimalMark.POINT: DecimalMark.COMMA, DecimalMark.COMMA: DecimalMark.POINT}


def decimal_mark(cells: Iterable[Cell]) -> DecimalMark | None:
    """How a file writes its numbers, if one of these settles it and none contradicts it."""
    figures = (figure for cell in cells if isinstance(cell, str) for figure in _figures(cell))
    settled = {_only_way(figure) for figure in figures} - {None}
    return settled.pop() if len(settled) == 1 else None


def in_two_ways(figure: str) -> bool:
    """Whether it can be twelve hundred as well as 1.2: three digits behind its only point, one to three before it."""
    return "." in figure and _only_way(figure) is None


def of_that_size(figure: str, near: Iterable[Decimal]) -> bool:
    """Whether such a figure has decimals like what is there already, and would not fit it in thousands.

    Something there must have decimals itself, and be within 0.1 and 10 times of the one reading but not of the other.
    """
    there, small = tuple(near), Decimal(figure)
    fits = [within_ten_times(each, there) for each in (small, 1000 * small)]
    return any(value % 1 for value in there) and fits == [True, False]


def within_ten_times(size: Decimal, near: Iterable[Decimal]) -> bool:
    """Whether something there is within 0.1 and 10 times of it."""
    return any(size <= 10 * abs(value) and abs(value) <= 10 * size for value in near if value)


def joined(typed: str) -> str:
    """The text without what stands between thousands beside a mark: 1 200 and 1'200 are 1200."""
    return _BETWEEN_THOUSANDS.sub("", typed)


def english(figure: str, mark: DecimalMark | None = None) -> str:
    """The figure with a point before its decimals and nothing between thousands; what is no figure stays as it is.

    One that can be read in two ways is read with `mark`, and gets a fourth decimal so that nobody need ask again.
    """
    between, last = (".", ",") if (_only_way(figure) or mark) is DecimalMark.COMMA else (",", ".")
    thousands, parts = rf"\d{{1,3}}(?:\{between}\d{{3}})+", rf"(?:\{last}\d+)?"
    if not re.fullmatch(rf"(?:\d+|{thousands}){parts}", figure, re.ASCII):
        return figure
    plain = figure.replace(between, "").replace(last, ".")
    return f"{plain}0" if in_two_ways(plain) else plain


def pointed(typed: str, mark: DecimalMark | None, field: str) -> str:
    """The text with its figures as they are typed in Slack, 1.200,5 as 1200.5; raises `Refusal` beside `field` where
    a figure can be read in two ways. What is no figure at all, like 1.2.3, stays as it is.
    """
    return _FIGURE.sub(lambda found: _pointed(found[0], mark, field), joined(typed))


def _figures(typed: str) -> list[str]:
    return _FIGURE.findall(joined(typed))


def _only_way(figure: str) -> DecimalMark | None:
    """The decimal mark that this figure has, or would have, if it can only be read in one way."""
    marks = re.findall("[.,]", figure)
    if not marks:
        return None
    last = _MARKS[marks[-1]]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return _OTHER[last]
    whole, parts = re.split("[.,]", figure)
    in_thousands = len(parts) == 3 and len(whole) <= 3 and not whole.startswith("0")
    return None if in_thousands else last


def _pointed(figure: str, mark: DecimalMark | None, field: str) -> str:
    if mark is None and in_two_ways(figure):
        raise Refusal(f"{figure} can be read in two ways. Say --decimals point or --decimals comma.", field)
    return english(figure, mark)
