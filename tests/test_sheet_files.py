"""Spreadsheet files as people save them, and files that are none."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot import sheets
from domain.errors import Refusal
from domain.sheets import csv_lines, unguarded

ROWS = [["Title", "Owner Email", "Target"], ["Größer werden", "ada@example.com", "1,5"]]


def cells(rows):
    return [list(row.cells) for row in rows]


def joined(delimiter):
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)


def workbook(*sheets, **formats):
    book = Workbook()
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    for cell, format in formats.items():
        book.worksheets[0][cell].number_format = format
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_however_it_was_saved(delimiter, encoding):
    assert cells(sheets.rows(joined(delimiter).encode(encoding))) == ROWS


def test_the_delimiter_that_excel_names_is_taken():
    assert cells(sheets.rows(b"sep=;\r\nTitle;Owner\r\na,b;c")) == [["Title", "Owner"], ["a,b", "c"]]


def test_rows_have_the_numbers_that_a_spreadsheet_shows():
    read = sheets.rows(b'Our OKRs\n\nTitle,Parent\nA,"1\n2"\n,\nB,\n')

    assert [(row.number, row.cells[0]) for row in read] == [(1, "Our OKRs"), (3, "Title"), (4, "A"), (6, "B")]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=2, max_size=4)))
def test_what_we_write_we_read(rows):
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    read = sheets.rows(csv_lines([["Title", "Owner Email"], *rows]).encode("utf-8-sig"))

    assert [[unguarded(cell) for cell in row.cells] for row in read] == [["Title", "Owner Email"], *rows]


BROKEN = [
    (b'Title,Owner\nA,"b\n', "quotes"),
    (b"Title\n\xff\x00\x01", "neither"),
    (b"\x81\x8d\x8f", "neither"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or a protected workbook"),
    (b"PK\x03\x04 and so on", "damaged"),
    (b"Title\n" + b"x" * 40_000, "32,767 characters"),
    (b"Title\n" + b"," * 300 + b"x", "200 columns"),
    (b"Title\n" + b"x\n" * 50_001, "50,000 rows"),
]


@pytest.mark.parametrize(("data", "says"), BROKEN, ids=[says for _, says in BROKEN])
def test_what_cannot_be_read_is_refused_in_words(data, says):
    with pytest.raises(Refusal, match=says):
        sheets.rows(data)


def test_a_csv_has_no_sheets():
    with pytest.raises(Refusal, match="no sheets"):
        sheets.rows(b"Title\nA", sheet="OKRs")


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot be read"):
        sheets.read(tmp_path / "none.csv")
    (tmp_path / "large.csv").write_bytes(b"x" * (sheets.BYTES + 1))
    with pytest.raises(Refusal, match="larger than 20 MB"):
        sheets.read(tmp_path / "large.csv")


# XLSX


def test_a_workbook_is_read_with_its_numbers_and_days():
    moment = datetime(2026, 10, 1, 9)  # noqa: DTZ001
    rows = [
        ["Title", "Owner", "x"],
        ["A", 3, 0.1 + 0.2],
        [],
        ["B", moment, True, date(2026, 12, 31)],
        ["C", 0.8, None, -5],
    ]
    read = sheets.rows(workbook(("OKRs", rows), B5="0%"))

    assert [(row.number, list(row.cells)) for row in read][1:] == [
        (2, ["A", Decimal(3), Decimal("0.3")]),
        (4, ["B", date(2026, 10, 1), "yes", date(2026, 12, 31)]),
        (5, ["C", "80%", "", Decimal(-5)]),
    ]


def test_the_first_sheet_with_our_header_is_read_unless_one_is_named():
    book = workbook(("Read Me", [["How to fill this in"]]), ("OKRs", ROWS), ("More", [["x"]]))

    assert cells(sheets.rows(book)) == ROWS
    assert cells(sheets.rows(book, sheet="more")) == [["x"]]
    with pytest.raises(Refusal, match="There are “Read Me”, “OKRs”, “More”"):
        sheets.rows(book, sheet="Goals")


def test_a_formula_counts_as_what_it_last_came_to():
    book = Workbook()
    book.active.append(["Title", "=1+1"])

    assert cells(sheets.rows(saved(book))) == [["Title"]]


def changed(data, part, change):
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS = b"<sst " + NAMESPACE + b"><si><t>Title</t></si></sst>"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def with_shared_strings():
    """A workbook that keeps its texts in one place, as Excel does."""
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + types + b'"/></Types>'
    cell = b'<c r="A1" t="inlineStr"><is><t>Title</t></is></c>'
    data = changed(workbook(("OKRs", ROWS)), SHEET, lambda xml: xml.replace(cell, b'<c r="A1" t="s"><v>0</v></c>'))
    data = changed(data, TYPES, lambda xml: xml.replace(b"</Types>", override))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHARED, STRINGS)
    return out.getvalue()


def test_texts_that_are_kept_in_one_place_are_found():
    emptied = changed(with_shared_strings(), SHARED, lambda xml: xml.replace(b"Title", b"OKR"))

    assert cells(sheets.rows(emptied))[0] == ["OKR", "Owner Email", "Target"]


@pytest.mark.parametrize("part", [SHEET, SHARED, TYPES, "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_with_entities_is_refused(part):
    def with_entities(xml):
        return ENTITIES + xml[xml.index(b"<", 2 if xml.startswith(b"<?") else 0) :]

    with pytest.raises(Refusal, match="damaged"):
        sheets.rows(changed(with_shared_strings(), part, with_entities))


def test_a_workbook_that_is_huge_once_unpacked_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(101):
            part.write(bytes(2**20))

    assert len(out.getvalue()) < 200_000
    with pytest.raises(Refusal, match="too large once it is unpacked"):
        sheets.rows(out.getvalue())


def test_a_row_far_below_the_last_one_ends_the_sheet():
    far = changed(workbook(("OKRs", ROWS)), SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"'))

    assert cells(sheets.rows(far)) == [["Title", "Owner Email", "Target"]]


def test_a_size_that_a_sheet_states_wrongly_is_not_believed():
    lying = changed(workbook(("OKRs", ROWS)), SHEET, lambda xml: xml.replace(b'ref="A1:C2"', b'ref="A1:A1"'))

    assert lying != workbook(("OKRs", ROWS))
    assert cells(sheets.rows(lying)) == ROWS


WHOLE = workbook(("OKRs", ROWS))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(zipfile.ZipFile(io.BytesIO(WHOLE)).namelist()), st.data())
def test_a_damaged_workbook_is_read_or_refused(part, data):
    def damage(xml):
        at = data.draw(st.integers(0, len(xml)))
        return xml[:at] + data.draw(st.binary(max_size=8)) + xml[at + data.draw(st.integers(0, 8)) :]

    try:
        read = sheets.rows(changed(WHOLE, part, damage))
    except Refusal:
        return
    assert all(row.number > 0 for row in read)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    try:
        assert all(row.cells for row in sheets.rows(data))
    except Refusal:
        return
