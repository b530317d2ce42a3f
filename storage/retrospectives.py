"""Retrospectives, as they are remembered: what each is about, and how far it has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam, literal
from sqlmodel import Session

from domain.cycles import CycleId
from domain.objectives import Level, ObjectiveId, Stage, Visibility
from domain.people import TeamId, WorkspaceId
from domain.references import Prefix, Reference
from storage.outbox import ROW as OUTBOX
from storage.prepared import Prepared
from storage.rows import among, columns, listed, rows, run
from storage.tables import ObjectiveRow, RetrospectiveRow, TeamMemberRow, TeamRow

_OBJECTIVE, _TALK = columns(ObjectiveRow), columns(RetrospectiveRow)
_TEAM, _PLACE = columns(TeamRow), columns(TeamMemberRow)

_ONLY_TEAM = (
    sa.select(sa.func.min(_PLACE.team))
    .join(_TEAM.id.table, sa.and_(_TEAM.id == _PLACE.team, _TEAM.archived_at.is_(None)))
    .where(_PLACE.member == _OBJECTIVE.owner)
    .having(sa.func.count() == 1)
    .correlate(_OBJECTIVE.id.table)
    .scalar_subquery()
)
"""The team of an objective's owner, if they are in exactly one."""

_ABOUT = sa.case(
    (_OBJECTIVE.level == Level.COMPANY.value, sa.null()),
    (_OBJECTIVE.team.is_not(None), _OBJECTIVE.team),
    else_=_ONLY_TEAM,
)
"""Whose retrospective an objective belongs in: a team's; none for the company's."""

_COUNTED = sa.and_(
    _OBJECTIVE.archived_at.is_(None),
    _OBJECTIVE.stage == Stage.AGREED.value,
    _OBJECTIVE.visibility == Visibility.EVERYONE.value,
)
"""What a retrospective speaks of: never what only some may know of."""

_TALKED_ABOUT = sa.and_(
    _OBJECTIVE.workspace == bindparam("workspace"),
    _OBJECTIVE.cycle == bindparam("cycle"),
    _COUNTED,
)
_EACH = sa.select(_ABOUT.label("about"), _OBJECTIVE.score).where(_TALKED_ABOUT).subquery("each_one")
_GROUPS = Prepared(sa.select(_EACH.c.about, sa.func.count(), sa.func.count(_EACH.c.score)).group_by(_EACH.c.about))
_AMONG = Prepared(
    sa.select(_OBJECTIVE.id)
    .where(_TALKED_ABOUT, sa.func.coalesce(_ABOUT, 0) == bindparam("team", type_=sa.Integer))
    .order_by(_OBJECTIVE.number)
)
_WHOSE = Prepared(
    sa.select(_ABOUT).where(_OBJECTIVE.workspace == bindparam("workspace"), _OBJECTIVE.id == bindparam("objective"))
)
_BEGIN = Prepared(lambda insert: insert(RetrospectiveRow).on_conflict_do_nothing())
_TALKS = sa.select(_TALK.id, _TALK.workspace, _TALK.cycle, _TALK.team, _TALK.place, _TALK.key)
_OF_CYCLE = _TALKS.where(_TALK.workspace == bindparam("workspace"), _TALK.cycle == bindparam("cycle")).order_by(
    _TALK.id
)
_OF = Prepared(_OF_CYCLE)
_BEGUN = Prepared(_OF_CYCLE.where(sa.func.coalesce(_TALK.team, 0) == bindparam("team", type_=sa.Integer)))
_SAID, _ANSWER = OUTBOX.alias("said").c, OUTBOX.alias("answer").c
_UNTOLD = Prepared(
    sa.select(*_TALKS.selected_columns, _SAID.ts)
    .join_from(
        _TALK.id.table,
        _SAID.id.table,
        sa.and_(_SAID.workspace == _TALK.workspace, _SAID.key == _TALK.key, _SAID.ts.is_not(None)),
    )
    .where(_TALK.told_at.is_(None), _TALK.begun_at > bindparam("since"))
    .order_by(_TALK.id)
    .limit(bindparam("at_most"))
)
_ANSWERED = (
    sa.exists()
    .where(_ANSWER.workspace == _TALK.workspace)
    .where(_ANSWER.key == _TALK.key + literal(" O-") + sa.cast(_OBJECTIVE.number, sa.String))
)
_UNSAID = Prepared(
    sa.select(_TALK.id, _OBJECTIVE.id, _OBJECTIVE.number)
    .join_from(
        _TALK.id.table,
        _OBJECTIVE.id.table,
        sa.and_(
            _OBJECTIVE.workspace == _TALK.workspace,
            _OBJECTIVE.cycle == _TALK.cycle,
            _COUNTED,
            sa.func.coalesce(_ABOUT, 0) == sa.func.coalesce(_TALK.team, 0),
        ),
    )
    .where(among(_TALK.id, "talks"), ~_ANSWERED)
    .order_by(_TALK.id, _OBJECTIVE.number)
    .limit(bindparam("at_most"))
)
_TOLD = Prepared(sa.update(_TALK.id.table).where(among(_TALK.id, "ids")).values(told_at=bindparam("at")))


@dataclass(frozen=True, slots=True)
class Retrospective:
    """A thread about what became of a team's objectives, or without a team the company's; `key` is its beginning's."""

    id: int
    workspace: WorkspaceId
    cycle: CycleId
    team: TeamId | None
    place: str
    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """A team's objectives of a cycle, or without a team the company's: how many there are, how many have a score."""

    team: TeamId | None
    objectives: int
    scored: int


def groups(session: Session, workspace: WorkspaceId, cycle: CycleId) -> list[Group]:
    """The cycle's objectives that everybody may know of, by team; the company's are a group of their own."""
    found = rows(session, _GROUPS, workspace=workspace, cycle=cycle)
    return [Group(TeamId(team) if team else None, every, scored) for team, every, scored in found]


def about(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> TeamId | None:
    """Whose retrospective an objective belongs in: its team's, else that of the one team that its owner is in.

    None for the company's, where its owner is in no team or in several.
    """
    return next((TeamId(team) for (team,) in rows(session, _WHOSE, workspace=workspace, objective=id) if team), None)


def talked_about(session: Session, workspace: WorkspaceId, cycle: CycleId, team: TeamId | None) -> list[ObjectiveId]:
    """The cycle's objectives that a retrospective is about, by number: never one that only some may know of."""
    found = rows(session, _AMONG, workspace=workspace, cycle=cycle, team=team or 0)
    return [ObjectiveId(id) for (id,) in found]


def begun(session: Session, workspace: WorkspaceId, cycle: CycleId, team: TeamId | None) -> list[Retrospective]:
    """The retrospectives about a team, or without one about the company, that were begun, wherever they are held."""
    return [Retrospective(*row) for row in rows(session, _BEGUN, workspace=workspace, cycle=cycle, team=team or 0)]


def of(session: Session, workspace: WorkspaceId, cycle: CycleId) -> list[Retrospective]:
    """Every retrospective of a cycle that was begun, wherever it is held."""
    return [Retrospective(*row) for row in rows(session, _OF, workspace=workspace, cycle=cycle)]


def begin(
    session: Session, workspace: WorkspaceId, cycle: CycleId, team: TeamId | None, place: str, key: str, at: datetime
) -> bool:
    """Remember that a retrospective is begun; whether it was not before."""
    values = {"cycle": cycle, "team": team, "place": place, "key": key, "begun_at": at, "told_at": None}
    return run(session, _BEGIN, workspace=workspace, **values) == 1


def untold(session: Session, since: datetime, at_most: int) -> list[tuple[Retrospective, str]]:
    """Retrospectives begun since then, and said, whose answers are not all planned yet, everywhere, the oldest first;
    each with the `ts` of its beginning.
    """
    found = rows(session, _UNTOLD, since=since, at_most=at_most)
    return [(Retrospective(*talk), ts) for *talk, ts in found]


def unsaid(session: Session, talks: Collection[int], at_most: int) -> list[tuple[int, ObjectiveId, Reference]]:
    """The next objectives that these retrospectives have yet to speak of, by retrospective and by number."""
    found = rows(session, _UNSAID, talks=listed(talks), at_most=at_most)
    return [(talk, ObjectiveId(id), Reference(Prefix.OBJECTIVE, number)) for talk, id, number in found]


def told(session: Session, talks: Collection[int], at: datetime) -> None:
    """Remember that the answers of these are all planned."""
    run(session, _TOLD, ids=listed(talks), at=at)
