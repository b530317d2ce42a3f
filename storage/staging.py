"""Staging, as it is kept: slices that nobody sees, and one transaction that adds them all.

Each statement of `publish` adds or joins whole tables' worth at once: what takes time, reading a file and looking
everything up, is over by then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.people import Member, WorkspaceId
from domain.references import Prefix
from domain.staging import Staged, StagedKeyResult, StagedObjective
from storage.prepared import Prepared
from storage.rows import columns, next_number, rows, run
from storage.tables import (
    AlignmentRow,
    ContributorRow,
    CoOwnerRow,
    CycleRow,
    KeyResultRow,
    ObjectiveRow,
    StagedHandRow,
    StagedKeyResultRow,
    StagedObjectiveRow,
    TeamRow,
)

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)
_TOP, _PART, _HAND = columns(StagedObjectiveRow), columns(StagedKeyResultRow), columns(StagedHandRow)
_CO_OWNER, _CONTRIBUTOR, _ALIGNED = columns(CoOwnerRow), columns(ContributorRow), columns(AlignmentRow)
_TEAM = columns(TeamRow)

_BATCH: Any = bindparam("its_batch", type_=sa.String)
_HERE: Any = bindparam("its_workspace", type_=sa.String)
_TOPS_AFTER, _PARTS_AFTER = bindparam("tops_after", type_=sa.Integer), bindparam("parts_after", type_=sa.Integer)

_STAGE = {
    StagedObjective: Prepared(sa.insert(_TOP.place.table)),
    StagedKeyResult: Prepared(sa.insert(_PART.place.table)),
}
_STAGE_HAND = Prepared(sa.insert(_HAND.place.table))


def stage(session: Session, workspace: WorkspaceId, batch: str, slice: Sequence[Staged]) -> None:
    """Keep a slice of an import, unseen."""
    for kind, written in ((StagedObjective, _objective), (StagedKeyResult, _key_result)):
        each = [written(one) | {"workspace": workspace, "batch": batch} for one in slice if isinstance(one, kind)]
        if each:
            run(session, _STAGE[kind], *each)
    hands = [hand | {"workspace": workspace, "batch": batch} for one in slice for hand in _hands(one)]
    if hands:
        run(session, _STAGE_HAND, *hands)


def counted(session: Session, workspace: WorkspaceId, batch: str) -> tuple[int, int]:
    """How many objectives and key results of a batch are staged."""
    ((objectives, key_results),) = rows(session, _COUNTED, its_workspace=workspace, its_batch=batch)
    return objectives, key_results


def changed_meanwhile(session: Session, workspace: WorkspaceId, batch: str) -> str | None:
    """What a batch counts on and is no longer so, in words, if anything is."""
    for question, says in _MEANWHILE.items():
        if rows(session, question, its_workspace=workspace, its_batch=batch):
            return says
    return None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers for everything that an import adds, in the order of their places."""

    objectives: range
    key_results: range


def reserved(session: Session, workspace: WorkspaceId, many: tuple[int, int]) -> Numbers:
    """The next numbers for so many objectives and key results; whoever wants one waits until this is committed."""
    last, last_part = (
        next_number(session, workspace, prefix, each) for prefix, each in zip(_PREFIXES, many, strict=True)
    )
    return Numbers(range(last - many[0] + 1, last + 1), range(last_part - many[1] + 1, last_part + 1))


_PREFIXES = (Prefix.OBJECTIVE, Prefix.KEY_RESULT)


def publish(session: Session, who: Member, batch: str, numbers: Numbers, at: datetime) -> None:
    """Add everything that is staged under these numbers, as if somebody had set it now."""
    given: dict[str, Any] = {
        "its_workspace": who.workspace,
        "its_batch": batch,
        "tops_after": numbers.objectives.start - 1,
        "parts_after": numbers.key_results.start - 1,
    }
    for statement in (_ADD_OBJECTIVES, _ADD_KEY_RESULTS):
        run(session, statement, **given, made_by=who.id, now=at)
    for statement in (_PUT_UNDER, _ALIGN, _SHARE, _LET_HELP):
        run(session, statement, **given)


def members_of(session: Session, workspace: WorkspaceId, batch: str) -> set[int]:
    """Everybody whom a batch concerns."""
    return {id for (id,) in rows(session, _MEMBERS, its_workspace=workspace, its_batch=batch)}


def clear(session: Session, workspace: WorkspaceId, at_most: int, batch: str | None = None) -> int:
    """Forget so many rows of this batch, or of whatever is staged here; how many there were."""
    if batch is None:
        return sum(run(session, each, its_workspace=workspace, at_most=at_most) for each in _CLEAR)
    given = {"its_workspace": workspace, "its_batch": batch, "at_most": at_most}
    return sum(run(session, each, **given) for each in _CLEAR_BATCH)


def _objective(staged: Any) -> dict[str, Any]:
    says = staged.says
    return {
        "place": staged.place,
        "title": says.title,
        "level": says.level.value,
        "owner": staged.owner,
        "team": staged.team,
        "cycle": says.period.name,
        "parent": staged.parent,
        "parent_place": staged.parent_place,
        "pulled": staged.pulled,
        "pulled_place": staged.pulled_place,
        "visibility": says.visibility.value,
        "stage": says.stage.value,
        "aspirational": says.aspirational,
        "description": says.description,
        "tags": "\n".join(says.tags),
    }


def _key_result(staged: Any) -> dict[str, Any]:
    says, measure = staged.says, staged.measure
    return {
        "place": staged.place,
        "title": says.title,
        "owner": staged.owner,
        "objective": staged.objective,
        "objective_place": staged.objective_place,
        "kind": measure.kind.value,
        "unit": measure.unit,
        "start": measure.start,
        "target": measure.target,
        "current": measure.current,
        "upper": measure.upper,
        "milestones": "\n".join(measure.milestones),
        "reached": "\n".join(measure.reached),
        "measured": measure.measured,
        "weight": staged.weight,
        "stage": says.stage.value,
        "description": says.description,
        "tags": "\n".join(says.tags),
    }


def _hands(staged: Staged) -> Iterable[dict[str, Any]]:
    is_objective = isinstance(staged, StagedObjective)
    members = staged.co_owners if isinstance(staged, StagedObjective) else staged.contributors
    kind = Prefix.OBJECTIVE if is_objective else Prefix.KEY_RESULT
    return ({"kind": kind.value, "place": staged.place, "member": member} for member in members)


# What is asked before


def _ours(table: Any) -> sa.ColumnElement[bool]:
    return sa.and_(table.batch == _BATCH, table.workspace == _HERE)


def _how_many(table: Any) -> Any:
    return sa.select(sa.func.count()).select_from(table.place.table).where(_ours(table)).scalar_subquery()


_COUNTED = Prepared(sa.select(_how_many(_TOP), _how_many(_PART)))
_MEMBERS = Prepared(
    sa.union(
        sa.select(_TOP.owner).where(_ours(_TOP)),
        sa.select(_PART.owner).where(_ours(_PART)),
        sa.select(_HAND.member).where(_ours(_HAND)),
    )
)

_GONE = sa.or_(_OBJECTIVE.archived_at.is_not(None), _CYCLE.closed_at.is_not(None))
_ABOVE = sa.union(
    sa.select(_TOP.parent.label("id")).where(_ours(_TOP), _TOP.parent.is_not(None)),
    sa.select(_PART.objective.label("id")).where(_ours(_PART), _PART.objective.is_not(None)),
).subquery()


def _like_one(staged: Any) -> sa.ColumnElement[bool]:
    """Whether an objective is what a staged one would be."""
    return sa.and_(
        _OBJECTIVE.owner == staged.owner,
        _OBJECTIVE.title == staged.title,
        _OBJECTIVE.level == staged.level,
        sa.func.coalesce(_OBJECTIVE.team, 0) == sa.func.coalesce(staged.team, 0),
        _OBJECTIVE.archived_at.is_(None),
        _CYCLE.name == staged.cycle,
    )


_MEANWHILE = {
    Prepared(
        sa.select(_OBJECTIVE.id)
        .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
        .join(_ABOVE, _ABOVE.c.id == _OBJECTIVE.id)
        .where(_OBJECTIVE.workspace == _HERE, _GONE)
        .limit(1)
    ): "Something that rows are under has been put away",
    Prepared(
        sa.select(_CYCLE.id)
        .join(_TOP.place.table, sa.and_(_ours(_TOP), _TOP.cycle == _CYCLE.name))
        .where(_CYCLE.workspace == _HERE, _CYCLE.closed_at.is_not(None))
        .limit(1)
    ): "A cycle has been closed",
    Prepared(
        sa.select(_TEAM.id)
        .join(_TOP.place.table, sa.and_(_ours(_TOP), _TOP.team == _TEAM.id))
        .where(_TEAM.workspace == _HERE, _TEAM.archived_at.is_not(None))
        .limit(1)
    ): "A team has been archived",
    Prepared(
        sa.select(_TOP.place)
        .join(_OBJECTIVE.id.table, _OBJECTIVE.owner == _TOP.owner)
        .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
        .where(_ours(_TOP), _OBJECTIVE.workspace == _HERE, _like_one(_TOP))
        .limit(1)
    ): "Some of it has been added",
    Prepared(
        sa.select(_PART.place)
        .join(_KEY_RESULT.id.table, _KEY_RESULT.objective == _PART.objective)
        .where(_ours(_PART), _KEY_RESULT.title == _PART.title, _KEY_RESULT.archived_at.is_(None))
        .limit(1)
    ): "Some of it has been added",
}
"""What may have happened between the look at the workspace and the moment at which everything is added."""


# What adds


def _copied(table: Any, source: Any, *left: str) -> list[str]:
    """The columns that both have, but for those that are looked up."""
    return [column.name for column in source if column.name in table and column.name not in {"workspace", *left}]


_FROM_TOP = _copied(_OBJECTIVE, _TOP, "parent", "cycle")
_ADD_OBJECTIVES = Prepared(
    sa.insert(_OBJECTIVE.id.table).from_select(
        ["workspace", "number", "cycle", "parent", "created_by", "created_at", *_FROM_TOP],
        sa.select(
            _TOP.workspace,
            _TOP.place + _TOPS_AFTER,
            _CYCLE.id,
            _TOP.parent,
            bindparam("made_by", type_=sa.Integer),
            bindparam("now", type_=_OBJECTIVE.created_at.type),
            *(_TOP[name] for name in _FROM_TOP),
        )
        .join(_CYCLE.id.table, sa.and_(_CYCLE.workspace == _TOP.workspace, _CYCLE.name == _TOP.cycle))
        .where(_ours(_TOP))
        .order_by(_TOP.place),
        include_defaults=False,
    )
)


def _added(place: Any) -> Any:
    """The id of the objective that was added for a place."""
    above = _OBJECTIVE.id.table.alias("above").c
    query = sa.select(above.id).where(above.workspace == _HERE, above.number == place + _TOPS_AFTER)
    return query.correlate(place.table).scalar_subquery()


_FROM_PART = _copied(_KEY_RESULT, _PART, "objective")
_ADD_KEY_RESULTS = Prepared(
    sa.insert(_KEY_RESULT.id.table).from_select(
        ["workspace", "number", "objective", "created_by", "created_at", *_FROM_PART],
        sa.select(
            _PART.workspace,
            _PART.place + _PARTS_AFTER,
            sa.func.coalesce(_PART.objective, _added(_PART.objective_place)),
            bindparam("made_by", type_=sa.Integer),
            bindparam("now", type_=_KEY_RESULT.created_at.type),
            *(_PART[name] for name in _FROM_PART),
        )
        .where(_ours(_PART))
        .order_by(_PART.place),
        include_defaults=False,
    )
)

_PUT_UNDER = Prepared(
    sa.update(_OBJECTIVE.id.table)
    .where(_OBJECTIVE.workspace == _HERE, _OBJECTIVE.number > _TOPS_AFTER)
    .where(_OBJECTIVE.number - _TOPS_AFTER == _TOP.place, _ours(_TOP), _TOP.parent_place.is_not(None))
    .values(parent=_added(_TOP.parent_place))
)


def _numbered(table: Any, place: Any, after: Any) -> sa.ColumnElement[bool]:
    return sa.and_(table.workspace == _HERE, table.number == place + after)


_ALIGN = Prepared(
    sa.insert(_ALIGNED.objective.table).from_select(
        ["objective", "key_result", "workspace"],
        sa.select(_OBJECTIVE.id, sa.func.coalesce(_TOP.pulled, _KEY_RESULT.id), _TOP.workspace)
        .select_from(_TOP.place.table)
        .join(_OBJECTIVE.id.table, _numbered(_OBJECTIVE, _TOP.place, _TOPS_AFTER))
        .outerjoin(_KEY_RESULT.id.table, _numbered(_KEY_RESULT, _TOP.pulled_place, _PARTS_AFTER))
        .where(_ours(_TOP), sa.or_(_TOP.pulled.is_not(None), _TOP.pulled_place.is_not(None))),
    )
)


def _join_in(target: Any, thing: Any, prefix: Prefix, after: Any) -> Prepared:
    """What puts people beside the owners of what was added."""
    return Prepared(
        sa.insert(target.member.table).from_select(
            [next(iter(target)).name, "member", "workspace"],
            sa.select(thing.id, _HAND.member, _HAND.workspace)
            .select_from(_HAND.place.table)
            .join(thing.id.table, _numbered(thing, _HAND.place, after))
            .where(_ours(_HAND), _HAND.kind == sa.literal_column(f"'{prefix.value}'")),
        )
    )


_SHARE = _join_in(_CO_OWNER, _OBJECTIVE, Prefix.OBJECTIVE, _TOPS_AFTER)
_LET_HELP = _join_in(_CONTRIBUTOR, _KEY_RESULT, Prefix.KEY_RESULT, _PARTS_AFTER)


# What takes it away again


def _some_of(table: Any, which: sa.ColumnElement[bool]) -> Prepared:
    keys = list(table.place.table.primary_key)
    slice = sa.select(*keys).where(which).limit(bindparam("at_most", type_=sa.Integer))
    return Prepared(sa.delete(table.place.table).where(sa.tuple_(*keys).in_(slice)))


_CLEAR = [_some_of(table, table.workspace == _HERE) for table in (_TOP, _PART, _HAND)]
_CLEAR_BATCH = [_some_of(table, _ours(table)) for table in (_TOP, _PART, _HAND)]
