"""Objectives and key results, as they are remembered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from domain.cycles import Cycle, CycleId, Period
from domain.measures import Direction, Measure
from domain.objectives import Heading, KeyResult, KeyResultId, Level, Objective, ObjectiveId, owned_by
from domain.people import Member, MemberId, Team, TeamId, WorkspaceId
from domain.references import Prefix, Reference
from storage import people, teams
from storage.prepared import Plain, Prepared
from storage.rows import Among, Unsearched, among, columns, listed, new_id, next_number, rows, run
from storage.tables import CycleRow, KeyResultRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)
_PARENT = _OBJECTIVE.id.table.alias("parents").c

_ABOUT = (
    _OBJECTIVE.id,
    _OBJECTIVE.owner,
    _OBJECTIVE.team,
    _OBJECTIVE.number,
    _OBJECTIVE.title,
    _OBJECTIVE.level,
    _OBJECTIVE.archived_at,
)
_DURING = (_CYCLE.id, _CYCLE.name, _CYCLE.starts, _CYCLE.ends)
_BELOW = (_PARENT.id, _PARENT.number, _PARENT.title)
_WITH = (
    _KEY_RESULT.id,
    _KEY_RESULT.owner,
    _KEY_RESULT.objective,
    _KEY_RESULT.number,
    _KEY_RESULT.title,
    _KEY_RESULT.start,
    _KEY_RESULT.target,
    _KEY_RESULT.current,
    _KEY_RESULT.unit,
    _KEY_RESULT.direction,
    _KEY_RESULT.created_at,
    _KEY_RESULT.confidence,
    _KEY_RESULT.note,
    _KEY_RESULT.updated_at,
    _KEY_RESULT.archived_at,
)

_WHOLE = (
    sa.select(*_ABOUT, *_DURING, *_BELOW, *_WITH)
    .select_from(_OBJECTIVE.id.table)
    .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
    .outerjoin(_PARENT.id.table, _PARENT.id == _OBJECTIVE.parent)
    .outerjoin(_KEY_RESULT.id.table, _KEY_RESULT.objective == _OBJECTIVE.id)
    .order_by(_OBJECTIVE.number, _KEY_RESULT.number)
)
"""Objectives with all that belongs to them: a row for each of their key results, archived or not."""

_HERE = _OBJECTIVE.workspace == bindparam("workspace")
_THEIRS = sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.workspace == bindparam("workspace"))
_BY_NUMBER = Prepared(_WHOLE.where(_HERE, _OBJECTIVE.number == bindparam("number")))
_BY_ID = Prepared(_WHOLE.where(_HERE, _OBJECTIVE.id == bindparam("id")))
_BY_KEY_RESULT_NUMBER = Prepared(
    _WHOLE.where(_HERE, _OBJECTIVE.id.in_(_THEIRS.where(_KEY_RESULT.number == bindparam("number"))))
)
_BY_KEY_RESULT_IDS = Prepared(
    _WHOLE.where(
        Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"),
        Among(_OBJECTIVE.id, sa.select(_KEY_RESULT.objective).where(among(_KEY_RESULT.id, "ids")).scalar_subquery()),
    )
)

_OWNED = Prepared(
    sa.select(*_WITH)
    .select_from(_KEY_RESULT.id.table)
    .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
    .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
    .where(Unsearched(_KEY_RESULT.workspace) == bindparam("workspace"), among(_KEY_RESULT.owner, "owners"))
    .where(_CYCLE.starts == bindparam("starts"), _KEY_RESULT.archived_at.is_(None), _OBJECTIVE.archived_at.is_(None))
    .order_by(_KEY_RESULT.number)
)

_MOVE = Prepared(
    update(_KEY_RESULT.id.table)
    .where(_KEY_RESULT.id == bindparam("moved"))
    .values({name: bindparam(name) for name in ("current", "confidence", "note", "updated_at")})
)


@cache
def _in_cycle(archived: bool, narrowed_by: frozenset[str]) -> Prepared:
    put_away = _OBJECTIVE.archived_at.is_not(None)
    during = (_CYCLE.workspace == bindparam("workspace"), _CYCLE.starts == bindparam("starts"))
    query = _WHOLE.where(*during, put_away if archived else ~put_away)
    if "level" in narrowed_by:
        query = query.where(_OBJECTIVE.level == bindparam("level"))
    if "team" in narrowed_by:
        query = query.where(_OBJECTIVE.team == bindparam("team"))
    if "owner" in narrowed_by:
        parts = sa.select(_KEY_RESULT.objective).where(
            _KEY_RESULT.owner == bindparam("owner"), _KEY_RESULT.archived_at.is_(None)
        )
        whole = sa.select(_OBJECTIVE.id).where(_OBJECTIVE.owner == bindparam("owner")).correlate(None)
        query = query.where(Among(_OBJECTIVE.id, whole.union(parts).scalar_subquery()))
    return Prepared(query)


def in_cycle(
    session: Session,
    workspace: WorkspaceId,
    period: Period,
    *,
    level: Level | None = None,
    team: TeamId | None = None,
    owner: Member | None = None,
    archived: bool = False,
) -> list[Objective]:
    """The cycle's objectives with their key results, oldest first: all, or those of a level, a team or a person."""
    asked = {"level": level and level.value, "team": team, "owner": owner and owner.id}
    narrowed = {name: value for name, value in asked.items() if value}
    query = _in_cycle(archived, frozenset(narrowed))
    found = rows(session, query, workspace=workspace, starts=period.starts, **narrowed)
    return [each for each, _ in _with_parts(session, workspace, found, known=[owner] if owner else [])]


def headings(session: Session, workspace: WorkspaceId, cycle: Cycle) -> list[Heading]:
    """Every objective of the cycle that another one could be aligned to."""
    query = select(ObjectiveRow).where(
        ObjectiveRow.workspace == workspace, ObjectiveRow.cycle == cycle.id, col(ObjectiveRow.archived_at).is_(None)
    )
    return [
        _heading(new_id(row), row.number, row.title) for row in session.exec(query.order_by(col(ObjectiveRow.number)))
    ]


def objective(session: Session, workspace: WorkspaceId, which: Reference | ObjectiveId) -> Objective | None:
    """One objective by its reference or its id, archived or not."""
    if isinstance(which, Reference):
        found = rows(session, _BY_NUMBER, workspace=workspace, number=which.number)
    else:
        found = rows(session, _BY_ID, workspace=workspace, id=which)
    return next((each for each, _ in _with_parts(session, workspace, found)), None)


def key_result(
    session: Session, workspace: WorkspaceId, which: Reference | KeyResultId
) -> tuple[KeyResult, Objective] | None:
    """One key result by its reference or its id, archived or not, with its objective."""
    if not isinstance(which, Reference):
        return key_results(session, workspace, [which]).get(which)
    found = rows(session, _BY_KEY_RESULT_NUMBER, workspace=workspace, number=which.number)
    return next((each for each in _parts(session, workspace, found) if each[0].number == which.number), None)


def key_results(
    session: Session, workspace: WorkspaceId, ids: Collection[KeyResultId]
) -> dict[KeyResultId, tuple[KeyResult, Objective]]:
    """The key results with these ids, archived or not, each with its objective."""
    found = rows(session, _BY_KEY_RESULT_IDS, workspace=workspace, ids=listed(ids)) if ids else []
    return {kr.id: (kr, above) for kr, above in _parts(session, workspace, found) if kr.id in ids}


def archived_key_results(session: Session, workspace: WorkspaceId, period: Period) -> list[tuple[KeyResult, Objective]]:
    """Every key result of the cycle that was put away by itself, with its objective, oldest first."""
    found = rows(session, _in_cycle(False, frozenset()), workspace=workspace, starts=period.starts)
    gone = [(kr, above) for kr, above in _parts(session, workspace, found) if kr.archived]
    return sorted(gone, key=lambda each: each[0].number)


def key_results_of(session: Session, who: Member, period: Period) -> list[KeyResult]:
    """Every key result that somebody owns in the cycle, oldest first."""
    return owned_by(who, in_cycle(session, who.workspace, period, owner=who))


def owned(
    session: Session, workspace: WorkspaceId, period: Period, owners: Iterable[Member]
) -> dict[MemberId, list[KeyResult]]:
    """The key results that each of these people owns in the cycle, oldest first."""
    folk: dict[int, Member] = {who.id: who for who in owners}
    found = rows(session, _OWNED, workspace=workspace, starts=period.starts, owners=listed(folk)) if folk else []
    theirs: dict[MemberId, list[KeyResult]] = {who.id: [] for who in folk.values()}
    for row in found:
        kr = _key_result(folk, *row)
        theirs[kr.owner.id].append(kr)
    return theirs


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


def move_key_results(session: Session, moved: Sequence[KeyResult]) -> None:
    """Remember the current values of these key results, and the last confidence and note on each."""
    each = [
        {
            "moved": kr.id,
            "current": kr.measure.current,
            "confidence": kr.confidence,
            "note": kr.note,
            "updated_at": kr.updated_at,
        }
        for kr in moved
    ]
    if each:
        run(session, _MOVE, *each)


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


def _with_parts(
    session: Session, workspace: WorkspaceId, found: Sequence[Plain], known: Iterable[Member] = ()
) -> list[tuple[Objective, list[KeyResult]]]:
    """The objectives in rows of `_WHOLE`, and their key results with the archived ones: as many questions for a
    thousand as for one.
    """
    split = [(row[:7], row[7:11], row[11:14], row[14:]) for row in found]
    owners = {about[1] for about, *_ in split} | {part[1] for *_, part in split if part[0]}
    folk = people.by_id(session, workspace, owners, known)
    groups = teams.by_id(session, workspace, {about[2] for about, *_ in split if about[2]})
    whole = []
    for (about, during, below), each in groupby(split, key=lambda row: row[:3]):
        parts = [_key_result(folk, *part) for *_, part in each if part[0]]
        above = _heading(*below) if below[0] else None
        whole.append((_objective(folk, groups, _cycle(*during), above, parts, *about), parts))
    return whole


def _parts(session: Session, workspace: WorkspaceId, found: Sequence[Plain]) -> list[tuple[KeyResult, Objective]]:
    return [(kr, above) for above, parts in _with_parts(session, workspace, found) for kr in parts]


def _objective(
    folk: Mapping[int, Member],
    groups: Mapping[int, Team],
    cycle: Cycle,
    parent: Heading | None,
    parts: Iterable[KeyResult],
    id: int,
    owner: int,
    team: int | None,
    number: int,
    title: str,
    level: str,
    archived_at: datetime | None,
) -> Objective:
    return Objective(
        id=ObjectiveId(id),
        number=number,
        title=title,
        level=Level(level),
        owner=folk[owner],
        cycle=cycle,
        team=groups[team] if team else None,
        parent=parent,
        key_results=tuple(kr for kr in parts if not kr.archived),
        archived=archived_at is not None,
    )


def _cycle(id: int, name: str, starts: date, ends: date) -> Cycle:
    return Cycle(CycleId(id), Period(name, starts, ends))


def _heading(id: int, number: int, title: str) -> Heading:
    return Heading(ObjectiveId(id), number, title)


def _key_result(
    folk: Mapping[int, Member],
    id: int,
    owner: int,
    objective: int,
    number: int,
    title: str,
    start: Decimal,
    target: Decimal,
    current: Decimal,
    unit: str,
    direction: str,
    created_at: datetime,
    confidence: int | None,
    note: str,
    updated_at: datetime | None,
    archived_at: datetime | None,
) -> KeyResult:
    return KeyResult(
        id=KeyResultId(id),
        number=number,
        objective=ObjectiveId(objective),
        title=title,
        owner=folk[owner],
        measure=Measure(start, target, current, unit, Direction(direction)),
        created_at=created_at,
        confidence=confidence,
        note=note,
        updated_at=updated_at,
        archived=archived_at is not None,
    )
