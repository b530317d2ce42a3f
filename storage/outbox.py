"""The outbox: what is to be said and shown, and how far each thing has come.

A row goes pending → sending (leased, fenced) → sent; a definite failure puts it back until later or, in the end, makes
it dead. A send whose fate nobody knows leaves a *show* pending again, and a *say* in doubt (`storage/doubts.py`).

Conditions on the state are written out, without parameters: only then does a database use its partial indexes.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlmodel import Session, col

from domain.outbox import Claimed, Delivery, Method, Mode, OutboxId, Outgoing, Priority, Sent, Terms, Trouble
from domain.pace import Pace, wait
from domain.pace import taken as taken_from
from domain.people import WorkspaceId
from storage import paces, people
from storage.paces import EVERYWHERE
from storage.prepared import Insert, Prepared
from storage.rows import RandomMark, Unsearched, among, listed, rows, run, upsert
from storage.tables import OutboxRow, PauseRow

__all__ = ["EVERYWHERE"]

ROW = OutboxRow.metadata.tables["outbox"]
C = ROW.c


def state_is(*states: Delivery, of: Any = C) -> ColumnElement[bool]:
    """The condition on the state, in the words of the indexes."""
    words: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in states]
    among: ColumnElement[bool] = of.state == words[0] if len(words) == 1 else of.state.in_(words)
    return among


# planning


def put(session: Session, what: Outgoing, now: datetime) -> None:
    """Plan something: to say, once for its key and never again; to show, again whenever this is called."""
    values = {
        "workspace": what.workspace,
        "kind": what.kind,
        "place": what.place,
        "thread": what.thread,
        "key": what.key,
        "rule": what.rule,
        "facts": what.facts,
        "priority": int(what.priority),
        "expires_at": what.expires_at,
        "mark": secrets.token_hex(16),
        "planned_at": now,
    }
    run(session, _PUT[what.mode], **values, **_begun(what.method))


def put_each(session: Session, method: Method, rows: Select[*tuple[Any, ...]], now: datetime) -> int:
    """Plan something for each row of a selection; how many were planned.

    Its columns: workspace, kind, place, key, rule, facts, priority, expires_at.
    """
    return run(session, each_of(lambda table: upsert(session, table), method, rows), now=now)


def each_of(insert: Insert, method: Method, rows: Select[*tuple[Any, ...]]) -> Any:
    """The statement that plans something for each row of such a selection, given `now`."""
    names = ["workspace", "kind", "place", "key", "rule", "facts", "priority", "expires_at", "mark", "planned_at"]
    begun = _begun(method)
    each = [literal(value, C[name].type) for name, value in begun.items()]
    selection = rows.add_columns(RandomMark(), bindparam("now", type_=C.planned_at.type), *each)
    return _unless_planned(method.mode, insert(OutboxRow).from_select([*names, *begun], selection))


def replace(session: Session, what: Outgoing, now: datetime) -> bool:
    """Say this instead of what is planned under its key; whether it was still in time."""
    planned = and_(_of_key(what.workspace, what.key), state_is(Delivery.PENDING))
    newer = {"place": what.place, "facts": what.facts, "rule": what.rule, "expires_at": what.expires_at}
    return run(session, update(ROW).where(planned).values(newer | {"planned_at": now})) == 1


def withdraw(session: Session, workspace: WorkspaceId, key: str, now: datetime) -> bool:
    """Do not say it after all; whether it was still in time."""
    return run(session, _WITHDRAW, its_workspace=workspace, its_key=key, settled_at=now) == 1


# delivering


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
    for method in (Method.POST, Method.UPDATE, Method.PUBLISH):
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


# looking


def waiting(session: Session, workspaces: Collection[WorkspaceId], before: datetime) -> int:
    """How many rows of these workspaces are on their way and may go before then."""
    soon = and_(state_is(Delivery.PENDING), or_(C.not_before.is_(None), C.not_before < before))
    moving = or_(soon, state_is(Delivery.SENDING))
    query = select(func.count()).select_from(ROW).where(moving, C.workspace.in_(workspaces))
    return int(session.connection().execute(query).scalar_one())


def where_said(session: Session, workspace: WorkspaceId, key: str) -> Sent | None:
    """Where the message of this key came to rest, if it did."""
    query = select(C.channel, C.ts).where(_of_key(workspace, key))
    row = session.connection().execute(query).first()
    return Sent(row.channel, row.ts) if row and row.channel and row.ts else None


def troubles(session: Session, workspace: WorkspaceId, at_most: int) -> list[Trouble]:
    """What could not be delivered, or perhaps was not, the latest first."""
    lost = state_is(Delivery.DEAD, Delivery.SKIPPED, Delivery.UNKNOWN)
    query = select(C.kind, C.place, C.state, C.error, C.settled_at, C.planned_at).where(C.workspace == workspace, lost)
    rows = session.connection().execute(query.order_by(C.settled_at.desc()).limit(at_most))
    return [Trouble(r.kind, r.place, Delivery(r.state), r.error, r.settled_at or r.planned_at) for r in rows]


def clear(session: Session, before: datetime, at_most: int) -> int:
    """Forget a slice of what was settled before then and is of no more use; how much."""
    old = select(C.id).where(state_is(Delivery.EXPIRED, Delivery.UNWANTED), C.settled_at < before).limit(at_most)
    return run(session, delete(ROW).where(C.id.in_(old.scalar_subquery())))


# how


def _begun(method: Method) -> dict[str, Any]:
    """What every row begins with."""
    begun = {"state": Delivery.PENDING.value, "version": 0, "attempts": 0, "fence": 0, "error": ""}
    return begun | {"mode": method.mode.value, "method": method.value}


def _unless_planned(mode: Mode, insert: Any) -> Any:
    """What was said under a key is not said again; what is shown is shown anew."""
    if mode is Mode.SAY:
        return insert.on_conflict_do_nothing()
    still = case((C.state == Delivery.SENDING.value, Delivery.SENDING.value), else_=Delivery.PENDING.value)
    newer = {"facts": insert.excluded.facts, "version": C.version + 1, "state": still, "attempts": 0}
    again = newer | {"planned_at": insert.excluded.planned_at}
    return insert.on_conflict_do_update(index_elements=["workspace", "key"], set_=again)


_PUT = {
    Mode.SAY: Prepared(lambda insert: _unless_planned(Mode.SAY, insert(OutboxRow))),
    Mode.SHOW: Prepared(lambda insert: _unless_planned(Mode.SHOW, insert(OutboxRow))),
}

_WITHDRAW = Prepared(
    update(ROW)
    .where(
        C.workspace == bindparam("its_workspace"),
        C.key == bindparam("its_key"),
        Unsearched(C.state) == Delivery.PENDING.value,
    )
    .values(state=Delivery.UNWANTED.value, settled_at=bindparam("settled_at"))
)


def _of_key(workspace: WorkspaceId, key: str) -> ColumnElement[bool]:
    return and_(C.workspace == workspace, C.key == key)


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
    to_people = {row.place for row in taken if row.method == Method.POST and is_person(row.place)}
    known = people.dm_channels(session, workspace, to_people)
    claimed = []
    for row in taken:
        closed = row.place in to_people and row.place not in known
        opens = closed and may_open > 0
        may_open -= opens
        claimed.append(_claimed(row, known.get(row.place, row.place), opens, now))
    return claimed, sum(each.opens for each in claimed)


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


def outgoing(row: Row[Any] | Taken) -> Outgoing:
    """What a row holds, apart from how far it has come."""
    return Outgoing(
        workspace=WorkspaceId(row.workspace),
        kind=row.kind,
        place=row.place,
        key=row.key,
        rule=row.rule,
        facts=row.facts,
        mode=Mode(row.mode),
        priority=Priority(row.priority),
        expires_at=row.expires_at,
        thread=row.thread,
    )


def _claimed(row: Taken, channel: str, opens: bool, now: datetime) -> Claimed:
    return Claimed(OutboxId(row.id), outgoing(row), row.mark, row.fence, row.attempts, now, row.version, channel, opens)


def remember_channels(session: Session, workspace: WorkspaceId, went: Iterable[tuple[Claimed, Sent | None]]) -> None:
    """Remember the DMs that were found out by writing to somebody."""
    met = [(row, sent) for row, sent in went if sent and row.channel == row.what.place and is_person(row.channel)]
    found = {row.what.place: sent.channel for row, sent in met}
    people.keep_dm_channels(session, workspace, found)
