"""Status tells the truth: from pace, and never green while nobody has looked."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import BACKLOG, Cycle, CycleId
from domain.measures import Measure, MeasureKind
from domain.objectives import KeyResult
from domain.policy import Policy
from domain.sights import sight
from domain.status import (
    Status,
    is_green_but_flat,
    is_silent,
    key_result_status,
    objective_status,
    standings,
    stands,
)
from tests import strategies
from tests.examples import ADA, NOW, TODAY, cycle, key_result, measure, moment, objective, override

POLICY = Policy()
SET = NOW - timedelta(days=53)  # the quarter's first day: 53 of its 92 days have passed


def status(current: str, updated_days_ago: int | None = 1, **changes) -> Status:
    updated = None if updated_days_ago is None else NOW - timedelta(days=updated_days_ago)
    kr = key_result(measure=measure(current=current), updated_at=updated, **({"created_at": SET} | changes))
    return key_result_status(kr, cycle(), NOW, TODAY, POLICY)


@pytest.mark.parametrize(
    ("current", "is_"),
    [
        ("100", Status.DONE),
        ("140", Status.DONE),
        ("99", Status.ON_TRACK),
        ("58", Status.ON_TRACK),
        ("43", Status.ON_TRACK),
        ("42", Status.AT_RISK),
        ("23", Status.AT_RISK),
        ("22", Status.OFF_TRACK),
        ("0", Status.OFF_TRACK),
    ],
)
def test_pace_is_progress_against_elapsed_time(current, is_):
    assert status(current) is is_


@pytest.mark.parametrize(
    ("current", "is_"),
    [("0", Status.ON_TRACK), ("-14", Status.ON_TRACK), ("-16", Status.AT_RISK), ("-36", Status.OFF_TRACK)],
)
def test_what_goes_the_wrong_way_is_not_green_however_early_it_is(current, is_):
    assert status(current, created_at=NOW) is is_


def test_nothing_is_green_while_nobody_has_looked():
    assert status("99", updated_days_ago=10) is Status.ON_TRACK
    assert status("99", updated_days_ago=11) is Status.STALE
    assert status("99", updated_days_ago=None) is Status.STALE


def test_what_is_reached_is_done_however_long_ago():
    assert status("100", updated_days_ago=40) is Status.DONE


# kinds that are not on their way from one place to another


def of_kind(kind: MeasureKind, target: str, current: str, upper: str | None = None, start: str = "0") -> Measure:
    above = Decimal(upper) if upper else None
    return Measure(Decimal(start), Decimal(target), Decimal(current), kind=kind, upper=above)


def judged(measure: Measure, today: date = TODAY, **changes) -> Status:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    kr = key_result(**({"measure": measure, "created_at": SET, "updated_at": now} | changes))
    return key_result_status(kr, cycle(), now, today, POLICY)


def milestones(reached: int) -> Measure:
    steps = ("Designed", "Built", "Tried", "Launched")
    return Measure(Decimal(0), Decimal(4), Decimal(reached), kind=MeasureKind.MILESTONES, milestones=steps)


ALMOST_OVER, OVER = date(2026, 12, 20), date(2027, 1, 2)


@pytest.mark.parametrize(
    ("kept", "is_"),
    [
        # inside is on track at any time; outside it matters how far
        (of_kind(MeasureKind.AT_LEAST, "90", "90", start="90"), Status.ON_TRACK),
        (of_kind(MeasureKind.AT_LEAST, "90", "140", start="90"), Status.ON_TRACK),
        (of_kind(MeasureKind.AT_LEAST, "90", "89", start="95"), Status.AT_RISK),
        (of_kind(MeasureKind.AT_LEAST, "90", "58", start="95"), Status.OFF_TRACK),
        (of_kind(MeasureKind.AT_LEAST, "0", "-1"), Status.OFF_TRACK),
        (of_kind(MeasureKind.AT_MOST, "10", "0"), Status.ON_TRACK),
        (of_kind(MeasureKind.AT_MOST, "10", "10"), Status.ON_TRACK),
        (of_kind(MeasureKind.AT_MOST, "10", "11"), Status.AT_RISK),
        (of_kind(MeasureKind.AT_MOST, "10", "14"), Status.OFF_TRACK),
        (of_kind(MeasureKind.BETWEEN, "40", "40", "60", start="50"), Status.ON_TRACK),
        (of_kind(MeasureKind.BETWEEN, "40", "60", "60", start="50"), Status.ON_TRACK),
        (of_kind(MeasureKind.BETWEEN, "40", "62", "60", start="50"), Status.AT_RISK),
        (of_kind(MeasureKind.BETWEEN, "40", "34", "60", start="50"), Status.AT_RISK),
        (of_kind(MeasureKind.BETWEEN, "40", "32", "60", start="50"), Status.OFF_TRACK),
        (of_kind(MeasureKind.BETWEEN, "40", "68", "60", start="50"), Status.OFF_TRACK),
    ],
    ids=str,
)
def test_what_is_to_be_kept_is_judged_by_where_it_is_and_not_by_time(kept, is_):
    assert [judged(kept, day) for day in (date(2026, 10, 2), TODAY, date(2026, 12, 31))] == [is_] * 3


FIRST_DAY, LAST_DAY = date(2026, 10, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kept", "day", "is_"),
    [
        # churn at most 2%, at 4% when it was set: half of the way is due by the middle of the quarter
        (of_kind(MeasureKind.AT_MOST, "2", "4", start="4"), FIRST_DAY, Status.ON_TRACK),
        (of_kind(MeasureKind.AT_MOST, "2", "4", start="4"), date(2026, 10, 20), Status.AT_RISK),
        (of_kind(MeasureKind.AT_MOST, "2", "4", start="4"), TODAY, Status.OFF_TRACK),
        (of_kind(MeasureKind.AT_MOST, "2", "3", start="4"), TODAY, Status.ON_TRACK),
        (of_kind(MeasureKind.AT_MOST, "2", "3", start="4"), ALMOST_OVER, Status.OFF_TRACK),
        (of_kind(MeasureKind.AT_MOST, "2", "2.4", start="4"), LAST_DAY, Status.AT_RISK),
        (of_kind(MeasureKind.AT_MOST, "2", "2", start="4"), LAST_DAY, Status.ON_TRACK),
        (of_kind(MeasureKind.AT_MOST, "2", "2", start="4"), OVER, Status.DONE),
        (of_kind(MeasureKind.AT_MOST, "2", "-1", start="4"), FIRST_DAY, Status.ON_TRACK),
        # further out than it began is worse than nothing, however early it is
        (of_kind(MeasureKind.AT_MOST, "2", "4.5", start="4"), FIRST_DAY, Status.AT_RISK),
        (of_kind(MeasureKind.AT_MOST, "2", "5", start="4"), FIRST_DAY, Status.OFF_TRACK),
        (of_kind(MeasureKind.AT_LEAST, "99.5", "99", start="98"), TODAY, Status.ON_TRACK),
        (of_kind(MeasureKind.AT_LEAST, "99.5", "98.5", start="98"), TODAY, Status.AT_RISK),
        (of_kind(MeasureKind.BETWEEN, "40", "32", "60", start="0"), TODAY, Status.ON_TRACK),
        (of_kind(MeasureKind.BETWEEN, "40", "8", "60", start="0"), TODAY, Status.OFF_TRACK),
        (of_kind(MeasureKind.BETWEEN, "40", "70", "60", start="80"), TODAY, Status.ON_TRACK),
    ],
    ids=str,
)
def test_what_began_outside_is_paced_on_its_way_in(kept, day, is_):
    assert judged(kept, day) is is_


def test_the_way_in_is_paced_from_the_day_it_was_set():
    outside = of_kind(MeasureKind.AT_MOST, "2", "4", start="4")
    assert judged(outside, TODAY, created_at=NOW) is Status.ON_TRACK
    assert judged(outside, TODAY, created_at=SET) is Status.OFF_TRACK


def test_what_is_to_be_kept_is_done_only_when_the_cycle_is_over():
    inside, outside = (of_kind(MeasureKind.AT_LEAST, "90", at, start="90") for at in ("95", "80"))
    assert judged(inside, date(2026, 12, 31)) is Status.ON_TRACK
    assert judged(inside, OVER) is Status.DONE
    assert judged(outside, OVER) is Status.AT_RISK


@pytest.mark.parametrize(
    ("confidence", "day", "is_"),
    [
        # half of the quarter is no reason to worry about something that is done in one go
        (None, TODAY, Status.ON_TRACK),
        (8, TODAY, Status.ON_TRACK),
        (6, TODAY, Status.ON_TRACK),
        (5, TODAY, Status.AT_RISK),
        (4, date(2026, 10, 2), Status.AT_RISK),
        (3, TODAY, Status.OFF_TRACK),
        (1, date(2026, 10, 2), Status.OFF_TRACK),
        (None, ALMOST_OVER, Status.AT_RISK),
        (10, ALMOST_OVER, Status.AT_RISK),
        (2, ALMOST_OVER, Status.OFF_TRACK),
        (10, OVER, Status.OFF_TRACK),
    ],
)
@pytest.mark.parametrize("kind", [MeasureKind.DONE, MeasureKind.BASELINE])
def test_what_is_done_in_one_go_is_as_well_as_its_owner_thinks(kind, confidence, day, is_):
    waiting = replace(of_kind(kind, "1", "0"), measured=False)
    assert judged(waiting, day, confidence=confidence) is is_


def test_what_is_done_in_one_go_is_done_once_it_is_done():
    assert judged(of_kind(MeasureKind.DONE, "1", "1"), confidence=1) is Status.DONE


@pytest.mark.parametrize(
    ("day", "updated", "is_"),
    [(TODAY, NOW, Status.ON_TRACK), (TODAY, NOW - timedelta(days=40), Status.STALE), (OVER, NOW, Status.DONE)],
)
def test_what_was_measured_and_has_no_target_is_not_done_before_the_cycle_is_over(day, updated, is_):
    kr = key_result(measure=of_kind(MeasureKind.BASELINE, "0", "0"), updated_at=updated, confidence=1)
    assert not kr.measure.is_reached
    assert stands(kr, cycle(), NOW, day, POLICY).status is is_


@pytest.mark.parametrize(
    ("reached", "is_"),
    [
        # 53 of 92 days: two of four are due, and the third may be half done
        (4, Status.DONE),
        (3, Status.ON_TRACK),
        (2, Status.ON_TRACK),
        (1, Status.AT_RISK),
        (0, Status.OFF_TRACK),
    ],
)
def test_of_milestones_only_whole_ones_are_due(reached, is_):
    assert judged(milestones(reached)) is is_


# silence


@pytest.mark.parametrize(
    ("updated", "now", "silent"),
    [
        # the last check-in · now · whether nobody has looked for a cadence and the grace
        (datetime(2026, 11, 13, 9, tzinfo=UTC), NOW, False),
        (datetime(2026, 11, 13, 8, 59, tzinfo=UTC), NOW, True),
        (datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 10, tzinfo=UTC), False),
        (datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 12, tzinfo=UTC), True),
        (datetime(2026, 12, 28, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC), False),
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC), True),
    ],
)
def test_silence_counts_for_as_long_as_the_cycle_runs(updated, now, silent):
    assert is_silent(key_result(updated_at=updated), cycle(), now, POLICY) is silent


def test_in_the_backlog_nobody_is_silent():
    waiting = key_result(measure=measure(current="0"), updated_at=None)
    assert key_result_status(waiting, Cycle(CycleId(1), BACKLOG), NOW, TODAY, POLICY) is Status.ON_TRACK


def test_silence_does_not_hide_what_the_numbers_say():
    for current, says in (("0", Status.OFF_TRACK), ("90", Status.ON_TRACK)):
        kr = key_result(measure=measure(current=current), created_at=SET, updated_at=NOW - timedelta(days=11))
        stand = stands(kr, cycle(), NOW, TODAY, POLICY)
        assert (stand.status, stand.computed) == (Status.STALE, says)
        assert stand.hidden is (says if says is Status.OFF_TRACK else None)


# set by hand


def test_a_status_set_by_hand_stands_until_its_day_is_over_beside_the_one_that_the_numbers_give():
    kr = key_result(measure=measure(current="90"), created_at=SET, override=override(until=TODAY))
    now = stands(kr, cycle(), NOW, TODAY, POLICY)
    assert (now.status, now.computed, now.override) == (Status.AT_RISK, Status.ON_TRACK, kr.override)
    tomorrow = stands(kr, cycle(), NOW, TODAY + timedelta(days=1), POLICY)
    assert (tomorrow.status, tomorrow.computed, tomorrow.override) == (Status.ON_TRACK, Status.ON_TRACK, None)


def test_somebody_may_know_better_than_a_number_at_its_target():
    kr = key_result(measure=measure(current="100"), override=override(Status.AT_RISK))
    stand = stands(kr, cycle(), NOW, TODAY, POLICY)
    assert (stand.status, stand.computed) == (Status.AT_RISK, Status.DONE)


@st.composite
def any_key_results(draw: st.DrawFn) -> KeyResult:
    """A key result of any kind, as anybody may have left it."""
    kr = draw(strategies.key_results())
    kind = draw(st.sampled_from(MeasureKind))
    upper = kr.measure.target + draw(st.integers(0, 100)) if kind is MeasureKind.BETWEEN else None
    steps = tuple(map(str, range(draw(st.integers(0, 6))))) if kind is MeasureKind.MILESTONES else ()
    measured = kind is not MeasureKind.BASELINE or draw(st.booleans())
    return replace(kr, measure=replace(kr.measure, kind=kind, upper=upper, milestones=steps, measured=measured))


days = st.integers(0, 91).map(lambda number: date(2026, 10, 1) + timedelta(days=number))


@given(any_key_results(), days)
def test_silence_is_never_green_whatever_was_set_and_however_sure_anybody_is(kr, today):
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    stand = stands(kr, cycle(), now, today, POLICY)
    if is_silent(kr, cycle(), now, POLICY):
        assert stand.status in {Status.STALE, Status.DONE}
        assert stand.override is None or stand.status is Status.STALE
        worse = {Status.AT_RISK, Status.OFF_TRACK} & {stand.computed}
        assert {stand.hidden} - {None} == (worse if stand.status is Status.STALE else set())
    else:
        assert stand.hidden is None
        assert stand.status is (stand.override.status if stand.override else stand.computed)


@given(st.lists(any_key_results(), min_size=1, max_size=5, unique_by=lambda kr: kr.id), days)
def test_an_objective_is_never_better_than_any_of_its_key_results_that_count(krs, today):
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    order = list(Status)
    counted = [kr for kr in krs if kr.weight] or krs
    each = [order.index(key_result_status(kr, cycle(), now, today, POLICY)) for kr in counted]
    whole = objective_status(objective(key_results=tuple(krs)), now, today, POLICY)
    assert whole is order[max(each)]


# green but flat

FOUR_WEEKS = timedelta(weeks=4)


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"moved_at": NOW - FOUR_WEEKS + timedelta(minutes=1)}, False),
        ({"moved_at": None, "created_at": SET}, True),
        ({"moved_at": None, "created_at": NOW - timedelta(days=20)}, False),
        ({"updated_at": None}, False),
        ({"updated_at": NOW - timedelta(days=11)}, False),
        ({"measure": measure(current="30")}, False),
        ({"measure": measure(current="30"), "override": override(Status.ON_TRACK)}, True),
        ({"override": override(Status.AT_RISK)}, False),
        ({"override": override(Status.AT_RISK, until=TODAY - timedelta(days=1))}, True),
        ({"measure": measure(current="100")}, False),
        ({"measure": milestones(3)}, True),
        ({"measure": of_kind(MeasureKind.DONE, "1", "0")}, True),
        *[({"measure": of_kind(kind, "90", "90", "95")}, False) for kind in MeasureKind if kind.is_kept],
    ],
    ids=str,
)
def test_what_is_green_without_moving_for_four_weeks_raises_a_question(changes, asked):
    flat = {"created_at": SET, "moved_at": NOW - FOUR_WEEKS, "measure": measure(current="60"), "updated_at": NOW}
    kr = key_result(**(flat | changes))
    assert is_green_but_flat(kr, cycle(), NOW, TODAY, POLICY) is asked


def test_what_was_set_before_its_cycle_began_is_flat_only_from_then_on():
    kr = key_result(created_at=NOW - timedelta(days=90), updated_at=NOW, measure=measure(current="60"))
    third_week = datetime(2026, 10, 20, tzinfo=UTC)
    assert not is_green_but_flat(replace(kr, updated_at=third_week), cycle(), third_week, third_week.date(), POLICY)
    assert is_green_but_flat(kr, cycle(), NOW, TODAY, POLICY)


def test_a_workspace_may_want_no_such_questions():
    kr = key_result(created_at=SET, updated_at=NOW, measure=measure(current="60"))
    assert not is_green_but_flat(kr, cycle(), NOW, TODAY, Policy(flat_weeks=0))


def test_who_starts_late_is_not_behind():
    yesterday = NOW - timedelta(days=1)
    assert status("0", updated_days_ago=None, created_at=yesterday) is Status.ON_TRACK


def test_a_workspace_may_be_stricter():
    strict = Policy(behind=0.0, far_behind=0.05)
    kr = key_result(measure=measure(current="50"), created_at=SET, updated_at=NOW)
    assert key_result_status(kr, cycle(), NOW, TODAY, strict) is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("score", "closed", "asked"),
    [(None, False, True), (Decimal("0.4"), False, False), (None, True, False), (Decimal("0.4"), True, False)],
)
def test_nobody_asks_how_it_stands_once_it_has_ended(score, closed, asked):
    ended = objective(score=score, cycle=replace(cycle(), closed=closed), key_results=(key_result(),))
    assert bool(standings(ended, NOW, TODAY, POLICY)) is asked
    assert (objective_status(ended, NOW, TODAY, POLICY) is None) is not asked
    assert bool(sight(ended, moment(), ADA).standing(ended.key_results[0])) is asked


def test_an_objective_is_as_well_as_its_weakest_key_result():
    each = {value: key_result(int(value) + 1, measure=measure(current=value), created_at=SET) for value in ("0", "99")}
    assert objective_status(objective(key_results=(each["99"],)), NOW, TODAY, POLICY) is Status.ON_TRACK
    assert objective_status(objective(key_results=tuple(each.values())), NOW, TODAY, POLICY) is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("weights", "is_"),
    [
        # the weight of the one that is off track, and of the one that is on track
        (("1", "1"), Status.OFF_TRACK),
        (("0.01", "100"), Status.OFF_TRACK),
        (("0", "1"), Status.ON_TRACK),
        (("1", "0"), Status.OFF_TRACK),
        (("0", "0"), Status.OFF_TRACK),
    ],
)
def test_what_is_not_counted_does_not_make_its_objective_red_unless_nothing_else_is_there(weights, is_):
    red, green = (
        key_result(number, measure=measure(current=at), created_at=SET, weight=Decimal(weight))
        for number, at, weight in zip((1, 2), ("0", "99"), weights, strict=True)
    )
    assert objective_status(objective(key_results=(red, green)), NOW, TODAY, POLICY) is is_


def test_an_objective_without_key_results_has_no_status_and_no_progress():
    assert objective_status(objective(key_results=()), NOW, TODAY, POLICY) is None
    assert objective(key_results=()).progress is None


def test_progress_rolls_up_as_the_mean_of_the_key_results():
    parts = tuple(key_result(n, measure=measure(current=at)) for n, at in enumerate(["0", "50", "100", "250"], 1))
    assert objective(key_results=parts).progress == pytest.approx((0 + 0.5 + 1 + 1) / 4)
    assert measure(current="250").current == Decimal(250)


# once the cycle is over


@pytest.mark.parametrize(
    ("current", "is_"),
    [
        ("100", Status.DONE),
        ("99", Status.AT_RISK),
        ("86", Status.AT_RISK),
        ("65", Status.AT_RISK),
        ("64", Status.OFF_TRACK),
    ],
)
def test_a_missed_target_is_never_green_once_its_cycle_is_over(current, is_):
    kr = key_result(measure=measure(current=current), created_at=SET, updated_at=datetime(2026, 12, 30, tzinfo=UTC))
    assert key_result_status(kr, cycle(), datetime(2027, 1, 13, tzinfo=UTC), date(2027, 1, 13), POLICY) is is_


def test_nobody_can_call_it_on_track_either():
    missed = key_result(
        measure=measure(current="50"),
        created_at=SET,
        updated_at=datetime(2026, 12, 30, tzinfo=UTC),
        override=override(Status.ON_TRACK, until=date(2027, 1, 20)),
    )
    stand = stands(missed, cycle(), datetime(2027, 1, 13, tzinfo=UTC), date(2027, 1, 13), POLICY)
    assert (stand.status, stand.override) == (Status.OFF_TRACK, missed.override)


@pytest.mark.parametrize("day", [OVER, date(2027, 1, 2)])
def test_what_is_set_when_the_cycle_is_over_has_no_time_left(day):
    set_at = datetime.combine(OVER, time(9), UTC)
    late = key_result(measure=measure(current="0"), created_at=set_at, updated_at=None)
    assert key_result_status(late, cycle(), set_at, day, POLICY) is Status.OFF_TRACK


# before anybody is asked


@pytest.mark.parametrize(
    ("asked_since", "days_later", "is_"),
    [
        (None, 0, Status.STALE),
        (date(2026, 10, 5), 0, Status.STALE),
        (date(2026, 11, 16), 0, Status.AT_RISK),
        (date(2026, 11, 30), 0, Status.AT_RISK),
        (date(2026, 11, 30), 16, Status.AT_RISK),
        (date(2026, 11, 30), 17, Status.STALE),
    ],
)
def test_nothing_is_stale_before_its_people_were_ever_asked_it_is_as_its_numbers_say(asked_since, days_later, is_):
    never = key_result(measure=measure(current="40"), created_at=SET, updated_at=None)
    at = NOW + timedelta(days=days_later)
    assert key_result_status(never, cycle(), at, at.date(), Policy(asked_since=asked_since)) is is_
