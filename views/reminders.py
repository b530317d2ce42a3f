"""Reminders while a cycle closes: owners are asked for a score, and the champion hears how much has none."""

from collections.abc import Sequence
from datetime import date

from domain.cycles import Cycle
from domain.objectives import Heading
from views import closing, cycles
from views.blocks import Block, Message, actions, button, context, section
from views.room import IN_MESSAGE, fitting
from views.text import count, date_of, escape, spoken


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


def _left(objectives: int, teams: int, beside: int) -> str:
    many, waits = count(objectives, "objective"), "awaits" if objectives == 1 else "await"
    if not beside:
        return f"{many} of {count(teams, 'team')} still {waits} a score."
    each = f": {objectives - beside:,} of {count(teams, 'team')}, {beside:,} of no one team" if teams else ""
    return f"{many} still {waits} a score{each}."


def _asked(opening: str, cycle: Cycle, awaited: Sequence[Heading], when: str) -> Message:
    lines = [f"*{each.ref}* {escape(each.title)}" for each in awaited]
    foot = [
        actions(button("Close my objectives", closing.MINE, style="primary")),
        context(f"You get this {when}, because you own an objective in it. It ends once each has a score."),
    ]
    top = [section(opening)]
    drawn = fitting([[section(each)] for each in lines], IN_MESSAGE.without([*top, *foot]), _more)
    words = spoken(opening, [f"{each.ref} {escape(each.title, 400)}." for each in awaited])
    return {"text": words, "blocks": [*top, *drawn, *foot]}


def _more(left: int) -> Block:
    return context(f"…and {count(left, 'more objective')}; *Close my objectives* leads through all of them.")
