"""Handing over: what a lead is asked, the form, and what each new owner reads."""

from collections.abc import Sequence

from domain.errors import Refusal
from domain.hand_over import Holding
from domain.objectives import KeyResult
from domain.people import Kind, Member, Team
from domain.permissions import either
from views import forms
from views.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    input_block,
    modal,
    section,
    users_select,
)
from views.room import IN_MESSAGE, fitting
from views.text import count, escape, mention, spoken

OPEN = "hand_over.open"
PERSON = "hand_over.person"
GUESTS_NAMED = 5
FORM = "hand_over"

MOST = 40
"""Things in one form: Slack keeps 3,000 characters about a form, and nobody chooses more at a time."""


def asked(of: Member, holdings: Sequence[Holding]) -> Message:
    """What somebody is asked who is to see to what another has left behind."""
    opening = f"{escape(of.name)} has left this workspace, and {_owned(holdings)}. Who takes {_it(holdings)} on?"
    foot = [
        actions(button("Hand over", OPEN, of.slack_id, "primary")),
        context(
            "You get this once, because you lead the team or run the OKR programme; *Teams* on Cairn's Home says who "
            "leads. `/okr handover @person` does the same at any time. Until then nobody is asked how it goes."
        ),
    ]
    drawn = fitting([[section(_line(each))] for each in holdings], IN_MESSAGE.without([section(opening), *foot]), _more)
    return {"text": spoken(opening, map(_words, holdings)), "blocks": [section(opening), *drawn, *foot]}


def form(of: Member, each: Sequence[tuple[Holding, Member]]) -> View:
    """Who shall own each thing; what is left empty stays where it is."""
    shown = each[:MOST]
    fields = [
        input_block(_field(holding), f"{holding.ref} {holding.title}", users_select(to.slack_id), optional=True)
        for holding, to in shown
    ]
    note = context(
        f"What you leave empty stays {escape(of.name)}'s. Its history stays too, and each new owner is told."
    )
    left = [context(f"…and {count(len(each) - MOST, 'more')}: hand these over first.")] if len(each) > MOST else []
    kept = {"of": of.slack_id, "refs": [str(holding.ref) for holding, _ in shown]}
    return modal("Hand over", [note, *fields, *left], "Hand over", FORM, kept)


def read(view: forms.Json) -> tuple[str, dict[str, str]]:
    """Whose things they are, and the Slack id of each new owner by reference; raises `Refusal` for a broken form."""
    kept = forms.metadata(view)
    of, refs = kept.get("of"), kept.get("refs")
    if not isinstance(of, str) or not isinstance(refs, list):
        raise Refusal("This form can no longer be read. Close it and open it again.")
    chosen = {str(ref): forms.person(view, f"owner {ref}") for ref in refs}
    return of, {ref: who for ref, who in chosen.items() if who}


def done(of: Member, each: Sequence[tuple[Holding, Member]]) -> Message:
    """The answer to whoever handed something over."""
    opening = f":handshake: Handed over what was {escape(of.name)}'s."
    foot = guests([(holding.key_result, to) for holding, to in each if holding.key_result])
    drawn = fitting(
        [[section(f"{_line(holding)} → {mention(to)}")] for holding, to in each],
        IN_MESSAGE.without([section(opening), *foot]),
        _more,
    )
    words = [f"{_words(holding)} goes to {escape(to.name)}." for holding, to in each]
    return {"text": spoken(opening, words), "blocks": [section(opening), *drawn, *foot]}


def told(by: Member, of: Member, holdings: Sequence[Holding]) -> Message:
    """What a new owner reads."""
    whose = "" if by.id == of.id else f", from {escape(of.name)}"
    opening = f"{mention(by)} has handed {_these(holdings)} over to you{whose}."
    foot = [
        context(
            "You get this because you own it from now on, and will be asked about a key result in the weekly check-in. "
            "`/okr` shows all that is yours; `/okr edit` hands it to somebody else."
        )
    ]
    drawn = fitting([[section(_line(each))] for each in holdings], IN_MESSAGE.without([section(opening), *foot]), _more)
    return {"text": spoken(opening, map(_words, holdings)), "blocks": [section(opening), *drawn, *foot]}


def guests(each: Sequence[tuple[KeyResult, Member]]) -> list[Block]:
    """A word for whoever chose guests as owners of key results."""
    chosen = [(kr, who) for kr, who in each if who.kind is Kind.GUEST]
    if not chosen:
        return []
    named = either(dict.fromkeys(escape(who.name, 80) for _, who in chosen[:GUESTS_NAMED]), "and")
    one = len({who.id for _, who in chosen}) == 1
    words = (
        f"{named} {'is a guest' if one else 'are guests'} here, and guests are not asked to check in. Agree on how you "
        f"will hear: `/okr update {chosen[0][0].ref} …` works for them at any time."
    )
    return [context(f":wave: {words}")]


def with_guests(answer: Message, kr: KeyResult, chosen: bool) -> Message:
    """The answer about a key result, with a word where a guest was chosen to own it."""
    hint = guests([(kr, kr.owner)]) if chosen else []
    return {"text": answer["text"], "blocks": [*answer["blocks"], *hint]}


def part_given(to: Member, by: Member, holdings: Sequence[Holding]) -> Message:
    """What somebody reads who owns something new from now on, alone or with others."""
    opening = f"{mention(by)} counts on you for {_these(holdings)}."
    asked = (
        "Guests are not asked to check in" if to.kind is Kind.GUEST else "The weekly check-in asks about a key result"
    )
    how = f"{asked}; `/okr update` says at any time how it goes, and `/okr` shows all that is yours."
    foot = [context(f"You get this once, because you own it from now on. {how}")]
    lines = [[section(_line(each) + _with_others(each, to))] for each in holdings]
    drawn = fitting(lines, IN_MESSAGE.without([section(opening), *foot]), _more)
    return {"text": spoken(opening, map(_words, holdings)), "blocks": [section(opening), *drawn, *foot]}


def _with_others(holding: Holding, to: Member) -> str:
    """Who owns an objective besides, for whoever owns it with them."""
    shared = holding.key_result is None and holding.owner.id != to.id
    return f"\nyou own it together with {mention(holding.owner)}" if shared else ""


def without_lead(team: Team, gone: Member) -> Message:
    """What a champion reads when a team has lost its lead."""
    words = f"The team {escape(team.name)} has no lead now that {escape(gone.name)} has left. Who shall lead it?"
    how = "You get this once, because you run the OKR programme here. *Teams* on Cairn's Home chooses a new lead."
    return {"text": words, "blocks": [section(words), context(how)]}


def _field(holding: Holding) -> str:
    return f"owner {holding.ref}"


def _line(holding: Holding) -> str:
    under = f"\nunder {holding.objective.ref} {escape(holding.objective.title, 300)}" if holding.key_result else ""
    return f"*{holding.ref}* {escape(holding.title)}{under}"


def _words(holding: Holding) -> str:
    return f"{holding.ref} {escape(holding.title, 200)}"


def _owned(holdings: Sequence[Holding]) -> str:
    return f"owned {_these(holdings)}"


def _these(holdings: Sequence[Holding]) -> str:
    key_results = sum(1 for each in holdings if each.key_result)
    objectives = len(holdings) - key_results
    parts = [count(objectives, "objective")] if objectives else []
    return " and ".join([*parts, *([count(key_results, "key result")] if key_results else [])])


def _it(holdings: Sequence[Holding]) -> str:
    return "it" if len(holdings) == 1 else "them"


def _more(left: int) -> Block:
    return context(f"…and {left} more.")
