"""What stands in the outbox, for whoever runs Cairn: to be looked at, sent after all, or let go."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from domain.errors import NotFound, Refusal
from domain.outbox import Delivery, Letter, OutboxId
from domain.people import WorkspaceId
from storage.rows import new_id, run
from storage.tables import OutboxRow

AFRESH = {
    "attempts": 0,
    "not_before": None,
    "error": "",
    "settled_at": None,
    "send_started_at": None,
    "look_at": None,
    "looks": 0,
    "doubts": 0,
}

_DROPPABLE = (Delivery.DEAD, Delivery.SKIPPED, Delivery.UNKNOWN, Delivery.PENDING)
"""What nobody is sending right now, and what has not been settled in another way."""


def listed(session: Session, state: Delivery | None, at_most: int) -> list[Letter]:
    """The rows in this state, or in any, the latest first."""
    since = func.coalesce(col(OutboxRow.settled_at), col(OutboxRow.planned_at))
    query = select(OutboxRow).order_by(since.desc(), col(OutboxRow.id).desc()).limit(at_most)
    return [_letter(row) for row in session.exec(query.where(OutboxRow.state == state.value) if state else query)]


def counts(session: Session) -> Counter[tuple[Delivery, str]]:
    """How many rows there are of each state and kind."""
    state, kind = col(OutboxRow.state), col(OutboxRow.kind)
    found = session.exec(select(state, kind, func.count()).group_by(state, kind))
    return Counter({(Delivery(state), kind): number for state, kind, number in found})


def requeue(session: Session, ids: Collection[OutboxId] | None, now: datetime) -> int:
    """Send these rows after all, or all that are dead; how many.

    Raises `Refusal` unless each of them is dead or was skipped.
    """
    again = col(OutboxRow.state) == Delivery.DEAD.value
    if ids is not None:
        _check(session, ids, (Delivery.DEAD, Delivery.SKIPPED), "Only what is dead or was skipped can be sent again")
        again = col(OutboxRow.id).in_(ids)
    return _moved(session, again, Delivery.PENDING, AFRESH | {"planned_at": now})


def drop(session: Session, ids: Collection[OutboxId], now: datetime) -> int:
    """Let these rows go unsaid; how many. Raises `Refusal` unless each is dead, skipped, unknown or pending."""
    _check(session, ids, _DROPPABLE, "Only what is dead, skipped, unknown or pending can be dropped")
    return _moved(session, col(OutboxRow.id).in_(ids), Delivery.UNWANTED, {"settled_at": now})


def _moved(session: Session, which: ColumnElement[bool], state: Delivery, values: dict[str, Any]) -> int:
    return run(session, update(OutboxRow).where(which).values(state=state.value, **values))


def _check(session: Session, ids: Collection[OutboxId], states: Collection[Delivery], rule: str) -> None:
    chosen = select(OutboxRow.id, OutboxRow.state).where(col(OutboxRow.id).in_(ids)).with_for_update()
    found = {id: Delivery(state) for id, state in session.exec(chosen)}
    if missing := sorted(set(ids) - set(found)):
        raise NotFound(
            f"There is no {_numbers(missing)} in the outbox. `python -m bot outbox list` shows what there is."
        )
    if other := sorted(id for id, state in found.items() if id is not None and state not in states):
        each = ", ".join(f"{id} is {found[id]}" for id in other)
        raise Refusal(f"{rule}: {each}. Nothing was changed.")


def _numbers(ids: Collection[int]) -> str:
    return ", ".join(map(str, ids))


def _letter(row: OutboxRow) -> Letter:
    return Letter(
        id=OutboxId(new_id(row)),
        workspace=WorkspaceId(row.workspace),
        kind=row.kind,
        place=row.place,
        state=Delivery(row.state),
        attempts=row.attempts,
        since=row.settled_at or row.planned_at,
        error=row.error,
    )
