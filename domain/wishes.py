"""What somebody wants who writes to Cairn in its own conversation: a few plain phrases, read without guessing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.references import Reference, reference


class Deed(StrEnum):
    """What is asked for."""

    GREET = "greet"
    LIST = "list"
    SEARCH = "search"
    SHOW = "show"
    WHY = "why"
    HISTORY = "history"
    UPDATE = "update"
    ADD_OBJECTIVE = "add objective"
    ADD_KEY_RESULT = "add key result"
    CHECK_IN = "check in"
    THANK = "thank"
    WELCOME = "welcome"
    STATUS = "status"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Wish:
    """Something asked for: of which objective or key result, and the words that say more."""

    deed: Deed
    ref: Reference | None = None
    words: str = ""


_REF = r"(?P<ref>(?:kr|o)[-– ]?\d{1,9})"
_SHOWING = (
    r"(?:show|open|see|view|find|tell me about|what about|how is|how's|hows|status of|progress (?:on|of|with)|who owns)"
)
_STATUS = r"(?:on[ _-]?track|at[ _-]?risk|off[ _-]?track)"
_PATTERNS: tuple[tuple[Deed, str], ...] = (
    (Deed.HELP, r"help(?: me)?|commands|what can (?:you|i) (?:do|type|say|ask)(?: here)?"),
    (Deed.CHECK_IN, r"(?:do |open |start )?(?:my |the )?check[- ]?in"),
    (Deed.WELCOME, r"(?:many |ok,? )?(?:thanks|thank you|thx|cheers)(?:,? (?:a lot|so much|very much|cairn))?"),
    (Deed.THANK, r"(?:kudos|thank|say thank you|thank somebody|give kudos)"),
    (Deed.ADD_KEY_RESULT, rf"(?:add|new|create|set)(?: a)?(?: new)? (?:kr|key result)s?(?: (?:to|under|for))? {_REF}"),
    (Deed.ADD_OBJECTIVE, r"(?:add|new|create|set)(?: an?| my)?(?: new)? (?:objective|okr|goal)\b:?\s*(?P<words>.*)"),
    (Deed.STATUS, rf"(?:(?:update|set|move|put|mark) )?{_REF}[:,]?\s+(?:to |is |as |= ?)?(?P<words>{_STATUS}\b.*)"),
    (Deed.UPDATE, rf"(?:update|set|move|put) {_REF}[:,]?(?:\s+(?P<to>to\s+|at\s+)?(?P<words>.+))?"),
    (Deed.UPDATE, rf"{_REF}\s*(?::|(?P<to>=|is at|is now(?: at)?|to))\s*(?P<words>[-+−]?\d.*|done)"),
    (Deed.UPDATE, rf"{_REF}\s+(?P<words>[-+−]?\d.*|done)"),
    (Deed.HISTORY, rf"(?:show )?(?:the )?history(?: of)? {_REF}"),
    (Deed.SHOW, rf"(?:{_SHOWING} )?{_REF}(?: (?:doing|going))?"),
    (Deed.WHY, rf"why (?:is |does )?{_REF}(?: (?:matter|here|important))?"),
    (Deed.SEARCH, r"(?:search|look|find)(?: for| in titles)* (?P<words>.+)"),
)
"""The phrases, the first that fits; whatever fits none may be a list."""

SAME = {
    **dict.fromkeys(("delete", "remove", "erase", "drop"), "archive"),
    **dict.fromkeys(("score", "grade", "finish"), "close"),
    **dict.fromkeys(("create", "new"), "add"),
    **dict.fromkeys(("change", "rename"), "edit"),
}
"""Words that people type for one of ours."""

_MINE = {"how am i doing": "mine", "how are we doing": "my team"}
"""Questions that name nobody else."""

_HELLO = r"(?:hi|hey|hello|good (?:morning|day|afternoon|evening))(?: there| again| cairn)?"
_GREETING = re.compile(
    rf"^(?:(?:{_HELLO}|please|cairn|can you|could you|can i|i want to|i would like to)\b[,!:.]?\s*)+", re.IGNORECASE
)


def meant(typed: str, entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The commands, each with what it does, whose word these words begin with, or one that means the same: "tree" for
    `/okr tree`, "delete" for `/okr archive`.
    """
    first = _bare(typed).lstrip("/").partition(" ")[0].casefold()
    first = SAME.get(first, first)
    return [entry for entry in entries if first and first in entry[0].split(maxsplit=2)[1:2]]


def wish(typed: str) -> Wish:
    """What these words ask for; what is none of the phrases may be a list of objectives."""
    bare = _bare(typed)
    for deed, pattern in _PATTERNS:
        found = re.fullmatch(pattern, bare, re.IGNORECASE | re.DOTALL)
        if found:
            parts = found.groupdict()
            words = (parts.get("words") or "").strip()
            is_so = parts.get("to") and words[:1] in {"-", "−"}
            return Wish(deed, reference(parts.get("ref") or ""), f"= {words}" if is_so else words)
    if not bare and re.match(_HELLO, typed.strip(), re.IGNORECASE):
        return Wish(Deed.GREET)
    return Wish(Deed.LIST, words=_MINE.get(bare.casefold(), _GREETING.sub("", typed.strip())))


def _bare(typed: str) -> str:
    """The words without a greeting before them or a question mark after them."""
    return " ".join(_GREETING.sub("", typed.strip()).split()).rstrip("?!. ")
