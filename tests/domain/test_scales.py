"""A unit that holds a scale, or whose letters are one: what is typed with it is never multiplied again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.columns import Column
from domain.errors import Refusal
from domain.measure_cells import measure_cells
from domain.measures import MeasureKind, measure, moved
from domain.values import amount
from tests import examples

READ = [
    # unit, what is typed, what it is in that unit
    ("thousand", "95k", "95"),
    ("thousand", "95 thousand", "95"),
    ("thousand", "95 Tsd.", "95"),
    ("thousand", "95", "95"),
    ("thousand", "95,000", "95000"),
    ("thousand", "3m", "3000"),
    ("thousands of users", "95k", "95"),
    ("'000", "95k", "95"),
    ("'000 users", "95k", "95"),
    ("€000s", "€95k", "95"),
    ("€m", "€3m", "3"),
    ("€m", "3m", "3"),
    ("€m", "3.2 €m", "3.2"),
    ("€m", "€200k", "0.2"),
    ("m €", "3m", "3"),
    ("USD m", "$3m", "3"),
    ("MEUR", "3m", "3"),
    ("$bn", "$1.2bn", "1.2"),
    ("k€", "200k", "200"),
    ("k€", "€200k", "200"),
    ("k€", "200k€", "200"),
    ("k€", "200 k€", "200"),
    ("k€ per month", "200k", "200"),
    ("kEUR", "EUR 200k", "200"),
    ("Mio. €", "€5 Mio.", "5"),
    ("Mio. €", "3,4 Mio. €", "3.4"),
    ("Mio. €", "3,4 Mio. EUR", "3.4"),
    ("million users", "3m", "3"),
    ("million users", "3 million", "3"),
    ("million users", "3m users", "3"),
    ("million users", "3 million users", "3"),
    ("tkr", "200k", "200"),
    ("lakh", "200k", "2"),
    ("k", "45k", "45"),
    ("k", "45 k", "45"),
    ("minutes", "45m", "45"),
    ("min", "45m", "45"),
    ("active minutes", "45m", "45"),
    ("metres", "45m", "45"),
    ("m", "45m", "45"),
    ("m", "45 m", "45"),
    ("m²", "45m", "45"),
    # what holds none
    ("", "45k", "45000"),
    ("€", "€3m", "3000000"),
    ("€", "200k€", "200000"),
    ("MXN", "3m", "3000000"),
    ("CHF per month", "CHF 3m", "3000000"),
    ("users", "95k users", "95000"),
    ("bugs per thousand", "2k", "2000"),
    ("minutes", "3 million", "3000000"),
]


@pytest.mark.parametrize(("unit", "typed", "means"), READ)
def test_a_scale_that_the_unit_holds_is_not_multiplied_again(unit, typed, means):
    assert amount(typed, unit, "value") == Decimal(means)
    assert moved(examples.measure("-1", "1000", "-1", unit), f"={typed}") == Decimal(means)


@pytest.mark.parametrize(("unit", "typed", "means"), READ)
def test_a_file_and_a_form_read_it_in_the_same_way(unit, typed, means):
    cells = {Column.UNIT: unit, Column.START: "-1", Column.TARGET: typed}
    assert measure_cells(lambda column: cells.get(column, "")).target == Decimal(means)
    assert measure("-1", typed, unit, MeasureKind.INCREASE).target == Decimal(means)


@pytest.mark.parametrize(
    ("unit", "typed", "ways"),
    [
        ("km", "5k", "5,000 or 5"),
        ("kr", "-45k", "45,000 or 45"),
        ("members", "45m", "45,000,000 or 45"),
        ("bytes", "2b", "2,000,000,000 or 2"),
        ("m", "45k", "45,000 or 0.045"),
        ("T€", "€200k", "200,000 or 200"),
        ("TEUR", "200k", "200,000 or 200"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(unit, typed, ways):
    with pytest.raises(Refusal) as refused:
        amount(typed, unit, "target")
    assert refused.value.field == "target"
    assert refused.value.sentence == f"“{typed}” can be read in two ways. Write {ways}, whichever you mean."


@pytest.mark.parametrize(
    ("unit", "there", "typed", "means"),
    [
        ("km", ("0", "42", "10"), "5k", "5"),
        ("km", ("0", "10000", "4000"), "5k", "5000"),
        ("kr", ("0", "50000", "10000"), "45k", "45000"),
        ("members", ("20", "60", "40"), "45m", "45"),
        ("T€", ("100", "300", "150"), "200k", "200"),
    ],
)
def test_what_is_there_already_settles_it(unit, there, typed, means):
    assert moved(examples.measure(*there, unit), typed) == Decimal(means)


def test_money_of_another_currency_is_refused_whatever_the_size():
    with pytest.raises(Refusal, match=r"“\$3m” is in another currency; this is measured in €m\."):
        amount("$3m", "€m", "value")


@given(
    st.sampled_from(["thousand", "k€", "€k", "k", "kUSD", "Tsd. €", "k users"]),
    st.decimals(0, 1_000_000, places=2),
    st.sampled_from(["k", " k", "K", " thousand", " Tsd."]),
)
def test_so_many_thousand_of_what_is_in_thousands_are_so_many(unit, figure, scale):
    assert amount(f"{figure:.2f}{scale}", unit, "value") == figure
