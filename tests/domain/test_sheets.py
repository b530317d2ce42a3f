"""What stands in a cell, where a header is, and that no text of ours is ever calculated."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sheets import Row, csv_lines, guarded, headed, text, unguarded

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

CALCULATED = ["=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "'=1", "''=1", "=HYPERLINK(0)"]
HARMLESS = ["", "a=b", "45", "it's", "'quoted'", "'", "Grow +10%", "ada@example.com"]


@pytest.mark.parametrize("typed", CALCULATED)
def test_a_text_that_would_be_calculated_gets_an_apostrophe(typed):
    assert guarded(typed) == f"'{typed}"
    assert unguarded(f"'{typed}") == typed


@pytest.mark.parametrize("typed", HARMLESS)
def test_a_harmless_text_stays_as_it_is(typed):
    assert guarded(typed) == unguarded(typed) == typed


@given(WRITTEN | st.text("'=+-@ \tA1", max_size=8))
def test_what_is_guarded_reads_back_letter_for_letter(typed):
    assert unguarded(guarded(typed)) == typed


@given(st.lists(st.lists(WRITTEN, min_size=2, max_size=4), max_size=5))
def test_a_table_of_texts_is_read_back_as_it_was(rows):
    read = list(csv.reader(io.StringIO(csv_lines([["a", "b"], *rows]), newline=""), strict=True))

    assert [[unguarded(cell) for cell in row] for row in read] == [["a", "b"], *rows]


def test_numbers_and_days_are_written_as_such():
    written = csv_lines([["Start", "Day"], [Decimal("-5"), date(2026, 10, 1)], [Decimal("1E+3"), "-5"]])

    assert written == "Start,Day\r\n-5,2026-10-01\r\n1000,'-5\r\n"


CELLS = [(Decimal("3.0"), "3"), (Decimal("0.50"), "0.5"), (Decimal(0), "0"), (Decimal("1E+2"), "100"), (" a ", "a")]


@pytest.mark.parametrize(("cell", "reads"), CELLS)
def test_a_cell_reads_without_what_says_nothing(cell, reads):
    assert text(cell) == reads


def rows(*lines):
    return [Row(number, tuple(cells)) for number, cells in enumerate(lines, 1)]


def test_a_header_is_found_below_a_title_and_blank_rows():
    sheet = headed(rows(["Our OKRs"], [], ["Title", "Owner"], ["Grow"], ["", ""]), lambda texts: len(texts) > 1)

    assert sheet.headers == ("Title", "Owner")
    assert [row.number for row in sheet.rows] == [4]


def test_without_a_header_that_we_know_the_first_row_is_it():
    assert headed(rows([], ["x", "y"], ["1", "2"]), lambda texts: False).headers == ("x", "y")


def test_an_empty_file_has_no_header():
    assert headed(rows([], [""]), lambda texts: True).headers == ()
