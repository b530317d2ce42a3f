"""Recognition, as it is remembered."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session, col, or_, select

from domain.objectives import KeyResult, Objective, ObjectiveId
from domain.people import Member, WorkspaceId
from domain.recognition import Helped, Recognition, RecognitionId
from domain.references import Prefix, Reference
from storage import people
from storage.rows import new_id
from storage.tables import KeyResultRow, ObjectiveRow, RecipientRow, RecognitionRow


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
    query = select(RecognitionRow).where(RecognitionRow.workspace == workspace, RecognitionRow.id == id)
    return next(iter(_whole(session, workspace, session.exec(query).all())), None)


def recent(session: Session, workspace: WorkspaceId, at_most: int) -> list[Recognition]:
    """The latest thanks, newest first."""
    query = select(RecognitionRow).where(RecognitionRow.workspace == workspace)
    newest = query.order_by(col(RecognitionRow.at).desc(), col(RecognitionRow.id).desc()).limit(at_most)
    return _whole(session, workspace, session.exec(newest).all())


def concerning(session: Session, who: Member, at_most: int) -> list[Recognition]:
    """The latest thanks that somebody gave or received, newest first."""
    received = select(RecipientRow.recognition).where(RecipientRow.member == who.id)
    query = select(RecognitionRow).where(
        RecognitionRow.workspace == who.workspace,
        or_(col(RecognitionRow.giver) == who.id, col(RecognitionRow.id).in_(received)),
    )
    newest = query.order_by(col(RecognitionRow.at).desc(), col(RecognitionRow.id).desc()).limit(at_most)
    return _whole(session, who.workspace, session.exec(newest).all())


def for_objectives(
    session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]
) -> dict[ObjectiveId, list[Recognition]]:
    """The thanks tied to each of these objectives or to their key results, newest first."""
    query = select(RecognitionRow).where(RecognitionRow.workspace == workspace, col(RecognitionRow.objective).in_(ids))
    rows = session.exec(query.order_by(col(RecognitionRow.at).desc(), col(RecognitionRow.id).desc())).all()
    whole = {thanks.id: thanks for thanks in _whole(session, workspace, rows)}
    tied: dict[ObjectiveId, list[Recognition]] = defaultdict(list)
    for row in rows:
        tied[ObjectiveId(row.objective or 0)].append(whole[RecognitionId(new_id(row))])
    return tied


def _whole(session: Session, workspace: WorkspaceId, rows: Sequence[RecognitionRow]) -> list[Recognition]:
    if not rows:
        return []
    places = session.exec(select(RecipientRow).where(col(RecipientRow.recognition).in_([r.id for r in rows]))).all()
    known = people.by_id(session, workspace, {p.member for p in places} | {row.giver for row in rows})
    thanked: dict[int, list[Member]] = defaultdict(list)
    for place in places:
        thanked[place.recognition].append(known[place.member])
    objectives = {row.objective for row in rows if row.objective}
    key_results = {row.key_result for row in rows if row.key_result}
    helped = _titles(session, ObjectiveRow, Prefix.OBJECTIVE, objectives)
    nearer = _titles(session, KeyResultRow, Prefix.KEY_RESULT, key_results)
    return [
        Recognition(
            id=RecognitionId(new_id(row)),
            giver=known[row.giver],
            recipients=tuple(sorted(thanked[new_id(row)], key=lambda member: member.name)),
            reason=row.reason,
            at=row.at,
            value=row.value,
            helped=nearer.get(row.key_result or 0) or helped.get(row.objective or 0),
        )
        for row in rows
    ]


def _titles(
    session: Session, table: type[ObjectiveRow] | type[KeyResultRow], prefix: Prefix, ids: Collection[int]
) -> dict[int, Helped]:
    rows: Sequence[Any] = session.exec(select(table).where(col(table.id).in_(ids))).all() if ids else []
    return {new_id(row): Helped(Reference(prefix, row.number), row.title) for row in rows}
