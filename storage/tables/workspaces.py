"""The workspace, its settings, its numbers and what its admins are told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Column, Field, SQLModel

from storage.columns import instant, maybe_instant, maybe_to, to


class WorkspaceRow(SQLModel, table=True):
    """A Slack workspace that Cairn is installed in."""

    __tablename__ = "workspaces"
    id: str = Field(primary_key=True)
    name: str = ""
    bot_user: str = ""
    installer: str | None = None
    set_up_at: datetime | None = maybe_instant()


class PolicyChangeRow(SQLModel, table=True):
    """One setting, as somebody left it; the latest of a name is in force, the others are the audit trail."""

    __tablename__ = "policy_changes"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    name: str
    value: Any = Field(sa_column=Column(JSON, nullable=True))
    changed_by: int | None = maybe_to("members")
    at: datetime = instant(nullable=False)


class CounterRow(SQLModel, table=True):
    """The last number given out for a prefix; numbers are never used again."""

    __tablename__ = "counters"
    workspace: str = Field(primary_key=True, foreign_key="workspaces.id")
    prefix: str = Field(primary_key=True)
    last: int = 0


class NoticeRow(SQLModel, table=True):
    """Something that this workspace does not offer, as admins see it on their Home until it is mended."""

    __tablename__ = "notices"
    workspace: str = Field(primary_key=True, foreign_key="workspaces.id")
    topic: str = Field(primary_key=True)
    detail: str = ""
    noticed_at: datetime = instant(nullable=False)
