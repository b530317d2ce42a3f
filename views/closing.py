"""Closing: the form in which an objective is scored, what waits for that, and how an objective ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain import scores
from domain.closing import Closing, ClosingDraft, Mattered, Verdict, awaits_a_score
from domain.cycles import CycleState
from domain.home import Moment, Season
from domain.measures import Measure
from domain.objectives import Heading, KeyResult, Objective, ObjectiveId
from domain.people import Member
from domain.permissions import Verb, may
from views import cycles, forms
from views.blocks import (
    Block,
    Message,
    Option,
    View,
    actions,
    button,
    context,
    input_block,
    leaf,
    line,
    modal,
    option,
    radio,
    rich_text,
    section,
    text_input,
)
from views.measures import moved
from views.room import Room, fitting
from views.text import bar, count, cut, date_of, escape

OPEN = "closing.open"
MINE = "closing.mine"
CARRY = "closing.carry"
ENDED = "closing.ended"
PAST = "closing.past"
FUTURE = "closing.future"
FORM = "closing"

IN_FORM = Room(blocks=20, characters=8_000)
"""For the key results of the objective that is closed."""

_MATTERED = {
    Mattered.YES: "It moved what mattered",
    Mattered.PARTLY: "It moved some of what mattered",
    Mattered.NO: "It did not move what mattered",
    Mattered.TOO_EARLY: "It is too early to say whether it moved what mattered",
}
_WITHOUT = "Closed without a score: nobody has said how it ended."
_VERDICTS = {
    Verdict.KEEP: "Keep: go on with it",
    Verdict.CHANGE: "Change: go on with something better",
    Verdict.DROP: "Drop: let it end here",
}

# on a card


def ending(objective: Objective, today: date) -> list[str]:
    """Where it came from and went, and what it came to, in mrkdwn; nothing while there is nothing to say."""
    said = []
    if objective.carried_from:
        said.append(f"carried from {_named(objective.carried_from)}")
    if objective.score is not None:
        note = scores.remark(objective.score, objective.aspirational)
        said.append(f"*score {scores.shown(objective.score)}*" + (f" ({note})" if note else ""))
    elif objective.cycle.is_closed(today) and not objective.archived:
        said.append("closed without a score")
    if objective.carried_to:
        said.append(f"carried to {_named(objective.carried_to)}")
    return [" · ".join(said)] if said else []


def buttons(objective: Objective, moment: Moment, viewer: Member) -> list[Block]:
    """What can be done about an objective whose cycle ends, and the ways to its past and its future."""
    row: list[Block] = []
    state = objective.cycle.state(moment.today)
    over = state in {CycleState.CLOSING, CycleState.CLOSED} and not objective.archived
    if state is CycleState.CLOSING and not objective.archived and may(Verb.SCORE, viewer, objective.stake):
        waits = awaits_a_score(objective, moment.today)
        row.append(button("Close" if waits else "Change its score", OPEN, objective.id, "primary" if waits else None))
    if objective.score is not None:
        row.append(button("How it ended", ENDED, objective.id))
    if over and not objective.carried_to and may(Verb.EDIT_OBJECTIVE, viewer, objective.stake):
        row.append(button("Carry over", CARRY, objective.id))
    if objective.carried_from:
        row.append(button(f"Open {objective.carried_from.ref}", PAST, objective.carried_from.id))
    if objective.carried_to:
        row.append(button(f"Open {objective.carried_to.ref}", FUTURE, objective.carried_to.id))
    return [actions(*row)] if row else []


def season(facts: Season, today: date) -> list[Block]:
    """On Home: the cycle that is planned, those that close, and what of theirs waits for a score."""
    drawn = [section(f":seedling: {escape(cycles.begins(facts.planned))}")] if facts.planned else []
    for cycle in facts.closing:
        until = date_of(cycle.scored_until, today)
        drawn.append(section(f":checkered_flag: *{escape(cycle.name)}* is closing: it can be scored until {until}."))
    return drawn + waiting(facts.awaited)


def waiting(awaited: Sequence[Heading]) -> list[Block]:
    """How much of theirs waits for a score, and the way to give it; nothing where all have one."""
    pressed = actions(button("Close my objectives", MINE, style="primary"))
    return [section(waits(awaited)), pressed] if awaited else []


def waits(awaited: Sequence[Heading]) -> str:
    """The same in a sentence."""
    many = len(awaited)
    return f"{count(many, 'objective')} of yours {'waits' if many == 1 else 'wait'} for a score." if many else ""


# the form


def form(objective: Objective, closing: Closing | None, left: int, in_a_row: bool = False) -> View:
    """How an objective ended; `in_a_row` where the next one follows, of which there are so many `left`."""
    score = closing.score if closing else scores.suggested(objective)
    why, learned = (closing.why, closing.learned) if closing else ("", "")
    mattered, verdict = (closing.mattered, closing.verdict) if closing else (None, None)
    ways = [option(words, way_on) for way_on, words in _VERDICTS.items()]
    drawn = [
        section(f"*{objective.ref}* {escape(objective.title)}"),
        *fitting([[context(_final(kr))] for kr in objective.key_results], IN_FORM, _more_key_results),
        context(*_suggestion(objective)),
        input_block("score", "Score, 0.0 to 1.0", text_input("" if score is None else scores.shown(score), "0.7")),
        _words("why", "Why?", why, _needed(objective)),
        input_block("mattered", "Did it move what mattered?", radio(_offered(), mattered)),
        _words("learned", "What did we learn?", learned),
        input_block("verdict", "What shall become of it?", radio(ways, verdict)),
    ]
    if in_a_row and left:
        drawn.append(context(f"{count(left, 'more objective')} to close after this one."))
    kept = forms.marked({"objective": objective.id} | ({"row": 1} if in_a_row else {}), drawn)
    return modal(f"Close {objective.ref}", drawn, "Save", FORM, kept)


def read(view: forms.Json) -> tuple[ObjectiveId, ClosingDraft]:
    """Which objective was closed, and how it ended as it was filled in."""
    draft = ClosingDraft(
        score=forms.typed(view, "score"),
        why=forms.typed(view, "why"),
        mattered=forms.chosen(view, "mattered") or "",
        learned=forms.typed(view, "learned"),
        verdict=forms.chosen(view, "verdict") or "",
        alone=forms.staying(view, ("score", "why", "mattered", "learned", "verdict")),
    )
    return ObjectiveId(forms.the_number(view, "objective")), draft


def in_a_row(view: forms.Json) -> bool:
    """Whether the next objective follows on this form."""
    return forms.metadata(view).get("row") == 1


# what is told


def saved(objective: Objective) -> str:
    """What to say of an objective that has its score now."""
    score = "" if objective.score is None else f" Its score is {scores.shown(objective.score)}."
    return f":white_check_mark: {objective.ref} {escape(objective.title, 1_000)} is closed.{score}"


def all_done() -> Message:
    """When nothing of theirs waits for a score."""
    words = "Nothing of yours waits for a score. Thank you."
    return {"text": words, "blocks": [section(words)]}


def outcome(objective: Objective, closing: Closing | None) -> list[Block]:
    """How an objective ended: its score and where that comes from, what mattered, what was learned, and what now."""
    title = f"*{objective.ref}* {escape(objective.title)}\n{escape(objective.owner.name)} · {bar(objective.progress)}"
    if closing is None:
        return [section(f"{title}\n{_WITHOUT}")]
    drawn = [section(f"{title}\n{_scored(objective, closing)}")]
    drawn.append(section(f"{_MATTERED[closing.mattered]}.\n{_VERDICTS[closing.verdict]}."))
    for label, words in (("Why", closing.why), ("Learned", closing.learned)):
        if words:
            drawn.append(rich_text(line(leaf(f"{label}: ", bold=True), leaf(cut(words, 1_500)))))
    return drawn


def told(objective: Objective, closing: Closing | None) -> Message:
    """The answer in a retrospective about one objective."""
    words = _WITHOUT if closing is None else _scored(objective, closing)
    more = [] if closing is None else [f"{_MATTERED[closing.mattered]}.", f"{_VERDICTS[closing.verdict]}."]
    named = f"{objective.ref} {escape(objective.title, 1_000)}: "
    text = named + " ".join([words.replace("*", ""), *more])
    return {"text": text, "blocks": outcome(objective, closing)}


# how


def _named(heading: Heading) -> str:
    return f"{heading.ref} in {escape(heading.cycle)}" if heading.cycle else str(heading.ref)


def _final(kr: KeyResult) -> str:
    return f"*{kr.ref}* {escape(kr.title, 300)}: {_way_gone(kr.measure)}. Score {scores.shown(scores.final(kr))}"


def _needed(objective: Objective) -> str:
    """When a reason is asked for."""
    missed = "" if objective.aspirational else f", or a commitment came to less than {scores.shown(scores.LOW)}"
    return f"Needed where the score is not the suggested one{missed}."


def _way_gone(measure: Measure) -> str:
    """From where it began to where it ended: "0 → 13 of 100 sign-ups"."""
    begun = replace(measure.at(measure.start), measured=measure.measured)
    return moved(begun, measure)


def _suggestion(objective: Objective) -> list[str]:
    """Where the suggested score comes from, and what to expect of one."""
    derived = scores.derivation(objective)
    words = f"Suggested: {cut(derived, 1_500)}" if derived else "There is no key result to suggest a score from."
    return [words, scores.expectation(objective.aspirational)]


def _scored(objective: Objective, closing: Closing) -> str:
    note = scores.remark(closing.score, objective.aspirational)
    parts = [f"*Score {scores.shown(closing.score)}*"]
    if closing.suggested is not None and closing.suggested != closing.score:
        parts.append(f"suggested {scores.shown(closing.suggested)}")
    return ", ".join([*parts, *([note] if note else [])]) + "."


def _more_key_results(left: int) -> Block:
    return context(f"…and {count(left, 'more key result')}.")


def _words(field: str, label: str, before: str, hint: str = "") -> Block:
    return input_block(field, label, text_input(before, multiline=True), optional=True, hint=hint)


def _offered() -> list[Option]:
    return [option(words, choice) for choice, words in _MATTERED.items()]
