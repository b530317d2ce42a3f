"""Carrying over: the form in which an objective goes on in another cycle, and its answer."""

from collections.abc import Sequence

from domain.carrying import Along
from domain.closing import Carrying
from domain.dependencies import Dependency
from domain.objectives import KeyResult, KeyResultId, Objective, ObjectiveId
from views import forms
from views.blocks import (
    MOST_OPTIONS,
    Block,
    Message,
    View,
    input_block,
    modal,
    multi_select,
    option,
    radio,
    section,
    select,
    text_input,
)
from views.text import escape, spoken

FORM = "carrying"

NOT_NOW = "not now: it stays where it ended, as it is"
"""No cycle can be called so: this is longer than any name."""

_ON, _FURTHER = "on", "further"

BELOW_NAMED = 10
NEEDS_TOLD = 5


def form(
    objective: Objective, destinations: Sequence[str], likeliest: str, offered: bool = False, in_a_row: bool = False
) -> View:
    """Into which cycle an objective is carried on, and with what; `offered` where nobody has asked for it."""
    names = [option(name, name) for name in destinations[: MOST_OPTIONS - 1]]
    if offered:
        names.append(option("Not now", NOT_NOW))
    title = input_block("title", "Objective", text_input(objective.title))
    drawn = [
        section(f"*{objective.ref}* {escape(objective.title)} stays as it is, in {escape(objective.cycle.name)}."),
        input_block("cycle", "Carry it over into", select(names, likeliest)),
        title,
        *_key_results(objective.key_results),
    ]
    kept = forms.marked({"objective": objective.id} | ({"row": 1} if in_a_row else {}), [title])
    return modal(f"Carry {objective.ref} over", drawn, "Go on" if offered else "Carry over", FORM, kept)


def read(view: forms.Json) -> tuple[ObjectiveId, Carrying | None]:
    """Which objective is carried on, and how; None where it is not."""
    id, into = ObjectiveId(forms.the_number(view, "objective")), forms.chosen(view, "cycle") or ""
    if into == NOT_NOW:
        return id, None
    chosen = [forms.number(value) for value in forms.all_chosen(view, "key_results")]
    return id, Carrying(
        into=into,
        title=forms.typed(view, "title"),
        key_results=frozenset(KeyResultId(number) for number in chosen if number is not None),
        keep_targets=forms.chosen(view, "targets") != _FURTHER,
        alone=forms.staying(view, ("title",)),
    )


def carried(objective: Objective, drawn: Message, along: Along) -> Message:
    """The answer to carrying an objective over: what it goes on as and what goes along, above its card, `drawn`."""
    past = objective.carried_from
    if past is None:
        return drawn
    words = f"{past.ref} goes on as {objective.ref} in {escape(objective.cycle.name)}."
    lines = _along(objective, along)
    told = [section("\n".join(lines))] if lines else []
    top = [section(f":white_check_mark: {words}"), *told]
    return {"text": spoken(words, lines), "blocks": [*top, *drawn["blocks"][1:]]}


def _along(objective: Objective, along: Along) -> list[str]:
    """What hangs below it again, what it hung below, and which teams are asked again or have to be, in mrkdwn."""
    lines = _aligned(objective, along)
    lines += [
        f"{escape(each.team.name, 80)} is asked again for {_needed(each)} ({each.ref}): its word was for "
        "the cycle that ends."
        for each in along.asked[:NEEDS_TOLD]
    ]
    lines += [
        f"{_needed(each)} of {escape(each.team.name, 80)} ({each.ref}) is not asked for again. "
        f"`/okr depends {kr.ref}` does it."
        for each, kr in along.unasked[:NEEDS_TOLD]
    ]
    left = max(len(along.asked) - NEEDS_TOLD, 0) + max(len(along.unasked) - NEEDS_TOLD, 0)
    return [*lines, f"…and {left} more between teams: `/okr depends`."] if left else lines


def _aligned(objective: Objective, along: Along) -> list[str]:
    if along.left:
        return [
            f"It helped {along.left.ref}, which has not been carried over. Once that is, into a cycle that runs "
            f"with {escape(objective.cycle.name)}, {objective.ref} helps it again."
        ]
    if not along.below:
        return []
    named = ", ".join(str(each.ref) for each in along.below[:BELOW_NAMED])
    left = len(along.below) - BELOW_NAMED
    more = f" and {left} more" if left > 0 else ""
    verb = "helps" if len(along.below) == 1 else "help"
    return [f"{named}{more} {verb} it again: what was carried over before it is back below it."]


def _needed(each: Dependency) -> str:
    return f"“{escape(each.words, 150)}”"


def _key_results(key_results: Sequence[KeyResult]) -> list[Block]:
    """Which key results go on, those that are not there yet to begin with; and whether they keep their targets."""
    if not key_results:
        return []
    shown_here = key_results[:MOST_OPTIONS]
    options = [option(f"{kr.ref} {kr.title}", kr.id) for kr in shown_here]
    going_on = [kr.id for kr in shown_here if kr.measure.awaits_target or not kr.measure.is_reached]
    ways = [option("Keep the same targets", _ON), option("New targets, as far away again", _FURTHER)]
    hint = "Each begins anew, from where it ended. What has reached its target is left out unless you choose it."
    return [
        input_block("key_results", "Which key results go on?", multi_select(options, going_on), True, hint),
        input_block("targets", "And their targets?", radio(ways, _ON)),
    ]
