"""What a workspace does not offer, told to an admin once and kept on their Home until it is mended."""

from datetime import datetime

from domain.outbox import Outgoing
from domain.people import WorkspaceId
from operations.people import refresh_homes
from storage import notices, outbox, people
from storage.database import Session


def notice(session: Session, workspace: WorkspaceId, topic: str, detail: str, now: datetime) -> None:
    """Tell an admin once; before the set-up is finished only the Home shows it, since Cairn writes to nobody yet."""
    new = notices.keep(session, workspace, topic, detail, now)
    known = people.workspace(session, workspace)
    if not new or known is None:
        return
    refresh_homes(session, workspace, [admin.id for admin in people.admins(session, workspace)], now)
    if known.is_set_up:
        _tell(session, workspace, topic, detail, now, now)


def mended(session: Session, workspace: WorkspaceId, topic: str) -> None:
    """It works again; should it break once more, that is news."""
    notices.mended(session, workspace, topic)


def tell_all(session: Session, workspace: WorkspaceId, now: datetime) -> None:
    """Tell an admin what was noticed while Cairn was not allowed to write to anybody."""
    for topic, detail, since in notices.all_of(session, workspace):
        _tell(session, workspace, topic, detail, since, now)


def _tell(session: Session, workspace: WorkspaceId, topic: str, detail: str, since: datetime, now: datetime) -> None:
    known = people.workspace(session, workspace)
    admins = [admin.slack_id for admin in people.admins(session, workspace)]
    told = known.installer if known and known.installer in admins else next(iter(admins), None)
    if told is None:
        return
    hint = Outgoing(
        workspace=workspace,
        kind="hint",
        place=told,
        key=f"hint {topic} {since.isoformat()}",
        rule="an admin is told once what needs mending",
        facts={"topic": topic, "detail": detail},
    )
    outbox.put(session, hint, now)
