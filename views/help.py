"""Help: what can be typed, by what people want to do, one of it in full, and what was probably meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.permissions import Verb
from views.blocks import Block, Message, actions, button, context, header, section
from views.permissions import who
from views.room import IN_MESSAGE, fitting
from views.text import escape, ours, spoken

OPEN = "help.open"

TITLE = "What can I type?"

MEANT = 3
"""Commands that somebody may have meant, of which they are told at once."""

SHORT = 26
"""Characters of a usage that stand beside what it does; a longer one is told by its first words."""


class Group(StrEnum):
    """What people want to do, the everyday first."""

    CHECK_IN = "Check in"
    MINE = "My objectives"
    THANK = "Say thanks"
    LOOK = "Look around"
    SET = "Set objectives and key results"
    OTHERS = "Work with others"
    CYCLE = "From one cycle to the next"
    PROGRAMME = "Run the programme"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be typed: how it is used, what it does in a sentence, an example, and what else to know."""

    group: Group
    usage: str
    does: str
    example: str = ""
    more: str = ""

    @property
    def brief(self) -> str:
        """As much of the usage as has to be typed, or its beginning: "/okr update KR-34 45"."""
        needed = self.usage.partition(" [")[0].partition(" | ")[0]
        return needed if len(needed) <= SHORT else " ".join([*needed.split()[:2], "…"])

    @property
    def shown(self) -> str:
        """The example; without one what has to be typed: all of the usage, where nothing in it can be left out."""
        whole = " [" not in self.usage and " | " not in self.usage
        return self.example or (self.usage if whole else self.brief)


Pair = tuple[str, str]
"""What can be typed, and what it does in a sentence."""


def overview(title: str, entries: Sequence[Entry]) -> Message:
    """What can be typed, by what people want to do; a line for each, and how one of them is told in full."""
    top = [header(title)]
    foot = [
        context("`/okr help update` tells one of them in full, with an example. `/okr help roles`: who may do what.")
    ]
    groups = [(group, [each for each in entries if each.group is group]) for group in Group]
    drawn = [[section(_lines(group, inside))] for group, inside in groups if inside]
    words = [f"{group}: {', '.join(each.brief for each in inside)}." for group, inside in groups if inside]
    shown = fitting(drawn, IN_MESSAGE.without([*top, *foot]), _more)
    return {"text": spoken(ours(title), map(ours, words)), "blocks": [*top, *shown, *foot]}


def in_full(entry: Entry, needs: Sequence[Verb] = (), near: Sequence[Entry] = ()) -> Message:
    """All about one of them: who may do it, where a right is needed, and what else there is of the kind."""
    about = [f"`{ours(entry.usage)}`\n{ours(entry.does)}", *([ours(entry.more)] if entry.more else [])]
    drawn = [section("\n\n".join(about))]
    drawn += [section(f"*For example*\n`{ours(entry.shown)}`")] if entry.shown != entry.usage else []
    drawn += [context("\n".join(map(who, needs)))] if needs else []
    beside = ", ".join(f"`{ours(each.brief)}`" for each in near if each != entry)
    drawn += [context(f"{entry.group}: also {beside}")] if beside else []
    words = ours(f"{entry.usage}: {entry.does} For example: {entry.shown}")
    return {"text": words, "blocks": drawn}


def _lines(group: Group, entries: Sequence[Entry]) -> str:
    return "\n".join([f"*{group}*", *(f"`{ours(each.brief)}`  {ours(each.does)}" for each in entries)])


def unknown(word: str, command: str, suggestion: str | None) -> Message:
    """The answer to a word that a command does not know."""
    guess = f"Did you mean `{command} {escape(suggestion)}`? " if suggestion else ""
    words = f"I do not know “{escape(word, 200)}”. {guess}`{command} help` lists what I do know."
    return {"text": words, "blocks": [section(words)]}


def direct_message(entries: Sequence[Pair], guess: str | None = None, asked: bool = False) -> Message:
    """The answer to somebody who wrote to the bot in its own conversation what it does not understand, or who `asked`
    for help.

    `entries` are the commands that they may have meant.
    """
    meant = f"Did you mean “{escape(guess, 200)}”? " if guess else ""
    lost = "" if guess or asked else "I did not quite understand that. " + ("Perhaps one of these? " if entries else "")
    opening = (
        f"{lost}{meant}I answer a few plain questions here, such as _show my okrs_, _company okrs at risk_, _how is "
        "growth doing?_, _search onboarding_, _why KR-34_ or _update KR-34 45_. For everything else there are "
        "commands, and the *Home* tab has a button for each."
    )
    rule = context("You get this because you wrote to me here. Nobody else sees it.")
    drawn = [section(_entry(each)) for each in entries[:MEANT]]
    words = spoken(opening, [f"{ours(usage)}: {ours(does)}" for usage, does in entries[:MEANT]])
    return {"text": words, "blocks": [section(opening), *drawn, actions(button(TITLE, OPEN)), rule]}


def _entry(entry: Pair) -> str:
    usage, does = entry
    return f"`{ours(usage)}`\n{ours(does)}"


def _more(left: int) -> Block:
    return context(f"…and {left} more parts than fit here; a word after `help` is told in full.")
