"""Status tells the truth: from pace, and never green while nobody has looked."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.policy import Policy
from domain.status import Status, key_result_status, objective_status
from tests.examples import NOW, TODAY, cycle, key_result, measure, objective

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


def test_nothing_is_green_while_nobody_has_looked():
    assert status("99", updated_days_ago=10) is Status.ON_TRACK
    assert status("99", updated_days_ago=11) is Status.STALE
    assert status("99", updated_days_ago=None) is Status.STALE


def test_what_is_reached_is_done_however_long_ago():
    assert status("100", updated_days_ago=40) is Status.DONE


def test_who_starts_late_is_not_behind():
    yesterday = NOW - timedelta(days=1)
    assert status("0", updated_days_ago=None, created_at=yesterday) is Status.ON_TRACK


def test_a_workspace_may_be_stricter():
    strict = Policy(behind=0.0, far_behind=0.05)
    kr = key_result(measure=measure(current="50"), created_at=SET, updated_at=NOW)
    assert key_result_status(kr, cycle(), NOW, TODAY, strict) is Status.OFF_TRACK


def test_an_objective_is_as_well_as_its_weakest_key_result():
    each = {value: key_result(int(value) + 1, measure=measure(current=value), created_at=SET) for value in ("0", "99")}
    assert objective_status(objective(key_results=(each["99"],)), NOW, TODAY, POLICY) is Status.ON_TRACK
    assert objective_status(objective(key_results=tuple(each.values())), NOW, TODAY, POLICY) is Status.OFF_TRACK


def test_an_objective_without_key_results_has_no_status_and_no_progress():
    assert objective_status(objective(key_results=()), NOW, TODAY, POLICY) is None
    assert objective(key_results=()).progress is None


def test_progress_rolls_up_as_the_mean_of_the_key_results():
    parts = tuple(key_result(n, measure=measure(current=at)) for n, at in enumerate(["0", "50", "100", "250"], 1))
    assert objective(key_results=parts).progress == pytest.approx((0 + 0.5 + 1 + 1) / 4)
    assert measure(current="250").current == Decimal(250)
