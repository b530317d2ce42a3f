"""What people type, tidied and held to a length."""

import difflib
import re
from collections.abc import Iterable

from domain.errors import Refusal

TITLE = 200
"""Characters in a title."""

NOTE = 2000
"""Characters in a note, a reason or a blocker."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but for the ends of lines and tabs, and halves of characters: Unicode's Cc and Cs."""


def tidy(typed: str) -> str:
    """The text without control characters and without white space around it."""
    return _CONTROL.sub("", typed).strip()


def required(typed: str, field: str, missing: str, at_most: int) -> str:
    """The tidied text; raises `Refusal` beside `field` when it is empty or too long."""
    text = optional(typed, field, at_most)
    if not text:
        raise Refusal(missing, field)
    return text


def optional(typed: str, field: str, at_most: int = NOTE) -> str:
    """The tidied text, which may be empty; raises `Refusal` beside `field` when it is too long."""
    text = tidy(typed)
    if len(text) > at_most:
        raise Refusal(f"That is {len(text):,} characters; please keep it to {at_most:,}.", field)
    return text


def title(typed: str) -> str:
    """A title on one line; raises `Refusal` when it is empty or too long."""
    return required(" ".join(typed.split()), "title", "Give it a title.", at_most=TITLE)


MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
"""A person, as Slack writes a mention of them."""


def unescaped(typed: str) -> str:
    """What somebody typed in a command, as they typed it: Slack sends entities, and wraps addresses and channels."""
    text = re.sub(r"<(?:https?://|mailto:)[^|>]*\|([^>]*)>", r"\1", typed)
    text = re.sub(r"<((?:https?://|mailto:)[^|>]*)>", r"\1", text)
    text = re.sub(r"<#[CG][A-Z0-9]+\|([^>]+)>", r"#\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one is most likely a slip of, if there is one."""
    close = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None
