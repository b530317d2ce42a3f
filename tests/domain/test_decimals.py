"""The decimal mark of a spreadsheet, seen from its figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.decimals import DecimalMark, decimal_mark, pointed
from domain.errors import Refusal
from domain.sheets import csv_lines
from domain.values import number

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


@pytest.mark.parametrize(
    ("figures", "mark"),
    [
        (["52.5"], POINT),
        (["52,5"], COMMA),
        (["1,200.50"], POINT),
        (["1.200,50"], COMMA),
        (["1,200,000"], POINT),
        (["1.200.000"], COMMA),
        (["0.125"], POINT),
        (["0,125"], COMMA),
        (["1234.567"], POINT),
        (["1.200"], None),
        (["1,200"], None),
        (["45", "", "yes"], None),
        (["1.200", "€3,2m"], COMMA),
        (["1 200,5"], COMMA),
        (["between 1.5 and 2"], POINT),
        (["1.5", "1,5"], None),
        ([Decimal("1.5")], None),
    ],
)
def test_a_file_shows_its_decimal_mark(figures, mark):
    assert decimal_mark(figures) is mark


@pytest.mark.parametrize(
    ("typed", "mark", "value"),
    [
        ("1.200", COMMA, "1200"),
        ("1.200", POINT, "1.2"),
        ("1,200", COMMA, "1.2"),
        ("1,200", POINT, "1200"),
        ("1,200", None, "1200"),
        ("1.234.567,8", None, "1234567.8"),
        ("€1.200,5", COMMA, "1200.5"),
        ("52,5%", None, "52.5"),
        ("-52,5", COMMA, "-52.5"),
        ("1'200.5", None, "1200.5"),
        ("45", COMMA, "45"),
        ("3,2m", None, "3200000"),
    ],
)
def test_a_figure_is_read_as_its_file_writes_it(typed, mark, value):
    assert number(pointed(typed, mark, "target"), "target") == Decimal(value)


def test_what_can_be_read_in_two_ways_is_asked_about():
    with pytest.raises(Refusal, match=r"1\.200 can be read in two ways\. Say --decimals") as refused:
        pointed("1.200", None, "target")
    assert refused.value.field == "target"


@pytest.mark.parametrize("typed", ["1.2.3", "12,34,5.6", "1..2", "10.00.000"])
def test_what_is_no_figure_does_not_become_one(typed):
    with pytest.raises(Refusal, match="is not a number"):
        number(pointed(typed, None, "target"), "target")


@given(st.decimals(min_value=0, max_value=10**12, places=6).map(lambda each: round(each, 4).normalize()))
def test_what_we_write_ourselves_is_never_in_doubt(value):
    written = csv_lines([[value]]).strip()
    assert number(pointed(written, None, "target"), "target") == value
