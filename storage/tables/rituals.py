"""The weekly check-in, and thanks."""

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import exact, instant, maybe_instant, maybe_to, prose, to


class ScheduleRow(SQLModel, table=True):
    """A weekly ritual of a workspace, in local time."""

    __tablename__ = "schedules"
    __table_args__ = (UniqueConstraint("workspace", "ritual"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    ritual: str = "check-in"
    weekday: int
    at: time
    first: date


class DueRow(SQLModel, table=True):
    """When a schedule next falls due in a zone: one row for everybody whose clock shows the same."""

    __tablename__ = "dues"
    schedule: int = Field(primary_key=True, foreign_key="schedules.id")
    zone: str = Field(primary_key=True)
    workspace: str = to("workspaces", index=False)
    next_at: datetime = instant(nullable=False, index=True)


class CheckInRow(SQLModel, table=True):
    """One person's check-in for one occurrence of a schedule."""

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("schedule", "member", "day"),
        Index("ix_check_ins_member_opens", "member", "opens_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    schedule: int = Field(foreign_key="schedules.id")
    member: int = Field(foreign_key="members.id")
    day: date
    opens_at: datetime = instant(nullable=False)
    closes_at: datetime = instant(nullable=False)
    state: str
    answered_at: datetime | None = maybe_instant()


class UpdateRow(SQLModel, table=True):
    """A key result's value at some time: never changed, only followed by another.

    `reached` and `taken_back` are milestones, one a line; `out_of` says how it was measured (`Measure.out_of`).
    """

    __tablename__ = "updates"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    key_result: int = to("key_results")
    check_in: int | None = maybe_to("check_ins")
    value: Decimal = exact()
    previous: Decimal = exact()
    confidence: int | None = None
    note: str = prose()
    made_by: int = to("members", index=False)
    at: datetime = instant(nullable=False)
    undone_at: datetime | None = maybe_instant()
    reached: str = prose()
    taken_back: str = prose()
    out_of: int | None = None


class BlockerRow(SQLModel, table=True):
    """What stands in somebody's way; one for a check-in."""

    __tablename__ = "blockers"
    __table_args__ = (UniqueConstraint("workspace", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    number: int
    check_in: int = to("check_ins", unique=True)
    words: str = prose()
    raised_by: int = to("members")
    raised_at: datetime = instant(nullable=False)
    withdrawn_at: datetime | None = maybe_instant()


class RecognitionRow(SQLModel, table=True):
    """Somebody's thanks."""

    __tablename__ = "recognitions"
    __table_args__ = (Index("ix_recognitions_workspace_at", "workspace", "at"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    giver: int = to("members")
    reason: str = prose()
    value: str | None = None
    objective: int | None = maybe_to("objectives")
    key_result: int | None = maybe_to("key_results")
    at: datetime = instant(nullable=False)


class RecipientRow(SQLModel, table=True):
    """Somebody who was thanked."""

    __tablename__ = "recipients"
    recognition: int = Field(primary_key=True, foreign_key="recognitions.id")
    member: int = Field(primary_key=True, foreign_key="members.id", index=True)
    workspace: str = to("workspaces", index=False)
