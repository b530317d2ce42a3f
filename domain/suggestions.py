"""Suggestions: the objectives and key results that somebody means, by a few letters of a title or by a reference."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from domain.objectives import KeyResult, Objective
from domain.references import reference
from domain.searches import folded, holds, looked_for

MOST = 100
"""Slack shows no more at a time."""

LISTED = 50
"""Objectives that a form lists outright; of more it asks for a few letters."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An objective with those of its key results that fit; `itself` says whether its own title does."""

    objective: Objective
    itself: bool


def words(typed: str) -> tuple[str, ...]:
    """The words that a title must have, each perhaps inside another, as `domain.searches` compares them."""
    return tuple(map(folded, looked_for(typed.split()).words))


def suggestions(found: Iterable[Objective], typed: str) -> list[Suggestion]:
    """What fits among these, at most as many as Slack shows; a reference means that one alone."""
    fits, left, kept = _fitting(typed), MOST, []
    for objective in found:
        itself = left > 0 and fits(objective)
        left -= itself
        fitting = tuple(kr for kr in objective.key_results if fits(kr))[:left]
        left -= len(fitting)
        if itself or fitting:
            kept.append(Suggestion(replace(objective, key_results=fitting), itself))
    return kept


def _fitting(typed: str) -> Callable[[Objective | KeyResult], bool]:
    named, wanted = reference(typed), words(typed)

    def fits(each: Objective | KeyResult) -> bool:
        return each.ref == named if named else holds(each.title, wanted)

    return fits
