"""Answers in Cairn's own conversation: an objective, a button where a form is needed, or why something cannot be."""

from collections.abc import Sequence

from domain.home import Moment
from domain.objectives import Objective
from domain.people import Member
from domain.recognition import Recognition
from domain.sights import sight
from domain.wishes import Deed
from domain.words import TITLE
from views import check_ins, help, history, objectives, problems, recognition
from views.blocks import Block, Message, actions, button, context, section
from views.text import escape

RULE = context("You get this because you wrote to me here. Nobody else sees it.")
"""Why an answer came, and the only thing that would stop the next: not to write."""


def card(
    ref: str, objective: Objective, moment: Moment, viewer: Member, thanks: Sequence[Recognition], updated: bool
) -> Message:
    """An objective, or the one that a key result belongs to, perhaps because that has just been updated."""
    done = f"{ref} is updated. " if updated else ""
    seen = sight(objective, moment, viewer)
    drawn = objectives.card(objective, moment, viewer, thanks)
    top: list[Block] = [section(f":white_check_mark: {done.strip()}")] if updated else []
    top += [history.take_back(kr) for kr in objective.key_results if updated and str(kr.ref) == ref]
    return {"text": objectives.in_words(f"{done}Here it is:", [seen]), "blocks": [*top, *drawn, RULE]}


def form(deed: Deed, ref: str, id: int, title: str) -> Message:
    """A button that opens the form for what was asked."""
    words, press = {
        Deed.ADD_OBJECTIVE: ("An objective takes a form.", button("Add an objective", objectives.ADD, title[:TITLE])),
        Deed.ADD_KEY_RESULT: (
            f"A key result under {escape(ref)} takes a form.",
            button("Add a key result", objectives.ADD_KEY_RESULT, id),
        ),
        Deed.UPDATE: (f"How far is {escape(ref)}?", button("Update", objectives.UPDATE, id)),
        Deed.GREET: (
            "Hello! I keep everybody's OKRs at hand. Write _show my okrs_, _company okrs at risk_, _search onboarding_ "
            "or _update KR-34 45_, or press:",
            button(help.TITLE, help.OPEN),
        ),
        Deed.CHECK_IN: ("Your check-in is one form.", button("Check in", check_ins.OPEN)),
        Deed.WELCOME: (
            "You are welcome! If a colleague has helped you too, `/kudos @bo for …` tells them, or press:",
            button("Say thank you", recognition.GIVE),
        ),
        Deed.THANK: ("Whom would you like to thank?", button("Say thank you", recognition.GIVE)),
    }[deed]
    return {"text": words, "blocks": [section(words), actions(press), RULE]}


def told(message: Message) -> Message:
    """What a command would have answered."""
    return {"text": message["text"], "blocks": [*message["blocks"], RULE]}


def refusal(sentence: str) -> Message:
    """Why a wish could not be granted; the sentence may hold what somebody typed."""
    return told(problems.refused(sentence))
