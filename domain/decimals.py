"""The decimal mark of a spreadsheet: whether 52.5 or 52,5 is fifty-two and a half.

A figure with both marks, with one of them twice, or with other than three digits behind its only one is clear: what
stands last, alone or before other than three digits is the decimal mark. 1.200 can be either, so the whole file
decides, as with its days (`domain/dates.py`). Where no figure settles it, 1,200 is twelve hundred, as it is for whoever
types it in Slack, and 1.200 is refused until somebody says how it is meant.
"""

import re
from collections.abc import Iterable
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


def pointed(typed: str, mark: DecimalMark | None, field: str) -> str:
    """The text with its figures as they are typed in Slack, 1.200,5 as 1200.5; raises `Refusal` beside `field` where
    a figure can be read in two ways. What is no figure at all, like 1.2.3, stays as it is.
    """
    return _FIGURE.sub(lambda found: _pointed(found[0], mark, field), _BETWEEN_THOUSANDS.sub("", typed))


def _figures(typed: str) -> list[str]:
    return _FIGURE.findall(_BETWEEN_THOUSANDS.sub("", typed))


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
    way = _only_way(figure) or mark
    if way is None and "." in figure:
        raise Refusal(f"{figure} can be read in two ways. Say --decimals point or --decimals comma.", field)
    between, last = (".", ",") if way is DecimalMark.COMMA else (",", ".")
    thousands, parts = rf"\d{{1,3}}(?:\{between}\d{{3}})+", rf"(?:\{last}\d+)?"
    if not re.fullmatch(rf"(?:\d+|{thousands}){parts}", figure, re.ASCII):
        return figure
    return figure.replace(between, "").replace(last, ".")
