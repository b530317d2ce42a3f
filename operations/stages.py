"""Taking an objective from draft to proposed to agreed."""

from collections.abc import Sequence
from datetime import datetime

from domain.changes import of_objective
from domain.errors import NotAllowed, Refusal, Settled
from domain.objectives import Objective, ObjectiveId, Stage, changeable, readable
from domain.people import Member
from domain.permissions import either
from domain.references import Reference
from domain.stages import may_agree, stepped
from operations import drafting, finding, people, sight
from operations.finding import Found
from storage import changes, policy
from storage import objectives as known
from storage.database import Session


def propose(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Found:
    """Put a draft before those who can agree to it."""
    return _step(session, who, which, Stage.PROPOSED, now)


def agree(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Found:
    """Agree to an objective: from now on it counts, and its key results are asked about."""
    return _step(session, who, which, Stage.AGREED, now)


def standing(session: Session, who: Member, id: ObjectiveId, stage: Stage, now: datetime) -> Found | None:
    """An objective that is at this stage, as this person may see it; None when it is not, or is put away or hidden."""
    found = known.objective(session, who.workspace, id)
    if found is None or found.archived or found.stage is not stage or not readable(who, found):
        return None
    return finding.one(session, who, id, now)


def _step(session: Session, who: Member, which: Reference | ObjectiveId, to: Stage, now: datetime) -> Found:
    before = changeable(sight.the_objective(session, who, which), sight.today(session, who, now))
    rules = policy.policy(session, who.workspace)
    if before.stage is Stage.PROPOSED and who.id in before.stake.owners and not may_agree(who, before, rules):
        raise _awaited(before, to, drafting.asked_to_agree(session, who, before, rules))
    after = stepped(who, before, to, rules)
    known.change(session, after)
    changes.record(session, who.workspace, *of_objective(before, after, who.id, now))
    drafting.announce(session, who, before, after, now)
    people.refresh_homes(session, who.workspace, {who.id} | after.owners, now)
    return finding.written(session, who, after.id, now)


def _awaited(objective: Objective, to: Stage, asked: Sequence[Member]) -> Refusal:
    """Why its owner can only wait, and for whom."""
    whom = either(one.name for one in asked) or "somebody who can agree to it; an admin chooses who that is"
    if to is Stage.PROPOSED:
        return Settled(f"{objective.ref} is proposed already. It waits for {whom}.", "stage")
    return NotAllowed(
        f"{objective.ref} is yours, and here somebody else agrees to an objective before it counts. "
        f"It is proposed already, and waits for {whom}.",
        "stage",
    )
