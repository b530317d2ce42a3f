"""Taking an objective from draft to proposed to agreed."""

from datetime import datetime

from domain.changes import of_objective
from domain.objectives import ObjectiveId, Stage, changeable, readable
from domain.people import Member
from domain.references import Reference
from domain.stages import stepped
from operations import drafting, objectives, people
from operations.objectives import Found
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
    return objectives.one(session, who, id, now)


def _step(session: Session, who: Member, which: Reference | ObjectiveId, to: Stage, now: datetime) -> Found:
    before = changeable(objectives.the_objective(session, who, which), objectives.today(session, who, now))
    after = stepped(who, before, to, policy.policy(session, who.workspace))
    known.change(session, after)
    changes.record(session, who.workspace, *of_objective(before, after, who.id, now))
    drafting.announce(session, who, before, after, now)
    people.refresh_homes(session, who.workspace, {who.id} | after.owners, now)
    return objectives.written(session, who, after.id, now)
