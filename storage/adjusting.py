"""Cycles that become otherwise, as it is remembered: what changed of each and by whom."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.adjusting import CycleChange, Part
from domain.cycles import Cycle, CycleId
from domain.people import MemberId, WorkspaceId
from storage.cycles import AT_ONCE, WHOLE, met
from storage.prepared import Prepared
from storage.rows import columns, rows, run
from storage.tables import CycleChangeRow, CycleRow, KeyResultRow, ObjectiveRow, UpdateRow

_CYCLE, _CHANGE, _OBJECTIVE = columns(CycleRow), columns(CycleChangeRow), columns(ObjectiveRow)
_KEY_RESULT, _UPDATE = columns(KeyResultRow), columns(UpdateRow)

_ADJUST = Prepared(
    sa.update(_CYCLE.id.table)
    .where(_CYCLE.workspace == bindparam("its_workspace"), _CYCLE.id == bindparam("its_id"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "starts", "ends", "closes", "next_at")})
)
_RECORD = Prepared(sa.insert(_CHANGE.id.table))
_HISTORY = Prepared(
    sa.select(_CHANGE.cycle, _CHANGE.what, _CHANGE.before, _CHANGE.after, _CHANGE.made_by, _CHANGE.at)
    .where(_CHANGE.workspace == bindparam("workspace"), _CHANGE.cycle == bindparam("cycle"))
    .order_by(_CHANGE.id.desc())
    .limit(bindparam("at_most"))
)
_ONCE_CALLED = Prepared(
    sa.select(*WHOLE)
    .join(_CHANGE.id.table, _CHANGE.cycle == _CYCLE.id)
    .where(_CYCLE.workspace == bindparam("workspace"), _CHANGE.what == Part.NAME.value)
    .where(_CHANGE.before == bindparam("name"))
    .order_by(_CHANGE.id.desc())
    .limit(1)
)
_FIRST_SAID = Prepared(
    sa.select(sa.func.min(_UPDATE.at))
    .join(_KEY_RESULT.id.table, _KEY_RESULT.id == _UPDATE.key_result)
    .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
    .where(_OBJECTIVE.workspace == bindparam("workspace"), _OBJECTIVE.cycle == bindparam("cycle"))
    .where(_UPDATE.undone_at.is_(None), _UPDATE.at >= bindparam("since"))
)
_PUT_INTO = Prepared(
    sa.update(_OBJECTIVE.id.table)
    .where(_OBJECTIVE.workspace == bindparam("its_workspace"), _OBJECTIVE.cycle == bindparam("its_cycle"))
    .values(cycle=bindparam("other"))
)
_FORGET = Prepared(
    sa.delete(_CHANGE.id.table).where(
        _CHANGE.workspace == bindparam("its_workspace"), _CHANGE.cycle == bindparam("its_id")
    )
)
_REMOVE = Prepared(
    sa.delete(_CYCLE.id.table).where(_CYCLE.workspace == bindparam("its_workspace"), _CYCLE.id == bindparam("its_id"))
)


def adjust(session: Session, workspace: WorkspaceId, cycle: Cycle) -> None:
    """Keep the cycle's name and days; what they ask for is looked at anew."""
    period = cycle.period
    new = {"name": period.name, "starts": period.starts, "ends": period.ends, "closes": cycle.closes}
    values = {f"new_{name}": value for name, value in (new | {"next_at": AT_ONCE}).items()}
    run(session, _ADJUST, its_workspace=workspace, its_id=cycle.id, **values)


def record(session: Session, workspace: WorkspaceId, *changes: CycleChange) -> None:
    """Add to the history of a cycle."""
    each = [
        {
            "workspace": workspace,
            "cycle": change.cycle,
            "what": change.part.value,
            "before": change.before,
            "after": change.after,
            "made_by": change.by,
            "at": change.at,
        }
        for change in changes
    ]
    if each:
        run(session, _RECORD, *each)


def history(session: Session, workspace: WorkspaceId, cycle: CycleId, at_most: int) -> list[CycleChange]:
    """The latest changes of a cycle, the last first."""
    found = rows(session, _HISTORY, workspace=workspace, cycle=cycle, at_most=at_most)
    return [CycleChange(CycleId(id), Part(what), then, now, MemberId(by), at) for id, what, then, now, by, at in found]


def once_called(session: Session, workspace: WorkspaceId, name: str) -> Cycle | None:
    """The cycle that was called so last, before it got another name: forms and messages still say the old one."""
    return next((met(*row) for row in rows(session, _ONCE_CALLED, workspace=workspace, name=name)), None)


def first_said(session: Session, workspace: WorkspaceId, cycle: CycleId, since: datetime) -> datetime | None:
    """The instant of the first check-in of anything in a cycle from then on, those taken back left out."""
    found: datetime | None = rows(session, _FIRST_SAID, workspace=workspace, cycle=cycle, since=since)[0][0]
    return found


def put_into(session: Session, workspace: WorkspaceId, cycle: Cycle, other: Cycle) -> None:
    """Let everything that is in a cycle be in another one."""
    run(session, _PUT_INTO, its_workspace=workspace, its_cycle=cycle.id, other=other.id)


def remove(session: Session, workspace: WorkspaceId, cycle: Cycle) -> None:
    """Forget a cycle, in which there is nothing, with its history."""
    for each in (_FORGET, _REMOVE):
        run(session, each, its_workspace=workspace, its_id=cycle.id)
