"""Schedules, and when each falls due in each zone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from domain.people import WorkspaceId
from domain.schedules import Schedule, ScheduleId
from storage.rows import new_id, run, upsert
from storage.tables import DueRow, ScheduleRow


def schedule(session: Session, workspace: WorkspaceId) -> Schedule | None:
    """The workspace's weekly check-in, once it has been set up."""
    row = session.exec(select(ScheduleRow).where(ScheduleRow.workspace == workspace)).first()
    return _schedule(row) if row else None


def keep(session: Session, workspace: WorkspaceId, schedule: Schedule) -> Schedule:
    """Remember the workspace's weekly check-in; it comes back with its id."""
    values = {"weekday": schedule.weekday, "at": schedule.at, "first": schedule.first}
    insert = upsert(session, ScheduleRow).values(workspace=workspace, ritual="check-in", **values)
    run(session, insert.on_conflict_do_update(index_elements=["workspace", "ritual"], set_=values))
    row = session.exec(select(ScheduleRow).where(ScheduleRow.workspace == workspace)).one()
    session.refresh(row)
    return _schedule(row)


def due(session: Session, now: datetime, at_most: int) -> list[tuple[WorkspaceId, Schedule, str]]:
    """The schedules and zones whose time has come, the longest waiting first."""
    query = (
        select(DueRow, ScheduleRow)
        .join(ScheduleRow, col(ScheduleRow.id) == col(DueRow.schedule))
        .where(col(DueRow.next_at) <= now)
        .order_by(col(DueRow.next_at))
        .limit(at_most)
    )
    return [(WorkspaceId(row.workspace), _schedule(ritual), row.zone) for row, ritual in session.exec(query)]


def next_due(session: Session) -> datetime | None:
    """The next instant at which anything at all falls due."""
    row = session.exec(select(DueRow).order_by(col(DueRow.next_at)).limit(1)).first()
    return row.next_at if row else None


def keep_due(session: Session, workspace: WorkspaceId, schedule: ScheduleId, zone: str, at: datetime) -> None:
    """Remember when a schedule next falls due in a zone."""
    row = {"schedule": schedule, "zone": zone, "workspace": workspace, "next_at": at}
    insert = upsert(session, DueRow).values(row)
    run(session, insert.on_conflict_do_update(index_elements=["schedule", "zone"], set_={"next_at": at}))


def zones_without(session: Session, schedule: ScheduleId, zones: Collection[str]) -> list[str]:
    """Those of the zones in which the schedule is not yet planned."""
    query = select(DueRow.zone).where(DueRow.schedule == schedule, col(DueRow.zone).in_(zones))
    planned = {str(zone) for zone in session.exec(query)}
    return sorted(set(zones) - planned)


def forget_dues(session: Session, schedule: ScheduleId) -> None:
    """Forget when it was to fall due: it has another hour now, and is planned anew."""
    run(session, delete(DueRow).where(col(DueRow.schedule) == schedule))


def _schedule(row: ScheduleRow) -> Schedule:
    return Schedule(ScheduleId(new_id(row)), row.weekday, row.at, row.first)
