"""Cycles, as they are remembered."""

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from domain.cycles import Cycle, CycleId, Period
from domain.people import WorkspaceId
from storage.prepared import Prepared
from storage.rows import columns, new_id, rows, run
from storage.tables import CycleRow

_CYCLE = columns(CycleRow)
_OPEN = Prepared(lambda insert: insert(CycleRow).on_conflict_do_nothing())
_FOUND = Prepared(
    sa.select(_CYCLE.id).where(_CYCLE.workspace == bindparam("workspace"), _CYCLE.starts == bindparam("starts"))
)

UNOPENED = CycleId(0)
"""The id of a cycle that nobody has put anything into yet."""


def opened(session: Session, workspace: WorkspaceId, period: Period) -> Cycle:
    """The workspace's cycle for this period, opened now if it was not."""
    run(session, _OPEN, workspace=workspace, name=period.name, starts=period.starts, ends=period.ends)
    return found(session, workspace, period)


def found(session: Session, workspace: WorkspaceId, period: Period) -> Cycle:
    """The workspace's cycle for this period, or an unopened one without anything in it."""
    id = next((id for (id,) in rows(session, _FOUND, workspace=workspace, starts=period.starts)), UNOPENED)
    return Cycle(CycleId(id), period)


def by_id(session: Session, workspace: WorkspaceId, ids: set[int]) -> dict[int, Cycle]:
    """The cycles with these ids."""
    query = select(CycleRow).where(CycleRow.workspace == workspace, col(CycleRow.id).in_(ids))
    return {new_id(r): Cycle(CycleId(new_id(r)), Period(r.name, r.starts, r.ends)) for r in session.exec(query)}
