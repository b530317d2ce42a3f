"""Status that tells the truth: from pace, and never green while nobody has looked."""

from datetime import date, datetime

from domain.cycles import Cycle
from domain.objectives import KeyResult, Objective, Status
from domain.policy import Policy

__all__ = ["Status", "key_result_status", "objective_status"]


_WEAKNESS = {status: place for place, status in enumerate(Status)}


def key_result_status(kr: KeyResult, cycle: Cycle, now: datetime, today: date, policy: Policy) -> Status:
    """Done at its target, stale without a recent check-in, else by pace.

    Pace is progress against elapsed time, counted from the day the key result was set: who starts late is not behind.
    """
    if kr.measure.is_reached:
        return Status.DONE
    if now - (kr.updated_at or kr.created_at) > policy.stale_after:
        return Status.STALE
    behind = cycle.elapsed(today, kr.created_at.date()) - kr.measure.progress
    if behind > policy.far_behind:
        return Status.OFF_TRACK
    return Status.AT_RISK if behind > policy.behind else Status.ON_TRACK


def objective_status(objective: Objective, now: datetime, today: date, policy: Policy) -> Status | None:
    """An objective is as well as its weakest key result; None while it has none."""
    each = (key_result_status(kr, objective.cycle, now, today, policy) for kr in objective.key_results)
    return max(each, key=_WEAKNESS.__getitem__, default=None)
