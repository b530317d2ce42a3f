"""Where a key result will land: a straight line, and silence where a line would pretend to know."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures import Measure, MeasureKind
from domain.projection import projection
from tests.examples import NOW, TODAY, cycle, key_result, measure, update

ENDS = date(2026, 12, 31)  # 38 days from today


def said(*points: tuple[int, str], kr=None):
    """Updates so many days ago, with these values."""
    return [update(kr or key_result(), value, at=NOW - timedelta(days=ago)) for ago, value in points]


def landed(points, of: Measure | None = None, today: date = TODAY):
    return projection(of or measure(), said(*points), cycle(), NOW, today)


def test_a_steady_pace_goes_on():
    # 1 a day: 40 today, 78 after 38 days, 100 after 60
    going = landed([(28, "12"), (21, "19"), (14, "26"), (7, "33"), (0, "40")])
    assert going is not None
    assert (going.lands, going.ends, going.points, going.moves) == (Decimal(78), ENDS, 5, True)
    assert going.reaches == date(2027, 1, 22)
    assert not going.in_time


def test_a_target_that_is_reached_in_time_has_its_day():
    going = landed([(14, "40"), (7, "60"), (0, "80")])
    assert going is not None
    assert going.reaches == TODAY + timedelta(days=7)
    assert going.in_time


def test_the_line_is_the_one_of_least_squares():
    # x: -20, -10, 0; y: 10, 10, 40: slope 1.5, at the mean day 20, so 35 today and 92 after 38 days
    going = landed([(20, "10"), (10, "10"), (0, "40")])
    assert going is not None
    assert going.lands == Decimal(92)


@pytest.mark.parametrize(
    ("points", "of", "today"),
    [
        ([], None, TODAY),
        ([(7, "30"), (0, "40")], None, TODAY),
        ([(14, "20"), (0, "30"), (0, "40")], None, TODAY),
        ([(13, "20"), (7, "30"), (0, "40")], None, TODAY),
        ([(90, "10"), (60, "20"), (50, "30"), (0, "40")], None, TODAY),
        ([(14, "80"), (7, "90"), (0, "100")], measure(current="100"), TODAY),
        ([(14, "20"), (7, "30"), (0, "40")], None, date(2027, 1, 2)),
        ([(14, "20"), (7, "30"), (0, "40")], None, date(2026, 9, 1)),
        *[
            ([(14, "20"), (7, "30"), (0, "40")], Measure(Decimal(0), Decimal(90), Decimal(40), "", kind), TODAY)
            for kind in MeasureKind
            if kind not in {MeasureKind.INCREASE, MeasureKind.DECREASE, MeasureKind.MILESTONES}
        ],
    ],
    ids=str,
)
def test_nothing_is_said_where_too_little_is_known_or_a_line_means_nothing(points, of, today):
    assert landed(points, of, today) is None


def test_several_updates_of_a_day_count_as_its_last():
    going = landed([(14, "26"), (7, "3"), (7, "33"), (0, "40")])
    assert going is not None
    assert (going.points, going.lands) == (3, Decimal(78))


def test_what_stands_still_or_goes_the_other_way_never_gets_there():
    still, back = landed([(14, "40"), (7, "40"), (0, "40")]), landed([(14, "60"), (7, "50"), (0, "40")])
    assert still is not None
    assert back is not None
    assert (still.lands, still.reaches, still.moves) == (Decimal(40), None, False)
    assert (back.lands, back.reaches, back.moves) == (Decimal(0), None, True)


def test_a_target_that_is_years_away_has_no_day():
    going = landed([(14, "39.98"), (7, "39.99"), (0, "40")])
    assert going is not None
    assert going.reaches is None


def test_less_can_be_better():
    going = landed([(14, "34"), (7, "27"), (0, "20")], measure("40", "10", "20"))
    assert going is not None
    assert (going.lands, going.reaches) == (Decimal(0), TODAY + timedelta(days=10))


def test_milestones_land_on_one_of_them():
    steps = tuple("abcde")
    of = Measure(Decimal(0), Decimal(5), Decimal(2), "", MeasureKind.MILESTONES, milestones=steps)
    kr = replace(key_result(), measure=of)
    going = projection(of, said((28, "0"), (14, "1"), (0, "2"), kr=kr), cycle(), NOW, TODAY)
    assert going is not None
    assert going.lands == Decimal(5)


def test_what_was_said_while_it_was_measured_in_another_way_makes_no_line():
    weekly = said((28, "0"), (21, "10"), (14, "20"), (7, "30"), (0, "40"))
    steps = Measure(Decimal(0), Decimal(4), Decimal(0), "", MeasureKind.MILESTONES, milestones=tuple("abcd"))
    assert projection(measure(), weekly, cycle(), NOW, TODAY) is not None
    assert projection(steps, weekly, cycle(), NOW, TODAY) is None
    of_five = [replace(each, out_of=5) for each in weekly]
    assert projection(steps, of_five, cycle(), NOW, TODAY) is None, "five of a longer list were others"
    assert projection(measure(), of_five, cycle(), NOW, TODAY) is None


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100)), max_size=12),
    st.sampled_from([("0", "100"), ("100", "0"), ("40", "60")]),
)
def test_a_projection_rests_on_enough_days_and_its_target_lies_ahead(points, way):
    of = measure(*way, current="50", unit="%")
    going = landed([(ago, str(value)) for ago, value in points], of)
    days = {ago for ago, _ in points if ago <= 42}
    if going is None:
        assert len(days) < 3 or max(days) - min(days) < 14
    else:
        assert going.points == len(days) >= 3
        assert 0 <= going.lands <= 100
        assert going.reaches is None or going.reaches > TODAY
