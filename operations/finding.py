"""Finding objectives: those that somebody asks for, as they may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.comments import Comment
from domain.cycles import Cycle, CycleState, Period, meant_among, shortest
from domain.home import Moment
from domain.objectives import KeyResult, Level, Objective, ObjectiveId, readable
from domain.people import Member
from domain.recognition import Recognition
from domain.references import Prefix, Reference
from domain.schedules import local_day
from operations import drafting, people, planning, sight, teams
from storage import comments, cycles, objectives, recognition
from storage.database import Session

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


def find(session: Session, who: Member, which: Which, now: datetime) -> Found:
    """The objectives asked for that this person may read, with the key results and the thanks."""
    when = which.period or sight.today(session, who, now)
    team = teams.named(session, who, which.team) if which.team else None
    owner = whom(session, who, which.person) if which.person else None
    found = objectives.in_cycle(
        session, who.workspace, when, level=which.level, team=team.id if team else None, owner=owner
    )
    return among(session, who, found, when, now)


def among(session: Session, who: Member, found: Sequence[Objective], when: objectives.When, now: datetime) -> Found:
    """Those of these objectives that this person may read, below the cycle that is meant by `when`, with the thanks."""
    at = sight.moment(session, who, now)
    seen = [objective for objective in found if readable(who, objective)]
    return _shown(session, who, at, _over(session, who, seen, when, at.policy.quarters), seen)


def archived(session: Session, who: Member, now: datetime) -> PutAway:
    """What has been archived in the open cycle, to be brought back."""
    at = sight.moment(session, who, now)
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
        meant, objective = sight.the_key_result(session, who, which)
    else:
        objective = sight.the_objective(session, who, which)
    said = comments.latest(session, who.workspace, objective.id, COMMENTS_SHOWN)
    found = _shown(session, who, sight.moment(session, who, now), objective.cycle, [objective])
    return replace(found, comments=tuple(said), meant=meant)


def written(session: Session, who: Member, id: ObjectiveId, now: datetime) -> Found:
    """An objective that was just written down, with how many there are beside it."""
    found = one(session, who, id, now)
    return replace(found, owned=drafting.owned_beside(session, who, found.only))


def with_futures(session: Session, who: Member, found: Sequence[Objective], day: date) -> list[Objective]:
    """The objectives with what became of them, where their cycle is over or about to be; not yet as `seen_by`."""
    over = [each.id for each in found if each.cycle.state(day) in {CycleState.CLOSING, CycleState.CLOSED}]
    became = objectives.carried_on(session, who.workspace, over)
    return [replace(each, carried_to=became[each.id]) if each.id in became else each for each in found]


def whom(session: Session, who: Member, slack_id: str) -> Member:
    """Whoever is meant; most people mean themselves, and are known already."""
    return who if slack_id == who.slack_id else people.anybody(session, who.workspace, slack_id)


def _shown(session: Session, who: Member, at: Moment, cycle: Cycle, found: Sequence[Objective]) -> Found:
    thanks = recognition.for_objectives(session, who.workspace, [objective.id for objective in found])
    theirs = sight.seen_by(session, who, with_futures(session, who, found, at.today))
    return Found(cycle, tuple(theirs), thanks, at, who)


def _over(session: Session, who: Member, seen: Sequence[Objective], when: objectives.When, quarters: bool) -> Cycle:
    """The cycle that stands above these, or above nothing."""
    theirs = [each.cycle for each in seen]
    found = shortest(theirs) if isinstance(when, Period) else meant_among(theirs, when, quarters)
    return found or _meant(session, who, when)


def _meant(session: Session, who: Member, when: objectives.When) -> Cycle:
    if isinstance(when, Period):
        return cycles.found(session, who.workspace, when)
    return planning.current_cycle(session, who.workspace, when)
