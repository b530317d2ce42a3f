"""The settings of a workspace: the form, and what was changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.people import Member
from domain.permissions import Verb, may
from domain.policy import NUMBERS, SWITCHES, Number, Policy, said
from views import forms
from views.blocks import Block, Message, View, context, input_block, modal, option, radio, section, text_input
from views.text import escape, mention, moment_of

OPEN = "policy.open"
FORM = "policy"

VALUES = "values"
RECENT = 5
"""Settings of which the form says who changed them last."""

Last = Mapping[str, tuple[Member, datetime]]


def form(policy: Policy, viewer: Member, last: Last) -> View:
    """Each setting that this viewer may change, as it is now, and who changed the latest ones."""
    fields = _numbers_and_switches(policy) if may(Verb.CHANGE_SETTINGS, viewer) else []
    if may(Verb.CHANGE_VALUES, viewer):
        words = text_input(said(VALUES, policy), "courage, craft, care")
        fields.append(
            input_block(VALUES, _label(VALUES), words, True, "Words that thanks can be tagged with, as #craft.")
        )
    return modal("Settings", [*fields, *_history(last)], "Save", FORM, forms.marked({}, fields))


def read(view: forms.Json) -> dict[str, str]:
    """What was typed, by the name of the setting; what was left alone, or not even shown, is left out."""
    alone = forms.left_alone(view)
    meant = [name for name in (*NUMBERS, *SWITCHES, VALUES) if forms.has(view, name) and name not in alone]
    return {n: forms.chosen(view, n) or "no" if n in SWITCHES else forms.typed(view, n) for n in meant}


def changed(before: Policy, after: Policy) -> Message:
    """The answer to a change: what is otherwise now."""
    names = [name for name in (*NUMBERS, *SWITCHES, VALUES) if said(name, before) != said(name, after)]
    if not names:
        words = "Nothing was changed."
        return {"text": words, "blocks": [section(words)]}
    lines = [f"{_label(name)}: {_shown(name, before)} → {_shown(name, after)}" for name in names]
    opening = ":white_check_mark: Saved. It counts from now on, for everybody."
    return {"text": f"{opening} {'. '.join(lines)}.", "blocks": [section(opening), section("\n".join(lines))]}


def _numbers_and_switches(policy: Policy) -> list[Block]:
    numbers = [
        input_block(name, _label(name), text_input(said(name, policy)), hint=_hint(NUMBERS[name])) for name in NUMBERS
    ]
    yes_or_no = [option("Yes", "yes"), option("No", "no")]
    return [*numbers, *(input_block(name, SWITCHES[name], radio(yes_or_no, said(name, policy))) for name in SWITCHES)]


def _label(name: str) -> str:
    if name in NUMBERS:
        about = NUMBERS[name]
        return f"{about.label} ({about.unit})" if about.unit else about.label
    return SWITCHES.get(name, "Our values")


def _hint(about: Number) -> str:
    return f"{about.means} From {about.least} to {about.most}."


def _shown(name: str, policy: Policy) -> str:
    return escape(said(name, policy), 500) or "none"


def _history(last: Last) -> list[Block]:
    """Who changed the latest settings, and when."""
    shown: Sequence[str] = sorted(
        (name for name in last if _is_here(name)), key=lambda name: last[name][1], reverse=True
    )
    lines = [f"{_label(name)}: {mention(last[name][0])}, {moment_of(last[name][1])}" for name in shown[:RECENT]]
    return [context("Last changed\n" + "\n".join(lines))] if lines else []


def _is_here(name: str) -> bool:
    return name in NUMBERS or name in SWITCHES or name == VALUES
