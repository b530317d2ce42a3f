"""Suggestions: what can be chosen where not everything fits into a form, while somebody types what they mean."""

from collections.abc import Sequence
from datetime import datetime

from domain.cycles import Cycle
from domain.errors import NotFound
from domain.objectives import Objective, ObjectiveId, Stage
from domain.people import Member
from domain.references import Prefix, Reference, reference
from domain.suggestions import MOST, Suggestion, suggestions, words
from operations import parents, sight
from storage import suggestions as known
from storage.cycles import running
from storage.database import Session


def helped(session: Session, who: Member, typed: str, now: datetime) -> list[Suggestion]:
    """What thanks can be tied to, of what this person may read."""
    return _suggested(session, who, typed, running(session, who.workspace, sight.today(session, who, now)))


def above(
    session: Session, who: Member, typed: str, now: datetime, below: ObjectiveId | None = None
) -> list[Suggestion]:
    """What an objective can hang below: a new one, or one that this person may change."""
    child = sight.to_change(session, who, below, now) if below else None
    during = parents.cycles_above(session, who, child, sight.today(session, who, now))
    found = _suggested(session, who, typed, during)
    return [each for each in found if child is None or each.objective.id != child.id]


def _suggested(session: Session, who: Member, typed: str, during: Sequence[Cycle]) -> list[Suggestion]:
    named = reference(typed)
    if named:
        return suggestions(_named(session, who, named), typed)
    ids = known.called(session, who, [each.id for each in during], words(typed), MOST)
    return suggestions(sight.readable_among(session, who, ids), typed)


def _named(session: Session, who: Member, which: Reference) -> list[Objective]:
    """The objective that is named, or that a key result belongs to, if it is there for this person."""
    try:
        if which.prefix is Prefix.KEY_RESULT:
            _, found = sight.the_key_result(session, who, which)
        else:
            found = sight.the_objective(session, who, which)
    except NotFound:
        return []
    return [] if found.archived or found.stage is Stage.DECLINED else [found]
