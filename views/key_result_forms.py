"""The forms about one key result: what it measures, and where it is now."""

from decimal import Decimal

from domain.check_ins import Answer
from domain.home import Moment
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
    option,
    overflow,
    radio,
    section,
    select,
    text_input,
    users_select,
)
from views.key_results import KEY_RESULT_MORE, MENU, named, standing
from views.text import escape

KEY_RESULT_FORM = "key_result"
UPDATE_FORM = "update"

VALUE_HINT = "A new value such as 45, a step such as +3, a part of the way such as 80%, or “done”."

_SURE = {1: "not going to happen", 5: "could go either way", 8: "quite sure", 10: "as good as done"}
_KINDS = {MeasureKind.INCREASE: "Up: more is better", MeasureKind.DECREASE: "Down: less is better"}


def key_result_form(objective: Objective, viewer: Member, editing: KeyResult | None = None) -> View:
    """What it is called, what it measures and who looks after it."""
    measure = editing.measure if editing else None
    fields = [
        context(f"Shows whether *{objective.ref}* {escape(objective.title)} is being reached."),
        input_block("title", "Key result", text_input(editing.title if editing else "", "Weekly sign-ups")),
        input_block("kind", "Which way should it go?", _kind(measure.kind if measure else None)),
        input_block("start", "Start", text_input(_typed(measure.start) if measure else "0")),
        input_block("target", "Target", text_input(_typed(measure.target) if measure else "", "100")),
        input_block(
            "unit", "Unit", text_input(measure.unit if measure else "", "sign-ups, %, €, hours"), optional=True
        ),
        input_block("owner", "Owner", users_select(editing.owner.slack_id if editing else viewer.slack_id)),
    ]
    kept: dict[str, object] = {"objective": objective.id}
    if editing:
        fields.insert(5, input_block("current", "Now at", text_input(_typed(editing.measure.current)), optional=True))
        fields.append(context(f"To put it away, type `/okr archive {editing.ref}`; nothing is erased."))
        kept |= {"key_result": editing.id, "shown": untouched(editing)}
    title = f"Edit {editing.ref}" if editing else "Add a key result"
    return modal(title, fields, "Save", KEY_RESULT_FORM, kept)


def read_key_result(view: forms.Json) -> tuple[KeyResultDraft, ObjectiveId, KeyResultId | None]:
    """The key result as it was filled in, its objective, and which key result was edited if it is not new."""
    draft = KeyResultDraft(
        title=forms.typed(view, "title"),
        start=forms.typed(view, "start"),
        target=forms.typed(view, "target"),
        unit=forms.typed(view, "unit"),
        kind=forms.chosen(view, "kind") or MeasureKind.INCREASE,
        owner=forms.person(view, "owner"),
        current=_moved(view, "current", forms.metadata(view).get("shown")),
    )
    editing = forms.number(forms.metadata(view).get("key_result"))
    objective = ObjectiveId(forms.the_number(view, "objective"))
    return draft, objective, None if editing is None else KeyResultId(editing)


def update_form(kr: KeyResult, moment: Moment) -> View:
    """Where it is now, how sure its owner is, and why."""
    more = overflow(KEY_RESULT_MORE, [option(MENU[verb], f"{verb} {kr.id}") for verb in ("status", "edit", "archive")])
    blocks = [
        section(f"{named(kr)}\n{standing(kr)}", more),
        *update_fields(kr, kr.confidence, low=moment.policy.low_confidence),
    ]
    kept = {"key_result": kr.id, "shown": untouched(kr)}
    return modal(f"Update {kr.ref}", blocks, "Save", UPDATE_FORM, kept)


def read_update(view: forms.Json) -> Answer:
    """The update as it was filled in; a value left as it was drawn means that nothing moved."""
    key_result = KeyResultId(forms.the_number(view, "key_result"))
    return read_fields(view, key_result, forms.metadata(view).get("shown"))


def update_fields(kr: KeyResult, confidence: int | None, note: str = "", suffix: str = "", low: int = 0) -> list[Block]:
    """The three fields of an update; `suffix` tells them apart where several key results share a form.

    At a confidence of `low` or less a reason is asked for.
    """
    value = text_input(untouched(kr))
    words = text_input(note, "What changed, in a line", multiline="\n" in note)
    sure = select([option(_how_sure(n), n) for n in range(1, 11)], confidence, "Choose from 1 to 10")
    return [
        input_block(f"value{suffix}", "Where is it now?", value, optional=True, hint="" if suffix else VALUE_HINT),
        input_block(f"confidence{suffix}", "How sure are you that it will get there?", sure, optional=True),
        input_block(f"note{suffix}", "Note", words, optional=True, hint=reason_hint(low) if low else ""),
    ]


def reason_hint(low: int) -> str:
    """When a note is asked for."""
    return f"With a confidence of {low} or less, say in the note what makes it doubtful."


def read_fields(view: forms.Json, key_result: KeyResultId, shown: object, suffix: str = "") -> Answer:
    """What was filled in for one key result; `shown` is the value that was drawn, which must not undo a later one."""
    return Answer(
        key_result=key_result,
        value=_moved(view, f"value{suffix}", shown),
        confidence=forms.number(forms.chosen(view, f"confidence{suffix}")),
        note=forms.typed(view, f"note{suffix}"),
    )


def _moved(view: forms.Json, field: str, shown: object) -> str:
    """The value, unless it is still as it was drawn."""
    value = forms.typed(view, field)
    return "" if value.strip() == shown else value


def untouched(kr: KeyResult) -> str:
    """The value that a form begins with."""
    return _typed(kr.measure.current)


def _typed(value: Decimal) -> str:
    """A value as somebody would type it, with the six decimals that can be typed."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _kind(chosen: MeasureKind | None) -> Block:
    return radio([option(words, way) for way, words in _KINDS.items()], chosen or MeasureKind.INCREASE)


def _how_sure(number: int) -> str:
    return f"{number} – {_SURE[number]}" if number in _SURE else str(number)
