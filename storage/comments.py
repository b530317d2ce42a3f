"""Comments on objectives and key results, as they are remembered."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.comments import Comment, CommentId
from domain.objectives import KeyResult, KeyResultHeading, KeyResultId, ObjectiveId
from domain.people import Member, WorkspaceId
from storage import people
from storage.prepared import Plain, Prepared
from storage.rows import columns, new_id, rows
from storage.tables import CommentRow, KeyResultRow, MemberRow

_COMMENT, _KEY_RESULT, _MEMBER = columns(CommentRow), columns(KeyResultRow), columns(MemberRow)

_WHOLE = (
    sa.select(
        *people.whole(_MEMBER),
        _COMMENT.id,
        _COMMENT.objective,
        _COMMENT.words,
        _COMMENT.at,
        _KEY_RESULT.id,
        _KEY_RESULT.number,
        _KEY_RESULT.title,
    )
    .select_from(_COMMENT.id.table)
    .join(_MEMBER.id.table, _MEMBER.id == _COMMENT.member)
    .outerjoin(_KEY_RESULT.id.table, _KEY_RESULT.id == _COMMENT.key_result)
    .where(_COMMENT.workspace == bindparam("workspace"))
)
_ONE = Prepared(_WHOLE.where(_COMMENT.id == bindparam("id")))
_ON = _COMMENT.objective == bindparam("objective")
_LATEST = Prepared(_WHOLE.where(_ON).order_by(_COMMENT.id.desc()).limit(bindparam("at_most", type_=sa.Integer)))
_SPOKEN = (
    sa.select(_COMMENT.member)
    .where(_COMMENT.workspace == bindparam("workspace"), _ON)
    .correlate(None)
    .scalar_subquery()
)
_NEXT = Prepared(
    _WHOLE.where(_COMMENT.id > bindparam("after")).order_by(_COMMENT.id).limit(bindparam("at_most", type_=sa.Integer))
)
_COMMENTERS = Prepared(
    sa.select(*people.whole(_MEMBER))
    .where(_MEMBER.workspace == bindparam("workspace"), _MEMBER.id.in_(_SPOKEN))
    .order_by(_MEMBER.id)
)


def add(session: Session, who: Member, on: ObjectiveId, kr: KeyResult | None, words: str, at: datetime) -> CommentId:
    """Remember what somebody said of an objective, or of one of its key results."""
    row = CommentRow(
        workspace=who.workspace,
        objective=on,
        key_result=kr.id if kr else None,
        member=who.id,
        words=words,
        at=at,
    )
    session.add(row)
    session.flush()
    return CommentId(new_id(row))


def comment(session: Session, workspace: WorkspaceId, id: CommentId) -> Comment | None:
    """One comment by its id."""
    return next((_comment(row) for row in rows(session, _ONE, workspace=workspace, id=id)), None)


def latest(session: Session, workspace: WorkspaceId, on: ObjectiveId, at_most: int) -> list[Comment]:
    """The latest comments on an objective and its key results, oldest of them first."""
    found = rows(session, _LATEST, workspace=workspace, objective=on, at_most=at_most)
    return [_comment(row) for row in reversed(found)]


def some(session: Session, workspace: WorkspaceId, after: int, at_most: int) -> list[Comment]:
    """The next comments after the one with this id, oldest first."""
    return [_comment(row) for row in rows(session, _NEXT, workspace=workspace, after=after, at_most=at_most)]


def commenters(session: Session, workspace: WorkspaceId, on: ObjectiveId) -> list[Member]:
    """Everybody who has commented on an objective or one of its key results, the longest known first."""
    return [people.met(*row) for row in rows(session, _COMMENTERS, workspace=workspace, objective=on)]


def _comment(row: Plain) -> Comment:
    id, objective, words, at, kr, number, title = row[-7:]
    about = KeyResultHeading(KeyResultId(kr), number, title) if kr else None
    return Comment(CommentId(id), ObjectiveId(objective), people.met(*row[:-7]), words, at, about)
