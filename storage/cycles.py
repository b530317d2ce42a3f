"""Cycles, as they are remembered."""

from sqlmodel import Session, col, select

from domain.cycles import Cycle, CycleId, Period
from domain.people import WorkspaceId
from storage.rows import new_id, run, upsert
from storage.tables import CycleRow

UNOPENED = CycleId(0)
"""The id of a cycle that nobody has put anything into yet."""


def opened(session: Session, workspace: WorkspaceId, period: Period) -> Cycle:
    """The workspace's cycle for this period, opened now if it was not."""
    row = {"workspace": workspace, "name": period.name, "starts": period.starts, "ends": period.ends}
    run(session, upsert(session, CycleRow).values(row).on_conflict_do_nothing())
    return found(session, workspace, period)


def found(session: Session, workspace: WorkspaceId, period: Period) -> Cycle:
    """The workspace's cycle for this period, or an unopened one without anything in it."""
    query = select(CycleRow.id).where(CycleRow.workspace == workspace, CycleRow.starts == period.starts)
    return Cycle(CycleId(session.exec(query).first() or UNOPENED), period)


def by_id(session: Session, workspace: WorkspaceId, ids: set[int]) -> dict[int, Cycle]:
    """The cycles with these ids."""
    query = select(CycleRow).where(CycleRow.workspace == workspace, col(CycleRow.id).in_(ids))
    return {new_id(r): Cycle(CycleId(new_id(r)), Period(r.name, r.starts, r.ends)) for r in session.exec(query)}
