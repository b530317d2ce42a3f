"""What lies above an objective, beside it and below it, as it is remembered: each a question, however deep it goes."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.objectives import KeyResultHeading, ObjectiveId
from domain.people import WorkspaceId
from storage.prepared import Prepared
from storage.rows import among, columns, listed, rows, run
from storage.tables import AlignmentRow, ObjectiveRow

_OBJECTIVE = columns(ObjectiveRow)
_HERE = _OBJECTIVE.workspace == bindparam("workspace")


def _walk(name: str, further: Any) -> Any:
    """The objective of this id, and whatever can be reached from it; `further` says how, given those found so far.

    A set, so that it ends even if objectives hung below each other.
    """
    begun = sa.select(_OBJECTIVE.id, _OBJECTIVE.parent).where(_HERE, _OBJECTIVE.id == bindparam("id"))
    found = begun.cte(name, recursive=True)
    step = sa.select(_OBJECTIVE.id, _OBJECTIVE.parent).where(_HERE)
    return found.union(step.where(further(found.c)))


_ABOVE = _walk("above", lambda found: _OBJECTIVE.id == found.parent)
_BELOW = _walk("below", lambda found: _OBJECTIVE.parent == found.id)
_UP = Prepared(sa.select(_ABOVE.c.id))
_DOWN = Prepared(sa.select(_BELOW.c.id))
_AROUND = Prepared(
    sa.select(_ABOVE.c.id).union(
        sa.select(_OBJECTIVE.id)
        .join(_ABOVE, _OBJECTIVE.parent == _ABOVE.c.id)
        .where(_HERE, _OBJECTIVE.archived_at.is_(None))
    )
)

_HANG = Prepared(
    sa.update(_OBJECTIVE.id.table)
    .where(_OBJECTIVE.workspace == bindparam("its_workspace"), among(_OBJECTIVE.id, "ids"))
    .values(parent=bindparam("above"))
)
_PULL = Prepared(sa.insert(columns(AlignmentRow).objective.table))
_CHILDREN = Prepared(sa.select(_OBJECTIVE.id).where(_HERE, _OBJECTIVE.parent == bindparam("id")))


def above(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> set[ObjectiveId]:
    """This objective and every one above it."""
    return {ObjectiveId(found) for (found,) in rows(session, _UP, workspace=workspace, id=id)}


def below(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> set[ObjectiveId]:
    """This objective and every one below it, archived or not."""
    return {ObjectiveId(found) for (found,) in rows(session, _DOWN, workspace=workspace, id=id)}


def children(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> set[ObjectiveId]:
    """Every objective that hangs right below this one, archived or not."""
    return {ObjectiveId(found) for (found,) in rows(session, _CHILDREN, workspace=workspace, id=id)}


def around(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> set[ObjectiveId]:
    """This objective and every one above it, with everything that pulls on one of them and is not archived."""
    return {ObjectiveId(found) for (found,) in rows(session, _AROUND, workspace=workspace, id=id)}


def hang(
    session: Session,
    workspace: WorkspaceId,
    above: ObjectiveId,
    below: Mapping[ObjectiveId, KeyResultHeading | None],
) -> None:
    """Let these objectives, which hang below nothing yet, hang below this one, each on the key result beside it."""
    pulling = [{"objective": id, "key_result": kr.id, "workspace": workspace} for id, kr in below.items() if kr]
    if below:
        run(session, _HANG, its_workspace=workspace, ids=listed(below), above=above)
    if pulling:
        run(session, _PULL, *pulling)
