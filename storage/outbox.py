"""The outbox: what is to be said and shown, and how far each thing has come.

A row goes pending → sending (leased, fenced) → sent; a definite failure puts it back until later or, in the end, makes
it dead. A send whose fate nobody knows leaves a *show* pending again, and a *say* in doubt (`storage/doubts.py`).

Conditions on the state are written out, without parameters: only then does a database use its partial indexes.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlmodel import Session

from domain.outbox import Delivery, Method, Mode, Outgoing, Priority, Sent, Trouble
from domain.people import WorkspaceId
from storage.prepared import Insert, Prepared
from storage.rows import RandomMark, Unsearched, run, upsert
from storage.tables import OutboxRow

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
    put_all(session, [what], now)


def put_all(session: Session, whats: Iterable[Outgoing], now: datetime) -> None:
    """Plan each of these, in their order: as many statements for a hundred as for one."""
    planned: dict[Mode, list[dict[str, Any]]] = {}
    for what in whats:
        planned.setdefault(what.mode, []).append(_planned(what, now))
    for mode, each in planned.items():
        run(session, _PUT[mode], *each)


def _planned(what: Outgoing, now: datetime) -> dict[str, Any]:
    return {
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
        **_begun(what.method),
    }


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


def withdraw(session: Session, workspace: WorkspaceId, key: str, now: datetime) -> bool:
    """Do not say it after all; whether it was still in time."""
    return withdraw_each(session, workspace, [key], now) == 1


def withdraw_each(session: Session, workspace: WorkspaceId, keys: Collection[str], now: datetime) -> int:
    """Say none of these after all; how many were still in time."""
    each = [{"its_workspace": workspace, "its_key": key, "settled_at": now} for key in keys]
    return run(session, _WITHDRAW, *each) if each else 0


# looking


def waiting(session: Session, workspaces: Collection[WorkspaceId], before: datetime) -> int:
    """How many rows of these workspaces are on their way and may go before then."""
    soon = and_(state_is(Delivery.PENDING), or_(C.not_before.is_(None), C.not_before < before))
    moving = or_(soon, state_is(Delivery.SENDING))
    query = select(func.count()).select_from(ROW).where(moving, C.workspace.in_(workspaces))
    return int(session.connection().execute(query).scalar_one())


def is_planned(session: Session, workspace: WorkspaceId, key: str) -> bool:
    """Whether anything was ever planned under this key, whatever became of it."""
    return session.connection().execute(select(C.id).where(_of_key(workspace, key))).first() is not None


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


def outgoing(row: Any) -> Outgoing:
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
