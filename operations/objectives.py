"""Objectives and key results: finding, adding, changing, archiving and restoring them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import words
from domain.alignment import hangs_below
from domain.changes import of_objective
from domain.comments import Comment
from domain.cycles import Cycle, CycleState, Period, meant_among, shortest
from domain.drafting import staying
from domain.errors import NotFound, Refusal
from domain.home import Moment
from domain.left_alone import by_then, pointing_out
from domain.objectives import (
    Heading,
    KeyResult,
    KeyResultHeading,
    KeyResultId,
    Level,
    Objective,
    ObjectiveDraft,
    ObjectiveId,
    Stage,
    changeable,
    in_open_cycle,
    level_and_team,
    readable,
)
from domain.people import Kind, Member, MemberId, Team
from domain.permissions import Verb, allow
from domain.recognition import Recognition
from domain.references import Prefix, Reference
from domain.schedules import local_day
from operations import drafting, people, planning, teams, templates
from operations.telling import tell_new_owner, tell_of_part
from storage import alignment, changes, comments, cycles, objectives, policy, recognition, suggestions
from storage import teams as known_teams
from storage.database import Session

NEW = ObjectiveId(0)

COMMENTS_SHOWN = 3
"""Comments on one objective that are shown with it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Objectives as somebody may see them, with the thanks tied to each."""

    cycle: Cycle
    objectives: tuple[Objective, ...]
    thanks: dict[ObjectiveId, list[Recognition]]
    moment: Moment
    who: Member
    owned: int = 0
    """How many objectives the owner of the one that was just written down has in its cycle."""

    comments: tuple[Comment, ...] = ()
    """The latest comments on the one that was asked for."""

    meant: KeyResult | None = None
    """The key result by whose reference it was asked for."""

    before: Objective | None = None
    """The one that was just changed, as it was before."""

    @property
    def only(self) -> Objective:
        """The one that was asked for."""
        return self.objectives[0]


@dataclass(frozen=True, slots=True)
class PutAway:
    """What has been archived in a cycle and this person may read."""

    who: Member
    moment: Moment
    objectives: tuple[Objective, ...]
    key_results: tuple[tuple[KeyResult, Objective], ...]


@dataclass(frozen=True, slots=True)
class Which:
    """Which objectives somebody wants to see; a person by Slack id, a team by the name they typed, or `mine`: the teams
    that they are in or lead.
    """

    level: Level | None = None
    person: str | None = None
    team: str | None = None
    period: Period | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form for an objective offers."""

    who: Member
    teams: tuple[Team, ...]
    parents: tuple[Objective, ...] | None
    """None where they are too many to be listed."""

    editing: Objective | None = None
    cycles: tuple[str, ...] = ()


def moment(session: Session, who: Member, now: datetime) -> Moment:
    """Now, as this person and their workspace have it."""
    return Moment(now, local_day(now, who.zone), policy.policy(session, who.workspace))


def find(session: Session, who: Member, which: Which, now: datetime) -> Found:
    """The objectives asked for that this person may read, with the key results and the thanks."""
    when = which.period or today(session, who, now)
    team = teams.named(session, who, which.team) if which.team else None
    owner = _whom(session, who, which.person) if which.person else None
    found = objectives.in_cycle(
        session, who.workspace, when, level=which.level, team=team.id if team else None, owner=owner
    )
    return among(session, who, found, when, now)


def among(session: Session, who: Member, found: Sequence[Objective], when: objectives.When, now: datetime) -> Found:
    """Those of these objectives that this person may read, below the cycle that is meant by `when`, with the thanks."""
    at = moment(session, who, now)
    seen = [objective for objective in found if readable(who, objective)]
    return _shown(session, who, at, _over(session, who, seen, when, at.policy.quarters), seen)


def archived(session: Session, who: Member, now: datetime) -> PutAway:
    """What has been archived in the open cycle, to be brought back."""
    at = moment(session, who, now)
    day = local_day(now, at.policy.zone)
    gone = objectives.in_cycle(session, who.workspace, day, archived=True)
    parts = objectives.archived_key_results(session, who.workspace, day)
    return PutAway(
        who=who,
        moment=at,
        objectives=tuple(each for each in gone if readable(who, each)),
        key_results=tuple((kr, above) for kr, above in parts if readable(who, above)),
    )


def one(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Found:
    """One objective with everything about it; a key result's reference means the objective that it belongs to."""
    meant = None
    if isinstance(which, Reference) and which.prefix is Prefix.KEY_RESULT:
        meant, objective = the_key_result(session, who, which)
    else:
        objective = the_objective(session, who, which)
    said = comments.latest(session, who.workspace, objective.id, COMMENTS_SHOWN)
    found = _shown(session, who, moment(session, who, now), objective.cycle, [objective])
    return replace(found, comments=tuple(said), meant=meant)


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
    found = objectives.key_result(session, who.workspace, which)
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
    found = near | objectives.key_results(session, who.workspace, [id for id in ids if id not in near])
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


def choices(session: Session, who: Member, now: datetime, editing: Reference | ObjectiveId | None = None) -> Choices:
    """What the form offers, for a new objective or for one that this person may change."""
    objective = to_change(session, who, editing, now) if editing else None
    if objective is None:
        allow(Verb.ADD_OBJECTIVE, who, "")
    day = today(session, who, now)
    parents = _parents(session, who, objective, day)
    seen = seen_by(session, who, [objective])[0] if objective else None
    offered = drafting.cycles_offered(session, who, day, policy.policy(session, who.workspace))
    names = tuple(period.name for period in offered)
    return Choices(who, tuple(known_teams.all_of(session, who.workspace)), parents, seen, names)


def add(session: Session, who: Member, draft: ObjectiveDraft, now: datetime) -> Found:
    """Set a new objective in the cycle that it is for, without a word the open one."""
    allow(Verb.ADD_OBJECTIVE, who, "")
    day = today(session, who, now)
    blank = Objective(NEW, 0, "", draft.level, who, drafting.the_cycle(session, who, draft.cycle, day))
    made = objectives.add(session, _drafted(session, who, blank, draft, day), who, now)
    objectives.share(session, made, made.co_owners)
    templates.fill(session, who, made, draft.template, now)
    drafting.announce(session, who, None, made, now)
    _tell_owners(session, who, {one.id: one for one in (made.owner, *made.co_owners)}, made, now)
    people.refresh_homes(session, who.workspace, {who.id, *made.stake.owners}, now)
    return written(session, who, made.id, now)


def change(session: Session, who: Member, id: ObjectiveId, draft: ObjectiveDraft, now: datetime) -> Found:
    """Give an objective another title, level, team, owner, parent, cycle or whatever else its form asks for."""
    before = to_change(session, who, id, now)
    stays = by_then(draft, staying(before))
    with pointing_out(draft, stays, {"level", "team"}):
        after = _drafted(session, who, before, stays, today(session, who, now))
    objectives.change(session, after)
    if after.co_owners != before.co_owners:
        objectives.share(session, after, after.co_owners)
    changes.record(session, who.workspace, *of_objective(before, after, who.id, now))
    drafting.announce(session, who, before, after, now)
    if after.owner.id != before.owner.id and Stage.AGREED is before.stage is after.stage:
        tell_new_owner(session, who, before.owner, after.owner, now, objectives=[id])
    if before.stage is after.stage:
        joined = {one.id: one for one in after.co_owners if one.id not in before.stake.owners}
        _tell_owners(session, who, joined, after, now)
    people.refresh_homes(session, who.workspace, {who.id} | before.stake.owners | after.stake.owners, now)
    return replace(written(session, who, id, now), before=before)


def written(session: Session, who: Member, id: ObjectiveId, now: datetime) -> Found:
    """An objective that was just written down, with how many there are beside it."""
    found = one(session, who, id, now)
    return replace(found, owned=drafting.owned_beside(session, who, found.only))


def archive(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """Put an objective away, with its key results; nothing is erased."""
    objective = to_change(session, who, which, now)
    objectives.archive(session, objective, now)
    _record_archiving(session, who, objective, now)
    refresh_homes(session, who, objective, now)
    return objective


def pulling_on(session: Session, above: Objective, kr: KeyResult | None = None) -> list[Objective]:
    """Everything that hangs right below an objective, or pulls on this key result of it, and is not archived."""
    workspace = above.owner.workspace
    found = objectives.by_id(session, workspace, alignment.children(session, workspace, above.id))
    return [
        each
        for each in found
        if not each.archived and (kr is None or (each.parent_key_result and each.parent_key_result.id == kr.id))
    ]


def refresh_homes(session: Session, who: Member, of: Objective, now: datetime, kr: KeyResult | None = None) -> None:
    """Show it anew to everybody with a part in it or in what hangs below it, which names it."""
    below = {id for each in pulling_on(session, of, kr) for id in each.owners}
    mine = {kr.owner.id} if kr else set()
    people.refresh_homes(session, who.workspace, of.owners | below | mine, now)


def restore(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """Bring an archived objective back."""
    objective = the_objective(session, who, which)
    _allow_editing(who, objective)
    in_open_cycle(objective, today(session, who, now))
    if not objective.archived:
        raise Refusal(f"{objective.ref} is not archived.")
    objectives.archive(session, objective, None)
    _record_archiving(session, who, objective, now)
    refresh_homes(session, who, objective, now)
    return replace(objective, archived=False)


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


def to_change(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """The objective, if this person may change it and it can still be changed."""
    objective = the_objective(session, who, which)
    _allow_editing(who, objective)
    return changeable(objective, today(session, who, now))


def _whom(session: Session, who: Member, slack_id: str) -> Member:
    """Whoever is meant; most people mean themselves, and are known already."""
    return who if slack_id == who.slack_id else people.anybody(session, who.workspace, slack_id)


def _shown(session: Session, who: Member, at: Moment, cycle: Cycle, found: Sequence[Objective]) -> Found:
    thanks = recognition.for_objectives(session, who.workspace, [objective.id for objective in found])
    return Found(cycle, tuple(seen_by(session, who, with_futures(session, who, found, at.today))), thanks, at, who)


def with_futures(session: Session, who: Member, found: Sequence[Objective], day: date) -> list[Objective]:
    """The objectives with what became of them, where their cycle is over or about to be; not yet as `seen_by`."""
    over = [each.id for each in found if each.cycle.state(day) in {CycleState.CLOSING, CycleState.CLOSED}]
    became = objectives.carried_on(session, who.workspace, over)
    return [replace(each, carried_to=became[each.id]) if each.id in became else each for each in found]


def _over(session: Session, who: Member, seen: Sequence[Objective], when: objectives.When, quarters: bool) -> Cycle:
    """The cycle that stands above these, or above nothing."""
    theirs = [each.cycle for each in seen]
    found = shortest(theirs) if isinstance(when, Period) else meant_among(theirs, when, quarters)
    return found or _meant(session, who, when)


def _meant(session: Session, who: Member, when: objectives.When) -> Cycle:
    if isinstance(when, Period):
        return cycles.found(session, who.workspace, when)
    return planning.current_cycle(session, who.workspace, when)


def _parents(session: Session, who: Member, child: Objective | None, day: date) -> tuple[Objective, ...] | None:
    """Every objective that this person may align another one to, or the one that they change; None for too many."""
    during = [each.id for each in cycles_above(session, who, child, day)]
    ids = suggestions.few(session, who, during)
    found = readable_among(session, who, ids or [])
    return None if ids is None else tuple(each for each in found if not child or each.id != child.id)


def cycles_above(session: Session, who: Member, child: Objective | None, day: date) -> list[Cycle]:
    """The cycles of what an objective can hang below: those that run with its own, or its own where that does not."""
    if child is None or child.cycle.period.starts <= day <= child.cycle.period.ends:
        return cycles.running(session, who.workspace, day)
    return [child.cycle]


def today(session: Session, who: Member, now: datetime) -> date:
    """What day it is for the workspace's cycles."""
    return local_day(now, policy.policy(session, who.workspace).zone)


def _drafted(session: Session, who: Member, before: Objective, draft: ObjectiveDraft, day: date) -> Objective:
    team = before.team if draft.team == before.team_id else _the_team(session, who, draft.team)
    level_and_team(draft.level, team)
    parent, pulled = _the_parent(session, who, draft.parent, before)
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


def _the_team(session: Session, who: Member, id: int | None) -> Team | None:
    if id is None:
        return None
    team = known_teams.by_id(session, who.workspace, [id]).get(id)
    if team is None or team.archived:
        raise Refusal("That team is not there any more. Choose another one.", "team")
    return team


Above = tuple[Heading | None, KeyResultHeading | None]
"""What an objective hangs below: another one, and the key result of that which it pulls on, if it is one."""


def _the_parent(session: Session, who: Member, which: Reference | None, child: Objective) -> Above:
    """What was chosen for an objective to hang below, unless that hangs below the objective itself."""
    if _keeps_its_parent(session, who, which, child):
        return child.parent, child.parent_key_result
    if which is None:
        return None, None
    chosen, pulled = _to_pull_on(session, who, which)
    above = alignment.above(session, who.workspace, chosen.id)
    return hangs_below(child.heading, chosen.heading, above), pulled


def _to_pull_on(session: Session, who: Member, which: Reference) -> tuple[Objective, KeyResultHeading | None]:
    """The objective that is to hang above, and the key result of it that is named, while both are still there."""
    if which.prefix is Prefix.KEY_RESULT:
        kr, above = objectives.key_result(session, who.workspace, which) or (None, None)
    else:
        kr, above = None, objectives.objective(session, who.workspace, which)
    is_gone = above is None or above.archived or above.stage is Stage.DECLINED or (kr is not None and kr.archived)
    if above is None or is_gone or not readable(who, above):
        raise Refusal("That parent objective is not there any more. Choose another one.", "parent")
    return above, KeyResultHeading(kr.id, kr.number, kr.title) if kr else None


def _keeps_its_parent(session: Session, who: Member, which: Reference | None, child: Objective) -> bool:
    """Whether it stays where it is: somebody who was not shown the parent cannot have meant to take it away."""
    if child.parent is None:
        return False
    return which == child.pulls_on or (which is None and seen_by(session, who, [child])[0].parent is None)


def _allow_editing(who: Member, objective: Objective) -> None:
    thing = f"{objective.ref}, which is {objective.owner.name}'s"
    allow(Verb.EDIT_OBJECTIVE, who, thing, objective.stake)
