"""What people mean by the words they type after a command."""

import re
from collections.abc import Collection
from functools import cache

from domain.check_ins import Answer
from domain.errors import Refusal
from domain.objectives import KeyResultId
from domain.values import FIGURE
from domain.words import unescaped

_TO = r"(?P<to>(?:to\b|=)\s*)?"
_SURE = r"conf(?:idence)?"
_VALUE = (
    rf"[\"“](?P<quoted>[^\"”]+)[\"”]|{FIGURE}(?=$|[\s,;])"
    rf"|(?-i:[A-Z]{{3}})\s+[-+−]?\d\S*|(?!{_SURE}\b|note\b)\S+"
)
_CONFIDENCE = rf"{_SURE}\b[.:]?\s*(?P<sure>[^\s,;]+)|(?P<sure_first>\d[^\s,;]*)\s+{_SURE}\b"
_AFTER_VALUE = rf"(?:\s*[,;]?\s*\b(?:{_CONFIDENCE}))?(?:\s*[,;]?\s*\bnote\b:?)?(?P<note>.*)"
_NUMBER = rf"(?:(?:to|=)\s*)?{FIGURE}"
_WHOLE = re.compile(rf"(?:(?:to|=)\s*)?\S+(?:\s*,?\s*\b(?:{_SURE}|note)\b.*)?", re.IGNORECASE | re.DOTALL)
_PLAIN_VALUE = re.compile(rf"(?:(?:to|=)\s*)?(?:[-+−]?\W?\d|done\b|{_SURE}\b|note\b)", re.IGNORECASE)


def answer(text: str, key_result: KeyResultId, known: Collection[str] = ()) -> Answer:
    """The update in "45 confidence 7 note on its way": a value, a confidence, and any other words as the note.

    `known` are values of several words that may be meant, such as the names of milestones.
    """
    words = unescaped(text.strip())
    match = _update(known).fullmatch(words)
    said = match.groupdict("") if match else {"quoted": "", "value": words, "note": ""}
    sure = _confidence(given) if (given := said.get("sure") or said.get("sure_first")) else None
    value = said["quoted"] or _exactly(said["value"].rstrip(",;"), bool(said.get("to")))
    return Answer(key_result, value, sure, said["note"].lstrip(" ,;").strip())


def is_plain_value(text: str) -> bool:
    """Whether an update means the same for every measure: a number or such a word, others only after a keyword."""
    words = text.strip()
    return _PLAIN_VALUE.match(words) is not None and _WHOLE.fullmatch(words) is not None


def without_unit(text: str, unit: str) -> str:
    """The update without the unit behind its number, as in "5.5 hours confidence 7": it is no note."""
    named = "|".join(re.escape(each) for each in {unit, unit.removesuffix("s")} if each)
    return (
        re.sub(rf"^({_NUMBER})\s+(?:{named})(?:\s*,|(?=$|\s))", r"\1", text.strip(), flags=re.IGNORECASE)
        if named
        else text
    )


@cache
def _usual() -> re.Pattern[str]:
    return _pattern(_VALUE)


def _update(known: Collection[str]) -> re.Pattern[str]:
    """What an update looks like; the longest of the known values comes first."""
    if not known:
        return _usual()
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return _pattern(rf"(?:{names})(?=$|[\s,])|{_VALUE}")


def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(rf"{_TO}(?P<value>{value})?{_AFTER_VALUE}", re.IGNORECASE | re.DOTALL)


def _exactly(value: str, to: bool) -> str:
    """The value as a measure reads it: "to -1" and "= -1" are the value itself, where "-1" is a step."""
    return f"={value}" if to and re.match(r"[-+−]\W?\d", value) else value


def _confidence(typed: str) -> int:
    number = re.fullmatch(r"(\d{1,3})(?:/10)?", typed, re.ASCII)
    if not number:
        raise Refusal("Confidence goes from 1 to 10, for example `confidence 7`.", "confidence")
    return int(number[1])
