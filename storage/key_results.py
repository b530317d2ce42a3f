"""Key results, as they are remembered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col

from domain.objectives import KeyResult, KeyResultId, Objective, Stage, owned_by
from domain.people import Member, MemberId, WorkspaceId
from domain.references import Prefix, Reference
from storage import cycles, objectives, people
from storage.objective_rows import WHOLE, WITH, beside, key_result_of, parts_in
from storage.objectives import When
from storage.prepared import Prepared
from storage.rows import Among, Unsearched, among, columns, listed, new_id, next_number, rows, run
from storage.tables import ContributorRow, CycleRow, KeyResultRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)

_HERE = _OBJECTIVE.workspace == bindparam("workspace")
_THEIRS = sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.workspace == bindparam("workspace"))
_BY_NUMBER = Prepared(WHOLE.where(_HERE, _OBJECTIVE.id.in_(_THEIRS.where(_KEY_RESULT.number == bindparam("number")))))
_BY_IDS = Prepared(
    WHOLE.where(
        Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"),
        Among(_OBJECTIVE.id, sa.select(_KEY_RESULT.objective).where(among(_KEY_RESULT.id, "ids")).scalar_subquery()),
    )
)

_OWNED = Prepared(
    sa.select(*WITH)
    .select_from(_KEY_RESULT.id.table)
    .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
    .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
    .where(Unsearched(_KEY_RESULT.workspace) == bindparam("workspace"), among(_KEY_RESULT.owner, "owners"))
    .where(cycles.runs_on("day"), _KEY_RESULT.archived_at.is_(None), _OBJECTIVE.archived_at.is_(None))
    .where(_KEY_RESULT.stage == Stage.AGREED.value, _OBJECTIVE.stage == Stage.AGREED.value)
    .where(_OBJECTIVE.score.is_(None))
    .order_by(_KEY_RESULT.number)
)

_DECLINE = Prepared(
    update(_KEY_RESULT.id.table)
    .where(_KEY_RESULT.workspace == bindparam("its_workspace"), among(_KEY_RESULT.id, "ids"))
    .values(stage=bindparam("declined"))
)
_OF_A_MOVE = ("current", "reached", "measured", "confidence", "note", "updated_at", "moved_at")
_MOVE = Prepared(
    update(_KEY_RESULT.id.table)
    .where(_KEY_RESULT.id == bindparam("moved"))
    .values({name: bindparam(name) for name in _OF_A_MOVE})
)


def key_result(
    session: Session, workspace: WorkspaceId, which: Reference | KeyResultId
) -> tuple[KeyResult, Objective] | None:
    """One key result by its reference or its id, archived or not, with its objective."""
    if not isinstance(which, Reference):
        return by_id(session, workspace, [which]).get(which)
    found = rows(session, _BY_NUMBER, workspace=workspace, number=which.number)
    return next((each for each in parts_in(session, workspace, found) if each[0].number == which.number), None)


def by_id(
    session: Session, workspace: WorkspaceId, ids: Collection[KeyResultId]
) -> dict[KeyResultId, tuple[KeyResult, Objective]]:
    """The key results with these ids, archived or not, each with its objective."""
    found = rows(session, _BY_IDS, workspace=workspace, ids=listed(ids)) if ids else []
    return {kr.id: (kr, above) for kr, above in parts_in(session, workspace, found) if kr.id in ids}


def of(session: Session, who: Member, when: When) -> list[KeyResult]:
    """Every agreed key result that somebody owns in the cycle, oldest first."""
    return owned_by(who, objectives.in_cycle(session, who.workspace, when, owner=who))


def owned(
    session: Session, workspace: WorkspaceId, day: date, owners: Iterable[Member]
) -> dict[MemberId, list[KeyResult]]:
    """The key results that each of these people is asked about on this day, oldest first: none that has been scored."""
    mine = {who.id: who for who in owners}
    found = rows(session, _OWNED, workspace=workspace, day=day, owners=listed(mine)) if mine else []
    helping = {id for row in found for id in beside(row)} - set(mine)
    folk: dict[int, Member] = people.by_id(session, workspace, helping) if helping else {}
    folk |= {who.id: who for who in mine.values()}
    theirs: dict[MemberId, list[KeyResult]] = {id: [] for id in mine}
    for row in found:
        kr = key_result_of(folk, *row)
        theirs[kr.owner.id].append(kr)
    return theirs


def add(session: Session, draft: KeyResult, by: Member, at: datetime) -> KeyResult:
    """Remember a new key result; it comes back with its number."""
    number = next_number(session, by.workspace, Prefix.KEY_RESULT)
    row = KeyResultRow(workspace=by.workspace, number=number, created_by=by.id, created_at=at, **_columns(draft))
    session.add(row)
    session.flush()
    return replace(draft, id=KeyResultId(new_id(row)), number=number)


def change(session: Session, kr: KeyResult) -> None:
    """Remember everything that can be changed of a key result but who contributes to it."""
    values = _columns(kr) | {
        "confidence": kr.confidence,
        "note": kr.note,
        "updated_at": kr.updated_at,
        "moved_at": kr.moved_at,
    }
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(values))


def let_help(session: Session, kr: KeyResult, contributors: Iterable[Member]) -> None:
    """Let exactly these people contribute to a key result."""
    run(session, delete(ContributorRow).where(col(ContributorRow.key_result) == kr.id))
    workspace = kr.owner.workspace
    session.add_all(ContributorRow(key_result=kr.id, member=who.id, workspace=workspace) for who in contributors)
    session.flush()


def settle(session: Session, kr: KeyResult, stage: Stage, at: datetime) -> None:
    """Remember that a proposed key result was accepted, from which day on it counts, or declined."""
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(stage=stage.value))
    if stage is Stage.AGREED:
        begin(session, kr.owner.workspace, [kr.id], at)


def decline(session: Session, workspace: WorkspaceId, ids: Collection[KeyResultId]) -> None:
    """Remember that these proposed key results were declined."""
    if ids:
        run(session, _DECLINE, its_workspace=workspace, ids=listed(ids), declined=Stage.DECLINED.value)


def begin(session: Session, workspace: WorkspaceId, ids: Collection[KeyResultId], at: datetime) -> None:
    """Let these key results count from now on: until they were agreed, nobody was late with them.

    When each was set is remembered beside it.
    """
    here = (col(KeyResultRow.workspace) == workspace, col(KeyResultRow.id).in_(ids))
    first = sa.func.coalesce(_KEY_RESULT.set_at, _KEY_RESULT.created_at)
    if ids:
        run(session, update(KeyResultRow).where(*here).values(created_at=at, set_at=first))


def move(session: Session, moved: Sequence[KeyResult]) -> None:
    """Remember the current values of these key results, and the last confidence and note on each."""
    each = [
        {
            "moved": kr.id,
            "current": kr.measure.current,
            "reached": "\n".join(kr.measure.reached),
            "confidence": kr.confidence,
            "note": kr.note,
            "updated_at": kr.updated_at,
            "measured": kr.measure.measured,
            "moved_at": kr.moved_at,
        }
        for kr in moved
    ]
    if each:
        run(session, _MOVE, *each)


def archive(session: Session, kr: KeyResult, at: datetime | None) -> None:
    """Put a key result away, or bring it back with None."""
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(archived_at=at))


def _columns(kr: KeyResult) -> dict[str, Any]:
    override = kr.override
    return {
        "objective": kr.objective,
        "title": kr.title,
        "owner": kr.owner.id,
        "kind": kr.measure.kind.value,
        "unit": kr.measure.unit,
        "start": kr.measure.start,
        "target": kr.measure.target,
        "current": kr.measure.current,
        "upper": kr.measure.upper,
        "milestones": "\n".join(kr.measure.milestones),
        "reached": "\n".join(kr.measure.reached),
        "measured": kr.measure.measured,
        "weight": kr.weight,
        "stage": kr.stage.value,
        "override": override.status.value if override else None,
        "override_reason": override.reason if override else "",
        "override_until": override.until if override else None,
        "override_by": override.by.id if override else None,
        "description": kr.description,
        "tags": "\n".join(kr.tags),
        "agreed_to": kr.agreed_to,
    }
