"""Mentions: whoever is named in a comment reads it in a message of their own, if they may know what it is about."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.comments import Comment, CommentId
from domain.objectives import Objective, readable
from domain.outbox import Outgoing
from domain.people import Member, MemberId, can_take_part
from domain.words import MENTION
from operations.telling import tell
from storage import comments, outbox
from storage import objectives as known
from storage import people as members
from storage.database import Session

RULE = "whoever is mentioned in a comment reads it in a message of their own"

_NAMED = re.compile(r"(?<![\w@])@(\w+)")
"""A name that somebody typed in a form, where Slack makes no mention of it."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A comment for somebody whom it mentions, with what it is about."""

    comment: Comment
    objective: Objective


def called(session: Session, who: Member, typed: str) -> list[Member]:
    """Whom the words mention, others than who says them; of a first name only whoever alone has it."""
    names = [name.casefold() for name in _NAMED.findall(MENTION.sub("", typed))]
    by_name = members.only_ones_called(session, who.workspace, names) if names else {}
    ids = dict.fromkeys([*MENTION.findall(typed), *(by_name[name] for name in names if name in by_name)])
    found = members.members(session, who.workspace, list(ids)) if ids else []
    return [each for each in found if each.id != who.id]


def carry(
    session: Session,
    who: Member,
    objective: Objective,
    id: CommentId,
    mentioned: Sequence[Member],
    told: Collection[str],
    now: datetime,
) -> tuple[Member, ...]:
    """Let each hear of it who is mentioned and not `told` (Slack ids) already; who cannot, since it is hidden from them
    or they take no part here, come back.
    """
    able = [each for each in mentioned if can_take_part(each) and readable(each, objective)]
    tell(session, who.workspace, [_to(each, id) for each in able if each.slack_id not in told], now)
    return tuple(each for each in mentioned if each not in able)


def mentioned(session: Session, who: Member, id: CommentId) -> Mentioned | None:
    """A comment for somebody whom it mentions; None where they may not read any more what it is about."""
    comment = comments.comment(session, who.workspace, id)
    objective = known.objective(session, who.workspace, comment.objective) if comment else None
    if comment is None or objective is None or objective.archived or not readable(who, objective):
        return None
    return Mentioned(comment, objective)


def knows(session: Session, who: Member, id: CommentId) -> bool:
    """Whether they were told of the comment since it mentions them."""
    return outbox.is_planned(session, who.workspace, _key(id, who.id))


def _key(id: CommentId, to: MemberId) -> str:
    return f"mention in comment {id} of {to}"


def _to(who: Member, id: CommentId) -> Outgoing:
    return Outgoing(
        workspace=who.workspace,
        kind="mention",
        place=who.slack_id,
        key=_key(id, who.id),
        rule=RULE,
        facts={"comment": id},
    )
