"""Claims on the outbox: what a courier takes on, for how long, and what it says became of it.

A claim is a lease, after which others take the row for abandoned, and a fence, which tells it from every later claim.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, exists, func, literal_column, or_, select, update
from sqlmodel import Session, col

from domain.outbox import Claimed, Delivery, Method, OutboxId, Sent, Terms
from domain.pace import Pace, wait
from domain.pace import taken as taken_from
from domain.people import WorkspaceId
from storage import paces, people
from storage.outbox import ROW, C, outgoing, state_is
from storage.prepared import Prepared
from storage.rows import Unsearched, among, listed, rows, run
from storage.tables import PauseRow


def claim(
    session: Session, workspace: WorkspaceId, terms: Terms, now: datetime, calendar: datetime, at_most: int
) -> tuple[list[Claimed], timedelta | None]:
    """Take on the next rows of a workspace, as many as its pace allows; those whose time has passed expire.

    At most one for each place, so that order holds. With them comes how long it takes until the pace allows another,
    None when it is not the pace that is waited for.
    """
    _expire(session, workspace, calendar, now)
    allowed = paces.allowances(session, workspace, terms, now)
    ids: list[int] = []
    taken: list[tuple[Method, Pace, int]] = []
    waits: list[timedelta] = []
    for method in (Method.POST, Method.UPDATE, Method.PUBLISH, Method.UNFURL, Method.UPLOAD):
        allowance = allowed[method]
        room = min(allowance.calls, at_most - len(ids))
        found = _next(session, workspace, method, now, room) if room > 0 else []
        ids += found
        taken.append((method, allowance.pace, len(found)))
        if not allowance.rests and len(found) == allowance.calls:
            waits.append(wait(taken_from(allowance.pace, len(found))))
    claimed, opened = _with_channels(
        session, workspace, _take(session, ids, terms, now), allowed[Method.OPEN].calls, now
    )
    paces.take(session, workspace, [*taken, (Method.OPEN, allowed[Method.OPEN].pace, opened)])
    return claimed, min(waits, default=None)


def confirm(session: Session, went: Sequence[tuple[Claimed, Sent | None]], now: datetime) -> None:
    """They went out. What changed while it was being shown is shown again.

    A confirmation counts as long as nobody else has taken the row on since, also when its lease is over by now.
    """
    each = [
        {
            "its_id": row.id,
            "its_fence": row.fence,
            "its_version": row.version,
            "its_channel": sent.channel if sent else None,
            "its_ts": sent.ts if sent else None,
        }
        for row, sent in went
    ]
    if each:
        run(session, _CONFIRM, *(one | {"at": now} for one in each))


def put_back(session: Session, row: Claimed, not_before: datetime | None, error: str, failed: bool = True) -> None:
    """It definitely did not go out: try again, not before then. What was not even tried has not `failed`."""
    begun = case((C.doubts > 0, C.send_started_at), else_=None)
    attempts = C.attempts if failed else C.attempts - 1
    values: dict[str, Any] = {"not_before": not_before, "lease_until": None, "error": error}
    _settle(session, row, Delivery.PENDING, values | {"attempts": attempts, "send_started_at": begun})


def give_up(session: Session, row: Claimed, state: Delivery, error: str, now: datetime) -> bool:
    """It will not be sent: dead, unwanted or expired; whether this claim still held."""
    return _settle(session, row, state, {"settled_at": now, "lease_until": None, "error": error})


def remember_channels(session: Session, workspace: WorkspaceId, went: Iterable[tuple[Claimed, Sent | None]]) -> None:
    """Remember the DMs that were found out by writing to somebody."""
    met = [(row, sent) for row, sent in went if sent and row.channel == row.what.place and is_person(row.channel)]
    found = {row.what.place: sent.channel for row, sent in met}
    people.keep_dm_channels(session, workspace, found)


def _next(session: Session, workspace: WorkspaceId, method: Method, now: datetime, at_most: int) -> list[int]:
    """The first pending row of every place that is neither being written to, nor in doubt, nor resting."""
    given = {"its_workspace": workspace, "its_method": method.value, "now": now, "at_most": at_most}
    return [id for (id,) in rows(session, _NEXT, **given)]


_EXPIRE = Prepared(
    update(ROW)
    .where(state_is(Delivery.PENDING), C.expires_at <= bindparam("calendar", type_=C.expires_at.type))
    .where(Unsearched(C.workspace) == bindparam("its_workspace"))
    .values(state=Delivery.EXPIRED.value, settled_at=bindparam("settled_at"))
)


def _next_query() -> Select[tuple[int]]:
    other = ROW.alias("other")
    same_place = (other.c.workspace == C.workspace, other.c.place == C.place)
    earlier = exists().where(*same_place, state_is(Delivery.PENDING, of=other.c), other.c.id < C.id)
    under_way = exists().where(*same_place, state_is(Delivery.SENDING, Delivery.UNKNOWN, of=other.c))
    now = bindparam("now", type_=C.not_before.type)
    resting = exists().where(
        col(PauseRow.workspace) == C.workspace,
        col(PauseRow.method) == C.method,
        col(PauseRow.place) == C.place,
        col(PauseRow.until) > now,
    )
    return (
        select(C.id)
        .where(C.workspace == bindparam("its_workspace"), C.method == bindparam("its_method"))
        .where(state_is(Delivery.PENDING), or_(C.not_before.is_(None), C.not_before <= now))
        .where(~earlier, ~under_way, ~resting)
        .order_by(C.priority, C.id)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True, of=ROW)
    )


_NEXT = Prepared(_next_query())


class Taken(NamedTuple):
    """A row that was claimed, in the order of `_TAKE`'s columns."""

    id: int
    workspace: str
    kind: str
    mode: str
    method: str
    place: str
    thread: str | None
    key: str
    rule: str
    facts: dict[str, Any]
    priority: int
    expires_at: datetime | None
    mark: str
    fence: int
    attempts: int
    version: int


_TAKE = Prepared(
    update(ROW)
    .where(among(C.id, "ids"))
    .values(
        state=Delivery.SENDING.value,
        fence=C.fence + 1,
        attempts=C.attempts + 1,
        lease_until=bindparam("lease_until"),
        send_started_at=func.coalesce(C.send_started_at, bindparam("now", type_=C.send_started_at.type)),
    )
    .returning(*(C[name] for name in Taken._fields))
)


def _take(session: Session, ids: list[int], terms: Terms, now: datetime) -> list[Taken]:
    given = {"ids": listed(ids), "lease_until": now + terms.lease, "now": now}
    taken = [Taken(*row) for row in rows(session, _TAKE, **given)] if ids else []
    return sorted(taken, key=lambda row: (row.priority, row.id))


def _with_channels(
    session: Session, workspace: WorkspaceId, taken: Sequence[Taken], may_open: int, now: datetime
) -> tuple[list[Claimed], int]:
    """The rows with where each is posted, and how many DMs are to be opened first: no more than may be."""
    to_people = {row.place for row in taken if row.method in _TO_PEOPLE and is_person(row.place)}
    known = people.dm_channels(session, workspace, to_people)
    claimed = []
    for row in taken:
        closed = row.place in to_people and row.place not in known
        opens = closed and may_open > 0
        may_open -= opens
        claimed.append(_claimed(row, known.get(row.place, row.place), opens, now))
    return claimed, sum(each.opens for each in claimed)


_TO_PEOPLE = frozenset({Method.POST.value, Method.UPLOAD.value})
"""What goes into somebody's DM, which has to be open for it."""


def is_person(place: str) -> bool:
    """Whether this is somebody's Slack id, and not a channel's."""
    return place[:1] in {"U", "W"}


def _expire(session: Session, workspace: WorkspaceId, calendar: datetime, now: datetime) -> None:
    run(session, _EXPIRE, its_workspace=workspace, calendar=calendar, settled_at=now)


_CONFIRM = Prepared(
    update(ROW)
    .where(C.id == bindparam("its_id"), C.fence == bindparam("its_fence"))
    .where(state_is(Delivery.SENDING, Delivery.UNKNOWN, Delivery.PENDING))
    .values(
        state=case(
            (C.version == bindparam("its_version"), literal_column("'sent'")), else_=literal_column("'pending'")
        ),
        settled_at=bindparam("at", type_=C.settled_at.type),
        channel=func.coalesce(bindparam("its_channel", type_=C.channel.type), C.channel),
        ts=func.coalesce(bindparam("its_ts", type_=C.ts.type), C.ts),
        lease_until=None,
        look_at=None,
        error="",
    )
)


def _settle(session: Session, row: Claimed, state: Delivery, values: dict[str, Any]) -> bool:
    """What was claimed gets another state; what has changed since it was claimed is pending again."""
    mine = and_(C.id == row.id, state_is(Delivery.SENDING), C.fence == row.fence)
    settled = case((C.version == row.version, state.value), else_=Delivery.PENDING.value)
    return run(session, update(ROW).where(mine).values(values | {"state": settled})) == 1


def _claimed(row: Taken, channel: str, opens: bool, now: datetime) -> Claimed:
    return Claimed(OutboxId(row.id), outgoing(row), row.mark, row.fence, row.attempts, now, row.version, channel, opens)
