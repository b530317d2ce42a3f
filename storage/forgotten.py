"""What may have been forgotten in a running cycle: what nobody has agreed to, and what was measured for a target."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import literal
from sqlmodel import Session

from domain.cycles import Cycle
from domain.measures import MeasureKind
from domain.objectives import Stage
from domain.outbox import Method, Priority
from domain.people import Kind, WorkspaceId
from storage import outbox
from storage.columns import Instant
from storage.rows import JsonOf, columns
from storage.tables import ChangeRow, KeyResultRow, MemberRow, ObjectiveRow

_OBJECTIVE, _MEMBER, _CHANGE = columns(ObjectiveRow), columns(MemberRow), columns(ChangeRow)
_KEY_RESULT = columns(KeyResultRow)


def ask(
    session: Session,
    workspace: WorkspaceId,
    cycle: Cycle,
    untouched_since: datetime,
    rule: str,
    expires_at: datetime,
    now: datetime,
) -> int:
    """Plan a question to the owner of each draft and proposal of a cycle, each asked about once in it; how many.

    It is older than that, and nothing of it has changed since then.
    """
    touched = sa.exists().where(_CHANGE.objective == _OBJECTIVE.id, _CHANGE.at > untouched_since)
    each = (
        sa.select(
            _MEMBER.workspace,
            literal("forgotten"),
            _MEMBER.slack_id,
            literal(f"forgotten {cycle.id} ") + sa.cast(_OBJECTIVE.id, sa.String),
            literal(rule),
            JsonOf(literal("objective"), _OBJECTIVE.id),
            literal(int(Priority.DIGEST)),
            literal(expires_at, Instant()),
        )
        .join(_OBJECTIVE.id.table, _OBJECTIVE.owner == _MEMBER.id)
        .where(_OBJECTIVE.workspace == workspace, _OBJECTIVE.cycle == cycle.id, _OBJECTIVE.archived_at.is_(None))
        .where(_OBJECTIVE.stage.in_([Stage.DRAFT.value, Stage.PROPOSED.value]))
        .where(_OBJECTIVE.created_at <= untouched_since, ~touched)
        .where(_MEMBER.active.is_(True), _MEMBER.kind != Kind.BOT.value)
        .order_by(_OBJECTIVE.number)
    )
    return outbox.put_each(session, Method.POST, each, now)


def ask_for_targets(
    session: Session,
    workspace: WorkspaceId,
    cycle: Cycle,
    measured_by: datetime,
    rule: str,
    expires_at: datetime,
    now: datetime,
) -> int:
    """Plan a question to the owner of each agreed key result of a cycle that was measured by then and has no target;
    each is asked about once; how many.
    """
    agreed = Stage.AGREED.value
    each = (
        sa.select(
            _MEMBER.workspace,
            literal("target awaited"),
            _MEMBER.slack_id,
            literal("target awaited ") + sa.cast(_KEY_RESULT.id, sa.String),
            literal(rule),
            JsonOf(literal("key_result"), _KEY_RESULT.id),
            literal(int(Priority.DIGEST)),
            literal(expires_at, Instant()),
        )
        .join(_KEY_RESULT.id.table, _KEY_RESULT.owner == _MEMBER.id)
        .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
        .where(_OBJECTIVE.workspace == workspace, _OBJECTIVE.cycle == cycle.id, _OBJECTIVE.archived_at.is_(None))
        .where(_OBJECTIVE.stage == agreed, _OBJECTIVE.score.is_(None))
        .where(_KEY_RESULT.stage == agreed, _KEY_RESULT.archived_at.is_(None))
        .where(_KEY_RESULT.kind == MeasureKind.BASELINE.value, _KEY_RESULT.measured.is_(True))
        .where(sa.func.coalesce(_KEY_RESULT.moved_at, _KEY_RESULT.updated_at, _KEY_RESULT.created_at) <= measured_by)
        .where(_MEMBER.active.is_(True), _MEMBER.kind != Kind.BOT.value)
        .order_by(_KEY_RESULT.number)
    )
    return outbox.put_each(session, Method.POST, each, now)
