"""Cycles: where one stands, the list of them, the form for a new one, and moving an objective to another."""

import json
from collections.abc import Collection, Sequence
from datetime import date

from domain.adjusting import CycleChange
from domain.cycles import Cycle, CycleState, Step, steps
from domain.home import Planned
from domain.lists import Only, Wanted, packed
from domain.objectives import Objective, ObjectiveId
from domain.people import Member, TeamId
from domain.permissions import Verb, may
from views import adjusting, forms
from views.blocks import (
    MOST_OPTIONS,
    Block,
    Message,
    View,
    actions,
    button,
    confirmation,
    context,
    datepicker,
    fields,
    header,
    input_block,
    modal,
    option,
    section,
    select,
    text_input,
)
from views.room import IN_MESSAGE, fitting
from views.text import count, cut, date_of, escape

OPEN = "cycle.open"
EVERY = "cycle.every"
NEW = "cycle.new"
UNSCORED = "cycle.unscored"
STEP = {Step.BEGIN: "cycle.begin", Step.CLOSE: "cycle.close", Step.REOPEN: "cycle.reopen"}
FORM = "cycle"
MOVE_FORM = "objective.move"

_TEAMS_NAMED = 20
_STEPS = {Step.BEGIN: "Begin to close", Step.CLOSE: "Close now", Step.REOPEN: "Reopen"}

Count = tuple[int, str, str]


def card(
    cycle: Cycle,
    today: date,
    viewer: Member,
    counts: Sequence[Count],
    planned: Planned | None = None,
    changes: Sequence[tuple[CycleChange, Member]] = (),
) -> Message:
    """One cycle: where it stands, how many objectives are how far, and what this viewer may do about it.

    `counts` are numbers with the words for one and for several; `planned` is it or the next one while it is planned;
    `changes` are the latest of it, each with who made it.
    """
    stands = standing(cycle, today)
    numbers = [f"*{number:,}* {one if number == 1 else many}" for number, one, many in counts]
    drawn = [header(cycle.name), section(stands), fields(*numbers)]
    if planned:
        drawn.append(section(escape(f"{begins(planned)}{_still_without(planned)}")))
    words = f"{escape(cycle.name)}: {stands} {', '.join(number.replace('*', '') for number in numbers)}."
    return {"text": words, "blocks": [*drawn, *adjusting.history(changes), actions(*_buttons(cycle, today, viewer))]}


def standing(cycle: Cycle, today: date) -> str:
    """Where a cycle stands, in a sentence or two."""
    if cycle.is_backlog:
        return "Where objectives wait that are for no cycle yet. Nobody is asked about them."
    state = cycle.state(today)
    if state is CycleState.PLANNING:
        begins = cycle.period.starts
        return f"*Planning.* It begins in {_days(begins, today)}, on {date_of(begins, today)}."
    if state is CycleState.ACTIVE:
        left = count((cycle.period.ends - today).days + 1, "day")
        return f"*Active.* {left} left, until {date_of(cycle.period.ends, today)}."
    if state is CycleState.CLOSING:
        left = count((cycle.scored_until - today).days + 1, "day")
        return f"*Closing.* Its objectives can be scored for {left} more, until {date_of(cycle.scored_until, today)}."
    return "*Closed.* What is in it can be read and no longer changed."


def listed(cycles: Sequence[Cycle], today: date, viewer: Member) -> Message:
    """Every cycle with its days and where it stands."""
    if not cycles:
        words = "No cycle has been opened yet."
        return {"text": words, "blocks": [section(words), *_new(viewer)]}
    lines = [_line(cycle, today) for cycle in cycles]
    foot = _new(viewer)
    rows = [[section(line, _open(cycle))] for cycle, line in zip(cycles, lines, strict=True)]
    drawn = fitting(rows, IN_MESSAGE.without(foot), _more)
    words = f"{count(len(cycles), 'cycle')}, the latest first. {lines[0]}".replace("*", "")
    return {"text": words, "blocks": [*drawn, *foot]}


def _open(cycle: Cycle) -> Block | None:
    return button("Open", OPEN, cycle.id) if cycle.is_opened and not cycle.is_backlog else None


def form(quarters: bool) -> View:
    """A cycle of somebody's own."""
    hint = "It may overlap a quarter: a year and its quarters can run at once." if quarters else ""
    return modal(
        "New cycle",
        [
            input_block("name", "What is it called?", text_input("", "Spring 2027"), hint=hint),
            input_block("first", "First day", datepicker()),
            input_block("last", "Last day", datepicker()),
        ],
        "Open it",
        FORM,
    )


def read(view: forms.Json) -> tuple[str, date | None, date | None]:
    """The cycle as it was filled in: its name, its first and its last day."""
    return forms.typed(view, "name"), forms.day(view, "first"), forms.day(view, "last")


def move_form(objective: Objective, destinations: Sequence[str], likeliest: str) -> View:
    """Into which cycle an objective shall be moved."""
    chosen = likeliest if likeliest in destinations[:MOST_OPTIONS] else None
    options = [option(name, name) for name in destinations[:MOST_OPTIONS]]
    told = f"*{objective.ref}* {escape(objective.title)} is in {escape(objective.cycle.name)}."
    return modal(
        f"Move {objective.ref}",
        [section(told), input_block("cycle", "Where to?", select(options, chosen))],
        "Move",
        MOVE_FORM,
        {"objective": objective.id},
    )


def read_move(view: forms.Json) -> tuple[ObjectiveId, str]:
    """Which objective is to be moved, and the name of the cycle."""
    return ObjectiveId(forms.the_number(view, "objective")), forms.chosen(view, "cycle") or ""


def moved(objective: Objective, before: Cycle) -> str:
    """What to say of an objective that was moved."""
    to = "the backlog" if objective.cycle.is_backlog else escape(objective.cycle.name)
    since = "the backlog" if before.is_backlog else escape(before.name)
    return f"{objective.ref} {escape(objective.title)} is in {to} now. It was in {since}."


def countdown(planned: Planned) -> Message:
    """What leads and champions hear before a cycle begins."""
    words = f"{escape(begins(planned))} {escape(_still_without(planned))}".strip()
    why = (
        "You get this up to three weeks, a week and a day before a cycle begins, because you lead a team or run the "
        "OKR programme. It ends when somebody else does."
    )
    open_it = actions(button("See the cycle", OPEN, planned.cycle.id))
    return {"text": words, "blocks": [section(words), open_it, context(why)]}


def unscored(cycle: Cycle, teams: Collection[TeamId] = ()) -> Block:
    """The way to the list of what has no score: everybody's, or that of these teams."""
    wanted = Wanted(only=Only.UNSCORED, cycle=cycle.name, teams=tuple(sorted(teams)))
    return button("Without a score", UNSCORED, json.dumps(packed(wanted), separators=(",", ":")))


def begins(planned: Planned) -> str:
    """ "Q1 2027 begins in 19 days; 2 of 5 teams have objectives." As plain text, not yet escaped."""
    days = "tomorrow" if planned.days == 1 else f"in {count(planned.days, 'day')}"
    return f"{planned.cycle.name} begins {days}; {_teams_ready(planned)}."


def _teams_ready(planned: Planned) -> str:
    every = len(planned.ready) + len(planned.waiting)
    if not every:
        return "there are no teams yet"
    if not planned.waiting:
        return "every team has objectives"
    return f"{len(planned.ready)} of {count(every, 'team')} {'has' if every == 1 else 'have'} objectives"


def _still_without(planned: Planned) -> str:
    named = planned.waiting[:_TEAMS_NAMED]
    left = len(planned.waiting) - len(named)
    more = f" and {left} more" if left else ""
    return f" Still without: {', '.join(named)}{more}." if named else ""


def _days(until: date, today: date) -> str:
    return count((until - today).days, "day")


def _line(cycle: Cycle, today: date) -> str:
    if cycle.is_backlog:
        return f"*{escape(cycle.name)}* · {standing(cycle, today)}"
    first, last = cycle.period.starts, cycle.period.ends
    return f"*{escape(cycle.name)}* · {cycle.state(today)} · {first:%-d %B %Y} – {last:%-d %B %Y}"


def _more(left: int) -> Block:
    return context(f"…and {count(left, 'earlier cycle')}. `/okr cycle Q4 2026` shows any of them.")


def _buttons(cycle: Cycle, today: date, viewer: Member) -> list[Block]:
    runs = may(Verb.RUN_CYCLES, viewer)
    by_hand = [_step(step, cycle, today) for step in (steps(cycle, today) if runs else ())]
    new = [button("New cycle", NEW)] if runs else []
    closes = cycle.state(today) is CycleState.CLOSING and (runs or viewer.leads)
    left = [unscored(cycle, () if runs else viewer.leads)] if closes else []
    adjusted = adjusting.buttons(cycle, today) if runs else []
    return [*by_hand, *adjusted, *left, *new, button("All cycles", EVERY)]


def _step(step: Step, cycle: Cycle, today: date) -> Block:
    return button(_STEPS[step], STEP[step], cycle.id, confirm=_asked_before(step, cycle, today))


def _asked_before(step: Step, cycle: Cycle, today: date) -> Block | None:
    """What will happen to whom, before anybody is told anything that cannot be untold."""
    name = cut(cycle.name, 60)
    if step is Step.BEGIN:
        early = f"It runs until {date_of(cycle.period.ends, today)}. "
        asks = "Everybody who owns an objective in it without a score is asked now, in a message, how it ended. "
        undone = "Until its last day it can be reopened."
        return confirmation(f"Begin to close {name}?", f"{early}{asks}{undone}", _STEPS[step])
    if step is Step.CLOSE:
        shut = "From now on nobody can change or score anything in it; what has no score is closed without one. "
        talks = "Each team's retrospective is posted in its channel, or sent to its lead. "
        undone = f"It can be reopened until {date_of(cycle.scored_until, today)}; what was posted stays."
        return confirmation(f"Close {name} now?", f"{shut}{talks}{undone}", _STEPS[step])
    if today <= cycle.period.ends:
        on = f"It goes on until {date_of(cycle.period.ends, today)}. Whoever was asked how it ended reads so. "
        anew = "Scores that were given are asked for again at its end, with what was written."
        return confirmation(f"Reopen {name}?", f"{on}{anew}", _STEPS[step])
    return None


def _new(viewer: Member) -> list[Block]:
    return [actions(button("New cycle", NEW))] if may(Verb.RUN_CYCLES, viewer) else []
