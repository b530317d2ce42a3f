"""Objectives and key results, as they are remembered."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col

from domain.cycles import Cycle, Period
from domain.measures import Measure, MeasureKind
from domain.objectives import (
    Answered,
    Heading,
    KeyResult,
    KeyResultHeading,
    KeyResultId,
    Level,
    Objective,
    ObjectiveId,
    Override,
    Stage,
    Status,
    Visibility,
    Waiting,
    is_open,
    owned_by,
)
from domain.people import Member, MemberId, Team, TeamId, WorkspaceId
from domain.references import Prefix, Reference
from storage import cycles, people, teams
from storage.prepared import Plain, Prepared
from storage.rows import Among, JsonList, Listed, Unsearched, among, columns, listed, new_id, next_number, rows, run
from storage.tables import (
    AlignmentRow,
    ContributorRow,
    CoOwnerRow,
    CycleRow,
    DependencyRow,
    KeyResultRow,
    ObjectiveRow,
    TeamRow,
)

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)
_CO_OWNER, _CONTRIBUTOR, _ALIGNED = columns(CoOwnerRow), columns(ContributorRow), columns(AlignmentRow)
_NEED, _NEEDED = columns(DependencyRow), columns(TeamRow).id.table.alias("needed").c
_PARENT, _PAST = _OBJECTIVE.id.table.alias("parents").c, _OBJECTIVE.id.table.alias("pasts").c
_PAST_IN, _NEXT = _CYCLE.id.table.alias("past_cycles").c, _OBJECTIVE.id.table.alias("nexts").c
_PULLED, _HELPED = _KEY_RESULT.id.table.alias("pulled").c, _KEY_RESULT.id.table.alias("helped").c

_ABOUT = (
    _OBJECTIVE.id,
    _OBJECTIVE.owner,
    _OBJECTIVE.team,
    _OBJECTIVE.number,
    _OBJECTIVE.title,
    _OBJECTIVE.level,
    _OBJECTIVE.archived_at,
    _OBJECTIVE.stage,
    _OBJECTIVE.visibility,
    _OBJECTIVE.aspirational,
    _OBJECTIVE.description,
    _OBJECTIVE.tags,
    _OBJECTIVE.score,
    sa.select(Listed(_CO_OWNER.member)).where(_CO_OWNER.objective == _OBJECTIVE.id).scalar_subquery(),
)
_DURING = cycles.WHOLE
_NEAR = (
    *(_PARENT.id, _PARENT.number, _PARENT.title, _PARENT.visibility, _PARENT.stage),
    *(_PULLED.id, _PULLED.number, _PULLED.title),
    *(_PAST.id, _PAST.number, _PAST.title, _PAST.visibility, _PAST.stage, _PAST_IN.name),
)
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
    _KEY_RESULT.kind,
    _KEY_RESULT.created_at,
    _KEY_RESULT.confidence,
    _KEY_RESULT.note,
    _KEY_RESULT.updated_at,
    _KEY_RESULT.archived_at,
    _KEY_RESULT.upper,
    _KEY_RESULT.milestones,
    _KEY_RESULT.measured,
    _KEY_RESULT.weight,
    _KEY_RESULT.moved_at,
    _KEY_RESULT.stage,
    _KEY_RESULT.override,
    _KEY_RESULT.override_reason,
    _KEY_RESULT.override_until,
    _KEY_RESULT.override_by,
    _KEY_RESULT.description,
    _KEY_RESULT.tags,
    sa.select(JsonList(_NEED.number, _NEEDED.name, _NEED.words, _NEED.state, _NEED.answer))
    .join(_NEEDED.id.table, _NEEDED.id == _NEED.team)
    .where(_NEED.key_result == _KEY_RESULT.id)
    .scalar_subquery(),
    sa.select(Listed(_CONTRIBUTOR.member)).where(_CONTRIBUTOR.key_result == _KEY_RESULT.id).scalar_subquery(),
)

_SET_BY = _WITH.index(_KEY_RESULT.override_by)
"""Where in these columns it stands who set the status by hand."""

_WHOLE = (
    sa.select(*_ABOUT, *_DURING, *_NEAR, *_WITH)
    .select_from(_OBJECTIVE.id.table)
    .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
    .outerjoin(_PARENT.id.table, _PARENT.id == _OBJECTIVE.parent)
    .outerjoin(_ALIGNED.objective.table, _ALIGNED.objective == _OBJECTIVE.id)
    .outerjoin(_PULLED.id.table, _PULLED.id == _ALIGNED.key_result)
    .outerjoin(_PAST.id.table, _PAST.id == _OBJECTIVE.carried_from)
    .outerjoin(_PAST_IN.id.table, _PAST_IN.id == _PAST.cycle)
    .outerjoin(_KEY_RESULT.id.table, _KEY_RESULT.objective == _OBJECTIVE.id)
    .order_by(_OBJECTIVE.number, _KEY_RESULT.number)
)
"""Objectives with all that belongs to them: a row for each of their key results, archived or not."""

_HERE = _OBJECTIVE.workspace == bindparam("workspace")
_THEIRS = sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.workspace == bindparam("workspace"))
_BY_NUMBER = Prepared(_WHOLE.where(_HERE, _OBJECTIVE.number == bindparam("number")))
_BY_ID = Prepared(_WHOLE.where(_HERE, _OBJECTIVE.id == bindparam("id")))
_BY_IDS = Prepared(
    _WHOLE.where(Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"), among(_OBJECTIVE.id, "ids"))
)
_BY_KEY_RESULT_NUMBER = Prepared(
    _WHOLE.where(_HERE, _OBJECTIVE.id.in_(_THEIRS.where(_KEY_RESULT.number == bindparam("number"))))
)
_BY_KEY_RESULT_IDS = Prepared(
    _WHOLE.where(
        Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"),
        Among(_OBJECTIVE.id, sa.select(_KEY_RESULT.objective).where(among(_KEY_RESULT.id, "ids")).scalar_subquery()),
    )
)

_SLICE = (
    sa.select(_OBJECTIVE.id)
    .where(_HERE, _OBJECTIVE.number > bindparam("after"))
    .order_by(_OBJECTIVE.number)
    .limit(bindparam("at_most", type_=sa.Integer))
    .correlate(None)
)
_SOME = Prepared(_WHOLE.where(_OBJECTIVE.id.in_(_SLICE)))

_OWNED = Prepared(
    sa.select(*_WITH)
    .select_from(_KEY_RESULT.id.table)
    .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
    .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
    .where(Unsearched(_KEY_RESULT.workspace) == bindparam("workspace"), among(_KEY_RESULT.owner, "owners"))
    .where(cycles.runs_on("day"), _KEY_RESULT.archived_at.is_(None), _OBJECTIVE.archived_at.is_(None))
    .where(_KEY_RESULT.stage == Stage.AGREED.value, _OBJECTIVE.stage == Stage.AGREED.value)
    .order_by(_KEY_RESULT.number)
)

_MOVE = Prepared(
    update(_KEY_RESULT.id.table)
    .where(_KEY_RESULT.id == bindparam("moved"))
    .values({name: bindparam(name) for name in ("current", "measured", "confidence", "note", "updated_at", "moved_at")})
)

_CARRIED_ON = Prepared(
    sa.select(_NEXT.carried_from, _NEXT.id, _NEXT.number, _NEXT.title, _NEXT.visibility, _NEXT.stage, _CYCLE.name)
    .join(_CYCLE.id.table, _CYCLE.id == _NEXT.cycle)
    .where(Unsearched(_NEXT.workspace) == bindparam("workspace"), among(_NEXT.carried_from, "ids"))
    .where(_NEXT.archived_at.is_(None))
    .order_by(_NEXT.number)
)

_HAVING_A_PART = sa.union(
    sa.select(_OBJECTIVE.id).where(_OBJECTIVE.owner == bindparam("owner")).correlate(None),
    sa.select(_CO_OWNER.objective).where(_CO_OWNER.member == bindparam("owner")),
    sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.owner == bindparam("owner"), _KEY_RESULT.archived_at.is_(None)),
    sa.select(_HELPED.objective)
    .join(_CONTRIBUTOR.member.table, _CONTRIBUTOR.key_result == _HELPED.id)
    .where(_CONTRIBUTOR.member == bindparam("owner"), _HELPED.archived_at.is_(None)),
).scalar_subquery()
"""The objectives that somebody owns, alone or with others, or has a key result in, or helps with one."""


When = Period | date
"""A cycle by its period, or every cycle that runs on a day and is not closed."""


@cache
def _in_cycle(archived: bool, narrowed_by: frozenset[str]) -> Prepared:
    put_away = _OBJECTIVE.archived_at.is_not(None)
    during = cycles.runs_on("day") if "day" in narrowed_by else _CYCLE.name == bindparam("name")
    query = _WHOLE.where(_CYCLE.workspace == bindparam("workspace"), during, put_away if archived else ~put_away)
    if "level" in narrowed_by:
        query = query.where(_OBJECTIVE.level == bindparam("level"))
    if "team" in narrowed_by:
        query = query.where(_OBJECTIVE.team == bindparam("team"))
    if "owner" in narrowed_by:
        query = query.where(Among(_OBJECTIVE.id, _HAVING_A_PART))
    return Prepared(query)


def in_cycle(
    session: Session,
    workspace: WorkspaceId,
    when: When,
    *,
    level: Level | None = None,
    team: TeamId | None = None,
    owner: Member | None = None,
    archived: bool = False,
) -> list[Objective]:
    """The cycle's objectives with their key results, oldest first: all, or those of a level, a team or a person."""
    asked = {"level": level and level.value, "team": team, "owner": owner and owner.id, **_named(when)}
    narrowed = {name: value for name, value in asked.items() if value}
    found = rows(session, _in_cycle(archived, frozenset(narrowed)), workspace=workspace, **narrowed)
    return [each for each, _ in _with_parts(session, workspace, found, known=[owner] if owner else [])]


def _named(when: When) -> dict[str, Any]:
    return {"name": when.name} if isinstance(when, Period) else {"day": when}


def by_id(session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]) -> list[Objective]:
    """The objectives with these ids, archived or not, oldest first."""
    found = rows(session, _BY_IDS, workspace=workspace, ids=listed(ids)) if ids else []
    return [each for each, _ in _with_parts(session, workspace, found)]


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


def some(session: Session, workspace: WorkspaceId, after: int, at_most: int) -> list[tuple[Objective, list[KeyResult]]]:
    """The next objectives after a number, archived or not, each with all its key results; the oldest first."""
    found = rows(session, _SOME, workspace=workspace, after=after, at_most=at_most)
    return _with_parts(session, workspace, found)


def archived_key_results(session: Session, workspace: WorkspaceId, when: When) -> list[tuple[KeyResult, Objective]]:
    """Every key result of the cycle that was put away by itself, with its objective, oldest first."""
    named = _named(when)
    found = rows(session, _in_cycle(False, frozenset(named)), workspace=workspace, **named)
    gone = [(kr, above) for kr, above in _parts(session, workspace, found) if kr.archived]
    return sorted(gone, key=lambda each: each[0].number)


def key_results_of(session: Session, who: Member, when: When) -> list[KeyResult]:
    """Every key result that somebody is asked about in the cycle, oldest first."""
    return owned_by(who, in_cycle(session, who.workspace, when, owner=who))


def owned(
    session: Session, workspace: WorkspaceId, day: date, owners: Iterable[Member]
) -> dict[MemberId, list[KeyResult]]:
    """The key results that each of these people is asked about on this day, oldest first."""
    mine = {who.id: who for who in owners}
    found = rows(session, _OWNED, workspace=workspace, day=day, owners=listed(mine)) if mine else []
    named = {id for row in found for id in (*_ids(row[-1]), *([row[_SET_BY]] if row[_SET_BY] else []))}
    helping = named - set(mine)
    folk: dict[int, Member] = people.by_id(session, workspace, helping) if helping else {}
    folk |= {who.id: who for who in mine.values()}
    theirs: dict[MemberId, list[KeyResult]] = {id: [] for id in mine}
    for row in found:
        kr = _key_result(folk, *row)
        theirs[kr.owner.id].append(kr)
    return theirs


def carried_on(session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]) -> dict[ObjectiveId, Heading]:
    """What became of each of these objectives in another cycle, where it was carried on and not put away there.

    Of several it is one that everybody may know of, if there is one.
    """
    found = rows(session, _CARRIED_ON, workspace=workspace, ids=listed(ids)) if ids else []
    each = [(ObjectiveId(past), _heading(*near)) for past, *near in found]
    return dict(sorted(each, key=lambda pair: pair[1].is_open))


def add(session: Session, draft: Objective, by: Member, at: datetime) -> Objective:
    """Remember a new objective; it comes back with its number."""
    number = next_number(session, by.workspace, Prefix.OBJECTIVE)
    row = ObjectiveRow(workspace=by.workspace, number=number, created_by=by.id, created_at=at, **_columns(draft))
    session.add(row)
    session.flush()
    made = replace(draft, id=ObjectiveId(new_id(row)), number=number)
    _align(session, made)
    return made


def change(session: Session, objective: Objective) -> None:
    """Remember everything that can be changed of an objective but who owns it together with its owner."""
    run(session, update(ObjectiveRow).where(col(ObjectiveRow.id) == objective.id).values(_columns(objective)))
    run(session, delete(AlignmentRow).where(col(AlignmentRow.objective) == objective.id))
    _align(session, objective)


def _align(session: Session, objective: Objective) -> None:
    pulled, workspace = objective.parent_key_result, objective.owner.workspace
    if pulled:
        session.add(AlignmentRow(objective=objective.id, key_result=pulled.id, workspace=workspace))
        session.flush()


def share(session: Session, objective: Objective, co_owners: Iterable[Member]) -> None:
    """Let exactly these people own an objective together with its owner."""
    run(session, delete(CoOwnerRow).where(col(CoOwnerRow.objective) == objective.id))
    workspace = objective.owner.workspace
    session.add_all(CoOwnerRow(objective=objective.id, member=who.id, workspace=workspace) for who in co_owners)
    session.flush()


def let_help(session: Session, kr: KeyResult, contributors: Iterable[Member]) -> None:
    """Let exactly these people contribute to a key result."""
    run(session, delete(ContributorRow).where(col(ContributorRow.key_result) == kr.id))
    workspace = kr.owner.workspace
    session.add_all(ContributorRow(key_result=kr.id, member=who.id, workspace=workspace) for who in contributors)
    session.flush()


def archive(session: Session, objective: Objective, at: datetime | None) -> None:
    """Put an objective away, or bring it back with None."""
    run(session, update(ObjectiveRow).where(col(ObjectiveRow.id) == objective.id).values(archived_at=at))


def add_key_result(session: Session, draft: KeyResult, by: Member, at: datetime) -> KeyResult:
    """Remember a new key result; it comes back with its number."""
    number = next_number(session, by.workspace, Prefix.KEY_RESULT)
    row = KeyResultRow(
        workspace=by.workspace,
        number=number,
        created_by=by.id,
        created_at=at,
        **_key_result_columns(draft),
    )
    session.add(row)
    session.flush()
    return replace(draft, id=KeyResultId(new_id(row)), number=number)


def change_key_result(session: Session, kr: KeyResult) -> None:
    """Remember everything that can be changed of a key result but who contributes to it."""
    values = _key_result_columns(kr) | {
        "confidence": kr.confidence,
        "note": kr.note,
        "updated_at": kr.updated_at,
        "moved_at": kr.moved_at,
    }
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(values))


def settle_key_result(session: Session, kr: KeyResult, stage: Stage, at: datetime) -> None:
    """Remember that a proposed key result was accepted, from which day on it counts, or declined."""
    run(session, update(KeyResultRow).where(col(KeyResultRow.id) == kr.id).values(stage=stage.value))
    if stage is Stage.AGREED:
        begin(session, kr.owner.workspace, [kr.id], at)


def begin(session: Session, workspace: WorkspaceId, ids: Collection[KeyResultId], at: datetime) -> None:
    """Let these key results count from now on: until they were agreed, nobody was late with them."""
    here = (col(KeyResultRow.workspace) == workspace, col(KeyResultRow.id).in_(ids))
    if ids:
        run(session, update(KeyResultRow).where(*here).values(created_at=at))


def move_key_results(session: Session, moved: Sequence[KeyResult]) -> None:
    """Remember the current values of these key results, and the last confidence and note on each."""
    each = [
        {
            "moved": kr.id,
            "current": kr.measure.current,
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
        "carried_from": objective.carried_from.id if objective.carried_from else None,
        "stage": objective.stage.value,
        "visibility": objective.visibility.value,
        "aspirational": objective.aspirational,
        "description": objective.description,
        "tags": "\n".join(objective.tags),
        "score": objective.score,
        "cycle": objective.cycle.id,
    }


def _key_result_columns(kr: KeyResult) -> dict[str, Any]:
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
        "measured": kr.measure.measured,
        "weight": kr.weight,
        "stage": kr.stage.value,
        "override": override.status.value if override else None,
        "override_reason": override.reason if override else "",
        "override_until": override.until if override else None,
        "override_by": override.by.id if override else None,
        "description": kr.description,
        "tags": "\n".join(kr.tags),
    }


_NEAR_FROM = len(_ABOUT) + len(_DURING)
_PARTS_FROM = _NEAR_FROM + len(_NEAR)


def _with_parts(
    session: Session, workspace: WorkspaceId, found: Sequence[Plain], known: Iterable[Member] = ()
) -> list[tuple[Objective, list[KeyResult]]]:
    """The objectives in rows of `_WHOLE`, and their key results with the archived ones: as many questions for a
    thousand as for one.
    """
    split = [
        (row[: len(_ABOUT)], row[len(_ABOUT) : _NEAR_FROM], row[_NEAR_FROM:_PARTS_FROM], row[_PARTS_FROM:])
        for row in found
    ]
    folk = people.by_id(session, workspace, _folk(split), known)
    groups = teams.by_id(session, workspace, {about[2] for about, *_ in split if about[2]})
    whole = []
    for (about, during, near), each in groupby(split, key=lambda row: row[:3]):
        parts = [_key_result(folk, *part) for *_, part in each if part[0]]
        whole.append((_objective(folk, groups, cycles.met(*during), _near(*near), parts, *about), parts))
    return whole


def _folk(split: Sequence[tuple[Plain, ...]]) -> set[int]:
    """Everybody who is named in these rows."""
    owners = {about[1] for about, *_ in split} | {part[1] for *_, part in split if part[0]}
    beside = {id for about, _, _, part in split for text in (about[-1], part[-1]) if text for id in _ids(text)}
    return owners | beside | {part[_SET_BY] for *_, part in split if part[_SET_BY]}


def _ids(text: str | None) -> list[int]:
    return [int(id) for id in text.split(",")] if text else []


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _parts(session: Session, workspace: WorkspaceId, found: Sequence[Plain]) -> list[tuple[KeyResult, Objective]]:
    return [(kr, above) for above, parts in _with_parts(session, workspace, found) for kr in parts]


_Near = tuple[Heading | None, KeyResultHeading | None, Heading | None]
"""What lies above an objective, which key result of that it pulls on, and its past."""


def _near(*row: Any) -> _Near:
    above, pulled, past = row[:5], row[5:8], row[8:]
    return (
        _heading(*above) if above[0] else None,
        KeyResultHeading(KeyResultId(pulled[0]), pulled[1], pulled[2]) if pulled[0] else None,
        _heading(*past) if past[0] else None,
    )


def _objective(
    folk: Mapping[int, Member],
    groups: Mapping[int, Team],
    cycle: Cycle,
    near: _Near,
    parts: Sequence[KeyResult],
    id: int,
    owner: int,
    team: int | None,
    number: int,
    title: str,
    level: str,
    archived_at: datetime | None,
    stage: str,
    visibility: str,
    aspirational: bool,
    description: str,
    tags: str,
    score: Decimal | None,
    co_owners: str | None,
) -> Objective:
    parent, pulled, past = near
    present = [kr for kr in parts if not kr.archived]
    return Objective(
        id=ObjectiveId(id),
        number=number,
        title=title,
        level=Level(level),
        owner=folk[owner],
        cycle=cycle,
        team=groups[team] if team else None,
        parent=parent,
        parent_key_result=pulled,
        carried_from=past,
        key_results=tuple(kr for kr in present if kr.stage is Stage.AGREED),
        proposals=tuple(kr for kr in present if kr.stage is Stage.PROPOSED),
        archived=archived_at is not None,
        co_owners=_members(folk, co_owners),
        stage=Stage(stage),
        visibility=Visibility(visibility),
        aspirational=bool(aspirational),
        description=description,
        tags=_lines(tags),
        score=score,
    )


def _members(folk: Mapping[int, Member], ids: str | None) -> tuple[Member, ...]:
    return tuple(sorted((folk[id] for id in _ids(ids)), key=lambda who: who.name))


def _heading(id: int, number: int, title: str, visibility: str, stage: str, cycle: str = "") -> Heading:
    return Heading(ObjectiveId(id), number, title, is_open(Visibility(visibility), Stage(stage)), cycle)


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
    kind: str,
    created_at: datetime,
    confidence: int | None,
    note: str,
    updated_at: datetime | None,
    archived_at: datetime | None,
    upper: Decimal | None,
    milestones: str,
    measured: bool,
    weight: Decimal,
    moved_at: datetime | None,
    stage: str,
    override: str | None,
    override_reason: str,
    override_until: date | None,
    override_by: int | None,
    description: str,
    tags: str,
    waits_for: str | None,
    contributors: str | None,
) -> KeyResult:
    by_hand = None
    if override and override_until and override_by:
        by_hand = Override(Status(override), override_reason, override_until, folk[override_by])
    return KeyResult(
        id=KeyResultId(id),
        number=number,
        objective=ObjectiveId(objective),
        title=title,
        owner=folk[owner],
        measure=Measure(start, target, current, unit, MeasureKind(kind), upper, _lines(milestones), bool(measured)),
        created_at=created_at,
        confidence=confidence,
        note=note,
        updated_at=updated_at,
        archived=archived_at is not None,
        weight=weight,
        stage=Stage(stage),
        contributors=_members(folk, contributors),
        override=by_hand,
        moved_at=moved_at,
        description=description,
        tags=_lines(tags),
        waits_for=_waits_for(waits_for),
    )


def _waits_for(found: str | None) -> tuple[Waiting, ...]:
    each = sorted(json.loads(found or "[]"))
    return tuple(Waiting(number, team, words, Answered(state), answer) for number, team, words, state, answer in each)
