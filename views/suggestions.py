"""What is suggested while somebody types what they mean."""

from collections.abc import Iterable, Sequence

from domain.objectives import Heading, KeyResult, KeyResultHeading, Level, Objective
from domain.references import Reference
from domain.suggestions import Suggestion
from views.blocks import Block, Option, option, option_groups
from views.text import cut_between

OBJECTIVES, KEY_RESULTS = "Objectives", "Key results"

_FIRST = {Level.COMPANY: 0, Level.TEAM: 1, Level.INDIVIDUAL: 2}


def helped(found: Sequence[Suggestion]) -> list[Block]:
    """What thanks can be tied to: objectives, then key results."""
    key_results = (kr for each in found for kr in each.objective.key_results)
    return option_groups(
        {
            OBJECTIVES: [titled(each.objective.ref, each.objective.title) for each in found if each.itself],
            KEY_RESULTS: [titled(kr.ref, kr.title) for kr in key_results],
        }
    )


def above(found: Sequence[Suggestion]) -> list[Block]:
    """What an objective can hang below, the company's first: objectives, each with its key results."""
    return option_groups(by_whose(found))


def by_whose(found: Iterable[Suggestion]) -> dict[str, list[Option]]:
    """Objectives, each with its key results, under whose they are."""
    groups: dict[str, list[Option]] = {}
    for each in sorted(found, key=lambda each: (_FIRST[each.objective.level], each.objective.number)):
        objective = each.objective
        group = groups.setdefault(_whose(objective), [])
        group += [titled(objective.ref, objective.title)] if each.itself else []
        group += [part(kr, objective) for kr in objective.key_results]
    return groups


def titled(ref: Reference, title: str) -> Option:
    """An objective or a key result to choose."""
    return option(f"{ref} {title}".strip(), ref)


def part(kr: KeyResult | KeyResultHeading, objective: Objective | Heading) -> Option:
    """A key result to choose, with the objective that it is of."""
    return option(cut_between(f"{kr.ref} ", kr.title, f" of {objective.ref}"), kr.ref)


def _whose(objective: Objective) -> str:
    if objective.level is Level.TEAM and objective.team:
        return f"Team {objective.team.name}"
    return "The company's" if objective.level is Level.COMPANY else "People's own"
