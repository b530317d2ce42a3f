"""What may have been forgotten: objectives of a running cycle that nobody has agreed to and nobody touches."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import literal
from sqlmodel import Session

from domain.cycles import Cycle
from domain.objectives import Stage
from domain.outbox import Method, Priority
from domain.people import Kind, WorkspaceId
from storage import outbox
from storage.columns import Instant
from storage.rows import JsonOf, columns
from storage.tables import ChangeRow, MemberRow, ObjectiveRow

_OBJECTIVE, _MEMBER, _CHANGE = columns(ObjectiveRow), columns(MemberRow), columns(ChangeRow)


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
