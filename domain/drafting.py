"""An objective as somebody writes it down: its draft, its tags, and what must go together."""

from domain.errors import Refusal
from domain.left_alone import by_then
from domain.objectives import Objective, ObjectiveDraft, Visibility
from domain.words import optional, tidy

MOST_TAGS = 10
LONGEST_TAG = 30


def draft_of(objective: Objective) -> ObjectiveDraft:
    """The objective as a form about it begins."""
    return ObjectiveDraft(
        title=objective.title,
        level=objective.level,
        owner=objective.owner.slack_id,
        team=objective.team_id,
        parent=objective.pulls_on,
        description=objective.description,
        co_owners=tuple(each.slack_id for each in objective.co_owners),
        aspirational=objective.aspirational,
        visibility=objective.visibility,
        stage=objective.stage,
        cycle=objective.cycle.name,
        tags=", ".join(objective.tags),
    )


def as_it_is(draft: ObjectiveDraft, objective: Objective) -> ObjectiveDraft:
    """The draft with what its form left alone as it is of the objective by now; who owns it need not be named again."""
    now = draft_of(objective)
    sharing = None if "co_owners" in draft.alone else now.co_owners
    stays = ObjectiveDraft(now.title, now.level, team=now.team, parent=now.parent, co_owners=sharing)
    return by_then(draft, stays)


def tags(typed: str) -> tuple[str, ...]:
    """The tags in "growth, #mobile", each once; raises `Refusal` when they are too many or too long."""
    each = [" ".join(tidy(word).lstrip("#").split()) for word in typed.split(",")]
    once: dict[str, str] = {}
    for tag in filter(None, each):
        once.setdefault(tag.casefold(), tag)
    found = tuple(once.values())
    if len(found) > MOST_TAGS:
        raise Refusal(f"That is {len(found)} tags; {MOST_TAGS} are as many as anybody looks for.", "tags")
    if any(len(tag) > LONGEST_TAG for tag in found):
        raise Refusal(f"A tag has at most {LONGEST_TAG} characters. Put a comma between two of them.", "tags")
    return found


def description(typed: str) -> str:
    """Why it matters, tidied; raises `Refusal` when it is too long."""
    return optional(typed, "description")


def visibility_and_team(objective: Objective) -> Objective:
    """The objective, unless it is only for a team that it has not got; raises `Refusal` then."""
    if objective.visibility is Visibility.TEAM and objective.team is None:
        raise Refusal("Only the team may see it, but it has no team. Choose one, or another answer.", "visibility")
    return objective
