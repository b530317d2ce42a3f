"""Comments: kept with the objective, and carried to its owners and to those who spoke before, as one thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.comments import Comment, CommentId, comment_words
from domain.objectives import KeyResult, Objective, ObjectiveId, changeable, readable
from domain.outbox import Outgoing
from domain.people import Member, WorkspaceId, can_take_part
from domain.permissions import Verb, allow
from domain.references import Prefix, Reference
from operations import finding, mentions, people, sight
from operations.telling import tell
from storage import comments, outbox
from storage import objectives as known
from storage.database import Session

RULE = "the owners of an objective, and whoever has commented on it, hear of a comment"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is carried on: with its objective, and who is to read it."""

    comment: Comment
    objective: Objective
    readers: tuple[Member, ...]
    in_channel: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a form for a comment is about, and what was said of it lately."""

    objective: Objective
    comments: tuple[Comment, ...]
    key_result: KeyResult | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody has said, among the latest comments; `unheard` are mentioned in it and cannot be told."""

    only: Objective
    comments: tuple[Comment, ...]
    unheard: tuple[Member, ...] = ()


def about(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> About:
    """What this person would comment on, if they may."""
    objective, kr = _commentable(session, who, which, now)
    said = comments.latest(session, who.workspace, objective.id, finding.COMMENTS_SHOWN)
    return About(objective, tuple(said), kr)


def say(session: Session, who: Member, which: Reference | ObjectiveId, typed: str, now: datetime) -> Kept:
    """Keep somebody's words on an objective or a key result, and carry them on, also to whoever is mentioned."""
    objective, kr = _commentable(session, who, which, now)
    called = mentions.called(session, who, typed)
    words = people.with_names(session, who.workspace, comment_words(typed))
    id = comments.add(session, who, objective.id, kr, words, now)
    carried = _carried(session, who, objective, id)
    tell(session, who.workspace, carried, now)
    unheard = mentions.carry(session, who, objective, id, called, {each.place for each in carried}, now)
    found = finding.one(session, who, objective.id, now)
    return Kept(found.only, found.comments, unheard)


def said(session: Session, workspace: WorkspaceId, id: CommentId, place: str) -> Said | None:
    """A comment that is to be read in this place; None where it must not be read there any more.

    In a channel it is for everybody, and only where everybody may know of the objective.
    """
    comment = comments.comment(session, workspace, id)
    objective = known.objective(session, workspace, comment.objective) if comment else None
    if comment is None or objective is None or objective.archived:
        return None
    readers = _concerned(session, comment.author, objective)
    if is_channel(place):
        ours = objective.is_open and objective.team is not None and objective.team.channel == place
        return Said(comment, objective, tuple(readers), in_channel=True) if ours else None
    mine = tuple(one for one in readers if one.slack_id == place)
    return Said(comment, objective, mine, in_channel=False) if mine else None


def not_in_channel(session: Session, what: Outgoing, now: datetime) -> None:
    """A comment could not be posted in the team's channel: those whom it concerns read it in a message of their own."""
    if not is_channel(what.place):
        return
    comment = comments.comment(session, what.workspace, CommentId(what.facts["comment"]))
    objective = known.objective(session, what.workspace, comment.objective) if comment else None
    if comment and objective:
        concerned = _concerned(session, comment.author, objective)
        readers = [one for one in concerned if not mentions.knows(session, one, comment.id)]
        tell(session, what.workspace, [_for(session, objective, comment.id, one.slack_id) for one in readers], now)


def thread_key(what: Outgoing) -> str:
    """The key of the message that begins the thread in which a comment goes."""
    return _first(ObjectiveId(what.facts["objective"]), what.place)


def is_channel(place: str) -> bool:
    """Whether a place is a channel rather than a person."""
    return place[:1] in {"C", "G"}


def _commentable(
    session: Session, who: Member, which: Reference | ObjectiveId, now: datetime
) -> tuple[Objective, KeyResult | None]:
    """The objective, and the key result if one is meant, if this person may say something of them."""
    kr = None
    if isinstance(which, Reference) and which.prefix is Prefix.KEY_RESULT:
        kr, objective = sight.the_key_result(session, who, which)
    else:
        objective = sight.the_objective(session, who, which)
    allow(Verb.COMMENT, who, str(objective.ref), objective.stake)
    return changeable(objective, sight.today(session, who, now)), kr


def _carried(session: Session, who: Member, objective: Objective, id: CommentId) -> list[Outgoing]:
    """Where a comment goes: into the team's channel where everybody may read it, else to each whom it concerns."""
    channel = objective.team.channel if objective.is_open and objective.team else None
    places = [channel] if channel else [one.slack_id for one in _concerned(session, who, objective)]
    return [_for(session, objective, id, place) for place in places]


def _concerned(session: Session, author: Member, objective: Objective) -> list[Member]:
    """Its owners and whoever has commented on it, as far as they may read it; not who says it."""
    circle: Iterable[Member] = (
        objective.owner,
        *objective.co_owners,
        *comments.commenters(session, author.workspace, objective.id),
    )
    able = [one for one in circle if one.id != author.id and can_take_part(one) and readable(one, objective)]
    return list({one.id: one for one in able}.values())


def _first(objective: ObjectiveId, place: str) -> str:
    return f"comments on {objective} in {place}"


def _for(session: Session, objective: Objective, id: CommentId, place: str) -> Outgoing:
    """The comment for one place: the first there begins a thread, and has the thread's key."""
    workspace = objective.owner.workspace
    begun = outbox.is_planned(session, workspace, _first(objective.id, place))
    return Outgoing(
        workspace=workspace,
        kind="comment",
        place=place,
        key=f"comment {id} in {place}" if begun else _first(objective.id, place),
        rule=RULE,
        facts={"comment": id, "objective": objective.id},
    )
