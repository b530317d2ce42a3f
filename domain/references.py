"""The short names that people can type: O-12 an objective, KR-34 a key result, B-5 a blocker, D-5 a dependency."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal


class Prefix(StrEnum):
    """The kind of thing that a reference names."""

    OBJECTIVE = "O"
    KEY_RESULT = "KR"
    BLOCKER = "B"
    DEPENDENCY = "D"


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered thing in one workspace; numbers are never used again."""

    prefix: Prefix
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.number}"


_WHOLE = re.compile(r"(KR|O|B|D)[-– ]?(\d{1,9})", re.IGNORECASE | re.ASCII)
_INSIDE = re.compile(r"(?<![\w/-])(KR|O)-(\d{1,9})(?![\w-])", re.IGNORECASE | re.ASCII)


def reference(typed: str) -> Reference | None:
    """The reference that a word is, if it is one: "KR-34", "kr34" and "o 12" all are."""
    match = _WHOLE.fullmatch(typed.strip())
    return _made(match) if match else None


def the_reference(typed: str, *prefixes: Prefix, field: str | None = None) -> Reference:
    """The reference that was typed, or the number alone where it can mean one thing; raises `Refusal` otherwise."""
    found = reference(typed) or _number_alone(typed, prefixes, field)
    if found and prefixes and found.prefix not in prefixes:
        wanted = " or ".join(f"{_NOUNS[prefix]}, such as {_LIKE[prefix]}" for prefix in prefixes)
        raise Refusal(f"{found} is {_NOUNS[found.prefix]}. Name {wanted}.", field)
    if found is None:
        wanted = " or ".join(f"{_LIKE[prefix]} ({_NOUNS[prefix]})" for prefix in prefixes or (Prefix.KEY_RESULT,))
        what = f"“{typed.strip()[:40]}” is not a reference I know" if typed.strip() else "Which one"
        raise Refusal(f"{what}{'.' if typed.strip() else '?'} They look like {wanted}.", field)
    return found


def references_in(text: str) -> list[tuple[str, Reference]]:
    """Every objective or key result named in a sentence, with the words that name it."""
    return [(match.group(), _made(match)) for match in _INSIDE.finditer(text)]


def _number_alone(typed: str, prefixes: tuple[Prefix, ...], field: str | None) -> Reference | None:
    if not re.fullmatch(r"\d{1,9}", typed.strip(), re.ASCII):
        return None
    meant = [Reference(prefix, int(typed)) for prefix in prefixes]
    if len(meant) > 1:
        raise Refusal(f"{typed.strip()} could be {' or '.join(map(str, meant))}. Which one is it?", field)
    return next(iter(meant), None)


def _made(match: re.Match[str]) -> Reference:
    return Reference(Prefix(match.group(1).upper()), int(match.group(2)))


_LIKE = {
    Prefix.OBJECTIVE: "O-12",
    Prefix.KEY_RESULT: "KR-34",
    Prefix.BLOCKER: "B-5",
    Prefix.DEPENDENCY: "D-5",
}
_NOUNS = {
    Prefix.OBJECTIVE: "an objective",
    Prefix.KEY_RESULT: "a key result",
    Prefix.BLOCKER: "a blocker",
    Prefix.DEPENDENCY: "something that another team is needed for",
}
