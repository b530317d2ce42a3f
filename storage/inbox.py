"""What has been heard from Slack and has had its effect."""

from datetime import datetime

from sqlalchemy import delete, tuple_
from sqlmodel import Session, col, select

from domain.people import WorkspaceId
from storage.prepared import Prepared
from storage.rows import run
from storage.tables import InboxRow

_HEAR = Prepared(lambda insert: insert(InboxRow).on_conflict_do_nothing())


def first_time(session: Session, workspace: WorkspaceId, identity: str, now: datetime) -> bool:
    """Whether this delivery has not been heard before; from now on it has, if the transaction holds."""
    return run(session, _HEAR, workspace=workspace, identity=identity, heard_at=now) == 1


def forget(session: Session, before: datetime, at_most: int) -> int:
    """Forget a slice of what was heard before then; how much."""
    old = select(InboxRow.workspace, InboxRow.identity).where(col(InboxRow.heard_at) < before).limit(at_most)
    return run(session, delete(InboxRow).where(tuple_(InboxRow.workspace, InboxRow.identity).in_(old)))
