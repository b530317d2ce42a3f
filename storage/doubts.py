"""Messages of which nobody knows whether they were said: they wait, are looked for, and only then said again."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select, update
from sqlmodel import Session

from domain.outbox import Claimed, Delivery, Doubt, Method, Mode, OutboxId, Sent, Terms
from domain.people import WorkspaceId
from storage import paces, people
from storage.claims import is_person
from storage.outbox import ROW, C, outgoing, state_is
from storage.rows import run

LOOKS = 2
"""Slack's history may lag behind: only what is missing twice, a quiet period apart, was not said."""

DOUBTS = 20
"""What was sent so often without an answer, or with whoever sent it, is given up: some eighty minutes."""

UNANSWERED = "no answer came back"


def doubt(session: Session, row: Claimed, error: str, terms: Terms) -> None:
    """No answer came to this claim: wait out its lease and a quiet period, then look for it."""
    mine = and_(C.id == row.id, state_is(Delivery.SENDING), C.fence == row.fence)
    run(session, update(ROW).where(mine).values(_doubtful(row.at + terms.lease + terms.quiet, error, row.at)))


def lose(session: Session, terms: Terms, now: datetime) -> int:
    """Rows whose courier never came back: what is shown is shown again, what is said is in doubt. How many."""
    over = and_(state_is(Delivery.SENDING), C.lease_until <= now)
    shown = update(ROW).where(over, C.mode == Mode.SHOW.value)
    said = update(ROW).where(over, C.mode == Mode.SAY.value)
    again = {"state": Delivery.PENDING.value, "lease_until": None}
    return run(session, shown.values(again)) + run(session, said.values(_doubtful(now + terms.quiet, UNANSWERED, now)))


def doubt_unsent(session: Session, now: datetime) -> int:
    """After a backup was restored: whatever it says is not sent yet may have been said since. How many there are."""
    unsent = and_(C.mode == Mode.SAY.value, state_is(Delivery.PENDING, Delivery.SENDING))
    values = {
        "state": Delivery.UNKNOWN.value,
        "lease_until": None,
        "look_at": now,
        "looks": 0,
        "settled_at": now,
        "send_started_at": func.coalesce(C.send_started_at, C.planned_at),
        "error": "a backup was restored",
    }
    return run(session, update(ROW).where(unsent).values(values))


def take_up(session: Session, workspace: WorkspaceId, terms: Terms, now: datetime, at_most: int) -> list[Doubt]:
    """The doubts of a workspace that are due to be looked for, as many as the pace of looking allows.

    Another replica finds them due again only after a lease.
    """
    allowance = paces.allowances(session, workspace, terms, now)[Method.SEARCH]
    room = min(allowance.calls, at_most)
    due = select(C.id).where(C.workspace == workspace, state_is(Delivery.UNKNOWN), C.look_at <= now)
    locked = due.order_by(C.look_at).limit(room).with_for_update(skip_locked=True)
    ids = list(session.connection().execute(locked).scalars()) if room else []
    if not ids:
        return []
    taken = update(ROW).where(C.id.in_(ids)).values(look_at=now + terms.lease).returning(*ROW.columns)
    rows = session.connection().execute(taken).all()
    paces.take(session, workspace, [(Method.SEARCH, allowance.pace, len(rows))])
    known = people.dm_channels(session, workspace, {row.place for row in rows if is_person(row.place)})
    return [_doubt(row, known) for row in sorted(rows, key=lambda row: int(row.id))]


def found(session: Session, doubt: Doubt, sent: Sent, now: datetime) -> None:
    """It was said, and this is where."""
    settled = {"state": Delivery.SENT.value, "settled_at": now, "channel": sent.channel, "ts": sent.ts, "error": ""}
    _settle(session, doubt, settled)


def missed(session: Session, doubt: Doubt, terms: Terms, now: datetime, calendar: datetime) -> Delivery:
    """It is not there: look once more after another quiet period, and after that say it, if it is not too late.

    What becomes of it.
    """
    if doubt.looks + 1 < LOOKS:
        _settle(session, doubt, {"looks": doubt.looks + 1, "look_at": now + terms.quiet})
        return Delivery.UNKNOWN
    return _end(session, doubt, _unsaid(doubt, calendar), now)


def cannot_look(session: Session, doubt: Doubt, again: bool, error: str, now: datetime, calendar: datetime) -> Delivery:
    """It cannot be looked for: say it again, or let it go and count it; what becomes of it."""
    return _end(session, doubt, _unsaid(doubt, calendar) if again else Delivery.SKIPPED, now, error)


def look_later(session: Session, doubt: Doubt, at: datetime) -> None:
    """Slack cannot say now: ask again then."""
    _settle(session, doubt, {"look_at": at})


def _unsaid(doubt: Doubt, calendar: datetime) -> Delivery:
    """What becomes of a message that was not said."""
    if doubt.what.expires_at is not None and doubt.what.expires_at <= calendar:
        return Delivery.EXPIRED
    return Delivery.DEAD if doubt.doubts >= DOUBTS else Delivery.PENDING


def _end(session: Session, doubt: Doubt, state: Delivery, now: datetime, error: str = "") -> Delivery:
    told = {"error": error} if error else {}
    settled = {"not_before": None} if state is Delivery.PENDING else {"settled_at": now}
    return state if _settle(session, doubt, {"state": state.value} | settled | told) else Delivery.UNKNOWN


def _doubtful(look_at: datetime, error: str, now: datetime) -> dict[str, Any]:
    return {
        "state": Delivery.UNKNOWN.value,
        "lease_until": None,
        "settled_at": now,
        "look_at": look_at,
        "looks": 0,
        "doubts": C.doubts + 1,
        "error": error,
    }


def _settle(session: Session, doubt: Doubt, values: dict[str, Any]) -> bool:
    """Whether it was neither confirmed nor looked for by somebody else in between."""
    same = and_(C.id == doubt.id, state_is(Delivery.UNKNOWN), C.fence == doubt.fence, C.looks == doubt.looks)
    return run(session, update(ROW).where(same).values(values)) == 1


def _doubt(row: Row[Any], channels: dict[str, str]) -> Doubt:
    channel = channels.get(row.place, row.place)
    return Doubt(
        OutboxId(row.id),
        outgoing(row),
        row.mark,
        row.fence,
        row.send_started_at or row.planned_at,
        channel,
        row.looks,
        row.doubts,
    )
