"""Carrying over: the form in which an objective goes on in another cycle, and its answer."""

from collections.abc import Sequence

from domain.closing import Carrying
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
from views.text import escape

FORM = "carrying"

NOT_NOW = "not now: it stays where it ended, as it is"
"""No cycle can be called so: this is longer than any name."""

_ON, _FURTHER = "on", "further"


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


def carried(objective: Objective, drawn: Message) -> Message:
    """The answer to carrying an objective over: what it goes on as, above its card that is `drawn`."""
    past = objective.carried_from
    if past is None:
        return drawn
    words = f"{past.ref} goes on as {objective.ref} in {escape(objective.cycle.name)}."
    return {"text": words, "blocks": [section(f":white_check_mark: {words}"), *drawn["blocks"][1:]]}


def _key_results(key_results: Sequence[KeyResult]) -> list[Block]:
    """Which key results go on, those that are not reached to begin with; and whether they keep their targets."""
    if not key_results:
        return []
    shown_here = key_results[:MOST_OPTIONS]
    options = [option(f"{kr.ref} {kr.title}", kr.id) for kr in shown_here]
    going_on = [kr.id for kr in shown_here if not kr.measure.is_reached]
    ways = [option("Keep the same targets", _ON), option("New targets, as far away again", _FURTHER)]
    hint = "Each begins anew, from where it ended. What has reached its target is left out unless you choose it."
    return [
        input_block("key_results", "Which key results go on?", multi_select(options, going_on), True, hint),
        input_block("targets", "And their targets?", radio(ways, _ON)),
    ]
