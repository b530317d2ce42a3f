"""Cycles, as they are remembered."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.cycles import CLOSING, Cycle, CycleId, Period
from domain.objectives import Stage, Visibility
from domain.people import WorkspaceId
from storage.prepared import Prepared
from storage.rows import among, columns, listed, rows, run
from storage.tables import CycleRow, ObjectiveRow, TeamRow, WorkspaceRow

_CYCLE, _WORKSPACE = columns(CycleRow), columns(WorkspaceRow)
_TEAM, _OBJECTIVE = columns(TeamRow), columns(ObjectiveRow)

AT_ONCE = datetime(2026, 1, 1, tzinfo=UTC)
"""When a cycle that was just opened is looked at: long ago, and so as soon as it can be."""
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
_THIS = sa.update(_CYCLE.id.table).where(_CYCLE.id == bindparam("its_id"))
_STEP = {name: Prepared(_THIS.values({name: bindparam("at")})) for name in ("closing_at", "closed_at", "next_at")}
_SET_UP = sa.and_(_WORKSPACE.id == _CYCLE.workspace, _WORKSPACE.set_up_at.is_not(None))
_DUE = Prepared(
    sa.select(_CYCLE.workspace, *WHOLE)
    .join(_WORKSPACE.id.table, _SET_UP)
    .where(_CYCLE.next_at <= bindparam("now"))
    .order_by(_CYCLE.next_at, _CYCLE.id)
    .limit(bindparam("at_most"))
)
_NEXT_DUE = Prepared(sa.select(sa.func.min(_CYCLE.next_at)).join(_WORKSPACE.id.table, _SET_UP))
_NOT_OVER = Prepared(
    _HERE.where(_CYCLE.closed_at.is_(None))
    .where(sa.func.coalesce(_CYCLE.closes, _CYCLE.ends) >= bindparam("day"))
    .order_by(_CYCLE.starts, _CYCLE.ends)
)
_TEAMS = Prepared(
    sa.select(
        _TEAM.name,
        sa.exists()
        .where(_OBJECTIVE.team == _TEAM.id, _OBJECTIVE.cycle == bindparam("cycle"), _OBJECTIVE.archived_at.is_(None))
        .where(_OBJECTIVE.visibility == Visibility.EVERYONE.value)
        .where(_OBJECTIVE.stage.in_([Stage.PROPOSED.value, Stage.AGREED.value])),
    )
    .where(_TEAM.workspace == bindparam("workspace"), _TEAM.archived_at.is_(None))
    .order_by(_TEAM.name)
)

UNOPENED = CycleId(0)
"""The id of a cycle that nobody has put anything into yet."""


def runs_on(day: str) -> sa.ColumnElement[bool]:
    """Whether a cycle runs on the day that is given under this name, and nobody has closed it."""
    return sa.and_(_CYCLE.starts <= bindparam(day), _CYCLE.ends >= bindparam(day), _CYCLE.closed_at.is_(None))


def begun_and_not_over(day: str, scored_on: str) -> sa.ColumnElement[bool]:
    """Whether a cycle has begun on the day that is given under the one name, and may still be scored on the other.

    Where it does not say until when, it is scored for a while after its end: so long before the day is the other one.
    """
    scored_until = sa.func.coalesce(_CYCLE.closes, _CYCLE.ends)
    return sa.and_(_CYCLE.starts <= bindparam(day), scored_until >= bindparam(scored_on), _CYCLE.closed_at.is_(None))


_RUNNING = Prepared(_HERE.where(runs_on("day")))


def opened(session: Session, workspace: WorkspaceId, period: Period, closes: date | None = None) -> Cycle:
    """The workspace's cycle of this name, opened now if it was not; `closes` is the last day for scoring it."""
    values = {"name": period.name, "starts": period.starts, "ends": period.ends, "closes": closes, "next_at": AT_ONCE}
    run(session, _OPEN, workspace=workspace, **values)
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


def not_over(session: Session, workspace: WorkspaceId, day: date) -> list[Cycle]:
    """The cycles that are planned, run or are being scored on this day, the backlog too, the earliest first."""
    found = [met(*row) for row in rows(session, _NOT_OVER, workspace=workspace, day=day - CLOSING)]
    return [cycle for cycle in found if not cycle.is_closed(day)]


def begin_closing(session: Session, cycle: Cycle, at: datetime | None) -> None:
    """Remember that somebody has begun to close it, or with None that it runs on."""
    run(session, _STEP["closing_at"], its_id=cycle.id, at=at)


def close(session: Session, cycle: Cycle, at: datetime | None) -> None:
    """Remember that somebody has closed it, or with None that it is open again."""
    run(session, _STEP["closed_at"], its_id=cycle.id, at=at)


def due(session: Session, now: datetime, at_most: int) -> list[tuple[WorkspaceId, Cycle]]:
    """The cycles to look at by now, where Cairn is set up, the longest waiting first."""
    found = rows(session, _DUE, now=now, at_most=at_most)
    return [(WorkspaceId(workspace), met(*cycle)) for workspace, *cycle in found]


def next_due(session: Session) -> datetime | None:
    """The next instant at which a cycle is to be looked at, where Cairn is set up."""
    found: datetime | None = rows(session, _NEXT_DUE)[0][0]
    return found


def look_again(session: Session, cycle: Cycle, at: datetime | None) -> None:
    """Look at it again then, or with None never."""
    run(session, _STEP["next_at"], its_id=cycle.id, at=at)


def teams_in(session: Session, workspace: WorkspaceId, cycle: CycleId) -> list[tuple[str, bool]]:
    """Every team by its name, and whether it has an objective in the cycle that everybody may know of."""
    found = rows(session, _TEAMS, workspace=workspace, cycle=cycle)
    return [(name, bool(has_any)) for name, has_any in found]


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
