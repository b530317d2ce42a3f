"""Status that tells the truth: from pace, and never green while nobody has looked (docs/decisions/0018)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import floor

from domain.cycles import Cycle, CycleState
from domain.measures import MeasureKind
from domain.objectives import KeyResult, KeyResultId, Objective, Override, Status
from domain.overrides import in_force
from domain.policy import Policy

__all__ = [
    "ASKED_ABOUT",
    "Standing",
    "Status",
    "flat_since",
    "has_ended",
    "is_green_but_flat",
    "is_silent",
    "key_result_status",
    "objective_status",
    "silence",
    "standings",
    "stands",
    "weakest",
]

ALL_OR_NOTHING = frozenset({MeasureKind.DONE, MeasureKind.BASELINE})
"""Measures without a way between their beginning and their end."""

EITHER_WAY = 5
"""The confidence of somebody for whom it could go either way."""

ASKED_ABOUT = frozenset(kind for kind in MeasureKind if not kind.is_kept)
"""Measures whose owner is asked why they do not move; of what is to be kept, standing still is the point."""

_WEAKNESS = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a key result stands: the status that counts, the one that its numbers give, and what was set by hand.

    Its numbers go on saying what they say while nobody looks, so silence does not hide that it is in trouble.
    """

    status: Status
    computed: Status
    override: Override | None = None

    @property
    def hidden(self) -> Status | None:
        """What its numbers say that silence would hide: that it is at risk or off track."""
        worries = self.status is Status.STALE and self.computed in {Status.AT_RISK, Status.OFF_TRACK}
        return self.computed if worries else None


def stands(kr: KeyResult, cycle: Cycle, now: datetime, today: date, policy: Policy) -> Standing:
    """How it stands: stale in silence, whatever anybody set by hand; else what was set, until its day is over; else
    by its numbers. Nobody can call on track what has missed its target once its cycle is over.
    """
    computed = _computed(kr, cycle, today, policy)
    by_hand = in_force(kr.override, today)
    silent = is_silent(kr, cycle, now, policy)
    too_late = by_hand is not None and by_hand.status is Status.ON_TRACK and _is_over(cycle, today)
    if by_hand is None or too_late:
        return Standing(Status.STALE if silent and not kr.measure.is_reached else computed, computed, by_hand)
    return Standing(Status.STALE if silent else by_hand.status, computed, by_hand)


def key_result_status(kr: KeyResult, cycle: Cycle, now: datetime, today: date, policy: Policy) -> Status:
    """The status that counts."""
    return stands(kr, cycle, now, today, policy).status


def objective_status(objective: Objective, now: datetime, today: date, policy: Policy) -> Status | None:
    """An objective is as well as its weakest key result; None while it has none, and once it has ended."""
    return weakest(objective, standings(objective, now, today, policy))


def standings(objective: Objective, now: datetime, today: date, policy: Policy) -> dict[KeyResultId, Standing]:
    """How each of an objective's key results stands; once it has ended nobody asks."""
    if has_ended(objective, today):
        return {}
    return {kr.id: stands(kr, objective.cycle, now, today, policy) for kr in objective.key_results}


def weakest(objective: Objective, each: Mapping[KeyResultId, Standing]) -> Status | None:
    """The status that worries most among the key results that count; where all weigh nothing, among all of them."""
    counted = [kr for kr in objective.key_results if kr.weight] or objective.key_results
    return max((each[kr.id].status for kr in counted if kr.id in each), key=_WEAKNESS.__getitem__, default=None)


def has_ended(objective: Objective, today: date) -> bool:
    """Whether there is nothing more to be on track of: it has its score, or its cycle is closed."""
    return objective.score is not None or objective.cycle.is_closed(today)


def is_silent(kr: KeyResult, cycle: Cycle, now: datetime, policy: Policy) -> bool:
    """Whether nobody has checked in on it for a cadence and the grace, as long as its cycle ran."""
    return silence(kr, cycle, now, policy) > policy.stale_after


def silence(kr: KeyResult, cycle: Cycle, now: datetime, policy: Policy) -> timedelta:
    """For how long nobody has checked in on it: while its cycle ran, since it was set, and since anybody was ever asked
    to check in here.
    """
    asked = policy.asked_since or policy.first_check_in
    heard = max(kr.updated_at or kr.created_at, _first_instant(cycle.period.starts))
    since = max(heard, _first_instant(asked)) if asked else heard
    return min(now, _last_instant(cycle)) - since


def flat_since(kr: KeyResult, cycle: Cycle) -> datetime:
    """Since when its value has not moved, in this cycle."""
    return max(kr.moved_at or kr.created_at, _first_instant(cycle.period.starts))


def is_green_but_flat(kr: KeyResult, cycle: Cycle, now: datetime, today: date, policy: Policy) -> bool:
    """Whether it has been checked in on, is on track, and yet has not moved for as many weeks as the policy says."""
    asked = kr.measure.kind in ASKED_ABOUT and not kr.measure.awaits_target
    if not asked or kr.updated_at is None or policy.flat_weeks < 1:
        return False
    still = now - flat_since(kr, cycle) >= timedelta(weeks=policy.flat_weeks)
    running = cycle.state(today) is CycleState.ACTIVE
    return still and running and key_result_status(kr, cycle, now, today, policy) is Status.ON_TRACK


def _computed(kr: KeyResult, cycle: Cycle, today: date, policy: Policy) -> Status:
    """Done at its target, else as its kind of measure is judged."""
    if kr.measure.is_reached:
        return Status.DONE
    if kr.measure.awaits_target:
        return Status.DONE if _is_over(cycle, today) else Status.ON_TRACK
    if kr.measure.kind.is_kept:
        return _kept(kr, cycle, today, policy)
    if kr.measure.kind in ALL_OR_NOTHING:
        return _all_or_nothing(kr, cycle, today, policy)
    return _paced(kr, cycle, today, policy)


def _paced(kr: KeyResult, cycle: Cycle, today: date, policy: Policy) -> Status:
    """By how far it trails elapsed time, counted from the day it was set: who starts late is not behind.

    What has gone the wrong way from where it began trails by that as well, however early it is. What has missed its
    target is never on track once its cycle is over, however close it came.
    """
    behind = _expected(kr, cycle, today) - min(float(kr.measure.reach), 1.0)
    if behind > policy.far_behind:
        return Status.OFF_TRACK
    return Status.AT_RISK if behind > policy.behind or _is_over(cycle, today) else Status.ON_TRACK


def _expected(kr: KeyResult, cycle: Cycle, today: date) -> float:
    """The progress that elapsed time asks for; of milestones only whole ones, since the next may be half done."""
    elapsed = cycle.elapsed(today, kr.created_at.date())
    steps = len(kr.measure.milestones)
    return floor(elapsed * steps) / steps if kr.measure.kind is MeasureKind.MILESTONES and steps else elapsed


def _kept(kr: KeyResult, cycle: Cycle, today: date, policy: Policy) -> Status:
    """Inside its edges on track, and done once the cycle is over; outside by how far (`domain/progress.py`), or by pace
    where it began outside: it has as much time to get in as anything else has to get somewhere.
    """
    outside = 1 - kr.measure.reach
    if not outside:
        return Status.DONE if _is_over(cycle, today) else Status.ON_TRACK
    if kr.measure.way_in is not None:
        return _paced(kr, cycle, today, policy)
    return Status.OFF_TRACK if outside > policy.far_behind else Status.AT_RISK


def _all_or_nothing(kr: KeyResult, cycle: Cycle, today: date, policy: Policy) -> Status:
    """By its owner's confidence, since there is nothing to pace; and at risk when hardly any time is left for it."""
    if _is_over(cycle, today) or (kr.confidence is not None and kr.confidence <= policy.low_confidence):
        return Status.OFF_TRACK
    late = cycle.elapsed(today, kr.created_at.date()) > 1 - policy.behind
    doubtful = kr.confidence is not None and kr.confidence <= EITHER_WAY
    return Status.AT_RISK if late or doubtful else Status.ON_TRACK


def _is_over(cycle: Cycle, today: date) -> bool:
    return today > cycle.period.ends


def _first_instant(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _last_instant(cycle: Cycle) -> datetime:
    return datetime.combine(cycle.period.ends, time.max, UTC)
