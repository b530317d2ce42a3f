"""The parts of a form that depend on how something is measured: what each kind asks for, how its value is put in."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.changes import Before
from domain.key_results import PARTS, has_value, kind_of
from domain.measures import Measure, MeasureKind
from domain.objectives import KeyResult, KeyResultDraft
from domain.values import plain
from views import forms
from views.blocks import Block, checkboxes, input_block, option, select, text_input
from views.text import cut, escape

KIND = "kind"
"""The field of the kind, and so also the action when another one is chosen: the form is then drawn anew."""

VALUE_HINT = "A new value such as 45, a step such as +3, a part of the way such as 80%, or “done”."
_NUMBER_HINT = "A value such as 45, or a step such as +3."
_BELOW_ZERO = "Below zero is written =-1."

_ASIDE = {"start": 200, "target": 200, "upper": 200, "unit": 250, "milestones": 1_600}
"""What may be kept of a field while its kind is not the one that is shown, in bytes: Slack keeps 3,000 with a form."""

_KINDS = {
    MeasureKind.INCREASE: "Up: more is better",
    MeasureKind.DECREASE: "Down: less is better",
    MeasureKind.AT_LEAST: "Keep at least: never less than this",
    MeasureKind.AT_MOST: "Keep at most: never more than this",
    MeasureKind.BETWEEN: "Keep between two numbers",
    MeasureKind.MILESTONES: "Milestones: a checklist of steps",
    MeasureKind.DONE: "Done or not: it happens, or it does not",
    MeasureKind.BASELINE: "Baseline: measure first, set the target later",
}

_EDGE = {
    MeasureKind.AT_LEAST: "Never less than",
    MeasureKind.AT_MOST: "Never more than",
    MeasureKind.BETWEEN: "Lower edge",
}


def measure_fields(draft: KeyResultDraft, editing: KeyResult | None, now: str) -> list[Block]:
    """How it is measured: the kind, and what that kind asks for; `now` is its value, which only an edit can change."""
    kind = kind_of(draft)
    chosen = select([option(words, way) for way, words in _KINDS.items()], kind)
    fields = [input_block(KIND, "How is it measured?", chosen) | {"dispatch_action": True}]
    fields += [_field(name, draft, kind, new=editing is None) for name in PARTS[kind]]
    if editing and kind.is_number:
        fields += _now_at(editing.measure, draft.current, now)
    return fields


def begins_anew(draft: KeyResultDraft, editing: KeyResult, before: Before | None) -> str:
    """What it means that another kind is chosen whose values are none of those that there are, before it is saved.

    It comes with how it was measured `before`, for whoever goes back to that. Nothing where its value stays.
    """
    kind, measure = kind_of(draft), editing.measure
    if kind is measure.kind or (kind.is_number and measure.kind.is_number):
        return ""
    words = []
    if measure.measured:
        stands = escape(measure.told(measure.current))
        words = [
            f":warning: {editing.ref} is at *{stands}*. Measured in this way that says nothing: once you save, it "
            f"begins anew. `/okr history {editing.ref}` keeps what it was at, but `/okr undo` cannot bring it back."
        ]
    if before:
        aim, stood = escape(cut(before.aim, 300)), escape(before.value)
        words.append(f"Until {before.until:%-d %B %Y} it was measured otherwise ({aim}), and was at {stood} then.")
    return " ".join(words)


def _now_at(measure: Measure, typed: str, now: str) -> list[Block]:
    """Where a number is; of what was none so far it may be said."""
    if has_value(measure):
        hint = _BELOW_ZERO if measure.can_fall_below_zero else ""
        return [input_block("current", "Now at", text_input(now), optional=True, hint=hint)]
    if measure.kind.is_number:
        return []
    hint = "Left empty, it begins at its start."
    return [input_block("current", "Now at", text_input(typed), optional=True, hint=hint)]


def read_measure(view: forms.Json, draft: KeyResultDraft) -> KeyResultDraft:
    """The draft with how it is measured, as it was filled in; also what another kind had been given before."""
    kept = put_aside(view)
    entered: dict[str, Any] = {
        name: forms.typed(view, name) if forms.has(view, name) else str(kept.get(name) or "") for name in _ASIDE
    }
    return replace(draft, kind=forms.chosen(view, KIND) or MeasureKind.INCREASE, **entered)


def aside(draft: KeyResultDraft) -> dict[str, str]:
    """What a form keeps of a draft without showing it: what was typed for another kind."""
    elsewhere = _ASIDE.keys() - PARTS[kind_of(draft)] - draft.alone
    hidden = {name: str(getattr(draft, name)) for name in _ASIDE if name in elsewhere}
    return {name: text for name, text in hidden.items() if text and len(json.dumps(text)) <= _ASIDE[name]}


def put_aside(view: forms.Json) -> Mapping[str, object]:
    """What was typed for another kind than the one that is shown, by field."""
    kept = forms.metadata(view).get("aside")
    return kept if isinstance(kept, Mapping) else {}


def asks_for_all(view: forms.Json) -> bool:
    """Whether the form has the fields of the kind that is chosen in it, and none of another."""
    chosen = forms.chosen(view, KIND)
    if chosen not in set(MeasureKind):
        return True
    return {name for name in _ASIDE if forms.has(view, name)} == set(PARTS[MeasureKind(chosen)])


# Its value


def value_field(measure: Measure, field: str, hints: bool) -> Block:
    """Where it is now: chosen where there is a choice of values, else typed."""
    if measure.kind is MeasureKind.MILESTONES:
        steps = [option(f"{place}. {name}", name) for place, name in enumerate(measure.milestones, 1)]
        return input_block(field, "Which ones are reached?", checkboxes(steps, measure.reached), optional=True)
    if measure.kind is MeasureKind.DONE:
        chosen = select([option("Done", "done"), option("Not yet", "not yet")], untouched(measure))
        return input_block(field, "Is it done?", chosen, optional=True)
    label = "Where is it now?" if measure.measured else "What did you measure?"
    usual = [VALUE_HINT if measure.kind.is_way else _NUMBER_HINT] if hints else []
    hint = " ".join([*usual, *([_BELOW_ZERO] if measure.can_fall_below_zero else [])])
    return input_block(field, label, text_input(untouched(measure)), optional=True, hint=hint)


def untouched(measure: Measure) -> str:
    """The value that a form begins with, where it is a single one."""
    if measure.kind is MeasureKind.DONE:
        return "done" if measure.is_reached else "not yet"
    return plain(measure.current) if measure.measured else ""


def _field(name: str, draft: KeyResultDraft, kind: MeasureKind, new: bool) -> Block:
    if name == "milestones":
        examples = "Interviews held\nDesign agreed\nFirst ten customers use it"
        hint = "One a line, in the order in which you expect them. Each counts the same."
        return input_block(name, "Milestones", text_input(draft.milestones, examples, multiline=True), hint=hint)
    if name == "unit":
        return input_block(name, "Unit", text_input(draft.unit, "sign-ups, %, €, CHF, hours"), optional=True)
    if name == "upper":
        return input_block(name, "Upper edge", text_input(draft.upper, "100"))
    if name == "target":
        example = "80" if kind is MeasureKind.BETWEEN else "100"
        return input_block(name, _EDGE.get(kind, "Target"), text_input(draft.target, example))
    if not kind.is_kept:
        return input_block(name, "Start", text_input(draft.start))
    label, hint = ("Where is it today?", "As it was last measured.") if new else ("Where it began", "")
    return input_block(name, label, text_input(draft.start), hint=hint)
