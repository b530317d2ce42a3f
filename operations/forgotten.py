"""What may have been forgotten: drafts and proposals of a running cycle, about which their owner is asked once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.cycles import Cycle, CycleState
from domain.home import Moment
from domain.marks import FRESH
from domain.objectives import Objective, ObjectiveId, Stage
from domain.people import Member, WorkspaceId, can_take_part
from domain.schedules import local_day
from operations import telling
from storage import forgotten, policy
from storage import objectives as known
from storage.database import Session

RULE = "the owner of what is not agreed is asked about it once, when its cycle has run for a while"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An objective of theirs that nobody has agreed to, while its cycle runs."""

    who: Member
    objective: Objective
    moment: Moment


def ask(session: Session, workspace: WorkspaceId, cycle: Cycle, untouched_since: datetime, now: datetime) -> None:
    """Ask the owner of each draft and proposal of a cycle that nobody has touched since then, once about each."""
    if telling.may_speak(session, workspace):
        forgotten.ask(session, workspace, cycle, untouched_since, RULE, now + FRESH, now)


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


def _waits(objective: Objective, state: CycleState) -> bool:
    unsettled = objective.stage in {Stage.DRAFT, Stage.PROPOSED} and not objective.archived
    return unsettled and state is CycleState.ACTIVE and can_take_part(objective.owner)
