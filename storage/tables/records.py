"""What became of objectives and key results: changes, comments, scores and retrospectives."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import exact, index_where, instant, maybe_exact, maybe_instant, maybe_to, prose, to


class ChangeRow(SQLModel, table=True):
    """A change of an objective or one of its key results: what of it, from what to what, by whom and why."""

    __tablename__ = "changes"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    objective: int = to("objectives")
    key_result: int | None = maybe_to("key_results")
    what: str
    before: str = prose()
    after: str = prose()
    why: str = prose()
    made_by: int | None = maybe_to("members")
    at: datetime = instant(nullable=False)


class CycleChangeRow(SQLModel, table=True):
    """A change of a cycle: what of it, from what to what, and by whom."""

    __tablename__ = "cycle_changes"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    cycle: int = to("cycles")
    what: str
    before: str = prose()
    after: str = prose()
    made_by: int = to("members")
    at: datetime = instant(nullable=False)


class CommentRow(SQLModel, table=True):
    """What somebody said of an objective or one of its key results."""

    __tablename__ = "comments"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    objective: int = to("objectives")
    key_result: int | None = maybe_to("key_results")
    member: int = to("members")
    words: str = prose()
    at: datetime = instant(nullable=False)


class ClosingRow(SQLModel, table=True):
    """What became of an objective at the end of its cycle, in its owner's words."""

    __tablename__ = "closings"
    objective: int = Field(primary_key=True, foreign_key="objectives.id")
    workspace: str = to("workspaces")
    suggested: Decimal | None = maybe_exact()
    score: Decimal = exact()
    why: str = prose()
    mattered: str
    learned: str = prose()
    verdict: str
    closed_by: int = to("members", index=False)
    at: datetime = instant(nullable=False)


class RetrospectiveRow(SQLModel, table=True):
    """A thread about what became of a cycle's objectives: a team's, or without a team the company's.

    `key` is that of its first message in the outbox; `told_at` is when the answers to that were planned.
    """

    __tablename__ = "retrospectives"
    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        index_where("ix_retrospectives_untold", "told_at IS NULL", "begun_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    cycle: int = to("cycles")
    team: int | None = maybe_to("teams")
    place: str
    key: str
    begun_at: datetime = instant(nullable=False)
    told_at: datetime | None = maybe_instant()
