"""People, their roles and their teams."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import instant, maybe_instant, maybe_to, prose, to


class MemberRow(SQLModel, table=True):
    """A user of the workspace, as Slack last described them; `whole_name` is the one beside that which they go by."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("workspace", "slack_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    slack_id: str
    name: str
    zone: str
    kind: str
    active: bool = True
    workspace_admin: bool = False
    whole_name: str = prose()
    dm_channel: str | None = None
    home_opened_at: datetime | None = maybe_instant()


class RoleRow(SQLModel, table=True):
    """A role that an admin gave to a member."""

    __tablename__ = "roles"
    member: int = Field(primary_key=True, foreign_key="members.id")
    role: str = Field(primary_key=True)
    workspace: str = to("workspaces")
    granted_by: int = to("members", index=False)
    granted_at: datetime = instant(nullable=False)


class TeamRow(SQLModel, table=True):
    """A team; archived rather than erased."""

    __tablename__ = "teams"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    name: str
    lead: int | None = maybe_to("members")
    channel: str | None = None
    usergroup: str | None = None
    archived_at: datetime | None = maybe_instant()


class TeamMemberRow(SQLModel, table=True):
    """Somebody in a team."""

    __tablename__ = "team_members"
    team: int = Field(primary_key=True, foreign_key="teams.id")
    member: int = Field(primary_key=True, foreign_key="members.id", index=True)
    workspace: str = to("workspaces", index=False)
