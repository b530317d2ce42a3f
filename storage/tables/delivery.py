"""What goes to Slack and what came from there: the outbox, its pace, and the inbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Column, Field, SQLModel

from storage.columns import index_where, instant, maybe_instant


class OutboxRow(SQLModel, table=True):
    """Something to say or show, and how far it has come."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        UniqueConstraint("mark"),
        index_where("ix_outbox_next", "state = 'pending'", "workspace", "method", "priority", "id"),
        index_where("ix_outbox_waiting", "state = 'pending'", "workspace", "place", "id"),
        index_where("ix_outbox_expiring", "state = 'pending'", "expires_at"),
        index_where("ix_outbox_under_way", "state IN ('sending', 'unknown')", "workspace", "place"),
        index_where("ix_outbox_leased", "state = 'sending'", "lease_until"),
        index_where("ix_outbox_doubtful", "state = 'unknown'", "workspace", "look_at"),
        index_where("ix_outbox_troubled", "state IN ('dead', 'skipped', 'unknown')", "workspace", "settled_at"),
        index_where("ix_outbox_settled", "state IN ('expired', 'unwanted')", "settled_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    kind: str
    mode: str
    method: str = Field(sa_column_kwargs={"server_default": "chat.postMessage"})
    place: str
    thread: str | None = None
    key: str
    rule: str
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    priority: int
    expires_at: datetime | None = maybe_instant()
    mark: str
    state: str = "pending"
    version: int = 0
    attempts: int = 0
    fence: int = 0
    not_before: datetime | None = maybe_instant()
    lease_until: datetime | None = maybe_instant()
    send_started_at: datetime | None = maybe_instant()
    doubts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    looks: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    look_at: datetime | None = maybe_instant()
    planned_at: datetime = instant(nullable=False)
    settled_at: datetime | None = maybe_instant()
    channel: str | None = None
    ts: str | None = None
    error: str = ""


class PauseRow(SQLModel, table=True):
    """Until when a Slack method rests, in a workspace ("*") or one of its places; every replica keeps to it."""

    __tablename__ = "pauses"
    workspace: str = Field(primary_key=True, foreign_key="workspaces.id")
    method: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    until: datetime = instant(nullable=False)


class PaceRow(SQLModel, table=True):
    """How fast a method may be called in a workspace, as the replicas have found out together."""

    __tablename__ = "paces"
    workspace: str = Field(primary_key=True, foreign_key="workspaces.id")
    method: str = Field(primary_key=True)
    rate: float
    tokens: float
    as_of: datetime = instant(nullable=False)
    ceiling: float | None = None
    limited_at: datetime | None = maybe_instant()


class InboxRow(SQLModel, table=True):
    """A delivery from Slack that has had its effect."""

    __tablename__ = "inbox"
    workspace: str = Field(primary_key=True)
    identity: str = Field(primary_key=True)
    heard_at: datetime = instant(nullable=False, index=True)
