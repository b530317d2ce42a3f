"""What people may write for a value, and how far along it puts a key result."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.measures import LARGEST, Measure, MeasureKind, measure, moved, number, shown
from tests import examples

NUMBERS = {
    "45": "45",
    " 45 ": "45",
    "+3": "3",
    "-2": "-2",
    "−2": "-2",
    "0": "0",
    "007": "7",
    "99.5": "99.5",
    "0.000001": "0.000001",
    "1,200": "1200",
    "1,234,567.25": "1234567.25",
    "1 200": "1200",
    "1\u202f200": "1200",
    "1_200": "1200",
    "1’200": "1200",
    "45%": "45",
    "45 %": "45",
    "€3.2": "3.2",
    "€ 3.2": "3.2",
    "3.2 €": "3.2",
    "-€3": "-3",
    "€-3": "-3",
    "£1,200": "1200",
    "3k": "3000",
    "1.5K": "1500",
    "$2m": "2000000",
    "9999999999999999": "9999999999999999",
}

NOT_NUMBERS = [
    "",
    "   ",
    "forty-five",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "1e5",
    "0x1f",
    "١٢٣",
    "４５",
    "½",
    "²",
    "1,2",
    "1,2345",
    "1.200.300",
    "4 5",
    "4%5",
    "$4€5",
    "--3",
    "+-3",
    "3-",
    ".5",
    "5.",
    "0.1234567",
    "12345678901234567",
    "45 sign-ups",
    "3kk",
    "%",
    "<!channel>",
]


@pytest.mark.parametrize(("typed", "means"), NUMBERS.items())
def test_a_number_is_read_in_any_usual_writing(typed, means):
    assert number(typed, "value") == Decimal(means)


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_what_is_no_number_is_refused_beside_its_field(typed):
    with pytest.raises(Refusal) as refused:
        number(typed, "target")
    assert refused.value.field == "target"
    assert "45, 1,200 or 99.5" in refused.value.sentence


MOVES = [
    # typed, measure, what it then is at
    ("45", examples.measure(), "45"),
    ("+3", examples.measure(), "43"),
    ("+ 3", examples.measure(), "43"),
    ("-2", examples.measure(), "38"),
    ("−2", examples.measure(), "38"),
    ("80%", examples.measure("0", "200", "10"), "160"),
    ("80 %", examples.measure("100", "200"), "180"),
    ("+10%", examples.measure("0", "200", "10"), "30"),
    ("25%", examples.measure("40", "20", "40"), "35"),
    ("+10%", examples.measure("40", "20", "30"), "28"),
    ("0%", examples.measure("10", "20", "15"), "10"),
    ("33.333333%", examples.measure("0", "1.000001", "0"), "0.333334"),
    ("done", examples.measure(), "100"),
    (" DONE ", examples.measure("40", "20", "30"), "20"),
    ("120", examples.measure(), "120"),
    ("80%", examples.measure("50", "90", "60", "%"), "80"),
    ("+5%", examples.measure("50", "90", "60", "%"), "65"),
    ("-2", examples.measure("-10", "10", "0"), "-2"),
    ("+3", examples.measure("-10", "10", "0"), "3"),
    ("1.2k", examples.measure("0", "5000", "10"), "1200"),
]


@pytest.mark.parametrize(("typed", "of", "at"), MOVES)
def test_a_value_is_meant_the_way_it_is_written(typed, of, at):
    assert moved(of, typed) == Decimal(at)


OUTSIDE = [
    ("101", examples.measure("50", "90", "60", "%"), "from 0% to 100%"),
    ("-61", examples.measure("50", "90", "60", "%"), "from 0% to 100%"),
    ("-41", examples.measure(), "cannot go below zero"),
    ("1000000000000001", examples.measure(), "larger than I can keep"),
    ("9999999999999999m", examples.measure(), "larger than I can keep"),
    ("nearly", examples.measure(), "is not a number"),
    ("done!", examples.measure(), "is not a number"),
    ("", examples.measure(), "A number is missing"),
]


@pytest.mark.parametrize(("typed", "of", "because"), OUTSIDE)
def test_a_value_outside_the_measure_is_refused(typed, of, because):
    with pytest.raises(Refusal, match=because) as refused:
        moved(of, typed)
    assert refused.value.field == "value"


def test_a_new_measure_begins_at_its_start_or_where_it_was_said_to_be():
    assert measure("95.5", "99.9", "%", MeasureKind.INCREASE).current == Decimal("95.5")
    assert measure("40", "20", " hours ", MeasureKind.DECREASE, "50%") == examples.measure("40", "20", "30", "hours")


@pytest.mark.parametrize(
    ("start", "target", "unit", "kind", "field"),
    [
        ("much", "100", "", MeasureKind.INCREASE, "start"),
        ("0", "", "", MeasureKind.INCREASE, "target"),
        ("0", "120", "%", MeasureKind.INCREASE, "target"),
        ("-5", "50", "%", MeasureKind.INCREASE, "start"),
        ("10", "10.0", "", MeasureKind.INCREASE, "target"),
        ("10", "20", "", MeasureKind.DECREASE, "target"),
        ("20", "10", "", MeasureKind.INCREASE, "target"),
        ("0", "1e6", "", MeasureKind.INCREASE, "target"),
        ("0", "10", "u" * 21, MeasureKind.INCREASE, "unit"),
    ],
)
def test_a_measure_that_leads_nowhere_is_refused_beside_its_field(start, target, unit, kind, field):
    with pytest.raises(Refusal) as refused:
        measure(start, target, unit, kind)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("of", "progress"),
    [
        (examples.measure(), 0.4),
        (examples.measure("40", "20", "35"), 0.25),
        (examples.measure("95.5", "99.9", "99.9", "%"), 1.0),
        (examples.measure(current="250"), 1.0),
        (examples.measure("50", "100", "20"), 0.0),
        (examples.measure("40", "20", "60"), 0.0),
        (examples.measure("-10", "10", "0"), 0.5),
    ],
)
def test_progress_is_the_part_of_the_way_that_is_done(of, progress):
    assert of.progress == pytest.approx(progress)
    assert of.is_reached == (progress == 1.0)


@given(examples.measures())
def test_progress_stays_within_0_and_1(of):
    assert 0.0 <= of.progress <= 1.0


@given(examples.measures(), st.text(max_size=20))
def test_whatever_is_typed_either_moves_the_measure_or_is_refused(of, typed):
    try:
        value = moved(of, typed)
    except Refusal:
        return
    assert abs(value) <= LARGEST


@given(examples.measures(), st.integers(0, 100), st.integers(0, 6))
def test_a_part_of_the_way_is_kept_exactly(of, whole, decimals):
    assume(of.unit != "%")
    try:
        value = moved(of, f"{whole}.{'3' * decimals}%" if decimals else f"{whole}%")
    except Refusal:
        return
    assert value == round(value, 6), "the databases keep six decimals"


numbers = st.decimals(-LARGEST, LARGEST, places=6)


@given(numbers, st.sampled_from(["", "%", "€", "$", "£", "¥"]))
def test_what_is_shown_can_be_typed_again(value, unit):
    assert number(shown(value, unit), "value") == value


@pytest.mark.parametrize(
    ("value", "unit", "reads"),
    [
        ("1200", "", "1,200"),
        ("99.50", "%", "99.5%"),
        ("3.2", "€", "€3.2"),
        ("-1200", "$", "-$1,200"),
        ("45", "sign-ups", "45 sign-ups"),
        ("1E+3", "", "1,000"),
    ],
)
def test_values_read_as_people_write_them(value, unit, reads):
    assert shown(Decimal(value), unit) == reads


def test_a_measure_moves_without_changing_what_it_measures():
    before = examples.measure()
    assert before.at(Decimal(50)) == Measure(before.start, before.target, Decimal(50), before.unit, before.kind)
