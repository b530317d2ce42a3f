"""What happened to a key result: its points, its line of bars, and what is left when an update is taken back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Change, What, begins_anew, of_key_result, of_objective
from domain.check_ins import Update, without_the_last
from domain.history import (
    MOST_POINTS,
    along,
    comparable,
    in_order,
    lies_flat,
    measured_at_first,
    points,
    set_at_first,
    sparkline,
    standing,
)
from domain.measures import MeasureKind
from domain.objectives import Stage, Visibility
from tests.examples import ADA, BO, NOW, TODAY, cycle, heading, kept, key_result, measure, milestones, objective, update


def said(value: str, days_ago: int, previous: str = "0", **changes: object) -> Update:
    """What was said so many days ago."""
    made = update(key_result(), value, at=NOW - timedelta(days=days_ago), previous=Decimal(previous))
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("values", "line"),
    [([], ""), ([5], "▁"), ([5, 5], "▁▁"), ([0, 100], "▁█"), ([100, 50, 0], "█▄▁"), ([-2, 0, 2], "▁▄█")],
)
def test_values_make_a_line_of_bars(values, line):
    assert sparkline([Decimal(value) for value in values]) == line


def test_a_line_goes_from_the_day_it_was_set_until_today_a_week_apart():
    kr = key_result(created_at=NOW - timedelta(days=21))
    drawn = points(kr, cycle(), [said("10", 14), said("30", 7, "10"), said("40", 7, "30")], TODAY)
    assert [point.day for point in drawn] == [TODAY - timedelta(days=n) for n in (21, 14, 7, 0)]
    assert [point.value for point in drawn] == [0, 10, 40, 40]
    assert drawn[0].expected < drawn[1].expected < drawn[3].expected <= 100


@pytest.mark.parametrize(("said_ago", "ends"), [(3, 3), (0, 0), (12, 10)])
def test_a_line_ends_at_what_was_said_last_also_while_the_cycle_was_closing(said_ago, ends):
    over = replace(cycle(), period=replace(cycle().period, ends=TODAY - timedelta(days=10)))
    kr = key_result(created_at=NOW - timedelta(days=40), measure=measure(current="90"))
    drawn = points(kr, over, [said("13", 20), said("90", said_ago, "13")], TODAY)
    assert (drawn[-1].day, drawn[-1].value) == (TODAY - timedelta(days=ends), 90)
    assert drawn[-1].expected == 100


def test_a_steady_pace_leads_what_began_outside_its_band_in_and_leaves_what_began_inside_where_it_may_be():
    def paces(start: str) -> list[Decimal]:
        band = kept(MeasureKind.BETWEEN, "40", "50", "60", start=start)
        kr = key_result(created_at=NOW - timedelta(days=21), measure=band)
        return [point.expected for point in points(kr, cycle(), [], TODAY)]

    assert paces("45") == [40] * 4
    outside = paces("80")
    assert 80 > outside[0] > outside[1] > outside[3] > 60


def test_what_was_taken_back_is_in_no_line():
    kr = key_result(created_at=NOW - timedelta(days=7))
    gone = said("90", 3, "10", undone_at=NOW)
    assert standing([said("10", 5), gone]) == [said("10", 5)]
    assert [point.value for point in points(kr, cycle(), [said("10", 5), gone], TODAY)] == [0, 10]


@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_slack_never_gets_more_points_than_it_draws(set_ago, ended_ago):
    kr = key_result(created_at=NOW - timedelta(days=set_ago))
    period = replace(cycle().period, starts=date(2020, 1, 1), ends=TODAY - timedelta(days=ended_ago))
    drawn = points(kr, replace(cycle(), period=period), [], TODAY)
    assert 1 <= len(drawn) <= MOST_POINTS
    assert len({point.day for point in drawn}) == len(drawn)
    assert [point.day for point in drawn] == sorted(point.day for point in drawn)


@pytest.mark.parametrize(
    ("start", "target", "value", "flat"),
    [
        ("95.5", "99.9", "97.7", True),
        ("92000", "100000", "95000", True),
        ("100", "80", "90", True),
        ("-100", "-95", "-98", True),
        ("0", "100", "40", False),
        ("40", "100", "45", False),
        ("100", "90", "60", False),
        ("-5", "5", "0", False),
    ],
)
def test_what_keeps_to_the_top_of_a_chart_is_drawn_along_its_way(start, target, value, flat):
    of = measure(start, target, value)
    kr = key_result(created_at=NOW - timedelta(days=21), measure=replace(of, kind=_direction(start, target)))
    drawn = points(kr, cycle(), [said(value, 7, start)], TODAY)
    assert lies_flat(kr.measure, drawn) is flat
    assert along(kr.measure, drawn)[-1].value == round(kr.measure.reach * 100, 1)


def _direction(start: str, target: str) -> MeasureKind:
    return MeasureKind.INCREASE if Decimal(target) > Decimal(start) else MeasureKind.DECREASE


def test_a_line_begins_where_its_value_began_anew():
    kr = key_result(created_at=NOW - timedelta(days=35), measure=milestones(1))
    anew = Change(kr.objective, What.VALUE, "40", "0 of 4 milestones", ADA.id, NOW - timedelta(days=14), kr.id)
    events = [said("40", 21), anew, said("1", 7, out_of=4)]
    drawn = points(kr, cycle(), events, TODAY)
    assert [(point.day, point.value) for point in drawn] == [
        (TODAY - timedelta(days=14), 0),
        (TODAY - timedelta(days=7), 1),
        (TODAY, 1),
    ]
    assert comparable(kr, events) == events[2:]


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        (measure(), milestones(0), True),
        (milestones(2), milestones(2, ("a", "b", "c")), True),
        (milestones(2), milestones(2, ("a", "b", "c", "d", "e")), False),
        (milestones(2), milestones(1, ("a", "b", "c", "d", "e")), True),
        (milestones(2), milestones(1), False),
        (measure(), measure(target="120", current="50"), False),
        (measure(), kept(MeasureKind.AT_LEAST, "40", "50"), False),
        (milestones(4), measure(), True),
    ],
    ids=str,
)
def test_a_value_begins_anew_where_it_is_none_of_the_new_measure(before, after, anew):
    assert begins_anew(before, after) is anew


def test_what_happened_last_comes_first():
    change = Change(objective().id, What.OWNER, "Ada", "Bo", ADA.id, NOW - timedelta(days=2), key_result().id)
    assert in_order([said("1", 3), said("2", 1)], [change]) == [said("2", 1), change, said("1", 3)]


def test_what_changed_since_is_not_what_it_was_set_with():
    kr, later = key_result(measure=measure(target="150", current="70")), NOW + timedelta(days=1)
    changed = [
        Change(kr.objective, What.TARGET, "0 → 100", "0 → 120", ADA.id, later, kr.id),
        Change(kr.objective, What.TARGET, "0 → 120", "0 → 150", ADA.id, later, kr.id),
        Change(kr.objective, What.OWNER, "Bo", "Ada", ADA.id, later),
    ]
    first = measured_at_first(kr, changed, [said("70", -1, "40")], BO.id, NOW)
    assert (first.target, first.value, first.owner) == ("0 → 100", 40, kr.owner.name)
    other = [*changed, Change(kr.objective, What.MEASURE, "percent", "increase", ADA.id, later, kr.id)]
    assert measured_at_first(kr, other, [], BO.id, NOW).value is None, "another scale"


def test_where_it_is_set_within_a_change_of_the_same_instant_that_is_how_it_began():
    there = Change(objective().id, What.CYCLE, "Q3 2026", "Q4 2026", ADA.id, NOW)
    assert set_at_first(objective(), [there], ADA.id, NOW).cycle == "Q4 2026"
    assert set_at_first(objective(), [there], ADA.id, NOW - timedelta(days=1)).cycle == "Q3 2026"


def test_what_was_set_comes_before_everything_of_that_instant():
    change = Change(objective().id, What.STAGE, "", "draft", ADA.id, NOW)
    first = set_at_first(objective(), [change], ADA.id, NOW)
    assert in_order([], [change], [first]) == [change, first]


def test_taking_back_the_only_update_leaves_what_was_set():
    kr = key_result(measure=measure(current="45"), confidence=8, note="Two big customers", updated_at=NOW)
    back = without_the_last(kr, [said("45", 0, "40")])
    assert (back.measure.current, back.confidence, back.note, back.updated_at) == (40, None, "", None)
    assert back.moved_at is None


def test_taking_back_an_update_brings_back_what_the_one_before_it_said():
    kr = key_result(measure=measure(current="45"))
    first, second = said("40", 7, confidence=6, note="On it"), said("40", 3, "40", confidence=None, note="")
    back = without_the_last(kr, [first, second, said("45", 0, "40")])
    assert (back.measure.current, back.confidence, back.note) == (40, 6, "On it")
    assert (back.updated_at, back.moved_at) == (second.at, first.at)


def test_a_baseline_whose_only_value_is_taken_back_is_unmeasured_again():
    kr = key_result(measure=replace(measure("0", "1", "45"), kind=MeasureKind.BASELINE))
    assert not without_the_last(kr, [said("45", 0)]).measure.measured


def test_every_change_of_an_objective_is_told():
    before, after = objective(), objective(
        title="Delight", owner=BO, co_owners=(ADA,), stage=Stage.DRAFT, visibility=Visibility.PRIVATE,
        aspirational=True, parent=heading(3), score=Decimal("0.7"), archived=True,
    )  # fmt: skip
    told = {change.what: (change.before, change.after) for change in of_objective(before, after, ADA.id, NOW)}
    assert told == {
        What.TITLE: ("Customers love our onboarding", "Delight"),
        What.OWNER: ("Ada Lovelace", "Bo Nilsson"),
        What.CO_OWNERS: ("", "Ada Lovelace"),
        What.PARENT: ("", "O-3"),
        What.STAGE: ("agreed", "draft"),
        What.VISIBILITY: ("everyone", "private"),
        What.COMMITMENT: ("committed", "aspirational"),
        What.SCORE: ("", "0.7"),
        What.ARCHIVED: ("no", "yes"),
    }
    assert of_objective(before, before, ADA.id, NOW) == []


def test_every_change_of_a_key_result_is_told_but_its_value():
    before = key_result()
    after = replace(before, owner=BO, measure=measure(target="120", current="70"), weight=Decimal(2))
    told = {change.what: (change.before, change.after) for change in of_key_result(before, after, ADA.id, NOW, "Why")}
    assert told == {
        What.OWNER: ("Ada Lovelace", "Bo Nilsson"),
        What.TARGET: ("0 → 100 sign-ups", "0 → 120 sign-ups"),
        What.WEIGHT: ("1", "2"),
    }
