"""Handing over: what a lead is asked, the form, and what each new owner reads."""

from collections.abc import Sequence

from domain.errors import Refusal
from domain.hand_over import Holding
from domain.objectives import KeyResult, Objective
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

MOST_SEALED = 10
"""As many of them as nobody can read."""

TEAMS_NAMED = 5

_BLIND = "What is closed to you stays so: choose somebody else to own it, who then reads all of it."


def asked(of: Member, holdings: Sequence[Holding], sealed: int = 0) -> Message:
    """What somebody is asked who is to see to what another left behind; so many objectives are `sealed` to them."""
    what = " and ".join([*([_these(holdings)] if holdings else []), *([_closed(sealed)] if sealed else [])])
    it = "it" if len(holdings) + sealed == 1 else "them"
    opening = f"{escape(of.name)} has left this workspace, and owned {what}. Who takes {it} on?"
    foot = [
        actions(button("Hand over", OPEN, of.slack_id, "primary")),
        context(
            "You get this once, because you lead the team or run the OKR programme; *Teams* on Cairn's Home says who "
            "leads. `/okr handover @person` does the same at any time. Until then nobody is asked how it goes."
        ),
    ]
    head = [section(opening), *([context(_BLIND)] if sealed else [])]
    drawn = fitting([[section(_line(each))] for each in holdings], IN_MESSAGE.without([*head, *foot]), _more)
    return {"text": spoken(opening, map(_words, holdings)), "blocks": [*head, *drawn, *foot]}


def form(of: Member, each: Sequence[tuple[Holding, Member]], sealed: Sequence[Objective] = ()) -> View:
    """Who shall own each thing; what is left empty stays where it is. Of what is `sealed` no title is told."""
    closed = sealed[:MOST_SEALED]
    shown = each[: MOST - len(closed)]
    fields = [
        input_block(_field(holding), f"{holding.ref} {holding.title}", users_select(to.slack_id), optional=True)
        for holding, to in shown
    ]
    note = context(
        f"What you leave empty stays {escape(of.name)}'s. Its history stays too, and each new owner is told."
    )
    fields += [
        input_block(f"owner {one.ref}", f"{one.ref}, closed to you", users_select(), optional=True) for one in closed
    ]
    more = len(each) + len(sealed) - len(shown) - len(closed)
    left = [context(f"…and {count(more, 'more')}: hand these over first.")] if more else []
    blind = [context(_BLIND)] if closed else []
    kept = {"of": of.slack_id, "refs": [*(str(holding.ref) for holding, _ in shown), *(str(one.ref) for one in closed)]}
    return modal("Hand over", [note, *blind, *fields, *left], "Hand over", FORM, kept)


def read(view: forms.Json) -> tuple[str, dict[str, str]]:
    """Whose things they are, and the Slack id of each new owner by reference; raises `Refusal` for a broken form."""
    kept = forms.metadata(view)
    of, refs = kept.get("of"), kept.get("refs")
    if not isinstance(of, str) or not isinstance(refs, list):
        raise Refusal("This form can no longer be read. Close it and open it again.")
    chosen = {str(ref): forms.person(view, f"owner {ref}") for ref in refs}
    return of, {ref: who for ref, who in chosen.items() if who}


def done(
    of: Member, each: Sequence[tuple[Holding, Member]], sealed: Sequence[tuple[Objective, Member]] = ()
) -> Message:
    """The answer to whoever handed something over."""
    opening = f":handshake: Handed over what was {escape(of.name)}'s."
    foot = guests([(holding.key_result, to) for holding, to in each if holding.key_result])
    blind = [[section(f"*{one.ref}*, closed to you → {mention(to)}")] for one, to in sealed]
    drawn = fitting(
        [*([section(f"{_line(holding)} → {mention(to)}")] for holding, to in each), *blind],
        IN_MESSAGE.without([section(opening), *foot]),
        _more,
    )
    words = [f"{_words(holding)} goes to {escape(to.name)}." for holding, to in each]
    words += [f"{one.ref}, closed to you, goes to {escape(to.name)}." for one, to in sealed]
    return {"text": spoken(opening, words), "blocks": [section(opening), *drawn, *foot]}


def told(to: Member, by: Member, of: Member, holdings: Sequence[Holding]) -> Message:
    """What a new owner reads."""
    whose = "" if by.id == of.id else f", from {escape(of.name)}"
    opening = f"{mention(by)} has handed {_these(holdings)} over to you{whose}."
    foot = [
        context(
            f"You get this because you own it from now on. {_how_asked(to)}; `/okr update` says at any time how it "
            "goes, `/okr` shows all that is yours, and `/okr edit` hands it to somebody else."
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
    how = f"{_how_asked(to)}; `/okr update` says at any time how it goes, and `/okr` shows all that is yours."
    foot = [context(f"You get this once, because you own it from now on. {how}")]
    lines = [[section(_line(each) + _with_others(each, to))] for each in holdings]
    drawn = fitting(lines, IN_MESSAGE.without([section(opening), *foot]), _more)
    return {"text": spoken(opening, map(_words, holdings)), "blocks": [section(opening), *drawn, *foot]}


def _how_asked(to: Member) -> str:
    """Whether the check-in comes to them, in words."""
    guest = to.kind is Kind.GUEST
    return "Guests are not asked to check in" if guest else "The weekly check-in asks about a key result"


def _with_others(holding: Holding, to: Member) -> str:
    """Who owns an objective besides, for whoever owns it with them."""
    shared = holding.key_result is None and holding.owner.id != to.id
    return f"\nyou own it together with {mention(holding.owner)}" if shared else ""


def without_lead(team: Team, gone: Member) -> Message:
    """What a champion reads when a team has lost its lead."""
    words = f"The team {escape(team.name)} has no lead now that {escape(gone.name)} has left. Who shall lead it?"
    how = (
        "You get this once, because you run the OKR programme here, or look after Cairn where nobody does. "
        "*Teams* on Cairn's Home chooses a new lead."
    )
    return {"text": words, "blocks": [section(words), context(how)]}


def without_champion(gone: Member, teams: Sequence[Team]) -> Message:
    """What the admins read when nobody runs the programme any more, and which teams have no lead either."""
    named = either([escape(team.name, 80) for team in teams[:TEAMS_NAMED]], "and")
    more = f", and {len(teams) - TEAMS_NAMED} more" if len(teams) > TEAMS_NAMED else ""
    lack = "have" if len(teams) > 1 else "has"
    leads = f" {named}{more} {lack} no lead either." if teams else ""
    words = f"{escape(gone.name)} has left, and there is no OKR champion any more.{leads} Who shall it be?"
    how = (
        "You get this once, because you look after Cairn here: what a champion is asked now comes to the admins. "
        "*Roles* on Cairn's Home chooses a champion, *Teams* a lead."
    )
    return {"text": words, "blocks": [section(words), context(how)]}


def _field(holding: Holding) -> str:
    return f"owner {holding.ref}"


def _line(holding: Holding) -> str:
    under = f"\nunder {holding.objective.ref} {escape(holding.objective.title, 300)}" if holding.key_result else ""
    return f"*{holding.ref}* {escape(holding.title)}{under}"


def _words(holding: Holding) -> str:
    return f"{holding.ref} {escape(holding.title, 200)}"


def _closed(sealed: int) -> str:
    return f"{count(sealed, 'objective')} closed to you"


def _these(holdings: Sequence[Holding]) -> str:
    key_results = sum(1 for each in holdings if each.key_result)
    objectives = len(holdings) - key_results
    parts = [count(objectives, "objective")] if objectives else []
    return " and ".join([*parts, *([count(key_results, "key result")] if key_results else [])])


def _more(left: int) -> Block:
    return context(f"…and {left} more.")
