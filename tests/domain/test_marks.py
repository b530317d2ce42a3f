"""The days on which something is to be done about a cycle."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import BACKLOG, Cycle, CycleId, Period
from domain.marks import COUNTDOWN, Mark, marks
from domain.policy import Policy

CYCLE = Cycle(CycleId(1), Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)))
MONTHLY = Policy(stale_after=timedelta(days=30))


def test_the_days_on_which_something_is_due_about_a_quarter():
    assert marks(CYCLE, MONTHLY) == [
        (date(2026, 9, 10), Mark.COUNTDOWN),
        (date(2026, 9, 24), Mark.COUNTDOWN),
        (date(2026, 9, 30), Mark.COUNTDOWN),
        (date(2026, 10, 31), Mark.FORGOTTEN),
        (date(2026, 11, 30), Mark.FORGOTTEN),
        (date(2026, 12, 11), Mark.NEXT),
        (date(2026, 12, 30), Mark.FORGOTTEN),
        (date(2027, 1, 1), Mark.CLOSING),
        (date(2027, 1, 11), Mark.LAST_CALL),
        (date(2027, 1, 15), Mark.CLOSED),
    ]
    assert marks(Cycle(CycleId(2), BACKLOG), MONTHLY) == []


@pytest.mark.parametrize(("weeks", "ahead"), [(12, [21, 7, 1]), (2, [7, 1]), (1, [7, 1]), (0, [])])
def test_nobody_hears_of_a_cycle_before_it_is_time_to_plan_it(weeks, ahead):
    days = [day for day, mark in marks(CYCLE, Policy(planning_weeks=weeks)) if mark is Mark.COUNTDOWN]
    assert days == [CYCLE.period.starts - timedelta(days=n) for n in ahead]


def test_what_is_not_agreed_is_looked_for_after_as_long_as_makes_things_stale():
    days = [day for day, mark in marks(CYCLE, Policy()) if mark is Mark.FORGOTTEN]
    assert days == [date(2026, 10, 11) + timedelta(days=10 * n) for n in range(9)]


@given(st.dates(), st.integers(0, 800), st.integers(0, 500), st.integers(1, 90))
def test_the_days_of_a_cycle_are_days_and_in_their_order(first, length, weeks, patience):
    last = first + min(timedelta(days=length), date.max - first)
    cycle = Cycle(CycleId(1), Period("Any", first, last))
    each = marks(cycle, Policy(planning_weeks=weeks, stale_after=timedelta(days=patience)))
    assert each == sorted(each)
    ahead = sum(days <= 7 * weeks for days in COUNTDOWN)
    assert len(each) == 4 + ahead + (last - first).days // patience
