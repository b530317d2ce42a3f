"""What helps while an objective is written down: hints to think about, and a word where it becomes a lot."""

from collections.abc import Sequence

from domain.hints import Hint, hints
from domain.home import Moment
from domain.limits import beyond
from domain.objectives import Objective
from domain.people import Member
from domain.permissions import Verb, may
from views.blocks import Block, View, button, context, modal, section
from views.room import IN_VIEW, fitting
from views.text import count, escape

HINTS = "objective.hints"

_INTRODUCTION = (
    "Things to think about, not rules: nothing here stands in your way, and what is fine as it is can stay. "
    "Change it with *Edit*."
)


def hints_button(objective: Objective, moment: Moment, viewer: Member) -> list[Block]:
    """A button to what could be thought about, for whoever may change it; nothing where there is nothing to say."""
    if not may(Verb.EDIT_OBJECTIVE, viewer, objective.stake):
        return []
    found = hints(objective, moment.today, moment.policy)
    return [button(count(len(found), "hint"), HINTS, objective.id)] if found else []


def hints_view(objective: Objective, moment: Moment) -> View:
    """Each hint with its reason and an example, to read."""
    found = hints(objective, moment.today, moment.policy)
    top = [section(_INTRODUCTION if found else f"Nothing to add to {objective.ref}. :+1:")]
    titles = {kr.ref: kr.title for kr in (*objective.key_results, *objective.proposals)}
    parts = [_drawn(hint, titles.get(hint.about, objective.title)) for hint in found]
    return modal(f"Hints for {objective.ref}", [*top, *fitting(parts, IN_VIEW.without(top), _more)])


def warnings(objective: Objective, owned: int, moment: Moment) -> list[Block]:
    """A word for each limit that is passed; `owned` is how many objectives its owner has in its cycle."""
    return [context(f":warning: {escape(sentence)}") for sentence in beyond(objective, owned, moment.policy)]


def _drawn(hint: Hint, title: str) -> Sequence[Block]:
    return [
        section(f":bulb: *{hint.about}* {escape(title, 200)}\n{hint.seen} {hint.why}"),
        context(f"For example: {hint.example}"),
    ]


def _more(left: int) -> Block:
    return context(f"…and {count(left, 'more hint')}.")
