"""Saying something unasked: each thing once, and nothing to anybody before an admin has finished the set-up."""

from collections.abc import Iterable
from datetime import datetime

from domain.outbox import Outgoing
from domain.people import WorkspaceId
from storage import outbox, people
from storage.database import Session


def tell(session: Session, workspace: WorkspaceId, each: Iterable[Outgoing], now: datetime) -> None:
    """Plan these messages; until the set-up is finished Cairn starts no conversation."""
    known = people.workspace(session, workspace)
    if known is None or not known.is_set_up:
        return
    for what in each:
        outbox.put(session, what, now)
