"""What may have been forgotten in a running cycle, about which its owner is asked once.

That is what is not agreed, and what has been measured and has no target yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.cycles import Cycle, CycleState
from domain.home import Moment
from domain.marks import FRESH
from domain.objectives import KeyResult, KeyResultId, Objective, ObjectiveId, Stage
from domain.people import Member, WorkspaceId, can_take_part
from domain.schedules import local_day
from operations import telling
from storage import forgotten, key_results, policy
from storage import objectives as known
from storage.database import Session

RULE = "the owner of what is not agreed is asked about it once, when its cycle has run for a while"
TARGET_RULE = "the owner of what has been measured to find a target is asked for that once"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An objective of theirs that nobody has agreed to, while its cycle runs, or their key result without a target."""

    who: Member
    objective: Objective
    moment: Moment
    key_result: KeyResult | None = None


def ask(session: Session, workspace: WorkspaceId, cycle: Cycle, untouched_since: datetime, now: datetime) -> None:
    """Ask the owner of each draft and proposal of a cycle that nobody has touched since then, once about each; and the
    owner of each key result that was measured by then for its target.
    """
    if telling.may_speak(session, workspace):
        forgotten.ask(session, workspace, cycle, untouched_since, RULE, now + FRESH, now)
        forgotten.ask_for_targets(session, workspace, cycle, untouched_since, TARGET_RULE, now + FRESH, now)


def waiting(
    session: Session, workspace: WorkspaceId, asked: Mapping[ObjectiveId, str], now: datetime
) -> dict[ObjectiveId, Forgotten]:
    """Those of these objectives that still wait, and of which whoever is asked (by Slack id) is still the owner."""
    rules = policy.policy(session, workspace)
    today = local_day(now, rules.zone)
    found = known.by_id(session, workspace, list(asked))
    return {
        each.id: Forgotten(each.owner, each, Moment(now, today, rules))
        for each in found
        if _waits(each, each.cycle.state(today)) and each.owner.slack_id == asked[each.id]
    }


def without_target(
    session: Session, workspace: WorkspaceId, asked: Mapping[KeyResultId, str], now: datetime
) -> dict[KeyResultId, Forgotten]:
    """Those of these key results that have been measured and still have no target, and of which whoever is asked (by
    Slack id) is still the owner.
    """
    rules = policy.policy(session, workspace)
    today = local_day(now, rules.zone)
    found = key_results.by_id(session, workspace, list(asked))
    return {
        id: Forgotten(kr.owner, objective, Moment(now, today, rules), kr)
        for id, (kr, objective) in found.items()
        if _awaits_target(kr, objective, today) and kr.owner.slack_id == asked[id]
    }


def _waits(objective: Objective, state: CycleState) -> bool:
    unsettled = objective.stage in {Stage.DRAFT, Stage.PROPOSED} and not objective.archived
    return unsettled and state is CycleState.ACTIVE and can_take_part(objective.owner)


def _awaits_target(kr: KeyResult, objective: Objective, today: date) -> bool:
    agreed = kr.stage is objective.stage is Stage.AGREED and not (kr.archived or objective.archived)
    runs = objective.cycle.state(today) is CycleState.ACTIVE and objective.score is None
    return agreed and runs and kr.measure.awaits_target and can_take_part(kr.owner)
