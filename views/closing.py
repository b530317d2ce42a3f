"""Closing: the form in which an objective is scored, carrying it on, and what is told of it in a retrospective."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain import scores
from domain.closing import Carrying, Closing, ClosingDraft, Mattered, Verdict, awaits_a_score
from domain.cycles import Cycle, CycleState
from domain.home import Moment, Season
from domain.measures import Measure
from domain.objectives import Heading, KeyResult, KeyResultId, Level, Objective, ObjectiveId
from domain.people import Member, Team
from domain.permissions import Verb, either, may
from views import cycles, forms
from views.blocks import (
    MOST_OPTIONS,
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
    multi_select,
    option,
    radio,
    rich_text,
    section,
    select,
    text_input,
)
from views.measures import moved
from views.room import IN_MESSAGE, Room, fitting
from views.text import bar, count, cut, date_of, escape, spoken

OPEN = "closing.open"
MINE = "closing.mine"
CARRY = "closing.carry"
ENDED = "closing.ended"
PAST = "closing.past"
FUTURE = "closing.future"
FORM = "closing"
CARRY_FORM = "carrying"

IN_FORM = Room(blocks=20, characters=8_000)
"""For the key results of the objective that is closed."""

NOT_NOW = "not now: it stays where it ended, as it is"
"""No cycle can be called so: this is longer than any name."""

_ON, _FURTHER = "on", "further"

_MATTERED = {
    Mattered.YES: "It moved what mattered",
    Mattered.PARTLY: "It moved some of what mattered",
    Mattered.NO: "It did not move what mattered",
    Mattered.TOO_EARLY: "It is too early to say whether it moved what mattered",
}
_MOVED = {
    Mattered.YES: ("moved what mattered", "moved what mattered"),
    Mattered.PARTLY: ("moved some of what mattered", "moved some of what mattered"),
    Mattered.NO: ("did not move what mattered", "did not move what mattered"),
    Mattered.TOO_EARLY: ("is too fresh to say", "are too fresh to say"),
}
_GOES = {
    Verdict.KEEP: ("goes on as it is", "go on as they are"),
    Verdict.CHANGE: ("goes on as something better", "go on as something better"),
    Verdict.DROP: ("ends here", "end here"),
}
"""What one does and what several do."""

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


def season(facts: Season) -> list[Block]:
    """On Home: the cycle that is planned, those that close, and what of theirs waits for a score."""
    drawn = [section(f":seedling: {escape(cycles.begins(facts.planned))}")] if facts.planned else []
    for cycle in facts.closing:
        until = date_of(cycle.scored_until)
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
        _words("why", "Why?", why, "Needed where the score is not the suggested one."),
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


def carry_form(
    objective: Objective, destinations: Sequence[str], likeliest: str, offered: bool = False, in_a_row: bool = False
) -> View:
    """Into which cycle an objective is carried on, and with what; `offered` where nobody has asked for it."""
    names = [option(name, name) for name in destinations[: MOST_OPTIONS - 1]]
    if offered:
        names.append(option("Not now", NOT_NOW))
    title = input_block("title", "Objective", text_input(objective.title))
    drawn = [
        section(f"*{objective.ref}* {escape(objective.title)} stays as it is, in {escape(objective.cycle.name)}."),
        input_block("cycle", "Carry it over into", select(names, likeliest)),
        title,
        *_key_results(objective.key_results),
    ]
    kept = forms.marked({"objective": objective.id} | ({"row": 1} if in_a_row else {}), [title])
    return modal(f"Carry {objective.ref} over", drawn, "Go on" if offered else "Carry over", CARRY_FORM, kept)


def read_carrying(view: forms.Json) -> tuple[ObjectiveId, Carrying | None]:
    """Which objective is carried on, and how; None where it is not."""
    id, into = ObjectiveId(forms.the_number(view, "objective")), forms.chosen(view, "cycle") or ""
    if into == NOT_NOW:
        return id, None
    chosen = [forms.number(value) for value in forms.all_chosen(view, "key_results")]
    return id, Carrying(
        into=into,
        title=forms.typed(view, "title"),
        key_results=frozenset(KeyResultId(number) for number in chosen if number is not None),
        keep_targets=forms.chosen(view, "targets") != _FURTHER,
        alone=forms.staying(view, ("title",)),
    )


# what is told


def saved(objective: Objective) -> str:
    """What to say of an objective that has its score now."""
    score = "" if objective.score is None else f" Its score is {scores.shown(objective.score)}."
    return f":white_check_mark: {objective.ref} {escape(objective.title, 1_000)} is closed.{score}"


def carried(objective: Objective, drawn: Message) -> Message:
    """The answer to carrying an objective over: what it goes on as, above its card that is `drawn`."""
    past = objective.carried_from
    if past is None:
        return drawn
    words = f"{past.ref} goes on as {objective.ref} in {escape(objective.cycle.name)}."
    return {"text": words, "blocks": [section(f":white_check_mark: {words}"), *drawn["blocks"][1:]]}


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


def begun(cycle: Cycle, awaited: Sequence[Heading], today: date) -> Message:
    """What owners hear when a cycle begins to close, which somebody may have begun before its last day."""
    early = f"closes from today on, though its last day is {date_of(cycle.period.ends)}"
    stands = "is over" if today > cycle.period.ends else early
    opening = f"{escape(cycle.name)} {stands}. How did it end? A few minutes now make the next one better."
    return _asked(opening, cycle, awaited, "once when a cycle begins to close")


def called_off(cycle: Cycle) -> Message:
    """What takes the place of that once the cycle has been opened again."""
    words = (
        f"{escape(cycle.name)} goes on after all, until {date_of(cycle.period.ends)}. Nothing in it needs a score yet."
    )
    why = "Here you were asked how it ended. Somebody who runs the OKR programme has opened it again since."
    return {"text": words, "blocks": [section(words), context(why)]}


def last_call(cycle: Cycle, awaited: Sequence[Heading]) -> Message:
    """What those hear who have not scored when the window is about to end."""
    until = date_of(cycle.scored_until)
    opening = f"{escape(cycle.name)} can be scored until {until}. What has no score then is closed without one."
    return _asked(opening, cycle, awaited, "once, three days before a cycle is closed")


def unscored(cycle: Cycle, objectives: int, teams: int, beside: int) -> Message:
    """What whoever runs the programme hears before a cycle is closed: how much has no score, and nobody's name."""
    words = (
        f"{escape(cycle.name)} can be scored until {date_of(cycle.scored_until)}. {_left(objectives, teams, beside)} "
        "Their owners hear of it too, each for themselves; perhaps somebody would be glad of a hand."
    )
    why = (
        "You get this once, three days before a cycle is closed, because you run the OKR programme. It ends when "
        "somebody else does."
    )
    look = actions(cycles.unscored(cycle), button("See the cycle", cycles.OPEN, cycle.id))
    return {"text": words, "blocks": [section(words), look, context(why)]}


def retrospective(
    cycle: Cycle, team: Team | None, objectives: Sequence[Objective], closings: Mapping[ObjectiveId, Closing]
) -> Message:
    """What the thread about a team's objectives, or the company's, begins with."""
    about = escape(team.name) if team else _companys(objectives)
    scored = [each.score for each in objectives if each.score is not None]
    lines = [f"*Retrospective of {escape(cycle.name)}: {about}*"]
    figures = [count(len(objectives), "objective")]
    if scored:
        figures.append(f"mean score {scores.shown(sum(scored[1:], scored[0]) / len(scored))}")
    if len(scored) < len(objectives):
        figures.append(f"{len(objectives) - len(scored)} closed without a score")
    lines.append(", ".join(figures) + ".")
    lines += _tally([closings[each.id] for each in objectives if each.id in closings])
    lines.append("Each has its own answer in this thread. What would you do again, and what differently?")
    where = "Another channel can be chosen for the team on Cairn's Home" if team else "You run the OKR programme"
    why = (
        "Posted once, when the last objective has its score or the cycle closes. "
        f"{where}; what only some may see is never in it."
    )
    return {"text": "\n".join(lines), "blocks": [section("\n".join(lines)), context(why)]}


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


def _companys(objectives: Sequence[Objective]) -> str:
    """What the company's retrospective is about: what belongs to no one team is in it too."""
    beside = any(each.level is not Level.COMPANY for each in objectives)
    return "the company and what is of no one team" if beside else "the company"


def _left(objectives: int, teams: int, beside: int) -> str:
    many, waits = count(objectives, "objective"), "awaits" if objectives == 1 else "await"
    if not beside:
        return f"{many} of {count(teams, 'team')} still {waits} a score."
    each = f": {objectives - beside:,} of {count(teams, 'team')}, {beside:,} of no one team" if teams else ""
    return f"{many} still {waits} a score{each}."


def _tally(closings: Sequence[Closing]) -> list[str]:
    """How many of them mattered, and what becomes of them, in a sentence each."""
    if not closings:
        return []
    mattered, verdicts = Counter(each.mattered for each in closings), Counter(each.verdict for each in closings)
    return [
        _counted([(mattered[choice], *words) for choice, words in _MOVED.items()]),
        _counted([(verdicts[choice], *words) for choice, words in _GOES.items()]),
    ]


def _counted(each: Sequence[tuple[int, str, str]]) -> str:
    """A number of objectives for each of several things: "2 objectives go on as they are and 1 ends here."."""
    there = [(n, one if n == 1 else many) for n, one, many in each if n]
    said = [f"{f'{n:,}' if place else count(n, 'objective')} {words}" for place, (n, words) in enumerate(there)]
    return either(said, "and") + "."


def _asked(opening: str, cycle: Cycle, awaited: Sequence[Heading], when: str) -> Message:
    lines = [f"*{each.ref}* {escape(each.title)}" for each in awaited]
    foot = [
        actions(button("Close my objectives", MINE, style="primary")),
        context(f"You get this {when}, because you own an objective in it. It ends once each has a score."),
    ]
    top = [section(opening)]
    drawn = fitting([[section(each)] for each in lines], IN_MESSAGE.without([*top, *foot]), _more)
    words = spoken(opening, [f"{each.ref} {escape(each.title, 400)}." for each in awaited])
    return {"text": words, "blocks": [*top, *drawn, *foot]}


def _more(left: int) -> Block:
    return context(f"…and {count(left, 'more objective')}; *Close my objectives* leads through all of them.")


def _more_key_results(left: int) -> Block:
    return context(f"…and {count(left, 'more key result')}.")


def _words(field: str, label: str, before: str, hint: str = "") -> Block:
    return input_block(field, label, text_input(before, multiline=True), optional=True, hint=hint)


def _offered() -> list[Option]:
    return [option(words, choice) for choice, words in _MATTERED.items()]


def _key_results(key_results: Sequence[KeyResult]) -> list[Block]:
    """Which key results go on, those that are not reached to begin with; and whether they keep their targets."""
    if not key_results:
        return []
    shown_here = key_results[:MOST_OPTIONS]
    options = [option(f"{kr.ref} {kr.title}", kr.id) for kr in shown_here]
    going_on = [kr.id for kr in shown_here if not kr.measure.is_reached]
    ways = [
        option("Keep the same targets", _ON),
        option("New targets, as far away again", _FURTHER),
    ]
    hint = "Each begins anew, from where it ended. What has reached its target is left out unless you choose it."
    return [
        input_block("key_results", "Which key results go on?", multi_select(options, going_on), True, hint),
        input_block("targets", "And their targets?", radio(ways, _ON)),
    ]
