"""Sight: what somebody may see of objectives and key results, and whether they may change them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.errors import NotFound
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective, ObjectiveId, changeable, readable
from domain.people import Kind, Member
from domain.permissions import Verb, allow
from domain.references import Reference
from domain.schedules import local_day
from storage import key_results, objectives, policy
from storage.database import Session


def moment(session: Session, who: Member, now: datetime) -> Moment:
    """Now, as this person and their workspace have it."""
    return Moment(now, local_day(now, who.zone), policy.policy(session, who.workspace))


def today(session: Session, who: Member, now: datetime) -> date:
    """What day it is for the workspace's cycles."""
    return local_day(now, policy.policy(session, who.workspace).zone)


def the_objective(session: Session, who: Member, which: Reference | ObjectiveId) -> Objective:
    """The objective that is meant, if this person may read it; raises `NotFound`."""
    found = objectives.objective(session, who.workspace, which)
    if found is None or not readable(who, found):
        raise NotFound(f"There is no {which} here." if isinstance(which, Reference) else "That objective is gone.")
    return found


def seen(session: Session, who: Member, id: ObjectiveId, now: datetime) -> tuple[Objective, Moment, Member]:
    """An objective, for somebody who may read it, and when they look."""
    return the_objective(session, who, id), moment(session, who, now), who


def the_key_result(session: Session, who: Member, which: Reference | KeyResultId) -> tuple[KeyResult, Objective]:
    """The key result that is meant and its objective, if this person may read them; raises `NotFound`."""
    found = key_results.key_result(session, who.workspace, which)
    if found is None or not readable(who, found[1]):
        raise NotFound(f"There is no {which} here." if isinstance(which, Reference) else "That key result is gone.")
    return found


def the_key_results(
    session: Session, who: Member, ids: Sequence[KeyResultId], among: Sequence[Objective]
) -> dict[KeyResultId, tuple[KeyResult, Objective]]:
    """Those of these key results that are there and this person may read, with their objectives.

    What is `among` these objectives need not be looked up.
    """
    near = {kr.id: (kr, objective) for objective in among for kr in objective.key_results}
    found = near | key_results.by_id(session, who.workspace, [id for id in ids if id not in near])
    return {id: found[id] for id in ids if id in found and readable(who, found[id][1])}


def seen_by(session: Session, who: Member, found: Sequence[Objective]) -> list[Objective]:
    """The objectives as this person may see them: of what lies above or before, only what is theirs to read.

    What everybody may know of need not be looked up, unless a guest asks.
    """
    beside = (near for each in found for near in (each.parent, each.carried_from, each.carried_to) if near)
    named = {near.id: near for near in beside}
    doubtful = [id for id, near in named.items() if who.kind is Kind.GUEST or not near.is_open]
    hidden = set(doubtful) - {each.id for each in readable_among(session, who, doubtful)}
    return [_without(each, hidden) for each in found]


def readable_among(session: Session, who: Member, ids: Sequence[ObjectiveId]) -> list[Objective]:
    """Those of these objectives that this person may see."""
    found = objectives.by_id(session, who.workspace, ids) if ids else []
    return [each for each in found if readable(who, each)]


def _without(objective: Objective, hidden: set[ObjectiveId]) -> Objective:
    """The objective without a word of those above or before it that are hidden."""
    if objective.parent and objective.parent.id in hidden:
        objective = replace(objective, parent=None, parent_key_result=None)
    if objective.carried_from and objective.carried_from.id in hidden:
        objective = replace(objective, carried_from=None)
    if objective.carried_to and objective.carried_to.id in hidden:
        objective = replace(objective, carried_to=None)
    return objective


def to_change(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """The objective, if this person may change it and it can still be changed."""
    objective = the_objective(session, who, which)
    allow_editing(who, objective)
    return changeable(objective, today(session, who, now))


def allow_editing(who: Member, objective: Objective) -> None:
    """Raises `NotAllowed` unless this person may change it."""
    thing = f"{objective.ref}, which is {objective.owner.name}'s"
    allow(Verb.EDIT_OBJECTIVE, who, thing, objective.stake)
