"""Help: what can be typed, and what was probably meant."""

from collections.abc import Sequence

from views.blocks import Block, Message, actions, button, context, header, section
from views.room import IN_MESSAGE, fitting
from views.text import escape, ours, spoken

OPEN = "help.open"

MEANT = 3
"""Commands that somebody may have meant, of which they are told at once."""

Entry = tuple[str, str]
"""What can be typed, and what it does in a sentence."""


def help(topic: str, entries: Sequence[Entry], more: Sequence[str] = ()) -> Message:
    """Every entry of a topic; `more` are further lines of advice."""
    top = [header(topic)]
    foot = [context(ours(line)) for line in more]
    drawn = fitting([[section(_entry(each))] for each in entries], IN_MESSAGE.without([*top, *foot]), _more)
    words = spoken(f"{ours(topic)}.", [f"{ours(usage)}: {ours(does)}" for usage, does in entries])
    return {"text": words, "blocks": [*top, *drawn, *foot]}


def unknown(word: str, command: str, suggestion: str | None) -> Message:
    """The answer to a word that a command does not know."""
    guess = f"Did you mean `{command} {escape(suggestion)}`? " if suggestion else ""
    words = f"I do not know “{escape(word, 200)}”. {guess}`{command} help` lists what I do know."
    return {"text": words, "blocks": [section(words)]}


def direct_message(entries: Sequence[Entry], guess: str | None = None) -> Message:
    """The answer to somebody who wrote to the bot in its own conversation what it does not understand.

    `entries` are the commands that they may have meant.
    """
    meant = f"Did you mean “{escape(guess, 200)}”? " if guess else ""
    opening = (
        f"{meant}I answer a few plain questions here, such as _show my okrs_, _company okrs at risk_, _how is "
        "growth doing?_, _why KR-34_ or _update KR-34 45_. For everything else there are commands, and the *Home* tab "
        "has a button for each."
    )
    rule = context("You get this because you wrote to me here. Nobody else sees it.")
    drawn = [section(_entry(each)) for each in entries[:MEANT]]
    words = spoken(opening, [f"{ours(usage)}: {ours(does)}" for usage, does in entries[:MEANT]])
    return {"text": words, "blocks": [section(opening), *drawn, actions(button("What can I type?", OPEN)), rule]}


def _entry(entry: Entry) -> str:
    usage, does = entry
    return f"`{ours(usage)}`\n{ours(does)}"


def _more(left: int) -> Block:
    return context(f"…and {left} more; add a word to `help` to see the commands about it.")
