"""Receipts: what stands in place of a check-in's prompt, and is shown anew whenever that is not true any more."""

from datetime import datetime

from domain.check_ins import CheckIn
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member
from storage import outbox
from storage.database import Session


def show(session: Session, who: Member, opened: CheckIn, now: datetime) -> None:
    """Let the receipt of somebody's check-in say what stands in it by now."""
    receipt = Outgoing(
        workspace=who.workspace,
        kind="check-in receipt",
        place=who.slack_id,
        key=f"check-in receipt {opened.id}",
        rule="weekly check-in",
        facts={"check_in": opened.id},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )
    outbox.put(session, receipt, now)
