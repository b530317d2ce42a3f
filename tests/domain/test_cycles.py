"""Quarters, and how much of one has passed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import BACKLOG, Cycle, CycleId, CycleState, Period, named_quarter, quarter, shortest

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


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (Q4.starts - timedelta(days=1), CycleState.PLANNING),
        (Q4.starts, CycleState.ACTIVE),
        (Q4.ends, CycleState.ACTIVE),
        (date(2027, 1, 1), CycleState.CLOSING),
        (date(2027, 1, 14), CycleState.CLOSING),
        (date(2027, 1, 15), CycleState.CLOSED),
    ],
)
def test_a_cycle_is_planned_then_runs_then_is_scored_for_two_weeks(day, state):
    assert CYCLE.state(day) is state
    assert CYCLE.is_closed(day) is (state is CycleState.CLOSED)


def test_somebody_can_begin_to_close_a_cycle_early_and_close_it():
    assert replace(CYCLE, closing=True).state(Q4.ends) is CycleState.CLOSING
    assert replace(CYCLE, closing=True, closed=True).state(Q4.starts) is CycleState.CLOSED
    assert replace(CYCLE, closes=Q4.ends).state(Q4.ends + timedelta(days=1)) is CycleState.CLOSED


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
