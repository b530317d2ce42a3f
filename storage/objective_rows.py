"""Objectives with all that belongs to them: the columns that are asked for, and the values that their rows become."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from domain.cycles import Cycle
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
)
from domain.people import Member, Team, WorkspaceId
from storage import cycles, people, teams
from storage.prepared import Plain
from storage.rows import JsonList, Listed, columns
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
    *(_PARENT.id, _PARENT.number, _PARENT.title, _PARENT.visibility, _PARENT.stage, _PARENT.archived_at),
    *(_PULLED.id, _PULLED.number, _PULLED.title, _PULLED.archived_at),
    *(_PAST.id, _PAST.number, _PAST.title, _PAST.visibility, _PAST.stage, _PAST_IN.name),
)
WITH = (
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
    _KEY_RESULT.reached,
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
    _KEY_RESULT.agreed_to,
    sa.select(JsonList(_NEED.number, _NEEDED.name, _NEED.words, _NEED.state, _NEED.answer))
    .join(_NEEDED.id.table, _NEEDED.id == _NEED.team)
    .where(_NEED.key_result == _KEY_RESULT.id, _NEED.state != Answered.WITHDRAWN.value)
    .scalar_subquery(),
    sa.select(Listed(_CONTRIBUTOR.member)).where(_CONTRIBUTOR.key_result == _KEY_RESULT.id).scalar_subquery(),
)


def counting(key_result: Any) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """That a key result is there, and agreed or at least proposed: a part in it is one in its objective."""
    stages = (key_result.stage == each.value for each in (Stage.AGREED, Stage.PROPOSED))
    return key_result.archived_at.is_(None), sa.or_(*stages)


_SET_BY = WITH.index(_KEY_RESULT.override_by)
"""Where in these columns it stands who set the status by hand."""

WHOLE = (
    sa.select(*_ABOUT, *_DURING, *_NEAR, *WITH)
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

_NEAR_FROM = len(_ABOUT) + len(_DURING)
_PARTS_FROM = _NEAR_FROM + len(_NEAR)


def with_parts(
    session: Session, workspace: WorkspaceId, found: Sequence[Plain], known: Iterable[Member] = ()
) -> list[tuple[Objective, list[KeyResult]]]:
    """The objectives in rows of `WHOLE`, and their key results with the archived ones: as many questions for a
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
        parts = [key_result_of(folk, *part) for *_, part in each if part[0]]
        whole.append((_objective(folk, groups, cycles.met(*during), _near(*near), parts, *about), parts))
    return whole


def _folk(split: Sequence[tuple[Plain, ...]]) -> set[int]:
    """Everybody who is named in these rows."""
    owners = {about[1] for about, *_ in split} | {part[1] for *_, part in split if part[0]}
    helping = {id for about, *_ in split for id in ids_in(about[-1])}
    return owners | helping | {id for *_, part in split if part[0] for id in beside(part)}


def beside(part: Plain) -> set[int]:
    """Everybody but its owner who is named in a row of `WITH`."""
    return {*ids_in(part[-1]), *([part[_SET_BY]] if part[_SET_BY] else [])}


def ids_in(text: str | None) -> list[int]:
    """The numbers in a text with commas between."""
    return [int(id) for id in text.split(",")] if text else []


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def parts_in(session: Session, workspace: WorkspaceId, found: Sequence[Plain]) -> list[tuple[KeyResult, Objective]]:
    """Each key result in rows of `WHOLE`, with its objective."""
    return [(kr, above) for above, parts in with_parts(session, workspace, found) for kr in parts]


_NOTHING = "[]"

_Near = tuple[Heading | None, KeyResultHeading | None, Heading | None]
"""What lies above an objective, which key result of that it pulls on, and its past."""


def _near(*row: Any) -> _Near:
    above, pulled, past = row[:6], row[6:10], row[10:]
    return (
        replace(heading_of(*above[:5]), archived=above[5] is not None) if above[0] else None,
        KeyResultHeading(KeyResultId(pulled[0]), pulled[1], pulled[2], pulled[3] is not None) if pulled[0] else None,
        heading_of(*past) if past[0] else None,
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
    return tuple(sorted((folk[id] for id in ids_in(ids)), key=lambda who: who.name)) if ids else ()


def heading_of(id: int, number: int, title: str, visibility: str, stage: str, cycle: str = "") -> Heading:
    """The name of an objective, of its columns."""
    return Heading(ObjectiveId(id), number, title, is_open(Visibility(visibility), Stage(stage)), cycle)


def key_result_of(
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
    reached: str,
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
    agreed_to: str,
    waits_for: str | None,
    contributors: str | None,
) -> KeyResult:
    """The key result in a row of `WITH`."""
    by_hand = None
    if override and override_until and override_by:
        by_hand = Override(Status(override), override_reason, override_until, folk[override_by])
    return KeyResult(
        id=KeyResultId(id),
        number=number,
        objective=ObjectiveId(objective),
        title=title,
        owner=folk[owner],
        measure=Measure(
            start=start,
            target=target,
            current=current,
            unit=unit,
            kind=MeasureKind(kind),
            upper=upper,
            milestones=_lines(milestones),
            measured=bool(measured),
            reached=_lines(reached),
        ),
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
        agreed_to=agreed_to,
    )


def _waits_for(found: str | None) -> tuple[Waiting, ...]:
    if not found or found == _NOTHING:
        return ()
    each = sorted(json.loads(found))
    return tuple(Waiting(number, team, words, Answered(state), answer) for number, team, words, state, answer in each)
