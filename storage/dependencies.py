"""What key results need of other teams, as it is remembered."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.dependencies import Dependency, DependencyId
from domain.objectives import Answered, KeyResult, KeyResultId
from domain.people import Member, Team, WorkspaceId
from domain.references import Prefix, Reference
from storage import objectives, people, teams
from storage.prepared import Plain, Prepared
from storage.rows import columns, new_id, next_number, rows, run
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
).where(_DEPENDENCY.workspace == bindparam("workspace"))
_BY_ID = Prepared(_WHOLE.where(_DEPENDENCY.id == bindparam("id")))
_BY_NUMBER = Prepared(_WHOLE.where(_DEPENDENCY.number == bindparam("number")))
_SETTLE = Prepared(
    sa.update(_DEPENDENCY.id.table)
    .where(_DEPENDENCY.id == bindparam("settled"))
    .values({name: bindparam(name) for name in ("state", "answered_by", "answered_at", "answer")})
)


def dependency(session: Session, workspace: WorkspaceId, which: Reference | DependencyId) -> Dependency | None:
    """One dependency by its reference or its id, with its key result, its objective and the team that is asked."""
    if isinstance(which, Reference):
        found = rows(session, _BY_NUMBER, workspace=workspace, number=which.number)
    else:
        found = rows(session, _BY_ID, workspace=workspace, id=which)
    return next((_dependency(session, workspace, row) for row in found), None)


def add(session: Session, kr: KeyResult, team: Team, words: str, by: Member, at: datetime) -> DependencyId:
    """Remember that a key result needs something of a team."""
    row = DependencyRow(
        workspace=by.workspace,
        number=next_number(session, by.workspace, Prefix.DEPENDENCY),
        key_result=kr.id,
        team=team.id,
        words=words,
        asked_by=by.id,
        asked_at=at,
    )
    session.add(row)
    session.flush()
    return DependencyId(new_id(row))


def settle(session: Session, id: DependencyId, state: Answered, words: str, by: Member, at: datetime) -> None:
    """Remember what the team has said to it."""
    run(session, _SETTLE, settled=id, state=state.value, answer=words, answered_by=by.id, answered_at=at)


def _dependency(session: Session, workspace: WorkspaceId, row: Plain) -> Dependency:
    id, number, key_result, team, words, asked_by, asked_at, state, answered_by, answer = row
    folk = people.by_id(session, workspace, filter(None, (asked_by, answered_by)))
    kr, objective = objectives.key_results(session, workspace, [KeyResultId(key_result)])[KeyResultId(key_result)]
    return Dependency(
        id=DependencyId(id),
        number=number,
        key_result=kr,
        objective=objective,
        team=teams.by_id(session, workspace, [team])[team],
        words=words,
        asked_by=folk[asked_by],
        asked_at=asked_at,
        state=Answered(state),
        answered_by=folk[answered_by] if answered_by else None,
        answer=answer,
    )
