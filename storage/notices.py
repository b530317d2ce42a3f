"""What a workspace does not offer, remembered until it is mended."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from domain.people import WorkspaceId
from storage.rows import run, upsert
from storage.tables import NoticeRow


def keep(session: Session, workspace: WorkspaceId, topic: str, detail: str, at: datetime) -> bool:
    """Remember it; whether it is new."""
    row = {"workspace": workspace, "topic": topic, "detail": detail, "noticed_at": at}
    return run(session, upsert(session, NoticeRow).values(row).on_conflict_do_nothing()) == 1


def mended(session: Session, workspace: WorkspaceId, topic: str) -> None:
    """Forget it."""
    run(session, delete(NoticeRow).where(col(NoticeRow.workspace) == workspace, col(NoticeRow.topic) == topic))


def all_of(session: Session, workspace: WorkspaceId) -> list[tuple[str, str, datetime]]:
    """Every topic with its detail and since when, oldest first."""
    query = select(NoticeRow).where(NoticeRow.workspace == workspace).order_by(col(NoticeRow.noticed_at))
    return [(row.topic, row.detail, row.noticed_at) for row in session.exec(query)]
