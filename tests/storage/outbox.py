"""Looking at the outbox in a test."""

from datetime import datetime

from sqlmodel import select

from domain.outbox import Claimed, Delivery, Outgoing, Sent, Terms
from storage import claims, outbox
from storage.database import Session
from storage.tables import OutboxRow
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE

TERMS = Terms()
LEASE, QUIET = TERMS.lease, TERMS.quiet


def claim(session: Session, now: datetime = NOW, calendar: datetime | None = None, at_most: int = 20) -> list[Claimed]:
    """Take on what may go now, here and elsewhere."""
    session.flush()
    taken: list[Claimed] = []
    for workspace in (HERE, ELSEWHERE):
        taken += claims.claim(session, workspace, TERMS, now, calendar or now, at_most - len(taken))[0]
    return taken


def confirm(session: Session, taken: Claimed, sent: Sent | None, now: datetime) -> bool:
    """It went out; whether that still counted."""
    claims.confirm(session, [(taken, sent)], now)
    kept = row(session, taken.what.key)
    return kept.settled_at == now and kept.fence == taken.fence


def put_back(session: Session, taken: Claimed, not_before: datetime, error: str) -> bool:
    """It did not go out; whether that still counted."""
    claims.put_back(session, taken, not_before, error)
    return row(session, taken.what.key).not_before == not_before


def claimed_keys(session: Session, now: datetime = NOW) -> list[str]:
    """The keys of what may go now, in its order."""
    return [taken.what.key for taken in claim(session, now)]


def row(session: Session, key: str) -> OutboxRow:
    """What is kept under a key."""
    found = session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()
    session.refresh(found)
    return found


def state(session: Session, key: str) -> Delivery:
    """How far a thing has come."""
    return Delivery(row(session, key).state)


def said_of(session: Session, kind: str) -> list[Outgoing]:
    """Everything of a kind that was ever planned, in that order."""
    session.flush()
    found = session.exec(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id))
    return [outbox.outgoing(each) for each in found]


def planned(session: Session, kind: str) -> list[str]:
    """Where everything of a kind is to go, in the order it was planned."""
    return [each.place for each in said_of(session, kind)]
