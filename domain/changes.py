"""What changed of an objective or a key result besides its value: kept for good, with who did it, when and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.measures import Measure, shown
from domain.objectives import KeyResult, KeyResultId, Objective, ObjectiveId
from domain.people import MemberId, names


class What(StrEnum):
    """What of it changed, as people read it."""

    TITLE = "title"
    OWNER = "owner"
    CO_OWNERS = "co-owners"
    CONTRIBUTORS = "contributors"
    LEVEL = "level"
    TEAM = "team"
    PARENT = "parent"
    CYCLE = "cycle"
    STAGE = "stage"
    VISIBILITY = "visibility"
    COMMITMENT = "commitment"
    MEASURE = "measure"
    VALUE = "value"
    TARGET = "target"
    WEIGHT = "weight"
    STATUS = "status"
    SCORE = "score"
    AGREEMENT = "agreement"
    ARCHIVED = "archived"


BY_NUMBERS = "worked out"
"""What is kept for a status that nobody has set by hand."""


CARRIED_OVER = "carried over"
"""Why something is in another cycle than what it goes on with."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: from `before` to `after`, both in words, by a member or by Cairn itself (None)."""

    objective: ObjectiveId
    what: What
    before: str
    after: str
    by: MemberId | None
    at: datetime
    key_result: KeyResultId | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """How a key result was measured before its value began anew, in words: where to, and what it was at."""

    until: datetime
    aim: str
    value: str


def measured_before(changes: Sequence[Change]) -> Before | None:
    """How a key result was measured before its value began anew the last time; of all its changes, oldest first."""
    anew = next((each for each in reversed(changes) if each.what is What.VALUE), None)
    if anew is None:
        return None
    aims = (each.before for each in changes if each.what is What.TARGET and each.at == anew.at)
    return Before(anew.at, next(aims, ""), anew.before)


def of_objective(before: Objective, after: Objective, by: MemberId, at: datetime, why: str = "") -> list[Change]:
    """Everything that differs between an objective then and now, apart from its key results."""
    then, now = _told(before), _told(after)
    return [Change(after.id, what, then[what], now[what], by, at, None, why) for what in _differing(then, now)]


def of_key_result(before: KeyResult, after: KeyResult, by: MemberId, at: datetime, why: str = "") -> list[Change]:
    """Everything that differs between a key result then and now, apart from its value and what was said of it.

    Where another way of measuring takes its value from it, that is told as well, each as it was measured.
    """
    then, now = _told_of(before), _told_of(after)
    if begins_anew(before.measure, after.measure):
        then |= {What.VALUE: before.measure.told(before.measure.current)}
        now |= {What.VALUE: after.measure.told(after.measure.current)}
    return [
        Change(after.objective, what, then[what], now[what], by, at, after.id, why) for what in _differing(then, now)
    ]


def begins_anew(before: Measure, after: Measure) -> bool:
    """Whether the value of the one is none of the other: 55 sign-ups are no milestones, and 3 of 4 are not 3 of 2."""
    if before.out_of == after.out_of or not before.measured:
        return False
    return not after.reads(before.out_of) or before.current != after.current


def first_of_objective(objective: Objective, changes: Iterable[Change], set_at: datetime) -> dict[What, str]:
    """What an objective was set with, in words: as it is now, but for what has changed since (oldest first)."""
    return _rewound(_told(objective), (each for each in changes if each.key_result is None), set_at)


def first_of_key_result(kr: KeyResult, changes: Iterable[Change], set_at: datetime) -> dict[What, str]:
    """The same of a key result."""
    return _rewound(_told_of(kr), (each for each in changes if each.key_result == kr.id), set_at)


def _rewound(now: dict[What, str], changes: Iterable[Change], set_at: datetime) -> dict[What, str]:
    since = [change for change in changes if change.at > set_at and change.what in now]
    return now | {change.what: change.before for change in reversed(since)}


def _differing(then: Mapping[What, str], now: Mapping[What, str]) -> list[What]:
    return [what for what in then if then[what] != now[what]]


def _told(objective: Objective) -> dict[What, str]:
    above = objective.parent_key_result or objective.parent
    return {
        What.TITLE: objective.title,
        What.OWNER: objective.owner.name,
        What.CO_OWNERS: names(objective.co_owners),
        What.LEVEL: objective.level,
        What.TEAM: objective.team.name if objective.team else "",
        What.PARENT: str(above.ref) if above else "",
        What.CYCLE: objective.cycle.name,
        What.STAGE: objective.stage,
        What.VISIBILITY: objective.visibility,
        What.COMMITMENT: "aspirational" if objective.aspirational else "committed",
        What.SCORE: "" if objective.score is None else shown(objective.score),
        What.ARCHIVED: "yes" if objective.archived else "no",
    }


def _told_of(kr: KeyResult) -> dict[What, str]:
    return {
        What.TITLE: kr.title,
        What.OWNER: kr.owner.name,
        What.CONTRIBUTORS: names(kr.contributors),
        What.MEASURE: kr.measure.kind,
        What.TARGET: _aim(kr.measure),
        What.WEIGHT: shown(kr.weight),
        What.STAGE: kr.stage,
        What.ARCHIVED: "yes" if kr.archived else "no",
    }


def _aim(measure: Measure) -> str:
    """From where to where it should go, in words."""
    if measure.milestones:
        return ", ".join(measure.milestones)
    return f"{measure.figure(measure.start)} → {measure.aim}" if measure.kind.is_way else measure.aim
