"""Objectives: adding, changing, archiving and restoring them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import words
from domain.changes import of_objective
from domain.drafting import as_it_is
from domain.errors import Refusal
from domain.left_alone import pointing_out
from domain.objectives import KeyResult, Objective, ObjectiveDraft, ObjectiveId, Stage, in_open_cycle, level_and_team
from domain.people import Member, MemberId, Team
from domain.permissions import Verb, allow
from domain.references import Reference
from operations import drafting, finding, let_go, parents, people, sight, teams, templates
from operations.finding import Found
from operations.telling import tell_new_owner, tell_of_part
from storage import changes, objectives, policy
from storage import teams as known_teams
from storage.database import Session

NEW = ObjectiveId(0)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form for an objective offers."""

    who: Member
    teams: tuple[Team, ...]
    parents: tuple[Objective, ...] | None
    """None where they are too many to be listed."""

    editing: Objective | None = None
    cycles: tuple[str, ...] = ()


def choices(session: Session, who: Member, now: datetime, editing: Reference | ObjectiveId | None = None) -> Choices:
    """What the form offers, for a new objective or for one that this person may change."""
    objective = sight.to_change(session, who, editing, now) if editing else None
    if objective is None:
        allow(Verb.ADD_OBJECTIVE, who, "")
    day = sight.today(session, who, now)
    above = parents.offered(session, who, objective, day)
    seen = sight.seen_by(session, who, [objective])[0] if objective else None
    offered = drafting.cycles_offered(session, who, day, policy.policy(session, who.workspace))
    names = tuple(period.name for period in offered)
    return Choices(who, tuple(known_teams.all_of(session, who.workspace)), above, seen, names)


def add(session: Session, who: Member, draft: ObjectiveDraft, now: datetime) -> Found:
    """Set a new objective in the cycle that it is for, without a word the open one."""
    allow(Verb.ADD_OBJECTIVE, who, "")
    day = sight.today(session, who, now)
    blank = Objective(NEW, 0, "", draft.level, who, drafting.the_cycle(session, who, draft.cycle, day))
    made = objectives.add(session, _drafted(session, who, blank, draft, day), who, now)
    objectives.share(session, made, made.co_owners)
    templates.fill(session, who, made, draft.template, now)
    drafting.announce(session, who, None, made, now)
    _tell_owners(session, who, {one.id: one for one in (made.owner, *made.co_owners)}, made, now)
    people.refresh_homes(session, who.workspace, {who.id, *made.stake.owners}, now)
    return finding.written(session, who, made.id, now)


def change(session: Session, who: Member, id: ObjectiveId, draft: ObjectiveDraft, now: datetime) -> Found:
    """Give an objective another title, level, team, owner, parent, cycle or whatever else its form asks for."""
    before = sight.to_change(session, who, id, now)
    stays = as_it_is(draft, before)
    with pointing_out(draft, stays, {"level", "team"}):
        after = _drafted(session, who, before, stays, sight.today(session, who, now))
    objectives.change(session, after)
    if after.co_owners != before.co_owners:
        objectives.share(session, after, after.co_owners)
    changes.record(session, who.workspace, *of_objective(before, after, who.id, now))
    drafting.announce(session, who, before, after, now)
    let_go.closed(session, who, before, after, now)
    if after.owner.id != before.owner.id and Stage.AGREED is before.stage is after.stage:
        tell_new_owner(session, who, before.owner, after.owner, now, objectives=[id])
    if before.stage is after.stage:
        joined = {one.id: one for one in after.co_owners if one.id not in before.stake.owners}
        _tell_owners(session, who, joined, after, now)
    people.refresh_homes(session, who.workspace, {who.id} | before.stake.owners | after.stake.owners, now)
    return replace(finding.written(session, who, id, now), before=before)


def archive(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """Put an objective away, with its key results; nothing is erased."""
    objective = sight.to_change(session, who, which, now)
    objectives.archive(session, objective, now)
    _record_archiving(session, who, objective, now)
    refresh_homes(session, who, objective, now)
    return objective


def restore(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """Bring an archived objective back."""
    objective = sight.the_objective(session, who, which)
    sight.allow_editing(who, objective)
    in_open_cycle(objective, sight.today(session, who, now))
    if not objective.archived:
        raise Refusal(f"{objective.ref} is not archived.")
    objectives.archive(session, objective, None)
    _record_archiving(session, who, objective, now)
    refresh_homes(session, who, objective, now)
    return replace(objective, archived=False)


def refresh_homes(session: Session, who: Member, of: Objective, now: datetime, kr: KeyResult | None = None) -> None:
    """Show it anew to everybody with a part in it or in what hangs below it, which names it."""
    below = {id for each in parents.pulling_on(session, of, kr) for id in each.owners}
    mine = {kr.owner.id} if kr else set()
    people.refresh_homes(session, who.workspace, of.owners | below | mine, now)


def _tell_owners(
    session: Session, who: Member, new: Mapping[MemberId, Member], objective: Objective, now: datetime
) -> None:
    """Tell each who owns it from now on, once it counts."""
    for one in new.values() if objective.stage is Stage.AGREED else ():
        tell_of_part(session, who, one, now, objectives=[objective.id])


def _record_archiving(session: Session, who: Member, objective: Objective, now: datetime) -> None:
    """Keep that it was put away, or brought back where it had been."""
    other = replace(objective, archived=not objective.archived)
    changes.record(session, who.workspace, *of_objective(objective, other, who.id, now))


def _drafted(session: Session, who: Member, before: Objective, draft: ObjectiveDraft, day: date) -> Objective:
    team = before.team
    if draft.team != before.team_id:
        team = None if draft.team is None else teams.the_team(session, who, draft.team)
    level_and_team(draft.level, team)
    parent, pulled = parents.chosen(session, who, draft.parent, before)
    named = replace(
        before,
        title=words.title(draft.title),
        level=draft.level,
        owner=people.the_owner(session, who, draft.owner) if draft.owner else before.owner,
        team=team,
        parent=parent,
        parent_key_result=pulled,
    )
    return drafting.settled(session, who, drafting.filled(session, who, named, draft, day), draft.stage, day)
