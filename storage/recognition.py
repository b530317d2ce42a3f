"""Recognition, as it is remembered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.objectives import KeyResult, Objective, ObjectiveId
from domain.people import Member, WorkspaceId
from domain.recognition import Helped, Recognition, RecognitionId
from domain.references import Prefix, Reference
from storage import people
from storage.rows import Plain, columns, new_id, rows
from storage.tables import KeyResultRow, ObjectiveRow, RecipientRow, RecognitionRow

_THANKS, _RECIPIENT = columns(RecognitionRow), columns(RecipientRow)
_OBJECTIVE, _KEY_RESULT = columns(ObjectiveRow), columns(KeyResultRow)

_WHOLE = (
    sa.select(
        _THANKS.id,
        _THANKS.objective,
        _THANKS.giver,
        _RECIPIENT.member,
        _THANKS.reason,
        _THANKS.at,
        _THANKS.value,
        _OBJECTIVE.number,
        _OBJECTIVE.title,
        _KEY_RESULT.number,
        _KEY_RESULT.title,
    )
    .select_from(_THANKS.id.table)
    .join(_RECIPIENT.member.table, _RECIPIENT.recognition == _THANKS.id)
    .outerjoin(_OBJECTIVE.id.table, _OBJECTIVE.id == _THANKS.objective)
    .outerjoin(_KEY_RESULT.id.table, _KEY_RESULT.id == _THANKS.key_result)
    .where(_THANKS.workspace == bindparam("workspace"))
    .order_by(_THANKS.at.desc(), _THANKS.id.desc())
)
"""Thanks with what they helped, newest first: a row for each recipient."""

_ONE = _WHOLE.where(_THANKS.id == bindparam("id"))
_TIED = _WHOLE.where(_THANKS.objective.in_(bindparam("ids", expanding=True)))


def _latest(*conditions: Any) -> Any:
    """The latest of the thanks that meet these conditions, whole."""
    ours = sa.select(_THANKS.id).where(_THANKS.workspace == bindparam("workspace"), *conditions)
    latest = ours.order_by(_THANKS.at.desc(), _THANKS.id.desc()).limit(bindparam("at_most", type_=sa.Integer))
    return _WHOLE.where(_THANKS.id.in_(latest))


_RECENT = _latest()
_RECEIVED = sa.select(_RECIPIENT.recognition).where(_RECIPIENT.member == bindparam("who"))
_CONCERNING = _latest((_THANKS.giver == bindparam("who")) | _THANKS.id.in_(_RECEIVED))


def add(session: Session, draft: Recognition, objective: Objective | None, kr: KeyResult | None) -> RecognitionId:
    """Remember somebody's thanks, tied to what they helped."""
    workspace = draft.giver.workspace
    row = RecognitionRow(
        workspace=workspace,
        giver=draft.giver.id,
        reason=draft.reason,
        value=draft.value,
        objective=objective.id if objective else None,
        key_result=kr.id if kr else None,
        at=draft.at,
    )
    session.add(row)
    session.flush()
    recipients = (RecipientRow(recognition=new_id(row), member=m.id, workspace=workspace) for m in draft.recipients)
    session.add_all(recipients)
    session.flush()
    return RecognitionId(new_id(row))


def recognition(session: Session, workspace: WorkspaceId, id: RecognitionId) -> Recognition | None:
    """One thank-you by its id."""
    return next(iter(_whole(session, workspace, rows(session, _ONE, workspace=workspace, id=id))), None)


def recent(session: Session, workspace: WorkspaceId, at_most: int) -> list[Recognition]:
    """The latest thanks, newest first."""
    return _whole(session, workspace, rows(session, _RECENT, workspace=workspace, at_most=at_most))


def concerning(session: Session, who: Member, at_most: int) -> list[Recognition]:
    """The latest thanks that somebody gave or received, newest first."""
    found = rows(session, _CONCERNING, workspace=who.workspace, who=who.id, at_most=at_most)
    return _whole(session, who.workspace, found)


def for_objectives(
    session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId], known: Collection[Member] = ()
) -> dict[ObjectiveId, list[Recognition]]:
    """The thanks tied to each of these objectives or to their key results, newest first."""
    found = rows(session, _TIED, workspace=workspace, ids=list(ids)) if ids else []
    objectives = {row[0]: ObjectiveId(row[1]) for row in found}
    tied: dict[ObjectiveId, list[Recognition]] = defaultdict(list)
    for thanks in _whole(session, workspace, found, known):
        tied[objectives[thanks.id]].append(thanks)
    return tied


def _whole(
    session: Session, workspace: WorkspaceId, found: Sequence[Plain], known: Collection[Member] = ()
) -> list[Recognition]:
    """The thanks in rows of `_WHOLE`: as many questions for a thousand as for one."""
    folk = people.by_id(session, workspace, {id for row in found for id in row[2:4]}, known)
    thanks = []
    for _, each in groupby(found, key=lambda row: row[0]):
        first, *more = each
        recipients = [folk[row[3]] for row in (first, *more)]
        thanks.append(_thanks(folk, recipients, *first))
    return thanks


def _thanks(
    folk: Mapping[int, Member],
    recipients: Iterable[Member],
    id: int,
    _objective: int | None,
    giver: int,
    _recipient: int,
    reason: str,
    at: datetime,
    value: str | None,
    *helped: Any,
) -> Recognition:
    return Recognition(
        id=RecognitionId(id),
        giver=folk[giver],
        recipients=tuple(sorted(recipients, key=lambda member: member.name)),
        reason=reason,
        at=at,
        value=value,
        helped=_helped(*helped),
    )


def _helped(number: int | None, title: str, kr_number: int | None, kr_title: str) -> Helped | None:
    """The key result if there is one, else the objective."""
    if kr_number is not None:
        return Helped(Reference(Prefix.KEY_RESULT, kr_number), kr_title)
    return None if number is None else Helped(Reference(Prefix.OBJECTIVE, number), title)
