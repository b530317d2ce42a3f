"""The tables: rows that never leave this package. Every one carries the workspace it belongs to."""

from storage.tables.delivery import InboxRow, OutboxRow, PaceRow, PauseRow
from storage.tables.objectives import (
    AlignmentRow,
    ContributorRow,
    CoOwnerRow,
    CycleRow,
    DependencyRow,
    KeyResultRow,
    ObjectiveRow,
)
from storage.tables.people import MemberRow, RoleRow, TeamMemberRow, TeamRow
from storage.tables.records import ChangeRow, ClosingRow, CommentRow, CycleChangeRow, RetrospectiveRow
from storage.tables.rituals import BlockerRow, CheckInRow, DueRow, RecipientRow, RecognitionRow, ScheduleRow, UpdateRow
from storage.tables.staging import StagedHandRow, StagedKeyResultRow, StagedObjectiveRow
from storage.tables.workspaces import CounterRow, NoticeRow, PolicyChangeRow, WorkspaceRow

__all__ = [
    "AlignmentRow",
    "BlockerRow",
    "ChangeRow",
    "CheckInRow",
    "ClosingRow",
    "CoOwnerRow",
    "CommentRow",
    "ContributorRow",
    "CounterRow",
    "CycleChangeRow",
    "CycleRow",
    "DependencyRow",
    "DueRow",
    "InboxRow",
    "KeyResultRow",
    "MemberRow",
    "NoticeRow",
    "ObjectiveRow",
    "OutboxRow",
    "PaceRow",
    "PauseRow",
    "PolicyChangeRow",
    "RecipientRow",
    "RecognitionRow",
    "RetrospectiveRow",
    "RoleRow",
    "ScheduleRow",
    "StagedHandRow",
    "StagedKeyResultRow",
    "StagedObjectiveRow",
    "TeamMemberRow",
    "TeamRow",
    "UpdateRow",
    "WorkspaceRow",
]
