"""What people may write for a value, and how far along it puts a key result."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.measures import LARGEST, Measure, MeasureKind, measure, moved, weight
from tests import examples, strategies
from tests.examples import kept

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
    ("45 sign-ups", examples.measure(), "45"),
    ("CHF 45", examples.measure(unit="CHF"), "45"),
    ("45 CHF", examples.measure(unit="CHF"), "45"),
    ("130%", examples.measure("95", "120", "100", "%"), "130"),
    ("-3%", examples.measure("-5", "5", "0", "%"), "-3"),
    ("+1", kept(MeasureKind.AT_LEAST, "95", "96"), "97"),
    ("101", kept(MeasureKind.AT_LEAST, "95", "96"), "101"),
    ("-2", kept(MeasureKind.AT_LEAST, "0", "10", unit="€"), "-2"),
    ("-2", kept(MeasureKind.AT_MOST, "30", "10"), "8"),
    ("4.4", kept(MeasureKind.BETWEEN, "4", "4.2", "5"), "4.4"),
    ("=-1", kept(MeasureKind.AT_MOST, "2", "3", unit="%"), "-1"),
    ("= −1 %", kept(MeasureKind.AT_MOST, "2", "3", unit="%"), "-1"),
    ("-1", kept(MeasureKind.AT_MOST, "2", "3", unit="%"), "2"),
    ("-1", kept(MeasureKind.AT_MOST, "2", "-2", unit="%"), "-1"),
    ("=-1", kept(MeasureKind.BETWEEN, "1", "2", "3"), "-1"),
    ("=-12k", examples.measure("10000", "50000", "10000", "€"), "-12000"),
    ("=-€3", examples.measure("10", "50", "10", "€"), "-3"),
    ("=-4", examples.measure("2", "10", "3", "people"), "-4"),
    ("=-4 people", examples.measure("2", "10", "3", "people"), "-4"),
    ("=-0.5", examples.measure("2", "5", "3", "%"), "-0.5"),
    ("=-10%", examples.measure("0", "200", "10"), "-20"),
    ("=45", examples.measure(), "45"),
    ("130%", examples.measure("0", "100", "60", "%"), "130"),
    ("130", examples.measure("50", "100", "60", "%"), "130"),
    ("=-0.5", examples.measure("0", "100", "60", "%"), "-0.5"),
    ("12 of 100", examples.measure(), "12"),
    ("12/100 sign-ups", examples.measure(), "12"),
    ("12 out of 100 sign-ups", examples.measure(), "12"),
    ("+2 of 100", examples.measure(), "42"),
    ("€3 of €5", examples.measure("0", "5", "1", "€"), "3"),
    ("CHF 3 of CHF 5", examples.measure("0", "5", "1", "CHF"), "3"),
    ("30 towards 20 hours", examples.measure("40", "20", "40", "hours"), "30"),
    ("7 of 7", examples.measure("0", "10", "1", "of 7"), "7"),
    ("1 hour", examples.measure("0", "10", "1", "hours"), "1"),
    ("3 of 4 milestones", examples.milestones(1), "3"),
    ("3 milestones", examples.milestones(1), "3"),
    ("none of them", examples.milestones(1), "0"),
    ("=+3", examples.measure(), "3"),
    ("=done", examples.measure(), "100"),
    ("=-2", examples.baseline("40"), "-2"),
    ("=2", examples.milestones(1), "2"),
    ("=done", examples.done_or_not(), "1"),
    ("3", examples.milestones(1), "3"),
    ("3/4", examples.milestones(1), "3"),
    ("3 of 4", examples.milestones(1), "3"),
    ("+1", examples.milestones(1), "2"),
    ("-1", examples.milestones(1), "0"),
    ("75%", examples.milestones(1), "3"),
    ("done", examples.milestones(1), "4"),
    ("All", examples.milestones(1), "4"),
    ("none", examples.milestones(1), "0"),
    ("design agreed", examples.milestones(0), "1"),
    ("beta", examples.milestones(1), "2"),
    ("ten customers", examples.milestones(3), "3"),
    ("done", examples.done_or_not(), "1"),
    ("Yes", examples.done_or_not(), "1"),
    ("100%", examples.done_or_not(), "1"),
    ("not  yet", examples.done_or_not(True), "0"),
    ("no", examples.done_or_not(True), "0"),
    ("12.5", examples.baseline(), "12.5"),
    ("-3", examples.baseline(), "-3"),
    ("12 minutes", examples.baseline(), "12"),
    ("45%", examples.baseline(unit="%"), "45"),
    ("+2", examples.baseline("40"), "42"),
    ("-2", examples.baseline("40"), "38"),
    ("-2", examples.baseline("-40"), "-2"),
]


@pytest.mark.parametrize(("typed", "of", "at"), MOVES)
def test_a_value_is_meant_the_way_it_is_written(typed, of, at):
    assert moved(of, typed) == Decimal(at)


OUTSIDE = [
    ("1001", examples.measure("50", "90", "60", "%"), "1,001% is outside this measure: it goes from -100% to 1,000%."),
    ("-61", examples.measure("50", "90", "60", "%"), "cannot go below zero"),
    ("=-5000", examples.measure("0", "100", "60", "%"), "it goes from -100% to 1,000%"),
    ("-5000", examples.measure("0", "100", "60", "%"), "it goes from -100% to 1,000%"),
    ("=1201", examples.measure("0", "120", "60", "%"), "it goes from -100% to 1,200%"),
    ("=-501", examples.measure("-50", "0", "-20", "%"), "it goes from -500% to 1,000%"),
    ("=-101", kept(MeasureKind.AT_MOST, "2", "3", unit="%"), "it goes from -100% to 1,000%"),
    ("-41", examples.measure(), "cannot go below zero"),
    ("1000000000000001", examples.measure(), "larger than I can keep"),
    ("9999999999999999m", examples.measure(), "larger than I can keep"),
    ("nearly", examples.measure(), "is not a number"),
    ("done!", examples.measure(), "is not a number"),
    ("", examples.measure(), "A number is missing"),
    ("-91", examples.measure("0", "120", "90", "%"), "cannot go below zero"),
    ("-41", examples.measure(), "A minus is a step down. Where it is below zero, write =-41."),
    ("-4", kept(MeasureKind.AT_MOST, "2", "3", unit="%"), "write =-4."),
    ("−4%", kept(MeasureKind.AT_MOST, "2", "3", unit="%"), "write =-4%."),
    ("-61", examples.measure("50", "90", "60", "%"), "write =-61."),
    ("=", examples.measure(), "A number is missing"),
    ("==5", examples.measure(), "is not a number"),
    ("=-1", examples.milestones(1), "from 0 to 4"),
    ("=-1000000000000001", examples.measure(), "larger than I can keep"),
    ("done", kept(MeasureKind.AT_MOST, "30", "10"), "kept, not reached"),
    ("80%", kept(MeasureKind.AT_MOST, "30", "10", unit="hours"), "kept, not reached"),
    ("-11", kept(MeasureKind.AT_MOST, "30", "10"), "cannot go below zero"),
    ("5", examples.milestones(), "from 0 to 4"),
    ("-2", examples.milestones(), "from 0 to 4"),
    ("80%", examples.milestones(), "from 0 to 4"),
    ("2 of 5", examples.milestones(), "There are 4 milestones, not 5"),
    ("2 of 5 milestones", examples.milestones(), "There are 4 milestones, not 5"),
    ("12 of 40", examples.measure(), "“12 of 40” does not fit: the target is 100 sign-ups."),
    ("12/40", examples.measure(), "the target is 100 sign-ups"),
    ("12 of 40", kept(MeasureKind.AT_MOST, "30", "10"), "kept, not reached"),
    ("12 of 40", examples.baseline("40"), "no target yet"),
    ("12 of many", examples.measure(), "is not a number"),
    ("launch", examples.milestones(), "none of the milestones"),
    ("a", examples.milestones(), "none of the milestones"),
    ("", examples.milestones(), "Which milestones are reached"),
    ("50%", examples.done_or_not(), "“done” or “not yet”"),
    ("", examples.done_or_not(), "“done” or “not yet”"),
    ("done", examples.baseline(), "has no target yet"),
    ("80%", examples.baseline("40"), "has no target yet"),
    ("soon", examples.baseline(), "is not a number"),
]


@pytest.mark.parametrize(("typed", "of", "because"), OUTSIDE)
def test_a_value_outside_the_measure_is_refused(typed, of, because):
    with pytest.raises(Refusal, match=because) as refused:
        moved(of, typed)
    assert refused.value.field == "value"


@pytest.mark.parametrize(
    ("start", "target", "unit", "reads"),
    [
        ("€1.2m", "€3.2m", "", "€3,200,000"),
        ("0", "€1,2m", "", "€1,200,000"),
        ("10%", "50%", "", "50%"),
        ("10", "50%", " ", "50%"),
        ("$0", "5 USD", "", "$5"),
        ("CHF 3", "5", "", "CHF 5"),
        ("€0", "€5", "k€", "5 k€"),
        ("1 k€", "5 k€", "k€", "5 k€"),
        ("0", "45 hours", "hours", "45 hours"),
    ],
)
def test_a_mark_that_stands_with_the_numbers_is_the_unit(start, target, unit, reads):
    assert measure(start, target, unit, MeasureKind.INCREASE).aim == reads


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"start": "$0", "target": "€5"}, "target", "“€5” is in another currency; this is measured in $."),
        ({"start": "10%", "target": "€50"}, "target", "“€50” is an amount of money; this is measured in %."),
        ({"start": "10%", "target": "50", "unit": "€"}, "start", "“10%” is in percent; this is measured in €."),
        ({"start": "€0", "target": "€5", "upper": "$9", "kind": MeasureKind.BETWEEN}, "upper", "another currency"),
        ({"start": "1.200", "target": "5"}, "start", "can be read in two ways. Write 1,200 or 1.2"),
    ],
)
def test_numbers_that_are_not_of_one_kind_are_refused_beside_their_field(typed, field, says):
    with pytest.raises(Refusal) as refused:
        measure(**{"unit": "", "kind": MeasureKind.INCREASE} | typed)
    assert (refused.value.field, says in refused.value.sentence) == (field, True), refused.value.sentence


def test_the_first_value_of_a_baseline_says_what_it_is_measured_in():
    assert measure("", "", "", MeasureKind.BASELINE, "€1,200").unit == "€"


def test_a_small_step_is_not_a_thousand_and_a_thousand_no_small_step():
    assert moved(examples.measure("1.5", "2.5", "2"), "1.750") == Decimal("1.75")
    with pytest.raises(Refusal, match=r"Write 1,200 or 1\.2, whichever you mean"):
        moved(examples.measure("0", "3000", "1500", "€"), "1.200")
    assert moved(examples.measure("0", "10", "3"), "7,5") == Decimal("7.5")


def test_a_new_measure_begins_at_its_start_or_where_it_was_said_to_be():
    assert measure("95.5", "99.9", "%", MeasureKind.INCREASE).current == Decimal("95.5")
    assert measure("40", "20", " hours ", MeasureKind.DECREASE, "50%") == examples.measure("40", "20", "30", "hours")


@pytest.mark.parametrize(
    ("start", "target", "unit", "kind", "field"),
    [
        ("much", "100", "", MeasureKind.INCREASE, "start"),
        ("0", "", "", MeasureKind.INCREASE, "target"),
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


REACHES = [
    # measure, how far it is, whether it is done
    (examples.measure(current="130"), "1.3", True),
    (examples.measure("50", "100", "20"), "-0.6", False),
    (examples.measure("40", "20", "14"), "1.3", True),
    (examples.measure("95", "120", "120", "%"), "1", True),
    (kept(MeasureKind.AT_LEAST, "95", "95"), "1", False),
    (kept(MeasureKind.AT_LEAST, "95", "99"), "1", False),
    (kept(MeasureKind.AT_LEAST, "95", "92.5", start="90"), "0.5", False),
    (kept(MeasureKind.AT_LEAST, "95", "85", start="90"), "-1", False),
    (kept(MeasureKind.AT_LEAST, "100", "90", start="100"), "0.9", False),
    (kept(MeasureKind.AT_LEAST, "0", "-0.25", start="1"), "0.75", False),
    # Profit.co's own example: cost per click at most 1
    (kept(MeasureKind.AT_MOST, "1", "1", unit="$"), "1", False),
    (kept(MeasureKind.AT_MOST, "1", "1.2", unit="$"), "0.8", False),
    (kept(MeasureKind.AT_MOST, "1", "1.35", unit="$"), "0.65", False),
    (kept(MeasureKind.AT_MOST, "1", "1.75", unit="$"), "0.25", False),
    (kept(MeasureKind.AT_MOST, "30", "40", start="50"), "0.5", False),
    (kept(MeasureKind.BETWEEN, "4", "4", "5", start="4"), "1", False),
    (kept(MeasureKind.BETWEEN, "4", "5", "5", start="4"), "1", False),
    (kept(MeasureKind.BETWEEN, "4", "3.5", "5", start="4"), "0.5", False),
    (kept(MeasureKind.BETWEEN, "4", "5.25", "5", start="4"), "0.75", False),
    (kept(MeasureKind.BETWEEN, "4", "6", "5", start="2"), "0.5", False),
    (examples.milestones(0), "0", False),
    (examples.milestones(3), "0.75", False),
    (examples.milestones(4), "1", True),
    (examples.done_or_not(), "0", False),
    (examples.done_or_not(True), "1", True),
    (examples.baseline(), "0", False),
    (examples.baseline("0"), "1", False),
]


@pytest.mark.parametrize(("of", "reach", "done"), REACHES)
def test_how_far_it_is_is_told_as_it_is(of, reach, done):
    assert of.reach == Decimal(reach)
    assert of.is_reached is done
    assert of.progress == float(min(max(Decimal(reach), Decimal(0)), Decimal(1)))


@given(strategies.bands(), st.decimals(0, 1_000_000, places=2), st.decimals(0, 1_000_000, places=2))
def test_further_outside_is_never_better_and_inside_is_always_whole(of, near, far):
    near, far = sorted([near, far])
    if of.kind is MeasureKind.AT_LEAST:
        near_one, far_one = of.at(of.target - near), of.at(of.target - far)
    else:
        edge = of.target if of.upper is None else of.upper
        near_one, far_one = of.at(edge + near), of.at(edge + far)
    assert near_one.reach >= far_one.reach
    assert (near_one.reach == 1) is (near == 0)


@given(strategies.ways(), st.decimals(0, 1, places=6))
def test_a_part_of_the_way_is_that_part(of, part):
    at = of.at(of.start + (of.target - of.start) * part)
    assert float(at.reach) == pytest.approx(float(part), abs=1e-9)


@given(strategies.measures())
def test_progress_stays_within_0_and_1(of):
    assert 0.0 <= of.progress <= 1.0


ANYTHING = st.text(max_size=20) | st.sampled_from(["done", "80%", "+1", "-1", "2 of 3", "not yet", "CHF 4", "none"])


@given(strategies.measures(), ANYTHING)
def test_whatever_is_typed_either_moves_the_measure_or_is_refused(of, typed):
    try:
        value = moved(of, typed)
    except Refusal:
        return
    assert abs(value) <= LARGEST
    if of.kind is MeasureKind.MILESTONES:
        assert value in range(len(of.milestones) + 1)
    if of.kind is MeasureKind.DONE:
        assert value in {0, 1}


@given(strategies.measures(), st.decimals(-1_000_000, 1_000_000, places=2))
def test_what_is_said_to_be_so_is_so_wherever_it_stands_now(of, value):
    least, most = of.range
    assume(of.kind.is_number and least <= value <= most)
    assert moved(of, f"={value}") == value


UNITS = strategies.titles(20).map(str.strip) | st.sampled_from(
    [
        "k",
        "m",
        "b",
        "k€",
        "€m",
        "Mio. €",
        "T€",
        "MEUR",
        "thousand",
        "million users",
        "minutes",
        "min",
        "m²",
        "km",
        "Q&A",
        "'000",
        "000s",
        "of 7",
        "/10",
        "% of users",
        "done",
        "hours",
        "CHF per month",
        "USD m",
        "-",
        "−",
        "=",
        "100",
    ]
)


@given(strategies.measures(), UNITS)
def test_a_value_as_it_is_told_is_read_as_itself_in_every_unit(of, unit):
    of = replace(of, unit=unit, current=round(of.current, 6)) if of.kind.is_number else of
    assume(of.range[0] <= of.current <= of.range[1])
    assert moved(of, of.told(of.current)) == of.current


@given(strategies.ways(), st.integers(0, 100), st.integers(0, 6))
def test_a_part_of_the_way_is_kept_exactly(of, whole, decimals):
    assume(of.unit != "%")
    try:
        value = moved(of, f"{whole}.{'3' * decimals}%" if decimals else f"{whole}%")
    except Refusal:
        return
    assert value == round(value, 6), "the databases keep six decimals"


def test_a_measure_moves_without_changing_what_it_measures():
    before = examples.measure()
    assert before.at(Decimal(50)) == Measure(before.start, before.target, Decimal(50), before.unit, before.kind)


def test_a_baseline_is_measured_by_its_first_value_and_then_waits_for_a_target():
    first = examples.baseline()
    assert not first.awaits_target
    assert first.at(Decimal(0)) == examples.baseline("0")
    assert first.at(Decimal(0)).awaits_target


def test_each_kind_takes_its_own_part_of_what_was_typed():
    def made(kind, unit="%", current=""):
        return measure("90", "95", unit, kind, current, "99", "- Draft\n\n2. Beta  test\n[x] Launch")

    assert made(MeasureKind.AT_LEAST) == kept(MeasureKind.AT_LEAST, "95", "90", start="90")
    assert made(MeasureKind.BETWEEN, current="+6") == kept(MeasureKind.BETWEEN, "95", "96", "99", start="90")
    names = ("Draft", "Beta test", "Launch")
    assert made(MeasureKind.MILESTONES) == examples.milestones(0, names)
    assert made(MeasureKind.MILESTONES, current="beta test").reached == names[1:2]
    assert made(MeasureKind.DONE) == examples.done_or_not()
    assert made(MeasureKind.BASELINE) == examples.baseline(unit="%")
    assert made(MeasureKind.BASELINE, current="4") == examples.baseline("4", "%")


def test_percent_may_pass_a_hundred_and_what_is_beyond_the_target_is_shown_but_not_rolled_up():
    retention = measure("95", "120", "%", MeasureKind.INCREASE)
    assert moved(retention, "130") == 130
    growth = measure("-5", "50", "%", MeasureKind.INCREASE)
    assert moved(growth, "101") == 101
    sold = measure("0", "100", "%", MeasureKind.INCREASE, "130%")
    assert (sold.reach, sold.progress) == (Decimal("1.3"), 1.0)


WRONG = [
    # kind, target, upper, milestones, the field it is said beside
    (MeasureKind.AT_LEAST, "", "", "", "target"),
    (MeasureKind.AT_MOST, "lots", "", "", "target"),
    (MeasureKind.BETWEEN, "4", "", "", "upper"),
    (MeasureKind.BETWEEN, "4", "4.0", "", "upper"),
    (MeasureKind.BETWEEN, "4", "3", "", "upper"),
    (MeasureKind.BETWEEN, "4", "9999999999999999", "", "upper"),
    (MeasureKind.MILESTONES, "4", "", "", "milestones"),
    (MeasureKind.MILESTONES, "", "", "Only one", "milestones"),
    (MeasureKind.MILESTONES, "", "", "Twice\nsomething\nTWICE", "milestones"),
    (MeasureKind.MILESTONES, "", "", "\n".join(f"Step {n}" for n in range(21)), "milestones"),
    (MeasureKind.MILESTONES, "", "", "Short\n" + "l" * 121, "milestones"),
]


@pytest.mark.parametrize(("kind", "target", "upper", "steps", "field"), WRONG)
def test_what_a_kind_cannot_be_made_of_is_said_beside_its_field(kind, target, upper, steps, field):
    with pytest.raises(Refusal) as refused:
        measure("0", target, "", kind, upper=upper, milestones=steps)
    assert refused.value.field == field


@pytest.mark.parametrize(("typed", "means"), [("", "1"), ("0", "0"), ("2", "2"), ("0.25", "0.25"), ("100", "100")])
def test_a_weight(typed, means):
    assert weight(typed) == Decimal(means)


@pytest.mark.parametrize("typed", ["-1", "101", "0.001", "heavy"])
def test_a_weight_that_is_none_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        weight(typed)
    assert refused.value.field == "weight"


@pytest.mark.parametrize("field", ["start", "target", "upper"])
def test_a_measure_is_in_one_currency(field):
    typed = {"start": "CHF 1", "target": "CHF 10", "upper": "CHF 20"} | {field: "€5"}
    with pytest.raises(Refusal, match="this is measured in CHF") as caught:
        measure(unit="CHF", kind=MeasureKind.BETWEEN, **typed)
    assert caught.value.field == field


def test_a_value_in_another_currency_is_not_taken_for_one_in_this():
    of = measure("CHF 0", "CHF 100", "CHF", MeasureKind.INCREASE)
    with pytest.raises(Refusal, match="“\\$5” is in another currency"):
        moved(of, "$5")
    assert moved(of, "CHF 5") == moved(of, "5") == moved(of, "5%") == 5


@pytest.mark.parametrize(
    ("of", "can"),
    [
        (kept(MeasureKind.AT_MOST, "2", "3", unit="%"), True),
        (kept(MeasureKind.BETWEEN, "2", "3", "4", unit="%"), True),
        (examples.measure("10", "50", "10", "€"), True),
        (examples.measure("95", "120", "100", "%"), True),
        (examples.measure("95", "99", "98", "%"), False),
        (examples.measure("-5", "5", "0", "%"), False),  # a minus is its sign there
        (examples.measure(), False),
        (examples.milestones(), False),
        (examples.done_or_not(), False),
        (examples.baseline("40"), False),
        (examples.baseline("40", "€"), True),
    ],
)
def test_where_a_form_tells_how_to_write_what_is_below_zero(of, can):
    assert of.can_fall_below_zero is can


@pytest.mark.parametrize(
    ("of", "edge"),
    [
        (kept(MeasureKind.AT_MOST, "2", "1", start="4"), "2"),
        (kept(MeasureKind.AT_MOST, "2", "4", start="2"), None),
        (kept(MeasureKind.AT_LEAST, "2", "4", start="1"), "2"),
        (kept(MeasureKind.BETWEEN, "4", "4", "5", start="1"), "4"),
        (kept(MeasureKind.BETWEEN, "4", "4", "5", start="9"), "5"),
        (kept(MeasureKind.BETWEEN, "4", "9", "5", start="4.5"), None),
        (examples.measure(), None),
        (examples.milestones(), None),
    ],
)
def test_what_began_outside_has_a_way_in(of, edge):
    assert of.way_in == (None if edge is None else Decimal(edge))
