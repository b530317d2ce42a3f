"""What people mean by the words they type after a command."""

import re
from functools import lru_cache

from domain.check_ins import Answer
from domain.cycles import Period, named_quarter
from domain.errors import Refusal
from domain.measures import Measure, MeasureKind
from domain.objectives import KeyResult, KeyResultId
from domain.values import FIGURE, JOINT, spellings

_PERIOD = re.compile(r"\b(q[1-4][ -]?\d{4}|\d{4}[ -]?q[1-4])\b", re.IGNORECASE)
_NO_QUARTER = re.compile(r"\bq\d+\b|\bquarter\b", re.IGNORECASE)
_TO = r"(?P<to>(?:to\b|=)\s*)?"
_SURE = r"conf(?:idence)?"
_IS = r"\b[.:=]?\s*(?:(?:is|of)\s+)?"
_ENDS = r"(?=$|[\s,;])"
_SHARE = rf"{FIGURE}(?:\s*{JOINT}\s*{FIGURE})?"
_VALUE = (
    rf"[\"“](?P<quoted>[^\"”]+)[\"”]|{_SHARE}{_ENDS}"
    rf"|(?-i:[A-Z]{{3}})\s+[-+−]?\d\S*|(?!{_SURE}\b|note\b)\S+"
)
_CONFIDENCE = rf"\b{_SURE}{_IS}(?P<sure>[^\s,;]+)|(?P<sure_first>\d[^\s,;]*)\s+{_SURE}\b"
_RIGHT_BEHIND = re.compile(rf"[\s,;]*(?:{_CONFIDENCE})", re.IGNORECASE)
_LATER = re.compile(
    rf"\b{_SURE}{_IS}(?P<sure>\d[^\s,;]*)|(?<!\S)(?P<sure_first>\d[^\s,;]*)\s+{_SURE}\b(?=\s*(?:$|[,;.]))",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(rf"(?<!\S){_SURE}{_IS}(?P<sure>\d{{1,2}}(?:/10)?)[.!]?$", re.IGNORECASE | re.ASCII)
_LEADS_TO_IT = re.compile(r"(?:^|\s)(?:with|and|at)(?:\s+an?)?\s*$", re.IGNORECASE)
_NOTE = re.compile(r"(?<!\S)note\b:?", re.IGNORECASE)
_COUNTED = re.compile(rf"[^,;]+?(?=[\s,;]+(?:{_CONFIDENCE}|note\b)|$)", re.IGNORECASE)
_WHOLE = re.compile(rf"(?:(?:to|=)\s*)?\S+(?:\s*,?\s*\b(?:{_SURE}|note)\b.*)?", re.IGNORECASE | re.DOTALL)
_PLAIN_VALUE = re.compile(rf"(?:(?:to|=)\s*)?(?:[-+−]?\W?\d|done\b|{_SURE}\b|note\b)", re.IGNORECASE)


def named_team(text: str) -> tuple[str, Period | None]:
    """A team's name, and the quarter that was named with it."""
    found = _PERIOD.search(text)
    words = " ".join((text[: found.start()] + text[found.end() :] if found else text).split())
    if not found and _NO_QUARTER.search(words):
        raise Refusal("I do not know that quarter. Write it like Q4 2026.")
    return words, named_quarter(found[1]) if found else None


def answer(text: str, id: KeyResultId, kr: KeyResult | None = None) -> Answer:
    """The update in "45 confidence 7 note on its way": a value, a confidence, and any other words as the note.

    What the value of `kr` may look like, in its unit or as the name of a milestone, is read whole. A confidence counts
    wherever it stands before "note", and at the very end; what is counted, as in "5 customers", is no note.
    """
    words = text.strip()
    match = _pattern(kr.measure if kr else None).match(words)
    said = match.groupdict("") if match else {}
    value = said.get("quoted") or _exactly(said.get("value", "").rstrip(",;"), bool(said.get("to")))
    sure, note = _sure_and_note(_uncounted(words[match.end() if match else 0 :], kr))
    return Answer(id, value, sure, note)


def _sure_and_note(rest: str) -> tuple[int | None, str]:
    """The confidence that is said behind a value, and the words around it."""
    found = _RIGHT_BEHIND.match(rest)
    if found is None:
        keyword = _NOTE.search(rest)
        found = _LATER.search(rest, 0, keyword.start() if keyword else len(rest)) or _AT_THE_END.search(rest)
    if found is None:
        return None, _noted(rest)
    parts = [_noted(_LEADS_TO_IT.sub("", rest[: found.start()])), _noted(rest[found.end() :])]
    return _confidence(found["sure"] or found.groupdict().get("sure_first") or ""), ", ".join(filter(None, parts))


def _noted(words: str) -> str:
    """The words of a note, without what leads to them."""
    bare = words.strip(" \t\n,;")
    return _NOTE.sub("", bare, count=1).strip(" \t\n,;") if _NOTE.match(bare) else bare


def _uncounted(rest: str, kr: KeyResult | None) -> str:
    """What follows a value, without words that only say what is counted: those of the unit, in full or by how they
    begin, and before a confidence or a note those of the title.
    """
    found = _COUNTED.match(rest) if kr and kr.measure.kind.is_number else None
    if kr is None or found is None:
        return rest
    said, unit = [_stem(word) for word in found[0].split()], [_stem(word) for word in kr.measure.unit.split()]
    title = {_stem(word) for word in kr.title.split()} if found.end() < len(rest) else set()
    known = (word in title or any(each.startswith(word) for each in unit if len(word) > 2) for word in said)
    return rest[found.end() :] if all(known) else rest


def _stem(word: str) -> str:
    return word.casefold().strip(".,;:!?()").removesuffix("s")


def is_plain_value(text: str) -> bool:
    """Whether an update means the same for every measure: a number or such a word, others only after a keyword."""
    words = text.strip()
    return _PLAIN_VALUE.match(words) is not None and _WHOLE.fullmatch(words) is not None


def _pattern(measure: Measure | None) -> re.Pattern[str]:
    """What the value looks like that an update begins with; the longest of what may be said comes first."""
    if measure is None:
        return _compiled((), ())
    counted = "milestones" if measure.kind is MeasureKind.MILESTONES else measure.unit
    return _compiled(measure.phrases, tuple(spellings(counted)))


@lru_cache(1_000)
def _compiled(phrases: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    names = [rf"{re.escape(name)}{_ENDS}" for name in sorted(phrases, key=len, reverse=True)]
    in_unit = [rf"{_SHARE}\s*{re.escape(unit)}{_ENDS}" for unit in units]
    value = "|".join([*names, *in_unit, _VALUE])
    return re.compile(rf"{_TO}(?P<value>{value})?", re.IGNORECASE | re.DOTALL)


def _exactly(value: str, to: bool) -> str:
    """The value as a measure reads it: "to -1" and "= -1" are the value itself, where "-1" is a step."""
    return f"={value}" if to and re.match(r"[-+−]\W?\d", value) else value


def _confidence(typed: str) -> int:
    number = re.fullmatch(r"(\d{1,3})(?:/10)?", typed.rstrip(".!)"), re.ASCII)
    if not number:
        raise Refusal("Confidence goes from 1 to 10, for example `confidence 7`.", "confidence")
    return int(number[1])
