"""Cycles, as they are remembered."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.cycles import Cycle, CycleId, Period
from domain.people import WorkspaceId
from storage.prepared import Prepared
from storage.rows import among, columns, listed, rows, run
from storage.tables import CycleRow

_CYCLE = columns(CycleRow)
WHOLE = (
    _CYCLE.id,
    _CYCLE.name,
    _CYCLE.starts,
    _CYCLE.ends,
    _CYCLE.closes,
    _CYCLE.closing_at,
    _CYCLE.closed_at,
)
"""The columns of a cycle: what `met` takes."""

_HERE = sa.select(*WHOLE).where(_CYCLE.workspace == bindparam("workspace"))
_OPEN = Prepared(lambda insert: insert(CycleRow).on_conflict_do_nothing())
_FOUND = Prepared(_HERE.where(_CYCLE.name == bindparam("name")))
_BY_ID = Prepared(_HERE.where(among(_CYCLE.id, "ids")))
_ALL = Prepared(_HERE.order_by(_CYCLE.starts.desc(), _CYCLE.ends))

UNOPENED = CycleId(0)
"""The id of a cycle that nobody has put anything into yet."""


def runs_on(day: str) -> sa.ColumnElement[bool]:
    """Whether a cycle runs on the day that is given under this name, and nobody has closed it."""
    return sa.and_(_CYCLE.starts <= bindparam(day), _CYCLE.ends >= bindparam(day), _CYCLE.closed_at.is_(None))


_RUNNING = Prepared(_HERE.where(runs_on("day")))


def opened(session: Session, workspace: WorkspaceId, period: Period, closes: date | None = None) -> Cycle:
    """The workspace's cycle of this name, opened now if it was not; `closes` is the last day for scoring it."""
    run(session, _OPEN, workspace=workspace, name=period.name, starts=period.starts, ends=period.ends, closes=closes)
    return found(session, workspace, period)


def found(session: Session, workspace: WorkspaceId, period: Period) -> Cycle:
    """The workspace's cycle of this name, or an unopened one without anything in it."""
    return named(session, workspace, period.name) or Cycle(UNOPENED, period)


def named(session: Session, workspace: WorkspaceId, name: str) -> Cycle | None:
    """The workspace's cycle of this name, if it was ever opened."""
    return next((met(*row) for row in rows(session, _FOUND, workspace=workspace, name=name)), None)


def running(session: Session, workspace: WorkspaceId, day: date) -> list[Cycle]:
    """The cycles that run on this day and are not closed."""
    return [met(*row) for row in rows(session, _RUNNING, workspace=workspace, day=day)]


def all_of(session: Session, workspace: WorkspaceId) -> list[Cycle]:
    """Every cycle of the workspace, the latest first."""
    return [met(*row) for row in rows(session, _ALL, workspace=workspace)]


def by_id(session: Session, workspace: WorkspaceId, ids: set[int]) -> dict[int, Cycle]:
    """The cycles with these ids."""
    found = rows(session, _BY_ID, workspace=workspace, ids=listed(ids)) if ids else []
    return {row[0]: met(*row) for row in found}


def met(
    id: int,
    name: str,
    starts: date,
    ends: date,
    closes: date | None,
    closing_at: datetime | None,
    closed_at: datetime | None,
) -> Cycle:
    """A cycle, of its columns."""
    return Cycle(CycleId(id), Period(name, starts, ends), closes, closing_at is not None, closed_at is not None)
