"""The tables: rows that never leave this package. Every one carries the workspace it belongs to."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, false, text, true
from sqlmodel import Column, Field, SQLModel

from storage.columns import exact, instant, maybe_exact, maybe_instant, maybe_to, prose, to


def _index_where(name: str, condition: str, *columns: str) -> Index:
    """An index of some rows; what uses it must say the same condition in so many words, without parameters."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


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


class MemberRow(SQLModel, table=True):
    """A user of the workspace, as Slack last described them."""

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

    `tags` and `milestones` are one a line; before `quiet_until` its owner is not asked why it does not move. It counts
    since `created_at`; where it was set before that, `set_at` is when.
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
        _index_where("ix_retrospectives_untold", "told_at IS NULL", "begun_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(foreign_key="workspaces.id")
    cycle: int = to("cycles")
    team: int | None = maybe_to("teams")
    place: str
    key: str
    begun_at: datetime = instant(nullable=False)
    told_at: datetime | None = maybe_instant()


class StagedObjectiveRow(SQLModel, table=True):
    """An objective that an import is about to add: nobody sees it before all of them are added at once.

    `parent_place` and `pulled_place` are places among what comes with it, `cycle` the name of one.
    """

    __tablename__ = "staged_objectives"
    batch: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    workspace: str = to("workspaces")
    title: str = prose()
    level: str
    owner: int = to("members", index=False)
    team: int | None = None
    cycle: str
    parent: int | None = None
    parent_place: int | None = None
    pulled: int | None = None
    pulled_place: int | None = None
    visibility: str
    stage: str
    aspirational: bool
    description: str = prose()
    tags: str = prose()


class StagedKeyResultRow(SQLModel, table=True):
    """A key result that an import is about to add, under an objective that is here or comes with it."""

    __tablename__ = "staged_key_results"
    batch: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    workspace: str = to("workspaces")
    title: str = prose()
    owner: int = to("members", index=False)
    objective: int | None = None
    objective_place: int | None = None
    kind: str
    unit: str = ""
    start: Decimal = exact()
    target: Decimal = exact()
    current: Decimal = exact()
    upper: Decimal | None = maybe_exact()
    milestones: str = prose()
    measured: bool
    weight: Decimal = exact()
    stage: str
    description: str = prose()
    tags: str = prose()


class StagedHandRow(SQLModel, table=True):
    """Somebody who owns a staged objective together with its owner, or helps with a staged key result."""

    __tablename__ = "staged_hands"
    batch: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    member: int = Field(primary_key=True, foreign_key="members.id")
    workspace: str = to("workspaces")


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
    """A key result's value at some time: never changed, only followed by another."""

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


class OutboxRow(SQLModel, table=True):
    """Something to say or show, and how far it has come."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        UniqueConstraint("mark"),
        _index_where("ix_outbox_next", "state = 'pending'", "workspace", "method", "priority", "id"),
        _index_where("ix_outbox_waiting", "state = 'pending'", "workspace", "place", "id"),
        _index_where("ix_outbox_expiring", "state = 'pending'", "expires_at"),
        _index_where("ix_outbox_under_way", "state IN ('sending', 'unknown')", "workspace", "place"),
        _index_where("ix_outbox_leased", "state = 'sending'", "lease_until"),
        _index_where("ix_outbox_doubtful", "state = 'unknown'", "workspace", "look_at"),
        _index_where("ix_outbox_troubled", "state IN ('dead', 'skipped', 'unknown')", "workspace", "settled_at"),
        _index_where("ix_outbox_settled", "state IN ('expired', 'unwanted')", "settled_at"),
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


class NoticeRow(SQLModel, table=True):
    """Something that this workspace does not offer, as admins see it on their Home until it is mended."""

    __tablename__ = "notices"
    workspace: str = Field(primary_key=True, foreign_key="workspaces.id")
    topic: str = Field(primary_key=True)
    detail: str = ""
    noticed_at: datetime = instant(nullable=False)
