"""Quarters, and how much of one has passed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import (
    BACKLOG,
    Cycle,
    CycleId,
    CycleState,
    Period,
    Step,
    can,
    custom,
    goes_on_in,
    meant_among,
    named_quarter,
    quarter,
    shortest,
    steps,
)
from domain.errors import Refusal

Q4 = Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31))
CYCLE = Cycle(CycleId(1), Q4)


@pytest.mark.parametrize(
    ("day", "name", "starts", "ends"),
    [
        (date(2026, 1, 1), "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), "Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2024, 2, 29), "Q1 2024", date(2024, 1, 1), date(2024, 3, 31)),
        (date(2026, 9, 30), "Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        (date.max, "Q4 9999", date(9999, 10, 1), date.max),
    ],
)
def test_a_day_falls_in_its_quarter(day, name, starts, ends):
    assert quarter(day) == Period(name, starts, ends)


@given(st.dates(max_value=date(9999, 9, 30)))
def test_quarters_follow_each_other_without_a_gap(day):
    here = quarter(day)
    assert here.starts <= day <= here.ends
    assert quarter(here.ends + timedelta(days=1)).starts == here.ends + timedelta(days=1)


@pytest.mark.parametrize("typed", ["Q4 2026", "q4 2026", "Q4-2026", "q42026", "2026 Q4", "2026q4", " 2026-q4 "])
def test_a_quarter_is_named_in_any_usual_way(typed):
    assert named_quarter(typed) == Q4


@pytest.mark.parametrize("typed", ["Q5 2026", "Q0 2026", "Q4", "2026", "Q4 26", "Q1 0000", "fourth quarter", ""])
def test_other_words_name_no_quarter(typed):
    assert named_quarter(typed) is None


def test_the_last_quarter_that_a_calendar_knows_can_be_asked_for():
    assert named_quarter("Q4 9999").ends == date.max


SPRINT = Cycle(CycleId(5), Period("Sprint", date(2026, 11, 9), date(2026, 11, 27)))


@pytest.mark.parametrize(
    ("each", "quarters", "meant"),
    [
        ([SPRINT, CYCLE], True, CYCLE),
        ([SPRINT, CYCLE], False, SPRINT),
        ([SPRINT], True, SPRINT),
        ([], True, None),
    ],
)
def test_the_quarter_is_meant_where_quarters_are_usual_and_else_the_shortest(each, quarters, meant):
    assert meant_among(each, date(2026, 11, 23), quarters) == meant


BEGUN = replace(CYCLE, closing=True)
SHUT = replace(CYCLE, closed=True)
S = CycleState


@pytest.mark.parametrize(
    ("cycle", "day", "state"),
    [
        (CYCLE, date(2026, 9, 30), S.PLANNING),
        (CYCLE, date(2026, 10, 1), S.ACTIVE),
        (CYCLE, date(2026, 12, 31), S.ACTIVE),
        (CYCLE, date(2027, 1, 1), S.CLOSING),
        (CYCLE, date(2027, 1, 14), S.CLOSING),
        (CYCLE, date(2027, 1, 15), S.CLOSED),
        (replace(CYCLE, closes=date(2027, 1, 3)), date(2027, 1, 3), S.CLOSING),
        (replace(CYCLE, closes=date(2027, 1, 3)), date(2027, 1, 4), S.CLOSED),
        (BEGUN, date(2026, 11, 1), S.CLOSING),
        (BEGUN, date(2027, 1, 15), S.CLOSED),
        (SHUT, date(2026, 11, 1), S.CLOSED),
        (SHUT, date(2027, 1, 2), S.CLOSED),
        (Cycle(CycleId(2), BACKLOG), date(2026, 11, 1), S.PLANNING),
    ],
)
def test_the_clock_takes_a_cycle_from_planning_to_closed_unless_somebody_was_earlier(cycle, day, state):
    assert cycle.state(day) is state
    assert cycle.is_closed(day) is (state is S.CLOSED)


@pytest.mark.parametrize(
    ("cycle", "day", "offered"),
    [
        (CYCLE, date(2026, 9, 30), ()),
        (CYCLE, date(2026, 11, 1), (Step.BEGIN,)),
        (CYCLE, date(2027, 1, 1), (Step.CLOSE,)),
        (CYCLE, date(2027, 1, 15), ()),
        (BEGUN, date(2026, 11, 1), (Step.CLOSE, Step.REOPEN)),
        (BEGUN, date(2027, 1, 1), (Step.CLOSE,)),
        (SHUT, date(2026, 11, 1), (Step.REOPEN,)),
        (SHUT, date(2027, 1, 14), (Step.REOPEN,)),
        (SHUT, date(2027, 1, 15), ()),
        (Cycle(CycleId(2), BACKLOG), date(2026, 11, 1), ()),
    ],
)
def test_what_can_be_done_by_hand_depends_on_where_it_stands(cycle, day, offered):
    assert steps(cycle, day) == offered
    for step in Step:
        if step in offered:
            can(step, cycle, day)
        else:
            with pytest.raises(Refusal, match="so there is nothing to"):
                can(step, cycle, day)


def test_a_period_of_ones_own_may_overlap_a_quarter():
    year = custom(" The  year ", date(2026, 1, 1), date(2026, 12, 31), ["Q4 2026"], quarters=True)
    assert year == Period("The year", date(2026, 1, 1), date(2026, 12, 31))
    assert custom("Q1 2027", date(2027, 1, 4), date(2027, 1, 4), [], quarters=False).name == "Q1 2027"


@pytest.mark.parametrize(
    ("name", "first", "last", "field"),
    [
        ("", date(2027, 1, 1), date(2027, 2, 1), "name"),
        ("x" * 41, date(2027, 1, 1), date(2027, 2, 1), "name"),
        ("the YEAR", date(2027, 1, 1), date(2027, 2, 1), "name"),
        ("backlog", date(2027, 1, 1), date(2027, 2, 1), "name"),
        ("q1 2027", date(2027, 1, 1), date(2027, 2, 1), "name"),
        ("Spring", None, date(2027, 2, 1), "first"),
        ("Spring", date(2027, 1, 1), None, "last"),
        ("Spring", date(2027, 1, 2), date(2027, 1, 1), "last"),
        ("Spring", date(2027, 1, 1), date(2029, 1, 1), "last"),
    ],
)
def test_a_period_that_cannot_be_is_refused_beside_its_field(name, first, last, field):
    with pytest.raises(Refusal) as refused:
        custom(name, first, last, ["The year"], quarters=True)
    assert refused.value.field == field


def test_two_years_are_not_too_long():
    assert custom("Two years", date(2027, 1, 1), date(2028, 12, 31), [], quarters=True)


def test_the_backlog_never_begins():
    backlog = Cycle(CycleId(2), BACKLOG)
    assert backlog.is_backlog
    assert backlog.state(date(9999, 1, 1)) is CycleState.PLANNING
    assert not CYCLE.is_backlog


def test_where_several_cycles_run_the_shortest_is_meant():
    year = Cycle(CycleId(2), Period("2026", date(2026, 1, 1), date(2026, 12, 31)))
    assert shortest([year, CYCLE]) == CYCLE
    assert shortest([]) is None


@pytest.mark.parametrize(
    ("today", "since", "elapsed"),
    [
        (date(2026, 9, 30), None, 0.0),
        (date(2026, 10, 1), None, 0.0),
        (date(2026, 11, 16), None, 46 / 92),
        (date(2026, 12, 31), None, 91 / 92),
        (date(2027, 1, 1), None, 1.0),
        (date(2027, 6, 1), None, 1.0),
        (date(2026, 12, 1), date(2026, 12, 1), 0.0),
        (date(2026, 12, 16), date(2026, 12, 1), 15 / 31),
        (date(2026, 11, 16), date(2026, 7, 1), 46 / 92),
        (date(2026, 12, 31), date(2026, 12, 31), 0.0),
        (date(2027, 1, 1), date(2026, 12, 31), 1.0),
        (date(2026, 12, 31), date(2027, 1, 15), 0.0),
    ],
)
def test_elapsed_time_counts_from_the_start_of_what_was_left(today, since, elapsed):
    assert CYCLE.elapsed(today, since) == pytest.approx(elapsed)


@given(st.dates(), st.none() | st.dates())
def test_elapsed_time_stays_within_0_and_1(today, since):
    assert 0.0 <= CYCLE.elapsed(today, since) <= 1.0


Q1, Q2, Q3 = (quarter(date(2027, month, 1)) for month in (1, 4, 7))
H1 = Period("H1", date(2027, 2, 1), date(2027, 6, 30))
APRIL = Period("April", date(2027, 4, 1), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("period", "among", "chosen"),
    [
        (Q1, [H1, Q2, Q3], Q2),
        (Q1, [APRIL, Q2], Q2),
        (replace(APRIL, starts=date(2027, 3, 1), ends=date(2027, 3, 31)), [Q2, APRIL], APRIL),
        (Q1, [H1, Q3], Q3),
        (Q2, [H1, Q1], None),
        (BACKLOG, [Q1, Q2], None),
    ],
)
def test_what_goes_on_goes_into_the_next_cycle_of_the_same_kind(period, among, chosen):
    assert goes_on_in(period, among) == chosen


@pytest.mark.parametrize(
    ("cycle", "day", "over"),
    [
        (CYCLE, date(2026, 12, 31), False),
        (CYCLE, date(2027, 1, 1), True),
        (BEGUN, date(2026, 11, 1), True),
        (SHUT, date(2026, 11, 1), True),
        (Cycle(CycleId(2), BACKLOG), date(2026, 11, 1), False),
    ],
)
def test_a_cycle_is_over_once_it_is_only_scored(cycle, day, over):
    assert cycle.is_over(day) is over
