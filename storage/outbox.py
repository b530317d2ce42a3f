"""The outbox: what is to be said and shown, and how far each thing has come.

A row goes pending → sending (leased, fenced) → sent; a definite failure puts it back until later or, in the end, makes
it dead; a send whose fate nobody knows leaves a *say* unknown and visible, and a *show* pending again.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, literal, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.outbox import Claimed, Delivery, Mode, OutboxId, Outgoing, Priority, Sent, Trouble
from domain.people import WorkspaceId
from storage.rows import Insert, RandomMark, built_once, new_id, run, upsert
from storage.tables import OutboxRow, PauseRow

_COLUMNS = OutboxRow.metadata.tables["outbox"].c

_WITHDRAW = (
    update(OutboxRow.metadata.tables["outbox"])
    .where(
        _COLUMNS.workspace == bindparam("whose"),
        _COLUMNS.key == bindparam("which"),
        _COLUMNS.state == Delivery.PENDING.value,
    )
    .values(state=Delivery.UNWANTED.value, settled_at=bindparam("settled_at"))
)

EVERYWHERE = "*"
"""The place of a pause that holds for a whole workspace."""


def put(session: Session, what: Outgoing, now: datetime) -> None:
    """Plan something: to say, once for its key and never again; to show, again whenever this is called."""
    values = {
        "workspace": what.workspace,
        "kind": what.kind,
        "place": what.place,
        "key": what.key,
        "rule": what.rule,
        "facts": what.facts,
        "priority": int(what.priority),
        "expires_at": what.expires_at,
        "mark": secrets.token_hex(16),
        "planned_at": now,
    }
    run(session, _PUT[what.mode](session), **values, **_begun(what.mode))


def put_each(session: Session, mode: Mode, rows: Select[*tuple[Any, ...]], now: datetime) -> int:
    """Plan something for each row of a selection; how many were planned.

    Its columns: workspace, kind, place, key, rule, facts, priority, expires_at.
    """
    return run(session, each_of(lambda table: upsert(session, table), mode, rows), now=now)


def each_of(insert: Insert, mode: Mode, rows: Select[*tuple[Any, ...]]) -> Any:
    """The statement that plans something for each row of such a selection, given `now`."""
    names = ["workspace", "kind", "place", "key", "rule", "facts", "priority", "expires_at", "mark", "planned_at"]
    begun = _begun(mode)
    each = [literal(value, _COLUMNS[name].type) for name, value in begun.items()]
    selection = rows.add_columns(RandomMark(), bindparam("now", type_=_COLUMNS["planned_at"].type), *each)
    return _unless_planned(mode, insert(OutboxRow).from_select([*names, *begun], selection))


def claim(
    session: Session,
    workspaces: Collection[WorkspaceId],
    now: datetime,
    calendar: datetime,
    lease: timedelta,
    at_most: int,
) -> list[Claimed]:
    """Take on the next rows of these workspaces; those whose time has passed expire.

    At most one for each place, so that order holds.
    """
    _expire(session, calendar, now)
    rows = session.exec(_next(workspaces, now, at_most)).all()
    for row in rows:
        row.state = Delivery.SENDING.value
        row.fence += 1
        row.attempts += 1
        row.lease_until = now + lease
        row.send_started_at = now
        session.add(row)
    session.flush()
    return [_claimed(row) for row in rows]


def confirm(session: Session, row: Claimed, sent: Sent | None, now: datetime) -> bool:
    """It went out; whether this claim still held. What changed while it was being shown is shown again."""
    values = {"settled_at": now, "lease_until": None, "error": ""}
    if sent:
        values |= {"channel": sent.channel, "ts": sent.ts}
    return _settle(session, row, Delivery.SENT, values)


def put_back(session: Session, row: Claimed, not_before: datetime, error: str) -> bool:
    """It definitely did not go out: try again, not before then."""
    return _settle(session, row, Delivery.PENDING, {"not_before": not_before, "lease_until": None, "error": error})


def give_up(session: Session, row: Claimed, state: Delivery, error: str, now: datetime) -> bool:
    """It will not be sent: dead, unwanted, expired, or of unknown fate."""
    return _settle(session, row, state, {"settled_at": now, "lease_until": None, "error": error})


def lose(session: Session, now: datetime) -> int:
    """Rows whose lease has run out: what is shown is shown again, what is said has an unknown fate. How many."""
    over = and_(col(OutboxRow.state) == Delivery.SENDING.value, col(OutboxRow.lease_until) <= now)
    shown = update(OutboxRow).where(over, col(OutboxRow.mode) == Mode.SHOW.value)
    said = update(OutboxRow).where(over, col(OutboxRow.mode) == Mode.SAY.value)
    pending = {"state": Delivery.PENDING.value, "lease_until": None}
    unknown = {"state": Delivery.UNKNOWN.value, "lease_until": None, "settled_at": now, "error": "no answer came back"}
    return run(session, shown.values(pending)) + run(session, said.values(unknown))


def pause(session: Session, workspace: WorkspaceId, method: str, place: str, until: datetime) -> None:
    """Let a Slack method rest until then, in one place or EVERYWHERE."""
    row = {"workspace": workspace, "method": method, "place": place, "until": until}
    insert = upsert(session, PauseRow).values(row)
    longer = col(PauseRow.until) < until
    run(
        session,
        insert.on_conflict_do_update(
            index_elements=["workspace", "method", "place"], set_={"until": until}, where=longer
        ),
    )


def waiting(session: Session, workspaces: Collection[WorkspaceId], before: datetime) -> int:
    """How many rows of these workspaces are on their way and may go before then."""
    pending = and_(
        col(OutboxRow.state) == Delivery.PENDING.value,
        or_(col(OutboxRow.not_before).is_(None), col(OutboxRow.not_before) < before),
    )
    moving = or_(pending, col(OutboxRow.state) == Delivery.SENDING.value)
    ours = col(OutboxRow.workspace).in_(workspaces)
    return session.exec(select(func.count()).select_from(OutboxRow).where(moving, ours)).one()


def where_said(session: Session, workspace: WorkspaceId, key: str) -> Sent | None:
    """Where the message of this key came to rest, if it did."""
    row = session.exec(select(OutboxRow).where(OutboxRow.workspace == workspace, OutboxRow.key == key)).first()
    return Sent(row.channel, row.ts) if row and row.channel and row.ts else None


def withdraw(session: Session, workspace: WorkspaceId, key: str, now: datetime) -> None:
    """Do not say it after all, if it has not gone out yet."""
    run(session, _WITHDRAW, whose=workspace, which=key, settled_at=now)


def troubles(session: Session, workspace: WorkspaceId, at_most: int) -> list[Trouble]:
    """What could not be delivered, or perhaps was not, the latest first."""
    lost = col(OutboxRow.state).in_([Delivery.DEAD.value, Delivery.UNKNOWN.value])
    query = select(OutboxRow).where(OutboxRow.workspace == workspace, lost)
    rows = session.exec(query.order_by(col(OutboxRow.settled_at).desc()).limit(at_most))
    return [Trouble(r.kind, r.place, Delivery(r.state), r.error, r.settled_at or r.planned_at) for r in rows]


def clear(session: Session, before: datetime, at_most: int) -> int:
    """Forget a slice of what was settled before then and is of no more use; how much."""
    done = [Delivery.EXPIRED.value, Delivery.UNWANTED.value]
    old = select(OutboxRow).where(col(OutboxRow.state).in_(done), col(OutboxRow.settled_at) < before).limit(at_most)
    rows: Iterable[OutboxRow] = session.exec(old).all()
    for row in rows:
        session.delete(row)
    return len(list(rows))


def _begun(mode: Mode) -> dict[str, Any]:
    """What every row begins with."""
    return {
        "mode": mode.value,
        "state": Delivery.PENDING.value,
        "version": 0,
        "attempts": 0,
        "fence": 0,
        "error": "",
    }


def _unless_planned(mode: Mode, insert: Any) -> Any:
    """What was said under a key is not said again; what is shown is shown anew."""
    if mode is Mode.SAY:
        return insert.on_conflict_do_nothing()
    still = case((col(OutboxRow.state) == Delivery.SENDING.value, Delivery.SENDING.value), else_=Delivery.PENDING.value)
    newer = {"facts": insert.excluded.facts, "version": col(OutboxRow.version) + 1, "state": still, "attempts": 0}
    again = newer | {"planned_at": insert.excluded.planned_at}
    return insert.on_conflict_do_update(index_elements=["workspace", "key"], set_=again)


_PUT = {
    Mode.SAY: built_once(lambda insert: _unless_planned(Mode.SAY, insert(OutboxRow))),
    Mode.SHOW: built_once(lambda insert: _unless_planned(Mode.SHOW, insert(OutboxRow))),
}


def _next(workspaces: Collection[WorkspaceId], now: datetime, at_most: int) -> Any:
    """The first pending row of every place that is neither being written to nor resting."""
    other = aliased(OutboxRow)
    same_place = (col(other.workspace) == col(OutboxRow.workspace), col(other.place) == col(OutboxRow.place))
    earlier = exists().where(*same_place, col(other.state) == Delivery.PENDING.value, col(other.id) < col(OutboxRow.id))
    under_way = exists().where(*same_place, col(other.state) == Delivery.SENDING.value)
    resting = exists().where(
        col(PauseRow.workspace) == col(OutboxRow.workspace),
        col(PauseRow.place).in_([col(OutboxRow.place), EVERYWHERE]),
        col(PauseRow.until) > now,
    )
    return (
        select(OutboxRow)
        .where(
            OutboxRow.state == Delivery.PENDING.value,
            col(OutboxRow.workspace).in_(workspaces),
            or_(col(OutboxRow.not_before).is_(None), col(OutboxRow.not_before) <= now),
        )
        .where(~earlier, ~under_way, ~resting)
        .order_by(col(OutboxRow.priority), col(OutboxRow.id))
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )


def _expire(session: Session, calendar: datetime, now: datetime) -> None:
    late = and_(col(OutboxRow.state) == Delivery.PENDING.value, col(OutboxRow.expires_at) <= calendar)
    run(session, update(OutboxRow).where(late).values(state=Delivery.EXPIRED.value, settled_at=now))


def _settle(session: Session, row: Claimed, state: Delivery, values: dict[str, Any]) -> bool:
    mine = (
        col(OutboxRow.id) == row.id,
        col(OutboxRow.state) == Delivery.SENDING.value,
        col(OutboxRow.fence) == row.fence,
    )
    fresh = run(
        session,
        update(OutboxRow).where(*mine, col(OutboxRow.version) == row.version).values(state=state.value, **values),
    )
    newer = fresh or run(session, update(OutboxRow).where(*mine).values(**values | {"state": Delivery.PENDING.value}))
    return bool(fresh or newer)


def _claimed(row: OutboxRow) -> Claimed:
    what = Outgoing(
        workspace=WorkspaceId(row.workspace),
        kind=row.kind,
        place=row.place,
        key=row.key,
        rule=row.rule,
        facts=row.facts,
        mode=Mode(row.mode),
        priority=Priority(row.priority),
        expires_at=row.expires_at,
    )
    return Claimed(OutboxId(new_id(row)), what, row.mark, row.fence, row.attempts, row.version)
