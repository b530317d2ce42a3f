"""What people mean by the words they type after a command."""

import re

from domain.check_ins import Answer
from domain.errors import Refusal
from domain.objectives import KeyResultId
from domain.words import unescaped

_UPDATE = re.compile(
    r"(?:(?:to|=)\s*)?(?P<value>(?!confidence\b|note\b)\S+)?"
    r"(?:\s*,?\s*\bconfidence\s+(?P<sure>\S+))?"
    r"(?:\s*,?\s*\bnote\b:?)?(?P<note>.*)",
    re.IGNORECASE | re.DOTALL,
)


def answer(text: str, key_result: KeyResultId) -> Answer:
    """The update in "45 confidence 7 note on its way": a value, a confidence, and any other words as the note."""
    match = _UPDATE.fullmatch(text.strip())
    value, sure, note = match.groups() if match else (text.strip(), None, None)
    return Answer(key_result, value or "", _confidence(sure) if sure else None, unescaped((note or "").strip()))


def _confidence(typed: str) -> int:
    number = re.fullmatch(r"(\d{1,3})(?:/10)?", typed, re.ASCII)
    if not number:
        raise Refusal("Confidence goes from 1 to 10, for example `confidence 7`.", "confidence")
    return int(number[1])
