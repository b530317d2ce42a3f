"""Sheets: rows of cells under a header, as they come out of a spreadsheet and go into one.

What a text says is never a formula: `guarded` puts an apostrophe before a text that a spreadsheet program would
calculate, `unguarded` takes it away again, so what is written here reads back letter for letter.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = str | Decimal | date
"""What stands in a cell; an empty one holds an empty text."""

ROWS_ABOVE = 20
"""How far down a header is looked for: people put a title and a word of explanation above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `number` is the one that a spreadsheet program shows beside it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(map(text, self.cells))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows below a header that hold something, and the header."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def headed(rows: Iterable[Row], is_header: Callable[[Sequence[str]], bool]) -> Sheet:
    """The rows below the first of the first twenty that is a header, or below the first one that holds something."""
    written = [row for row in rows if not row.is_blank]
    found = (at for at, row in enumerate(written[:ROWS_ABOVE]) if is_header(_texts(row)))
    at = next(found, 0)
    return Sheet(_texts(written[at]) if written else (), tuple(written[at + 1 :]))


def text(cell: Cell) -> str:
    """What stands in a cell, in letters: 3 rather than 3.0, and a day as in 2026-10-01."""
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def plain(number: Decimal) -> str:
    """A number in plain digits, without zeros that say nothing."""
    if not number.is_finite() or number.adjusted() > 30:
        return str(number)
    return f"{number.normalize():f}" if number else "0"


_CALCULATED = re.compile(r"[\s']*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet program may take for a formula (OWASP, "CSV Injection"), also behind white space."""


def guarded(text: str) -> str:
    """The text as it may be written into a spreadsheet: one that would be calculated gets an apostrophe in front."""
    return f"'{text}" if _CALCULATED.match(text) else text


def unguarded(text: str) -> str:
    """The text that was meant: `unguarded(guarded(text)) == text` for every text."""
    return text[1:] if text.startswith("'") and _CALCULATED.match(text[1:]) else text


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV (RFC 4180) that no spreadsheet program calculates: texts are guarded, numbers stay numbers.

    A number with three decimals gets a fourth: 1.125 could be eleven hundred and twenty-five.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return f"{text(cell)}0" if isinstance(cell, Decimal) and re.search(r"\.\d{3}$", text(cell)) else text(cell)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(unguarded(text(cell)) for cell in row.cells)
