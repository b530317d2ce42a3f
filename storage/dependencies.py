"""What key results need of other teams, as it is remembered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.dependencies import Dependency, DependencyId
from domain.objectives import Answered, KeyResult, KeyResultId, Objective
from domain.people import Member, MemberId, Team, TeamId, WorkspaceId
from domain.references import Prefix, Reference
from storage import key_results, people, teams
from storage.prepared import Plain, Prepared
from storage.rows import among, columns, listed, new_id, next_number, rows, run
from storage.tables import DependencyRow

_DEPENDENCY = columns(DependencyRow)
_WHOLE = sa.select(
    _DEPENDENCY.id,
    _DEPENDENCY.number,
    _DEPENDENCY.key_result,
    _DEPENDENCY.team,
    _DEPENDENCY.words,
    _DEPENDENCY.asked_by,
    _DEPENDENCY.asked_at,
    _DEPENDENCY.state,
    _DEPENDENCY.answered_by,
    _DEPENDENCY.answer,
    _DEPENDENCY.answered_at,
).where(_DEPENDENCY.workspace == bindparam("workspace"))
_BY_ID = Prepared(_WHOLE.where(_DEPENDENCY.id == bindparam("id")))
_BY_NUMBER = Prepared(_WHOLE.where(_DEPENDENCY.number == bindparam("number")))
_UNANSWERED = Prepared(
    _WHOLE.where(among(_DEPENDENCY.team, "teams"), _DEPENDENCY.state == Answered.ASKED.value)
    .order_by(_DEPENDENCY.number.desc())
    .limit(bindparam("at_most"))
)
_ASKED_BY = Prepared(
    _WHOLE.where(_DEPENDENCY.asked_by == bindparam("asker"), _DEPENDENCY.state != Answered.WITHDRAWN.value)
    .order_by(_DEPENDENCY.number.desc())
    .limit(bindparam("at_most"))
)
_NEXT = Prepared(
    _WHOLE.where(_DEPENDENCY.number > bindparam("after"))
    .order_by(_DEPENDENCY.number)
    .limit(bindparam("at_most", type_=sa.Integer))
)
_OF_ONE = Prepared(
    _WHOLE.where(
        _DEPENDENCY.key_result == bindparam("key_result"),
        _DEPENDENCY.team == bindparam("team"),
        _DEPENDENCY.state.in_([Answered.ASKED.value, Answered.CONFIRMED.value]),
    ).order_by(_DEPENDENCY.number)
)
_STANDING = Prepared(
    _WHOLE.where(
        among(_DEPENDENCY.key_result, "key_results"),
        _DEPENDENCY.state.in_([Answered.ASKED.value, Answered.CONFIRMED.value]),
    ).order_by(_DEPENDENCY.number)
)
_DUE = Prepared(
    sa.select(_DEPENDENCY.workspace, _DEPENDENCY.id, _DEPENDENCY.next_at)
    .where(_DEPENDENCY.next_at <= bindparam("now"))
    .order_by(_DEPENDENCY.next_at, _DEPENDENCY.id)
    .limit(bindparam("at_most"))
)
_NEXT_DUE = Prepared(sa.select(sa.func.min(_DEPENDENCY.next_at)))
_THIS = sa.update(_DEPENDENCY.id.table).where(_DEPENDENCY.id == bindparam("its_id"))
_SETTLE = Prepared(
    _THIS.values({name: bindparam(name) for name in ("state", "answered_by", "answered_at", "answer", "next_at")})
)
_LOOKED_AT = Prepared(_THIS.values(next_at=bindparam("next_at")))


def dependency(session: Session, workspace: WorkspaceId, which: Reference | DependencyId) -> Dependency | None:
    """One dependency by its reference or its id, with its key result, its objective and the team that is asked."""
    if isinstance(which, Reference):
        found = rows(session, _BY_NUMBER, workspace=workspace, number=which.number)
    else:
        found = rows(session, _BY_ID, workspace=workspace, id=which)
    return next(iter(_dependencies(session, workspace, found)), None)


def unanswered(session: Session, workspace: WorkspaceId, teams: Iterable[TeamId], at_most: int) -> list[Dependency]:
    """What these teams are asked and have not answered, the latest first."""
    found = rows(session, _UNANSWERED, workspace=workspace, teams=listed(teams), at_most=at_most)
    return _dependencies(session, workspace, found)


def asked_by(session: Session, workspace: WorkspaceId, who: MemberId, at_most: int) -> list[Dependency]:
    """What somebody has asked for and not taken back, answered or not, the latest first."""
    found = rows(session, _ASKED_BY, workspace=workspace, asker=who, at_most=at_most)
    return _dependencies(session, workspace, found)


def some(session: Session, workspace: WorkspaceId, after: int, at_most: int) -> list[Dependency]:
    """The next dependencies after a number, whatever became of them, the oldest first."""
    found = rows(session, _NEXT, workspace=workspace, after=after, at_most=at_most)
    return _dependencies(session, workspace, found)


def standing(session: Session, workspace: WorkspaceId, kr: KeyResultId, team: TeamId) -> list[Dependency]:
    """What a team is asked for, or has confirmed, for one key result, the oldest first."""
    return _dependencies(session, workspace, rows(session, _OF_ONE, workspace=workspace, key_result=kr, team=team))


def all_standing(session: Session, workspace: WorkspaceId, key_results: Iterable[KeyResultId]) -> list[Dependency]:
    """What any team is asked for, or has confirmed, for these key results, the oldest first."""
    found = rows(session, _STANDING, workspace=workspace, key_results=listed(key_results))
    return _dependencies(session, workspace, found)


def due(session: Session, now: datetime, at_most: int) -> list[tuple[WorkspaceId, DependencyId, datetime]]:
    """What is to be asked about once more by now, and since when, the longest waiting first."""
    found = rows(session, _DUE, now=now, at_most=at_most)
    return [(WorkspaceId(workspace), DependencyId(id), since) for workspace, id, since in found]


def next_due(session: Session) -> datetime | None:
    """The next instant at which something is to be asked about once more."""
    found: datetime | None = rows(session, _NEXT_DUE)[0][0]
    return found


def looked_at(session: Session, id: DependencyId) -> None:
    """Do not ask about it another time."""
    run(session, _LOOKED_AT, its_id=id, next_at=None)


def add(
    session: Session, kr: KeyResult, team: Team, words: str, by: Member, at: datetime, again: datetime | None = None
) -> DependencyId:
    """Remember that a key result depends on a team for something; `again` is when to ask once more."""
    row = DependencyRow(
        workspace=by.workspace,
        number=next_number(session, by.workspace, Prefix.DEPENDENCY),
        key_result=kr.id,
        team=team.id,
        words=words,
        asked_by=by.id,
        asked_at=at,
        next_at=again,
    )
    session.add(row)
    session.flush()
    return DependencyId(new_id(row))


def settle(session: Session, id: DependencyId, state: Answered, words: str, by: Member, at: datetime) -> None:
    """Remember what the team has said to it, or that it was taken back; nobody is asked once more."""
    values = {"state": state.value, "answer": words, "answered_by": by.id, "answered_at": at, "next_at": None}
    run(session, _SETTLE, its_id=id, **values)


def _dependencies(session: Session, workspace: WorkspaceId, found: Sequence[Plain]) -> list[Dependency]:
    """The dependencies in rows of `_WHOLE`: as many questions for a hundred as for one."""
    if not found:
        return []
    folk = people.by_id(session, workspace, {id for row in found for id in (row[5], row[8]) if id})
    parts = key_results.by_id(session, workspace, {KeyResultId(row[2]) for row in found})
    groups = teams.by_id(session, workspace, {row[3] for row in found})
    return [_dependency(folk, parts, groups, *row) for row in found]


def _dependency(
    folk: Mapping[int, Member],
    parts: Mapping[KeyResultId, tuple[KeyResult, Objective]],
    groups: Mapping[int, Team],
    id: int,
    number: int,
    key_result: int,
    team: int,
    words: str,
    asked_by: int,
    asked_at: datetime,
    state: str,
    answered_by: int | None,
    answer: str,
    answered_at: datetime | None,
) -> Dependency:
    kr, objective = parts[KeyResultId(key_result)]
    return Dependency(
        id=DependencyId(id),
        number=number,
        key_result=kr,
        objective=objective,
        team=groups[team],
        words=words,
        asked_by=folk[asked_by],
        asked_at=asked_at,
        state=Answered(state),
        answered_by=folk[answered_by] if answered_by else None,
        answer=answer,
        answered_at=answered_at,
    )
