"""Publishing what is staged: whether it can still be added as it was meant, and one transaction that adds it all.

Each statement of `publish` adds or joins whole tables' worth at once: what takes time, reading a file and looking
everything up, is over by then.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.people import Member, WorkspaceId
from domain.references import Prefix
from storage.prepared import Prepared
from storage.rows import columns, next_number, rows, run
from storage.staging import HERE, of_batch
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

_TOPS_AFTER, _PARTS_AFTER = bindparam("tops_after", type_=sa.Integer), bindparam("parts_after", type_=sa.Integer)
_PREFIXES = (Prefix.OBJECTIVE, Prefix.KEY_RESULT)


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


def changed_meanwhile(session: Session, workspace: WorkspaceId, batch: str) -> str | None:
    """What a batch counts on and is no longer so, in words, if anything is."""
    for question, says in _MEANWHILE.items():
        if rows(session, question, its_workspace=workspace, its_batch=batch):
            return says
    return None


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


# What is asked before

_GONE = sa.or_(_OBJECTIVE.archived_at.is_not(None), _CYCLE.closed_at.is_not(None))
_ABOVE = sa.union(
    sa.select(_TOP.parent.label("id")).where(of_batch(_TOP), _TOP.parent.is_not(None)),
    sa.select(_PART.objective.label("id")).where(of_batch(_PART), _PART.objective.is_not(None)),
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
        .where(_OBJECTIVE.workspace == HERE, _GONE)
        .limit(1)
    ): "Something that rows are under has been put away",
    Prepared(
        sa.select(_CYCLE.id)
        .join(_TOP.place.table, sa.and_(of_batch(_TOP), _TOP.cycle == _CYCLE.name))
        .where(_CYCLE.workspace == HERE, _CYCLE.closed_at.is_not(None))
        .limit(1)
    ): "A cycle has been closed",
    Prepared(
        sa.select(_TEAM.id)
        .join(_TOP.place.table, sa.and_(of_batch(_TOP), _TOP.team == _TEAM.id))
        .where(_TEAM.workspace == HERE, _TEAM.archived_at.is_not(None))
        .limit(1)
    ): "A team has been archived",
    Prepared(
        sa.select(_TOP.place)
        .join(_OBJECTIVE.id.table, _OBJECTIVE.owner == _TOP.owner)
        .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
        .where(of_batch(_TOP), _OBJECTIVE.workspace == HERE, _like_one(_TOP))
        .limit(1)
    ): "Some of it has been added",
    Prepared(
        sa.select(_PART.place)
        .join(_KEY_RESULT.id.table, _KEY_RESULT.objective == _PART.objective)
        .where(of_batch(_PART), _KEY_RESULT.title == _PART.title, _KEY_RESULT.archived_at.is_(None))
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
        .where(of_batch(_TOP))
        .order_by(_TOP.place),
        include_defaults=False,
    )
)


def _added(place: Any) -> Any:
    """The id of the objective that was added for a place."""
    above = _OBJECTIVE.id.table.alias("above").c
    query = sa.select(above.id).where(above.workspace == HERE, above.number == place + _TOPS_AFTER)
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
        .where(of_batch(_PART))
        .order_by(_PART.place),
        include_defaults=False,
    )
)

_PUT_UNDER = Prepared(
    sa.update(_OBJECTIVE.id.table)
    .where(_OBJECTIVE.workspace == HERE, _OBJECTIVE.number > _TOPS_AFTER)
    .where(_OBJECTIVE.number - _TOPS_AFTER == _TOP.place, of_batch(_TOP), _TOP.parent_place.is_not(None))
    .values(parent=_added(_TOP.parent_place))
)


def _numbered(table: Any, place: Any, after: Any) -> sa.ColumnElement[bool]:
    return sa.and_(table.workspace == HERE, table.number == place + after)


_ALIGN = Prepared(
    sa.insert(_ALIGNED.objective.table).from_select(
        ["objective", "key_result", "workspace"],
        sa.select(_OBJECTIVE.id, sa.func.coalesce(_TOP.pulled, _KEY_RESULT.id), _TOP.workspace)
        .select_from(_TOP.place.table)
        .join(_OBJECTIVE.id.table, _numbered(_OBJECTIVE, _TOP.place, _TOPS_AFTER))
        .outerjoin(_KEY_RESULT.id.table, _numbered(_KEY_RESULT, _TOP.pulled_place, _PARTS_AFTER))
        .where(of_batch(_TOP), sa.or_(_TOP.pulled.is_not(None), _TOP.pulled_place.is_not(None))),
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
            .where(of_batch(_HAND), _HAND.kind == sa.literal_column(f"'{prefix.value}'")),
        )
    )


_SHARE = _join_in(_CO_OWNER, _OBJECTIVE, Prefix.OBJECTIVE, _TOPS_AFTER)
_LET_HELP = _join_in(_CONTRIBUTOR, _KEY_RESULT, Prefix.KEY_RESULT, _PARTS_AFTER)
