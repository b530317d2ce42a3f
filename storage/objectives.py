"""Objectives and key results, as they are remembered."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from domain.cycles import Cycle
from domain.measures import Direction, Measure
from domain.objectives import Heading, KeyResult, KeyResultId, Level, Objective, ObjectiveId
from domain.people import Member, MemberId, TeamId, WorkspaceId
from domain.references import Prefix, Reference
from storage import cycles, people, teams
from storage.rows import new_id, next_number, run
from storage.tables import KeyResultRow, ObjectiveRow


def in_cycle(
    session: Session,
    workspace: WorkspaceId,
    cycle: Cycle,
    *,
    level: Level | None = None,
    team: TeamId | None = None,
    owner: MemberId | None = None,
    archived: bool = False,
) -> list[Objective]:
    """The cycle's objectives with their key results, oldest first: all, or those of a level, a team or a person."""
    put_away = col(ObjectiveRow.archived_at).is_not(None)
    query = select(ObjectiveRow).where(
        ObjectiveRow.workspace == workspace, ObjectiveRow.cycle == cycle.id, put_away if archived else ~put_away
    )
    if level:
        query = query.where(ObjectiveRow.level == level)
    if team:
        query = query.where(ObjectiveRow.team == team)
    if owner:
        theirs = select(KeyResultRow.objective).where(
            KeyResultRow.owner == owner, col(KeyResultRow.archived_at).is_(None)
        )
        query = query.where(or_(col(ObjectiveRow.owner) == owner, col(ObjectiveRow.id).in_(theirs)))
    return _whole(session, workspace, session.exec(query.order_by(col(ObjectiveRow.number))).all())


def headings(session: Session, workspace: WorkspaceId, cycle: Cycle) -> list[Heading]:
    """Every objective of the cycle that another one could be aligned to."""
    query = select(ObjectiveRow).where(
        ObjectiveRow.workspace == workspace, ObjectiveRow.cycle == cycle.id, col(ObjectiveRow.archived_at).is_(None)
    )
    return [_heading(row) for row in session.exec(query.order_by(col(ObjectiveRow.number)))]


def objective(session: Session, workspace: WorkspaceId, which: Reference | ObjectiveId) -> Objective | None:
    """One objective by its reference or its id, archived or not."""
    named = ObjectiveRow.number == which.number if isinstance(which, Reference) else ObjectiveRow.id == which
    rows = session.exec(select(ObjectiveRow).where(ObjectiveRow.workspace == workspace, named)).all()
    return next(iter(_whole(session, workspace, rows)), None)


def key_result(
    session: Session, workspace: WorkspaceId, which: Reference | KeyResultId
) -> tuple[KeyResult, Objective] | None:
    """One key result by its reference or its id, archived or not, with its objective."""
    named = KeyResultRow.number == which.number if isinstance(which, Reference) else KeyResultRow.id == which
    row = session.exec(select(KeyResultRow).where(KeyResultRow.workspace == workspace, named)).first()
    if row is None:
        return None
    whole = objective(session, workspace, ObjectiveId(row.objective))
    owner = people.by_id(session, workspace, [row.owner])[row.owner]
    return (_key_result(row, owner), whole) if whole else None


def archived_key_results(session: Session, workspace: WorkspaceId, cycle: Cycle) -> list[tuple[KeyResult, Objective]]:
    """Every key result of the cycle that was put away by itself, with its objective, oldest first."""
    query = (
        select(KeyResultRow)
        .join(ObjectiveRow, col(ObjectiveRow.id) == col(KeyResultRow.objective))
        .where(KeyResultRow.workspace == workspace, ObjectiveRow.cycle == cycle.id)
        .where(col(KeyResultRow.archived_at).is_not(None), col(ObjectiveRow.archived_at).is_(None))
        .order_by(col(KeyResultRow.number))
    )
    rows = session.exec(query).all()
    owners = people.by_id(session, workspace, {row.owner for row in rows})
    above = {each.id: each for each in in_cycle(session, workspace, cycle)} if rows else {}
    return [(_key_result(row, owners[row.owner]), above[ObjectiveId(row.objective)]) for row in rows]


def key_results_of(session: Session, who: Member, cycle: Cycle) -> list[KeyResult]:
    """Every key result that somebody owns in the cycle, oldest first."""
    query = (
        select(KeyResultRow)
        .join(ObjectiveRow, col(ObjectiveRow.id) == col(KeyResultRow.objective))
        .where(KeyResultRow.workspace == who.workspace, KeyResultRow.owner == who.id, ObjectiveRow.cycle == cycle.id)
        .where(col(KeyResultRow.archived_at).is_(None), col(ObjectiveRow.archived_at).is_(None))
        .order_by(col(KeyResultRow.number))
    )
    return [_key_result(row, who) for row in session.exec(query)]


def add(session: Session, draft: Objective, by: Member, at: datetime) -> Objective:
    """Remember a new objective; it comes back with its number."""
    number = next_number(session, by.workspace, Prefix.OBJECTIVE)
    row = ObjectiveRow(
        workspace=by.workspace, number=number, cycle=draft.cycle.id, created_by=by.id, created_at=at, **_columns(draft)
    )
    session.add(row)
    session.flush()
    return replace(draft, id=ObjectiveId(new_id(row)), number=number)


def change(session: Session, objective: Objective) -> None:
    """Remember an objective's new title, level, owner, team and parent."""
    run(session, update(ObjectiveRow).where(col(ObjectiveRow.id) == objective.id).values(_columns(objective)))


def archive(session: Session, objective: Objective, at: datetime | None) -> None:
    """Put an objective away, or bring it back with None."""
    run(session, update(ObjectiveRow).where(col(ObjectiveRow.id) == objective.id).values(archived_at=at))


def add_key_result(session: Session, draft: KeyResult, by: Member, at: datetime) -> KeyResult:
    """Remember a new key result; it comes back with its number."""
    number = next_number(session, by.workspace, Prefix.KEY_RESULT)
    row = KeyResultRow(
        workspace=by.workspace,
        number=number,
        objective=draft.objective,
        created_by=by.id,
        created_at=at,
        **_key_result_columns(draft),
    )
    session.add(row)
    session.flush()
    return replace(draft, id=KeyResultId(new_id(row)), number=number)


def change_key_result(session: Session, kr: KeyResult) -> None:
    """Remember a key result's new title, owner, measure, confidence and note."""
    values = _key_result_columns(kr) | {"confidence": kr.confidence, "note": kr.note, "updated_at": kr.updated_at}
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(values))


def archive_key_result(session: Session, kr: KeyResult, at: datetime | None) -> None:
    """Put a key result away, or bring it back with None."""
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(archived_at=at))


def _columns(objective: Objective) -> dict[str, Any]:
    return {
        "title": objective.title,
        "level": objective.level.value,
        "owner": objective.owner.id,
        "team": objective.team.id if objective.team else None,
        "parent": objective.parent.id if objective.parent else None,
    }


def _key_result_columns(kr: KeyResult) -> dict[str, Any]:
    return {
        "title": kr.title,
        "owner": kr.owner.id,
        "direction": kr.measure.direction.value,
        "unit": kr.measure.unit,
        "start": kr.measure.start,
        "target": kr.measure.target,
        "current": kr.measure.current,
    }


def _whole(session: Session, workspace: WorkspaceId, rows: Sequence[ObjectiveRow]) -> list[Objective]:
    """The objectives with all that belongs to them: as many questions for a thousand as for one."""
    if not rows:
        return []
    parts = _key_result_rows(session, [new_id(row) for row in rows])
    owners = {row.owner for row in rows} | {kr.owner for group in parts.values() for kr in group}
    known = people.by_id(session, workspace, owners)
    groups = teams.by_id(session, workspace, {row.team for row in rows if row.team})
    above = _headings(session, workspace, {row.parent for row in rows if row.parent})
    periods = cycles.by_id(session, workspace, {row.cycle for row in rows})
    return [
        Objective(
            id=ObjectiveId(new_id(row)),
            number=row.number,
            title=row.title,
            level=Level(row.level),
            owner=known[row.owner],
            cycle=periods[row.cycle],
            team=groups.get(row.team) if row.team else None,
            parent=above.get(row.parent) if row.parent else None,
            key_results=tuple(_key_result(kr, known[kr.owner]) for kr in parts[new_id(row)]),
            archived=row.archived_at is not None,
        )
        for row in rows
    ]


def _key_result_rows(session: Session, objectives: Collection[int]) -> dict[int, list[KeyResultRow]]:
    query = select(KeyResultRow).where(
        col(KeyResultRow.objective).in_(objectives), col(KeyResultRow.archived_at).is_(None)
    )
    groups: dict[int, list[KeyResultRow]] = defaultdict(list)
    for row in session.exec(query.order_by(col(KeyResultRow.number))):
        groups[row.objective].append(row)
    return groups


def _headings(session: Session, workspace: WorkspaceId, ids: set[int]) -> dict[int, Heading]:
    query = select(ObjectiveRow).where(ObjectiveRow.workspace == workspace, col(ObjectiveRow.id).in_(ids))
    return {new_id(row): _heading(row) for row in session.exec(query)} if ids else {}


def _heading(row: ObjectiveRow) -> Heading:
    return Heading(ObjectiveId(new_id(row)), row.number, row.title)


def _key_result(row: KeyResultRow, owner: Member) -> KeyResult:
    return KeyResult(
        id=KeyResultId(new_id(row)),
        number=row.number,
        objective=ObjectiveId(row.objective),
        title=row.title,
        owner=owner,
        measure=Measure(row.start, row.target, row.current, row.unit, Direction(row.direction)),
        created_at=row.created_at,
        confidence=row.confidence,
        note=row.note,
        updated_at=row.updated_at,
        archived=row.archived_at is not None,
    )
