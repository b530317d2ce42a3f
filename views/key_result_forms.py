"""The forms about one key result: what it measures, and where it is now."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.changes import Before
from domain.check_ins import Answer
from domain.home import Moment
from domain.key_results import EVERYTHING, drafted
from domain.left_alone import by_then
from domain.measures import MeasureKind
from domain.objectives import KeyResult, KeyResultDraft, KeyResultId, Objective, ObjectiveId
from domain.people import Member
from views import forms
from views.blocks import (
    Block,
    View,
    context,
    input_block,
    modal,
    multi_users_select,
    option,
    overflow,
    section,
    select,
    text_input,
    users_select,
)
from views.key_results import KEY_RESULT_MORE, MENU, named, standing
from views.measure_forms import (
    KIND,
    VALUE_HINT,
    aside,
    begins_anew,
    measure_fields,
    put_aside,
    read_measure,
    untouched,
    value_field,
)
from views.text import escape

__all__ = [
    "KEY_RESULT_FORM",
    "MORE_TO_FILL_IN",
    "UPDATE_FORM",
    "VALUE_HINT",
    "key_result_form",
    "key_result_form_again",
    "read_fields",
    "read_key_result",
    "read_update",
    "target_form",
    "untouched",
    "update_fields",
    "update_form",
    "written_over",
]

KEY_RESULT_FORM = "key_result"
UPDATE_FORM = "update"

MORE_TO_FILL_IN = "Nothing is saved yet: this way of measuring asks for something else. Fill it in and save once more."

_SURE = {1: "not going to happen", 5: "could go either way", 8: "quite sure", 10: "as good as done"}
_WEIGHT = "Its share in the objective. With 1 all count the same; 2 counts twice as much, 0 not at all."
_HELPING = "They see it under “You help with”. Only the owner is asked to check in."


def key_result_form(objective: Objective, viewer: Member, editing: KeyResult | None = None) -> View:
    """What it is called, what it measures and who looks after it."""
    blank = KeyResultDraft("", "0", "", "", MeasureKind.INCREASE, viewer.slack_id, weight="1")
    return _form(objective, editing, replace(drafted(editing), alone=EVERYTHING) if editing else blank)


def key_result_form_again(
    view: forms.Json,
    objective: Objective,
    editing: KeyResult | None = None,
    notice: str = "",
    measured: Before | None = None,
) -> View:
    """The same form with the fields of the kind that has been chosen in it; whatever was typed is kept.

    Where that takes its value from a key result the form says so, and how it was `measured` before, if it was.
    """
    draft, _, _ = read_key_result(view)
    if editing is None:
        return _form(objective, None, draft, notice=notice)
    asked = _asked(view)
    shown = by_then(replace(draft, alone=EVERYTHING - asked, drawn={}), drafted(editing))
    before = {field: mark for field, mark in forms.marks_of(view).items() if field in asked}
    notice = " ".join(filter(None, [notice, begins_anew(draft, editing, measured)]))
    return _form(objective, editing, replace(shown, alone=draft.alone), before, notice)


def target_form(objective: Objective, baseline: KeyResult) -> View:
    """What was measured gets a target: the same form, which begins at what it is at."""
    # The kind is one that we have chosen: left as it is drawn, it is meant.
    draft = replace(drafted(baseline), kind=MeasureKind.INCREASE, alone=EVERYTHING - {KIND})
    first = forms.marks_of(key_result_form(objective, baseline.owner, baseline))
    return _form(objective, baseline, draft, {KIND: first[KIND]})


def read_key_result(view: forms.Json) -> tuple[KeyResultDraft, ObjectiveId, KeyResultId | None]:
    """The key result as it was filled in, its objective, and which key result was edited if it is not new."""
    editing = forms.number(forms.metadata(view).get("key_result"))
    draft = KeyResultDraft(
        title=forms.typed(view, "title"),
        start="",
        target="",
        unit="",
        kind="",
        owner=forms.person(view, "owner"),
        current=forms.typed(view, "current"),
        weight=forms.typed(view, "weight"),
        contributors=forms.people(view, "contributors") if forms.has(view, "contributors") else None,
        alone=frozenset() if editing is None else _alone(view),
        drawn={} if editing is None else forms.lists_drawn(view, ["contributors"]),
    )
    objective = ObjectiveId(forms.the_number(view, "objective"))
    return read_measure(view, draft), objective, None if editing is None else KeyResultId(editing)


def written_over(view: forms.Json, objective: Objective, before: KeyResult) -> list[str]:
    """What somebody has put in anew that another had changed while this form was open, by its label in the form.

    `before` is the key result as it was just before the form came back.
    """
    return forms.overtaken(view, key_result_form(objective, before.owner, before)["blocks"])


def update_form(kr: KeyResult, moment: Moment) -> View:
    """Where it is now, how sure its owner is, and why."""
    verbs = [verb for verb in MENU if verb != "update"]
    more = overflow(KEY_RESULT_MORE, [option(MENU[verb], f"{verb} {kr.id}") for verb in verbs])
    blocks = [
        section(f"{named(kr)}\n{standing(kr)}", more),
        *update_fields(kr, kr.confidence, low=moment.policy.low_confidence),
    ]
    kept = forms.marked({"key_result": kr.id}, blocks)
    return modal(f"Update {kr.ref}", blocks, "Save", UPDATE_FORM, kept)


def read_update(view: forms.Json) -> Answer:
    """The update as it was filled in; a value left as it was drawn means that nothing moved."""
    return read_fields(view, KeyResultId(forms.the_number(view, "key_result")), forms.left_alone(view))


def update_fields(kr: KeyResult, confidence: int | None, note: str = "", suffix: str = "", low: int = 0) -> list[Block]:
    """The three fields of an update; `suffix` tells them apart where several key results share a form.

    At a confidence of `low` or less a reason is asked for.
    """
    words = text_input(note, "What changed, in a line", multiline="\n" in note)
    sure = select([option(_how_sure(n), n) for n in range(1, 11)], confidence, "Choose from 1 to 10")
    return [
        value_field(kr.measure, f"value{suffix}", hints=not suffix),
        input_block(f"confidence{suffix}", "How sure are you that it will get there?", sure, optional=True),
        input_block(f"note{suffix}", "Note", words, optional=True, hint=reason_hint(low) if low else ""),
    ]


def reason_hint(low: int) -> str:
    """When a note is asked for."""
    return f"With a confidence of {low} or less, say in the note what makes it doubtful."


def read_fields(view: forms.Json, key_result: KeyResultId, alone: Collection[str], suffix: str = "") -> Answer:
    """What was filled in for one key result; a value that was left alone must not undo a later one."""
    value = f"value{suffix}"
    is_list = forms.is_list(view, value) and value not in alone
    return Answer(
        key_result=key_result,
        value="" if value in alone else forms.typed(view, value) or forms.chosen(view, value) or "",
        confidence=forms.number(forms.chosen(view, f"confidence{suffix}")),
        note=forms.typed(view, f"note{suffix}"),
        alone=frozenset(name for name in ("confidence", "note") if f"{name}{suffix}" in alone),
        ticked=forms.all_chosen(view, value) if is_list else None,
        drawn=forms.lists_drawn(view, [value]).get(value) if is_list else None,
    )


def _form(
    objective: Objective,
    editing: KeyResult | None,
    draft: KeyResultDraft,
    before: Mapping[str, forms.Mark] = MappingProxyType({}),
    notice: str = "",
) -> View:
    """The form as far as it is filled in; `before` are the marks of what it was first drawn with."""
    kept: dict[str, object] = {"objective": objective.id}
    hidden = aside(draft)
    if hidden:
        kept["aside"] = hidden
    now = draft.current or (untouched(editing.measure) if editing else "")
    helping = multi_users_select(draft.contributors or ())
    fields = [
        context(f"Shows whether *{objective.ref}* {escape(objective.title)} is being reached."),
        *([section(notice)] if notice else []),
        input_block("title", "Key result", text_input(draft.title, "Weekly sign-ups")),
        *measure_fields(draft, editing, now),
        input_block("weight", "Weight", text_input(draft.weight), optional=True, hint=_WEIGHT),
        input_block("owner", "Owner", users_select(draft.owner or (editing.owner.slack_id if editing else None))),
        input_block("contributors", "Who helps?", helping, optional=True, hint=_HELPING),
    ]
    if editing:
        kept = forms.marked({**kept, "key_result": editing.id}, fields, before)
        fields.append(context(f"To put it away, type `/okr archive {editing.ref}`; nothing is erased."))
    title = f"Edit {editing.ref}" if editing else "Add a key result"
    return modal(title, fields, "Save", KEY_RESULT_FORM, kept)


def _alone(view: forms.Json) -> frozenset[str]:
    """What nobody has touched, or was not even asked for."""
    return forms.staying(view, EVERYTHING) - put_aside(view).keys()


def _asked(view: forms.Json) -> frozenset[str]:
    """What the form shows, or has put aside as it was typed."""
    return frozenset(name for name in EVERYTHING if forms.has(view, name) or name in put_aside(view))


def _how_sure(number: int) -> str:
    return f"{number} – {_SURE[number]}" if number in _SURE else str(number)
