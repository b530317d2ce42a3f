"""A workspace's settings: typed in Python, JSON in the table, with who changed what and when."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from domain.people import Member, WorkspaceId
from domain.policy import Policy
from storage.rows import columns, rows
from storage.tables import PolicyChangeRow

_CHANGE = columns(PolicyChangeRow)
_SETTINGS = select(_CHANGE.name, _CHANGE.value).where(_CHANGE.workspace == bindparam("workspace")).order_by(_CHANGE.id)
_KNOWN = frozenset(field.name for field in fields(Policy))

_READ: dict[str, Callable[[Any], Any]] = {
    "check_in_at": time.fromisoformat,
    "first_check_in": date.fromisoformat,
    "pilot_teams": tuple,
    "values": tuple,
    "stale_after": lambda seconds: timedelta(seconds=seconds),
}


def policy(session: Session, workspace: WorkspaceId) -> Policy:
    """The settings in force: the latest of each, and the defaults."""
    latest = {name: value for name, value in rows(session, _SETTINGS, workspace=workspace) if name in _KNOWN}
    return Policy(**{name: _read(name, value) for name, value in latest.items()})


def change(session: Session, workspace: WorkspaceId, settings: Mapping[str, Any], by: Member, at: datetime) -> None:
    """Set these settings; what does not differ from what is in force leaves no trace."""
    now = policy(session, workspace)
    for name, value in settings.items():
        if getattr(now, name) != value:
            row = PolicyChangeRow(workspace=workspace, name=name, value=_plain(value), changed_by=by.id, at=at)
            session.add(row)
    session.flush()


def _read(name: str, value: Any) -> Any:
    return value if value is None else _READ.get(name, lambda same: same)(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return list(value) if isinstance(value, tuple) else value
