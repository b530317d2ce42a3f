"""A workspace's settings: typed in Python, JSON in the table, with who changed what and when."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, select
from sqlmodel import Session

from domain.people import Member, MemberId, WorkspaceId
from domain.policy import Policy
from storage.prepared import Prepared
from storage.rows import JsonList, columns, rows
from storage.tables import PolicyChangeRow

_CHANGE = columns(PolicyChangeRow)
_KEPT = "policy"
_KNOWN = frozenset(field.name for field in fields(Policy))


def changes_in(workspace: Any) -> Any:
    """Every change of the settings of this workspace, in one text."""
    listed = JsonList(_CHANGE.id, _CHANGE.name, cast(_CHANGE.value, Text))
    return select(listed).where(_CHANGE.workspace == workspace).scalar_subquery()


_CHANGES = Prepared(select(changes_in(bindparam("workspace"))))

_LAST = Prepared(
    select(_CHANGE.name, _CHANGE.changed_by, _CHANGE.at)
    .where(_CHANGE.workspace == bindparam("workspace"))
    .order_by(_CHANGE.id)
)

_READ: dict[str, Callable[[Any], Any]] = {
    "check_in_at": time.fromisoformat,
    "first_check_in": date.fromisoformat,
    "asked_since": date.fromisoformat,
    "pilot_teams": tuple,
    "values": tuple,
    "stale_after": lambda seconds: timedelta(seconds=seconds),
}


def policy(session: Session, workspace: WorkspaceId) -> Policy:
    """The settings in force: the latest of each, and the defaults. A unit of work asks for them once."""
    if (_KEPT, workspace) not in session.info:
        ((changes,),) = rows(session, _CHANGES, workspace=workspace)
        remember(session, workspace, changes)
    known: Policy = session.info[_KEPT, workspace]
    return known


def remember(session: Session, workspace: WorkspaceId, changes: str | None) -> None:
    """Know the settings for the rest of this unit of work: they came along with something else."""
    session.info[_KEPT, workspace] = _in_force(changes or "[]")


def change(session: Session, workspace: WorkspaceId, settings: Mapping[str, Any], by: Member, at: datetime) -> None:
    """Set these settings; what does not differ from what is in force leaves no trace."""
    now = policy(session, workspace)
    for name, value in settings.items():
        if getattr(now, name) != value:
            row = PolicyChangeRow(workspace=workspace, name=name, value=_plain(value), changed_by=by.id, at=at)
            session.add(row)
    session.flush()
    session.info.pop((_KEPT, workspace), None)


def last_changed(session: Session, workspace: WorkspaceId) -> dict[str, tuple[MemberId, datetime]]:
    """Who set each of the settings last, and when; those that were never set are left out."""
    return {name: (MemberId(by), at) for name, by, at in rows(session, _LAST, workspace=workspace)}


@lru_cache(maxsize=1_000)
def _in_force(changes: str) -> Policy:
    latest = {name: value for _, name, value in sorted(json.loads(changes), key=lambda row: row[0]) if name in _KNOWN}
    return Policy(**{name: _read(name, value and json.loads(value)) for name, value in latest.items()})


def _read(name: str, value: Any) -> Any:
    return value if value is None else _READ.get(name, lambda same: same)(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return list(value) if isinstance(value, tuple) else value
