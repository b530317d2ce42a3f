"""What of a cycle can become otherwise where it stands, and when one can be removed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.adjusting import (
    Held,
    Part,
    adjusted,
    can_be_adjusted,
    can_be_removed,
    changes,
    closes_then,
    is_removable,
    parts,
)
from domain.cycles import BACKLOG, Cycle, CycleDraft, CycleId, Period, quarter
from domain.errors import Refusal
from domain.people import MemberId

FIRST, LAST = date(2026, 11, 9), date(2026, 12, 18)
CYCLE = Cycle(CycleId(5), Period("Launch", FIRST, LAST), date(2026, 12, 28))
BEFORE, DURING, AFTER, LATE = date(2026, 11, 8), date(2026, 11, 23), date(2026, 12, 19), date(2026, 12, 29)
THE_BACKLOG = Cycle(CycleId(2), BACKLOG)
UNOPENED = replace(CYCLE, id=CycleId(0))
Q4 = Cycle(CycleId(3), quarter(DURING))
ALL = tuple(Part)


def draft(**others):
    return replace(CycleDraft("Launch", FIRST, LAST), **others)


def become(cycle=CYCLE, today=DURING, quarters=True, said_from=None, **others):
    asked = replace(CycleDraft(cycle.name, cycle.period.starts, cycle.period.ends), **others)
    return adjusted(cycle, asked, today, ["Spring"], quarters, said_from)


@pytest.mark.parametrize(
    ("cycle", "today", "can_change"),
    [
        (CYCLE, BEFORE, ALL),
        (CYCLE, DURING, ALL),
        (CYCLE, AFTER, (Part.NAME,)),
        (CYCLE, LATE, ()),
        (replace(CYCLE, closing=True), DURING, (Part.NAME,)),
        (replace(CYCLE, closed=True), DURING, ()),
        (THE_BACKLOG, DURING, ()),
        (UNOPENED, DURING, ()),
    ],
)
def test_what_can_change_depends_on_where_it_stands(cycle, today, can_change):
    assert parts(cycle, today) == can_change
    if can_change:
        can_be_adjusted(cycle, today)
    else:
        with pytest.raises(Refusal):
            can_be_adjusted(cycle, today)


@pytest.mark.parametrize(
    ("others", "period"),
    [
        ({}, CYCLE.period),
        ({"name": "  Big   launch "}, Period("Big launch", FIRST, LAST)),
        ({"name": "LAUNCH"}, Period("LAUNCH", FIRST, LAST)),
        ({"name": "Q1 2027", "quarters": False}, Period("Q1 2027", FIRST, LAST)),
        # while it runs its last day moves either way, up to today
        ({"last": DURING}, Period("Launch", FIRST, DURING)),
        ({"last": date(2027, 1, 15)}, Period("Launch", FIRST, date(2027, 1, 15))),
        ({"last": date(2027, 1, 15), "said_from": FIRST}, Period("Launch", FIRST, date(2027, 1, 15))),
        # ... and its first day as far as nobody has checked in before it, also past today
        ({"first": date(2026, 10, 1), "said_from": FIRST}, Period("Launch", date(2026, 10, 1), LAST)),
        ({"first": date(2026, 11, 16), "said_from": date(2026, 11, 16)}, Period("Launch", date(2026, 11, 16), LAST)),
        ({"first": date(2026, 11, 30)}, Period("Launch", date(2026, 11, 30), LAST)),
        # before it begins both move
        (
            {"today": BEFORE, "first": date(2027, 1, 4), "last": date(2027, 2, 1)},
            Period("Launch", date(2027, 1, 4), date(2027, 2, 1)),
        ),
        ({"today": BEFORE, "first": date(2026, 10, 1)}, Period("Launch", date(2026, 10, 1), LAST)),
        # what does not differ is not asked about
        ({"today": AFTER, "name": "The launch"}, Period("The launch", FIRST, LAST)),
    ],
    ids=str,
)
def test_a_cycle_becomes_what_somebody_would_like(others, period):
    assert become(**others) == period


def test_a_quarter_that_opens_by_itself_gets_other_days_and_keeps_its_name():
    longer = become(Q4, last=date(2027, 1, 8))
    assert longer == Period("Q4 2026", date(2026, 10, 1), date(2027, 1, 8))
    with pytest.raises(Refusal, match="would open again beside this") as refused:
        become(Q4, name="Autumn")
    assert refused.value.field == "name"
    assert become(Q4, name="Autumn", quarters=False).name == "Autumn"


@pytest.mark.parametrize(
    ("others", "field", "because"),
    [
        ({"name": " "}, "name", "Give the cycle a name"),
        ({"name": "x" * 41}, "name", "please keep it to 40"),
        ({"name": "spring"}, "name", "called spring already"),
        ({"name": "backlog"}, "name", "called backlog already"),
        ({"name": "Q1 2027"}, "name", "is a calendar quarter"),
        ({"name": "2027"}, "name", "everything in that year"),
        ({"name": "Edit the plan"}, "name", "mean to change a cycle"),
        ({"first": None}, "first", "Choose a first and a last day"),
        ({"last": None}, "last", "Choose a first and a last day"),
        ({"last": FIRST - timedelta(days=1)}, "last", "comes before the first"),
        ({"first": LAST + timedelta(days=1)}, "first", "comes before the first"),
        ({"last": FIRST + timedelta(days=731)}, "last", "longer than two years"),
        ({"first": LAST - timedelta(days=731)}, "first", "longer than two years"),
        ({"last": DURING - timedelta(days=1)}, "last", "22 November 2026 is over already"),
        ({"first": date(2026, 11, 17), "said_from": date(2026, 11, 16)}, "first", "checked in before that day"),
        ({"today": AFTER, "last": date(2026, 12, 24)}, "last", "Launch is closing, so its days stay"),
        ({"today": AFTER, "first": date(2026, 11, 10)}, "first", "Launch is closing, so its days stay"),
        ({"today": LATE, "name": "The launch"}, None, "Launch is closed"),
        ({"cycle": THE_BACKLOG, "name": "Later"}, None, "The backlog has no days"),
        ({"cycle": UNOPENED, "name": "Later"}, None, "Launch is not open yet"),
    ],
    ids=str,
)
def test_what_a_cycle_cannot_become_is_refused_beside_its_field(others, field, because):
    with pytest.raises(Refusal, match=because) as refused:
        become(**others)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("closes", "ends", "then"),
    [
        (date(2026, 12, 28), date(2027, 1, 8), date(2027, 1, 18)),
        (date(2026, 12, 28), date(2026, 12, 1), date(2026, 12, 11)),
        (date(2026, 12, 28), LAST, date(2026, 12, 28)),
        (date(2026, 12, 28), date.max, date.max),
        (None, date(2027, 1, 8), None),
    ],
)
def test_it_is_scored_for_as_long_after_its_new_last_day_as_after_the_old_one(closes, ends, then):
    assert closes_then(replace(CYCLE, closes=closes), ends) == then


@given(st.dates(FIRST, date(2028, 11, 1)), st.dates(FIRST, date(2028, 11, 1)))
def test_days_that_go_there_and_back_are_the_same_again(there, today):
    moved = replace(CYCLE, period=replace(CYCLE.period, ends=there), closes=closes_then(CYCLE, there))
    back = replace(moved, period=CYCLE.period, closes=closes_then(moved, LAST))
    assert back == CYCLE
    assert moved.elapsed(today) <= 1.0


def test_the_history_has_what_differs_and_nothing_else():
    at = datetime(2026, 11, 23, tzinfo=UTC)
    made = changes(CYCLE, Period("The launch", FIRST, date(2027, 1, 8)), MemberId(7), at)
    assert [(each.part, each.before, each.after) for each in made] == [
        (Part.NAME, "Launch", "The launch"),
        (Part.LAST, "18 December 2026", "8 January 2027"),
    ]
    assert {(each.cycle, each.by, each.at) for each in made} == {(CycleId(5), MemberId(7), at)}
    assert changes(CYCLE, CYCLE.period, MemberId(7), at) == []


@pytest.mark.parametrize(
    ("cycle", "today", "quarters", "held", "because"),
    [
        (CYCLE, BEFORE, True, Held(), ""),
        (Q4, date(2026, 9, 1), False, Held(), ""),
        (Q4, date(2026, 9, 1), True, Held(), "would open again by itself"),
        (CYCLE, DURING, True, Held(), r"Launch is active\. Only a cycle that is planned can be removed"),
        (CYCLE, AFTER, True, Held(), "Launch is closing"),
        (CYCLE, LATE, True, Held(), "Launch is closed"),
        (UNOPENED, BEFORE, True, Held(), "Launch is not open"),
        (THE_BACKLOG, BEFORE, True, Held(), "The backlog stays"),
        (CYCLE, BEFORE, True, Held(1), r"Launch holds 1 objective\. .* as in `/okr move O-12 to backlog`"),
        (CYCLE, BEFORE, True, Held(2, 1), "Launch holds 2 objectives and 1 draft or proposal"),
        (CYCLE, BEFORE, True, Held(0, 2), "Launch holds 2 drafts and proposals"),
        (CYCLE, BEFORE, True, Held(1, others=True), "Launch holds 1 objective"),
        (CYCLE, BEFORE, True, Held(others=True), r"what only some people may see\. .*`/okr list me Launch`"),
        (CYCLE, BEFORE, True, Held(talked=True), "There is a retrospective of Launch already"),
    ],
)
def test_only_a_planned_cycle_that_holds_nothing_can_be_removed(cycle, today, quarters, held, because):
    if not because:
        can_be_removed(cycle, today, quarters, held)
        assert is_removable(cycle, today)
        return
    with pytest.raises(Refusal, match=because):
        can_be_removed(cycle, today, quarters, held)
