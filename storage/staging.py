"""Staging, as it is kept: the slices of an import, which nobody sees until they are published or forgotten."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.people import WorkspaceId
from domain.references import Prefix
from domain.staging import Staged, StagedKeyResult, StagedObjective
from storage.prepared import Prepared
from storage.rows import columns, rows, run
from storage.tables import StagedHandRow, StagedKeyResultRow, StagedObjectiveRow

_TOP, _PART, _HAND = columns(StagedObjectiveRow), columns(StagedKeyResultRow), columns(StagedHandRow)

_BATCH: Any = bindparam("its_batch", type_=sa.String)
HERE: Any = bindparam("its_workspace", type_=sa.String)
"""The workspace that every question here, and every one about what is published, is asked of."""

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


def members_of(session: Session, workspace: WorkspaceId, batch: str) -> set[int]:
    """Everybody whom a batch concerns."""
    return {id for (id,) in rows(session, _MEMBERS, its_workspace=workspace, its_batch=batch)}


def clear(session: Session, workspace: WorkspaceId, at_most: int, batch: str | None = None) -> int:
    """Forget so many rows of this batch, or of whatever is staged here; how many there were."""
    if batch is None:
        return sum(run(session, each, its_workspace=workspace, at_most=at_most) for each in _CLEAR)
    given = {"its_workspace": workspace, "its_batch": batch, "at_most": at_most}
    return sum(run(session, each, **given) for each in _CLEAR_BATCH)


def of_batch(table: Any) -> sa.ColumnElement[bool]:
    """Whether a staged row is of the batch and the workspace that are asked about."""
    return sa.and_(table.batch == _BATCH, table.workspace == HERE)


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


# What is asked


def _how_many(table: Any) -> Any:
    return sa.select(sa.func.count()).select_from(table.place.table).where(of_batch(table)).scalar_subquery()


_COUNTED = Prepared(sa.select(_how_many(_TOP), _how_many(_PART)))
_MEMBERS = Prepared(
    sa.union(
        sa.select(_TOP.owner).where(of_batch(_TOP)),
        sa.select(_PART.owner).where(of_batch(_PART)),
        sa.select(_HAND.member).where(of_batch(_HAND)),
    )
)


# What takes it away again


def _some_of(table: Any, which: sa.ColumnElement[bool]) -> Prepared:
    keys = list(table.place.table.primary_key)
    slice = sa.select(*keys).where(which).limit(bindparam("at_most", type_=sa.Integer))
    return Prepared(sa.delete(table.place.table).where(sa.tuple_(*keys).in_(slice)))


_CLEAR = [_some_of(table, table.workspace == HERE) for table in (_TOP, _PART, _HAND)]
_CLEAR_BATCH = [_some_of(table, of_batch(table)) for table in (_TOP, _PART, _HAND)]
