"""Recognition, as it is remembered."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.objectives import KeyResult, Objective, ObjectiveId, Stage, Visibility, is_open
from domain.people import Member, WorkspaceId
from domain.recognition import Helped, Recognition, RecognitionId
from domain.references import Prefix, Reference
from storage import people
from storage.prepared import Plain, Prepared
from storage.rows import Unsearched, among, columns, listed, new_id, rows
from storage.tables import KeyResultRow, MemberRow, ObjectiveRow, RecipientRow, RecognitionRow

_THANKS, _RECIPIENT = columns(RecognitionRow), columns(RecipientRow)
_OBJECTIVE, _KEY_RESULT = columns(ObjectiveRow), columns(KeyResultRow)
_MEMBERS = columns(MemberRow).id.table
_FROM, _TO = _MEMBERS.alias("givers").c, _MEMBERS.alias("recipients_").c

_WHOLE = (
    sa.select(
        *people.whole(_FROM),
        *people.whole(_TO),
        _THANKS.id,
        _THANKS.objective,
        _THANKS.reason,
        _THANKS.at,
        _THANKS.value,
        _OBJECTIVE.number,
        _OBJECTIVE.title,
        _KEY_RESULT.number,
        _KEY_RESULT.title,
        _OBJECTIVE.visibility,
        _OBJECTIVE.stage,
    )
    .select_from(_THANKS.id.table)
    .join(_RECIPIENT.member.table, _RECIPIENT.recognition == _THANKS.id)
    .join(_FROM.id.table, _FROM.id == _THANKS.giver)
    .join(_TO.id.table, _TO.id == _RECIPIENT.member)
    .outerjoin(_OBJECTIVE.id.table, _OBJECTIVE.id == _THANKS.objective)
    .outerjoin(_KEY_RESULT.id.table, _KEY_RESULT.id == _THANKS.key_result)
    .order_by(_THANKS.at.desc(), _THANKS.id.desc())
)
"""Thanks with what they helped, newest first: a row for each recipient."""

_HERE = _THANKS.workspace == bindparam("workspace")
_ONE = Prepared(_WHOLE.where(_HERE, _THANKS.id == bindparam("id")))
_TIED = Prepared(_WHOLE.where(Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"), among(_OBJECTIVE.id, "ids")))


def _latest(*conditions: Any) -> Prepared:
    """The latest of the thanks that meet these conditions, whole."""
    ours = sa.select(_THANKS.id).where(_HERE, *conditions)
    latest = ours.order_by(_THANKS.at.desc(), _THANKS.id.desc()).limit(bindparam("at_most", type_=sa.Integer))
    return Prepared(_WHOLE.where(_THANKS.id.in_(latest)))


_SLICE = (
    sa.select(_THANKS.id)
    .where(_HERE, _THANKS.id > bindparam("after"))
    .order_by(_THANKS.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .correlate(None)
)
_SOME = Prepared(_WHOLE.where(_THANKS.id.in_(_SLICE)))
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
    return next(iter(_whole(rows(session, _ONE, workspace=workspace, id=id))), None)


def recent(session: Session, workspace: WorkspaceId, at_most: int) -> list[Recognition]:
    """The latest thanks, newest first."""
    return _whole(rows(session, _RECENT, workspace=workspace, at_most=at_most))


def some(session: Session, workspace: WorkspaceId, after: int, at_most: int) -> list[Recognition]:
    """The next thanks after the one with this id, in the order in which they were given, oldest first."""
    return sorted(
        _whole(rows(session, _SOME, workspace=workspace, after=after, at_most=at_most)), key=lambda one: one.id
    )


def concerning(session: Session, who: Member, at_most: int) -> list[Recognition]:
    """The latest thanks that somebody gave or received, newest first."""
    return _whole(rows(session, _CONCERNING, workspace=who.workspace, who=who.id, at_most=at_most))


def for_objectives(
    session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]
) -> dict[ObjectiveId, list[Recognition]]:
    """The thanks tied to each of these objectives or to their key results, newest first."""
    found = rows(session, _TIED, workspace=workspace, ids=listed(ids)) if ids else []
    objectives = {about[0]: ObjectiveId(about[1]) for _, _, about in map(_split, found)}
    tied: dict[ObjectiveId, list[Recognition]] = defaultdict(list)
    for thanks in _whole(found):
        tied[objectives[thanks.id]].append(thanks)
    return tied


def _whole(found: Sequence[Plain]) -> list[Recognition]:
    """The thanks in rows of `_WHOLE`."""
    each = groupby(map(_split, found), key=lambda parts: parts[2][0])
    return [_thanks(list(parts)) for _, parts in each]


def _split(row: Plain) -> tuple[Any, Any, Any]:
    """Who thanked, who was thanked, and what for."""
    return row[:11], row[11:22], row[22:]


def _thanks(parts: Sequence[tuple[Any, Any, Any]]) -> Recognition:
    giver, _, (id, objective, reason, at, value, *helped) = parts[0]
    recipients = [people.met(*recipient) for _, recipient, _ in parts]
    return Recognition(
        id=RecognitionId(id),
        giver=people.met(*giver),
        recipients=tuple(sorted(recipients, key=lambda member: member.name)),
        reason=reason,
        at=at,
        value=value,
        helped=_helped(objective, *helped) if objective else None,
    )


def _helped(
    objective: int, number: int, title: str, kr_number: int | None, kr_title: str, visibility: str, stage: str
) -> Helped:
    """The key result if there is one, else the objective."""
    ref, name = Reference(Prefix.OBJECTIVE, number), title
    if kr_number is not None:
        ref, name = Reference(Prefix.KEY_RESULT, kr_number), kr_title
    return Helped(ref, name, ObjectiveId(objective), is_open(Visibility(visibility), Stage(stage)))
