"""Adjusting cycles: the form for another name or other days, what became of it, and the question before one goes."""

from collections.abc import Sequence
from datetime import date

from domain.adjusting import CycleChange, Part, is_removable, parts
from domain.cycles import Cycle, CycleDraft, CycleId, CycleState
from domain.people import Member
from views import forms
from views.blocks import Block, Message, View, button, confirmation, context, datepicker, input_block, modal, section
from views.blocks import text_input as words_input
from views.text import cut, escape, mention, moment_of

EDIT = "cycle.edit"
REMOVE = "cycle.remove"
FORM = "cycle.edit"

_SAID = {Part.NAME: "name", Part.FIRST: "first day", Part.LAST: "last day"}


def form(cycle: Cycle, today: date) -> View:
    """What of a cycle can change where it stands, as it is now."""
    fields = [_field(part, cycle, today) for part in parts(cycle, today)]
    note = context("Its days stay: people are saying how it ended.")
    closes = cycle.state(today) is CycleState.CLOSING
    kept = forms.marked({"cycle": cycle.id}, fields)
    return modal("Edit the cycle", [*fields, *([note] if closes else [])], "Save", FORM, kept)


def read(view: forms.Json) -> tuple[CycleId, CycleDraft]:
    """Which cycle it is, and how somebody would like it."""
    draft = CycleDraft(
        name=forms.typed(view, Part.NAME),
        first=forms.day(view, Part.FIRST),
        last=forms.day(view, Part.LAST),
        alone=forms.staying(view, tuple(Part)),
    )
    return CycleId(forms.the_number(view, "cycle")), draft


def written_over(view: forms.Json, before: Cycle, today: date) -> Block | None:
    """What whoever saved last should know: which fields somebody else had changed meanwhile."""
    fields = forms.overtaken(view, form(before, today)["blocks"])
    named = " and ".join(f"“{field}”" for field in fields)
    return context(f"{named} had been changed while your form was open; yours counts now.") if fields else None


def buttons(cycle: Cycle, today: date) -> list[Block]:
    """What can be pressed to change or remove a cycle where it stands."""
    edit = [button("Edit", EDIT, cycle.id)] if parts(cycle, today) else []
    gone = [button("Remove", REMOVE, cycle.id, confirm=_asked_before(cycle))] if is_removable(cycle, today) else []
    return [*edit, *gone]


def history(changes: Sequence[tuple[CycleChange, Member]]) -> list[Block]:
    """Who changed the cycle lately, and what; nothing where nobody has."""
    lines = [
        f"{mention(who)} changed the {_SAID[each.part]} from {escape(each.before)} to {escape(each.after)}, "
        f"{moment_of(each.at)}"
        for each, who in changes
    ]
    return [context("\n".join(lines))] if lines else []


def removed(cycle: Cycle) -> Message:
    """The answer to removing a cycle."""
    words = f"{escape(cycle.name)} was removed. It had not begun, and nothing was in it."
    return {"text": words, "blocks": [section(words)]}


def _field(part: Part, cycle: Cycle, today: date) -> Block:
    if part is Part.NAME:
        hint = "The old name leads here too, as long as no other cycle has it."
        return input_block(part, "What is it called?", words_input(cycle.name, "Spring 2027"), hint=hint)
    if part is Part.LAST:
        hint = "Pace, reminders and the time for scoring follow it."
        return input_block(part, "Last day", datepicker(cycle.period.ends), hint=hint)
    runs = cycle.state(today) is CycleState.ACTIVE
    hint = "It can be later as long as nobody has checked in before that day." if runs else ""
    return input_block(part, "First day", datepicker(cycle.period.starts), hint=hint)


def _asked_before(cycle: Cycle) -> Block:
    text = "Only a cycle that holds nothing can be removed. What was archived in it waits in the backlog."
    return confirmation(f"Remove {cut(cycle.name, 60)}?", text, "Remove")
