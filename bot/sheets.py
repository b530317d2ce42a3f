"""Spreadsheet files, read: CSV however it was saved, and XLSX. What comes out are rows of cells, or a `Refusal`.

A file is a stranger's: it may be damaged, enormous, or made to look small (docs/decisions/0016).
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.columns import is_header, named
from domain.errors import Refusal
from domain.sheets import ROWS_ABOVE, Cell, Row

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

BYTES = 20 * 2**20
"""The largest file that is read."""

UNPACKED = 100 * 2**20
"""The largest that an XLSX, which is a ZIP archive, may unpack to: Python stops at the size that the archive states."""

PARTS = 2_000
"""Files that there may be in that archive."""

ROWS = 50_000
"""Rows that hold something."""

COLUMNS = 200

LAST_ROW = 1_048_576
"""The last row that a spreadsheet program has."""

CHARACTERS = 32_767
"""What a spreadsheet program keeps in one cell."""


def read(file: Path, sheet: str | None = None) -> list[Row]:
    """The rows of a file that hold something; of the sheet with this name, or the first one that has our header."""
    return rows(_bytes(file), sheet)


def rows(data: bytes, sheet: str | None = None) -> list[Row]:
    """The same of what is in a file."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("That is an old or a protected workbook. Save it as .xlsx without a password, or as CSV.")
    if data.startswith(b"PK\x03\x04"):
        return _held(_of_workbook(data, sheet))
    if sheet is not None:
        raise Refusal("A CSV file has no sheets. Leave --sheet out.")
    return _held(_of_csv(_decoded(data)))


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(BYTES + 1)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror or error}.") from error
    if len(data) > BYTES:
        raise Refusal(f"{file.name} is larger than {BYTES // 2**20} MB. Split it.")
    return data


def _held(rows: Iterable[Row]) -> list[Row]:
    """The rows that hold something, within the limits."""
    held = list(islice((row for row in rows if not row.is_blank), ROWS + 1))
    if len(held) > ROWS:
        raise Refusal(f"There are more than {ROWS:,} rows. Split the file.")
    for row in held:
        if len(row.cells) > COLUMNS:
            raise Refusal(f"Row {row.number} has more than {COLUMNS} columns.")
        if any(isinstance(cell, str) and len(cell) > CHARACTERS for cell in row.cells):
            raise Refusal(f"A cell of row {row.number} has more than {CHARACTERS:,} characters.")
    return held


# CSV


def _decoded(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else what Windows in western Europe writes."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _text(data, encoding)
    try:
        return _text(data, "utf-8")
    except Refusal:
        return _text(data, "cp1252")


_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def _text(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeError:
        raise Refusal("That is neither an .xlsx workbook nor a text that I can read. Save it as CSV UTF-8.") from None
    if "\0" in text:
        raise Refusal("That is neither an .xlsx workbook nor a CSV file.")
    return text


def _of_csv(text: str) -> Iterator[Row]:
    told, _, rest = text.partition("\n")
    if told.startswith("sep=") and len(told.rstrip("\r")) == 5:  # Excel's own way to name the delimiter
        return _numbered(rest, told[4], first=2)
    return _numbered(text, _delimiter(text))


def _delimiter(text: str) -> str:
    """The one of comma, semicolon, tab and bar with which the top of the file holds most of our columns."""

    def found(delimiter: str) -> tuple[int, int]:
        top: list[list[str]] = []
        with suppress(csv.Error):  # what is wrong further down is told when the rows are read
            top.extend(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ROWS_ABOVE))
        headers = (sum(named(cell) is not None for cell in cells) for cells in top)
        return max(headers, default=0), max(map(len, top), default=0)

    return max(",;\t|", key=found)


def _numbered(text: str, delimiter: str, first: int = 1) -> Iterator[Row]:
    number = first
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), first
        ):
            yield Row(number, tuple(cells))
    except csv.Error as error:
        raise Refusal(f"The quotes after row {number} do not add up ({error}). Save the file as CSV again.") from error


# XLSX


def _of_workbook(data: bytes, sheet: str | None) -> Iterator[Row]:
    """The rows of one sheet; whatever is wrong with a workbook is a refusal."""
    _is_of_a_reasonable_size(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot keep when it saves, which we do not
            yield from _of_sheet(data, sheet)
    except Refusal:
        raise
    except Exception as broken:  # a damaged workbook makes openpyxl raise almost anything
        raise Refusal("That workbook is damaged, or not one. Save it again as .xlsx, or as CSV.") from broken


def _is_of_a_reasonable_size(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise Refusal("That workbook is damaged, or not one. Save it again as .xlsx, or as CSV.") from broken
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Refusal("That workbook is too large once it is unpacked. Save the sheet alone, as CSV.")


def _of_sheet(data: bytes, sheet: str | None) -> Iterator[Row]:
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise Refusal("Workbooks are only read with defusedxml installed. Save the sheet as CSV.")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        yield from _cells(_chosen(book, sheet))
    finally:
        book.close()


def _chosen(book: "Workbook", name: str | None) -> Any:
    """The sheet of this name, or the first one with our header, or the first one."""
    sheets = {each.title: each for each in book.worksheets}
    if name is not None:
        same = next((each for title, each in sheets.items() if title.casefold() == name.casefold()), None)
        if same is None:
            raise Refusal(f"There is no sheet “{name}”. There are {', '.join(f'“{title}”' for title in sheets)}.")
        return same
    ours = (each for each in sheets.values() if any(is_header(_words(row)) for row in islice(_cells(each), ROWS_ABOVE)))
    return next(ours, None) or next(iter(sheets.values()))


def _words(row: Row) -> list[str]:
    return [cell for cell in row.cells if isinstance(cell, str)]


def _cells(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # the size that a sheet states for itself may be wrong
    found = sheet.iter_rows(min_row=1, max_row=None, max_col=COLUMNS + 1)
    gap = None
    for number, cells in enumerate(islice(found, LAST_ROW), 1):
        if cells is gap:  # openpyxl fills a gap, which may be a million rows long, with one and the same
            continue
        length = next((at for at in range(len(cells), 0, -1) if cells[at - 1].value is not None), 0)
        gap = gap if length else cells
        yield Row(number, tuple(_cell(each) for each in cells[:length]))


def _cell(cell: Any) -> Cell:
    """What a cell of a workbook shows: a share that is shown in percent is a text in percent."""
    match cell.value:
        case None:
            return ""
        case bool() as truth:
            return "yes" if truth else "no"
        case int() | float() as number:
            return _number(number, cell.number_format)
        case datetime() as moment:
            return moment.date()
        case date() as day:
            return day
        case other:
            return _unescaped(str(other))


def _number(number: float, format: str | None) -> Cell:
    """With the 15 digits that a spreadsheet program shows."""
    value = Decimal(f"{number:.15g}")
    return f"{(value * 100).normalize():f}%" if "%" in (format or "") else value


def _unescaped(text: str) -> str:
    from openpyxl.utils.escape import unescape

    return unescape(text).replace("\r\n", "\n")
