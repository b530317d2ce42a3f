"""Looking at the outbox in a test."""

from datetime import datetime, timedelta

from sqlmodel import select

from domain.outbox import Claimed, Delivery
from storage import outbox
from storage.database import Session
from storage.tables import OutboxRow
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE

LEASE = timedelta(seconds=60)


def claim(session: Session, now: datetime = NOW, calendar: datetime | None = None, at_most: int = 20) -> list[Claimed]:
    """Take on what may go now."""
    return outbox.claim(session, [HERE, ELSEWHERE], now, calendar or now, LEASE, at_most)


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


def planned(session: Session, kind: str) -> list[str]:
    """Where everything of a kind is to go, in the order it was planned."""
    session.flush()
    found = session.exec(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id))
    return [each.place for each in found]
