"""What is taken out of the outbox, drawn with fresh values."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.outbox import Claimed, Outgoing, Sent
from scheduler.kinds import Kind
from scheduler.messages import KINDS
from scheduler.verdicts import Verdict
from storage import outbox
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Drawing:
    """A row as it is to be sent: without a message it is not wanted; `verdict` is why it cannot be sent at all.

    `before` is where the message stands that it takes the place of.
    """

    row: Claimed
    message: Any = None
    before: Sent | None = None
    verdict: Verdict | None = None


def drawn(session: Session, claimed: Sequence[Claimed], now: datetime) -> list[Drawing]:
    """Each row of a workspace with fresh values, those of a kind together."""
    kinds: dict[str, list[Claimed]] = defaultdict(list)
    for row in claimed:
        kinds[row.what.kind].append(row)
    return [drawing for name, rows in kinds.items() for drawing in _drawn(session, KINDS[name], rows, now)]


def _drawn(session: Session, kind: Kind, rows: Sequence[Claimed], now: datetime) -> list[Drawing]:
    loaded = kind.load(session, [row.what for row in rows], now)
    placed = [replace(row, what=in_its_thread(session, row.what)) for row in rows] if kind.beneath else rows
    return [_drawing(session, kind, row, facts) for row, facts in zip(placed, loaded, strict=True)]


def in_its_thread(session: Session, what: Outgoing) -> Outgoing:
    """The same, with the thread that it goes into, as far as that has begun by now."""
    kind = KINDS.get(what.kind)
    first = kind.beneath(what) if kind and kind.beneath else what.key
    above = outbox.where_said(session, what.workspace, first) if first != what.key else None
    return replace(what, thread=above.ts) if above else what


def _drawing(session: Session, kind: Kind, row: Claimed, facts: Any) -> Drawing:
    before = _standing(session, kind, row.what) if facts is not None else None
    wanted = facts is not None and (before or kind.replaces is None)
    return Drawing(row, kind.draw(facts) if wanted else None, before)


def _standing(session: Session, kind: Kind, what: Outgoing) -> Sent | None:
    return outbox.where_said(session, what.workspace, kind.replaces(what)) if kind.replaces else None
