"""Key results that are proposed: their line on a card, their forms, and what people are told of them."""

from collections.abc import Sequence

from domain.amendments import may_accept, may_decline
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective, Stage
from domain.people import Member
from domain.permissions import Verb, may
from domain.status import has_ended
from views import comments, forms
from views.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    input_block,
    modal,
    option,
    overflow,
    quote,
    section,
    text_input,
)
from views.drafting import warnings
from views.key_result_forms import key_result_form, key_result_form_again
from views.key_results import named
from views.measures import way
from views.text import escape, mention

MORE = "proposal.more"
ACCEPT = "proposal.accept"
EDIT = "proposal.edit"
DECLINE = "proposal.decline"
FORM = "proposal"
DECLINE_FORM = "proposal.declined"

_VERBS = {"accept": "Accept", "edit": "Edit, then accept", "decline": "Decline"}


def row(kr: KeyResult, objective: Objective, moment: Moment, viewer: Member) -> Block:
    """A proposed key result in its objective's card, with what whoever may decide can do."""
    words = f"{named(kr)}\n:speech_balloon: proposed · {way(kr.measure)} · {mention(kr.owner)}"
    able = _able(kr, objective, moment, viewer)
    return section(words, _menu(kr, able) if able else None)


def _able(kr: KeyResult, objective: Objective, moment: Moment, viewer: Member) -> list[str]:
    """What they may do with what is proposed for it."""
    if objective.archived or has_ended(objective, moment.today):
        return []
    accepts = may_accept(viewer, kr, objective, moment.policy)
    edits = accepts and may(Verb.EDIT_KEY_RESULT, viewer, objective.stake_in(kr))
    declines = may_decline(viewer, kr, objective, moment.policy)
    return [verb for verb, able in {"accept": accepts, "edit": edits, "decline": declines}.items() if able]


def may_propose(objective: Objective, moment: Moment, viewer: Member) -> bool:
    """Whether they may propose a key result for it; who can add one at once need not."""
    over = objective.archived or has_ended(objective, moment.today)
    return (
        not over
        and may(Verb.PROPOSE_KEY_RESULT, viewer, objective.stake)
        and not may(Verb.ADD_KEY_RESULT, viewer, objective.stake)
    )


def form(objective: Objective, viewer: Member, editing: KeyResult | None = None) -> View:
    """The form of a key result, to propose one or to accept one with changes."""
    return _ours(key_result_form(objective, viewer, editing), editing)


def form_again(view: forms.Json, objective: Objective, editing: KeyResult | None = None, notice: str = "") -> View:
    """The same form with the fields of the kind that has been chosen in it; whatever was typed is kept."""
    return _ours(key_result_form_again(view, objective, editing, notice), editing)


def _ours(drawn: View, editing: KeyResult | None) -> View:
    """The form of a key result, on its way to or from those who decide."""
    title, submit = (f"Accept {editing.ref}", "Accept") if editing else ("Propose a key result", "Propose")
    whole = modal(title, drawn["blocks"], submit, FORM)
    return whole | {"private_metadata": drawn["private_metadata"]}


def decline_form(kr: KeyResult, objective: Objective) -> View:
    """A word for whoever proposed it."""
    words = text_input(placeholder="A good idea, and we can only follow three numbers this quarter", multiline=True)
    fields = [
        section(f"{named(kr)}\nproposed for *{objective.ref}* {escape(objective.title)}"),
        input_block("why", "A word on why", words, hint="Whoever proposed it reads this."),
    ]
    return modal(f"Decline {kr.ref}", fields, "Decline", DECLINE_FORM, {"key_result": kr.id})


def read_decline(view: forms.Json) -> tuple[KeyResultId, str]:
    """Which proposal is declined, and the word on why."""
    return KeyResultId(forms.the_number(view, "key_result")), forms.typed(view, "why")


def proposed(kr: KeyResult, objective: Objective, by: Member | None, reader: Member, accepts: bool = True) -> Message:
    """What an owner reads of a proposal, or whoever else `accepts` it where that is not for its owner to do."""
    who = mention(by) if by else "Somebody"
    words = f"{who} proposes a key result for {objective.ref} {escape(objective.title, 300)}."
    return {
        "text": f"{words} {kr.ref} {escape(kr.title, 300)}, {way(kr.measure)}.",
        "blocks": [
            section(f":speech_balloon: {words}"),
            section(f"{named(kr)}\n{way(kr.measure)} · {mention(kr.owner)}"),
            actions(*_answers(kr, objective, reader, accepts)),
            context(f"You get this because {_why_asked(objective, reader, accepts)}."),
        ],
    }


def _answers(kr: KeyResult, objective: Objective, reader: Member, accepts: bool) -> list[Block]:
    able = [button("Accept", ACCEPT, kr.id, "primary")] if accepts else []
    if accepts and may(Verb.EDIT_KEY_RESULT, reader, objective.stake_in(kr)):
        able.append(button(_VERBS["edit"], EDIT, kr.id))
    if not accepts:
        able.append(button("Talk it over", comments.OPEN, str(kr.ref)))
    return [*able, button("Decline", DECLINE, kr.id, "danger")]


def _why_asked(objective: Objective, reader: Member, accepts: bool) -> str:
    if not accepts:
        return "the objective is yours. Here somebody else accepts what is added to it, before it counts"
    why = "the objective is yours" if reader.id in objective.stake.owners else "you can agree to it"
    return f"{why}. It is not counted before somebody accepts it"


def decided(kr: KeyResult, objective: Objective, by: Member | None, why: str) -> Message:
    """What whoever proposed it reads of what became of it."""
    who = mention(by) if by else "Somebody"
    under = f"for {objective.ref} {escape(objective.title, 300)}"
    if by is None and kr.stage is Stage.DECLINED:
        words = f"{kr.ref} {escape(kr.title, 300)}, which you proposed {under}, is not decided on any more."
    elif kr.stage is Stage.AGREED:
        words = f"{who} accepted {kr.ref} {escape(kr.title, 300)}, which you proposed {under}."
    else:
        words = f"{who} declined {kr.ref} {escape(kr.title, 300)}, which you proposed {under}."
    mark = ":tada:" if kr.stage is Stage.AGREED else ":leaves:"
    rule = context("You get this once, because you proposed it.")
    return {
        "text": words + (f" {escape(why, 1_500)}" if why else ""),
        "blocks": [section(f"{mark} {words}"), *([quote(why)] if why else []), rule],
    }


def sent(kr: KeyResult, objective: Objective, ours: bool = False) -> Message:
    """The answer to whoever proposed a key result; `ours` where they look after the objective themselves."""
    decides = "Somebody else agrees to it, before it counts" if ours else "Its owner decides"
    words = f"{kr.ref} is proposed for {objective.ref} {escape(objective.title, 300)}. {decides}; you will hear."
    return {
        "text": words,
        "blocks": [section(f":white_check_mark: {words}"), section(f"{named(kr)}\n{way(kr.measure)}")],
    }


def became(kr: KeyResult, objective: Objective, by: Member | None, why: str, moment: Moment) -> Message:
    """What the question to an owner turns into once somebody has decided, with a word where it becomes a lot."""
    who = mention(by) if by else "Somebody"
    named = f"{kr.ref} {escape(kr.title, 300)} for {objective.ref}"
    if by is None and kr.stage is Stage.DECLINED:
        words = f":leaves: {named} waits for nobody any more. Whoever proposed it reads why."
    elif kr.stage is Stage.AGREED:
        words = f":white_check_mark: {who} accepted {named}: it counts from now on."
    else:
        words = f":leaves: {who} declined {named}, with a word for whoever proposed it."
    text = words + (f" {escape(why, 1_500)}" if why else "")
    beyond = warnings(objective, 0, moment) if kr.stage is Stage.AGREED else []
    return {"text": text, "blocks": [section(words), *([quote(why)] if why else []), *beyond]}


def settled(kr: KeyResult, objective: Objective, moment: Moment) -> Message:
    """The answer to whoever accepted or declined a proposal."""
    if kr.stage is Stage.AGREED:
        words = f"{kr.ref} {escape(kr.title, 300)} is accepted and counts from now on, for {objective.ref}."
    else:
        words = f"{kr.ref} {escape(kr.title, 300)} is declined. Whoever proposed it reads your word."
    beyond = warnings(objective, 0, moment) if kr.stage is Stage.AGREED else []
    return {"text": words, "blocks": [section(f":white_check_mark: {words}"), *beyond]}


def _menu(kr: KeyResult, able: Sequence[str]) -> Block:
    return overflow(MORE, [option(_VERBS[verb], f"{verb} {kr.id}") for verb in able])
