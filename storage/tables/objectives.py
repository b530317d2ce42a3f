"""Cycles, objectives and key results, and what ties them to people and to each other."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint, false, true
from sqlmodel import Field, SQLModel

from storage.columns import exact, instant, maybe_exact, maybe_instant, maybe_to, prose, to


class CycleRow(SQLModel, table=True):
    """A cycle; a workspace has one of each name."""

    __tablename__ = "cycles"
    __table_args__ = (UniqueConstraint("workspace", "name"), Index("ix_cycles_workspace_starts", "workspace", "starts"))
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    name: str
    starts: date
    ends: date
    closes: date | None = None
    closing_at: datetime | None = maybe_instant()
    closed_at: datetime | None = maybe_instant()
    next_at: datetime | None = maybe_instant(index=True)


class ObjectiveRow(SQLModel, table=True):
    """An objective; archived rather than erased."""

    __tablename__ = "objectives"
    __table_args__ = (UniqueConstraint("workspace", "number"), Index("ix_objectives_cycle_number", "cycle", "number"))
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    number: int
    title: str = prose()
    level: str
    owner: int = to("members")
    team: int | None = maybe_to("teams")
    parent: int | None = maybe_to("objectives")
    cycle: int = to("cycles", index=False)
    created_by: int = to("members", index=False)
    created_at: datetime = instant(nullable=False)
    archived_at: datetime | None = maybe_instant()
    stage: str = Field(default="agreed", sa_column_kwargs={"server_default": "agreed"})
    visibility: str = Field(default="everyone", sa_column_kwargs={"server_default": "everyone"})
    aspirational: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    description: str = prose()
    tags: str = prose()
    carried_from: int | None = maybe_to("objectives")
    score: Decimal | None = maybe_exact()


class CoOwnerRow(SQLModel, table=True):
    """Somebody who owns an objective together with its owner."""

    __tablename__ = "co_owners"
    objective: int = Field(primary_key=True, foreign_key="objectives.id")
    member: int = Field(primary_key=True, foreign_key="members.id", index=True)
    workspace: str = to("workspaces", index=False)


class KeyResultRow(SQLModel, table=True):
    """A key result with its measure, and what the last check-in said of it.

    `tags`, `milestones` and those of them that are `reached` are one a line; before `quiet_until` its owner is not
    asked why it does not move. It counts since `created_at`; where it was set before that, `set_at` is when.
    `agreed_to` is what was agreed to, in words, while a change of that still waits for somebody to agree.
    """

    __tablename__ = "key_results"
    __table_args__ = (
        UniqueConstraint("workspace", "number"),
        Index("ix_key_results_workspace_updated_at", "workspace", "updated_at", "moved_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    number: int
    objective: int = to("objectives")
    title: str = prose()
    owner: int = to("members")
    kind: str
    unit: str = ""
    start: Decimal = exact()
    target: Decimal = exact()
    current: Decimal = exact()
    upper: Decimal | None = maybe_exact()
    milestones: str = prose()
    reached: str = prose()
    measured: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    weight: Decimal = exact("1")
    confidence: int | None = None
    note: str = prose()
    updated_at: datetime | None = maybe_instant()
    moved_at: datetime | None = maybe_instant()
    stage: str = Field(default="agreed", sa_column_kwargs={"server_default": "agreed"})
    override: str | None = None
    override_reason: str = prose()
    override_until: date | None = None
    override_by: int | None = maybe_to("members")
    quiet_until: date | None = None
    description: str = prose()
    tags: str = prose()
    created_by: int = to("members", index=False)
    created_at: datetime = instant(nullable=False)
    set_at: datetime | None = maybe_instant()
    agreed_to: str = prose()
    archived_at: datetime | None = maybe_instant()


class ContributorRow(SQLModel, table=True):
    """Somebody who helps with a key result that another one checks in on."""

    __tablename__ = "contributors"
    key_result: int = Field(primary_key=True, foreign_key="key_results.id")
    member: int = Field(primary_key=True, foreign_key="members.id", index=True)
    workspace: str = to("workspaces", index=False)


class AlignmentRow(SQLModel, table=True):
    """Which key result of the objective above it an objective pulls on."""

    __tablename__ = "alignments"
    objective: int = Field(primary_key=True, foreign_key="objectives.id")
    key_result: int = to("key_results")
    workspace: str = to("workspaces", index=False)


class DependencyRow(SQLModel, table=True):
    """What a key result needs of another team, and what that team answered."""

    __tablename__ = "dependencies"
    __table_args__ = (UniqueConstraint("workspace", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    number: int
    key_result: int = to("key_results")
    team: int = to("teams")
    words: str = prose()
    state: str = "asked"
    asked_by: int = to("members", index=False)
    asked_at: datetime = instant(nullable=False)
    next_at: datetime | None = maybe_instant(index=True)
    answered_by: int | None = maybe_to("members")
    answered_at: datetime | None = maybe_instant()
    answer: str = prose()
