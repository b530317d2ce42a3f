"""The changes of objectives and key results, as they are remembered."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.changes import Change, What
from domain.objectives import KeyResultId, ObjectiveId, Stage
from domain.people import MemberId, WorkspaceId
from storage.prepared import Prepared
from storage.rows import Unsearched, among, columns, listed, rows, run
from storage.tables import ChangeRow, KeyResultRow, ObjectiveRow, UpdateRow

_CHANGE, _OBJECTIVE, _KEY_RESULT = columns(ChangeRow), columns(ObjectiveRow), columns(KeyResultRow)
_UPDATE = columns(UpdateRow)
_WHOLE = (
    sa.select(
        _CHANGE.objective,
        _CHANGE.what,
        _CHANGE.before,
        _CHANGE.after,
        _CHANGE.made_by,
        _CHANGE.at,
        _CHANGE.key_result,
        _CHANGE.why,
    )
    .where(_CHANGE.workspace == bindparam("workspace"))
    .order_by(_CHANGE.id)
)
_OF_OBJECTIVE = Prepared(_WHOLE.where(_CHANGE.objective == bindparam("objective")))
_OF_KEY_RESULT = Prepared(_WHOLE.where(_CHANGE.key_result == bindparam("key_result")))
_OF_OBJECTIVES = Prepared(_WHOLE.where(among(_CHANGE.objective, "ids")))
_SET = Prepared(
    sa.select(sa.null(), _OBJECTIVE.created_by, _OBJECTIVE.created_at)
    .where(_OBJECTIVE.workspace == bindparam("workspace"), _OBJECTIVE.id == bindparam("objective"))
    .union_all(
        sa.select(
            _KEY_RESULT.id, _KEY_RESULT.created_by, sa.func.coalesce(_KEY_RESULT.set_at, _KEY_RESULT.created_at)
        ).where(
            Unsearched(_KEY_RESULT.workspace) == bindparam("workspace"), _KEY_RESULT.objective == bindparam("objective")
        )
    )
)
_PROPOSED = Prepared(
    sa.select(_CHANGE.key_result, _CHANGE.made_by)
    .where(Unsearched(_CHANGE.workspace) == bindparam("workspace"), among(_CHANGE.key_result, "ids"))
    .where(_CHANGE.what == What.STAGE.value, _CHANGE.after == Stage.PROPOSED.value, _CHANGE.made_by.is_not(None))
    .order_by(_CHANGE.id)
)
_TELLING = [each.value for each in (What.STATUS, What.MEASURE, What.TARGET, What.VALUE, What.STAGE, What.ARCHIVED)]
_DEEDS = (
    sa.select(_CHANGE.key_result, _CHANGE.at)
    .where(
        Unsearched(_CHANGE.workspace) == bindparam("workspace"),
        among(_CHANGE.key_result, "ids"),
        _CHANGE.what.in_(_TELLING),
    )
    .union_all(
        sa.select(_UPDATE.key_result, sa.func.coalesce(_UPDATE.undone_at, _UPDATE.at)).where(
            Unsearched(_UPDATE.workspace) == bindparam("workspace"), among(_UPDATE.key_result, "ids")
        )
    )
    .subquery()
)
_TOUCHED = Prepared(
    sa.select(_DEEDS.c.key_result, sa.func.max(_DEEDS.c.at, type_=_CHANGE.at.type)).group_by(_DEEDS.c.key_result)
)
_RECORD = Prepared(sa.insert(_CHANGE.id.table))


def record(session: Session, workspace: WorkspaceId, *changes: Change) -> None:
    """Add to the history of objectives and key results."""
    each = [
        {
            "workspace": workspace,
            "objective": change.objective,
            "key_result": change.key_result,
            "what": change.what.value,
            "before": change.before,
            "after": change.after,
            "why": change.why,
            "made_by": change.by,
            "at": change.at,
        }
        for change in changes
    ]
    if each:
        run(session, _RECORD, *each)


def of_objective(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> list[Change]:
    """Every change of an objective and of its key results, oldest first."""
    return [_change(*row) for row in rows(session, _OF_OBJECTIVE, workspace=workspace, objective=id)]


def of_key_result(session: Session, workspace: WorkspaceId, id: KeyResultId) -> list[Change]:
    """Every change of a key result, oldest first."""
    return [_change(*row) for row in rows(session, _OF_KEY_RESULT, workspace=workspace, key_result=id)]


def of_objectives(session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]) -> list[Change]:
    """Every change of these objectives and of their key results, oldest first."""
    found = rows(session, _OF_OBJECTIVES, workspace=workspace, ids=listed(ids)) if ids else []
    return [_change(*row) for row in found]


def touched(session: Session, workspace: WorkspaceId, ids: Collection[KeyResultId]) -> dict[KeyResultId, datetime]:
    """When anything was last done to each of these that its status follows from: an update, also when it was taken
    back, or a change. Those to which nothing was done since they were set are left out.
    """
    found = rows(session, _TOUCHED, workspace=workspace, ids=listed(ids)) if ids else []
    return {KeyResultId(kr): at for kr, at in found}


def set_by(
    session: Session, workspace: WorkspaceId, id: ObjectiveId
) -> dict[KeyResultId | None, tuple[MemberId, datetime]]:
    """Who set each key result of an objective and when, declined and archived ones too; under None the objective."""
    found = rows(session, _SET, workspace=workspace, objective=id)
    return {KeyResultId(kr) if kr else None: (MemberId(by), at) for kr, by, at in found}


def proposers(
    session: Session, workspace: WorkspaceId, key_results: Collection[KeyResultId]
) -> dict[KeyResultId, MemberId]:
    """Who proposed each of these key results, the last time that somebody did."""
    found = rows(session, _PROPOSED, workspace=workspace, ids=listed(key_results)) if key_results else []
    return {KeyResultId(kr): MemberId(by) for kr, by in found}


def _change(
    objective: int,
    what: str,
    before: str,
    after: str,
    by: int | None,
    at: datetime,
    key_result: int | None,
    why: str,
) -> Change:
    return Change(
        objective=ObjectiveId(objective),
        what=What(what),
        before=before,
        after=after,
        by=MemberId(by) if by else None,
        at=at,
        key_result=KeyResultId(key_result) if key_result else None,
        why=why,
    )
