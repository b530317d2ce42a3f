"""What somebody looks for in titles and among tags: words, several of them in quotes, and #tags."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from domain.words import tidy

AT_MOST = 5
"""Words, and tags, that are looked for: who types more has long been understood."""

LONGEST = 60
"""Characters in a word, or in what stands in quotes."""

_MARKS = '"“”„'
_QUOTED = rf"[{_MARKS}](?P<quoted>[^{_MARKS}]+)[{_MARKS}]"
_TAG = rf"(?<!\S)#(?P<tag>[^\s{_MARKS}#,;]+)"
_TAGGED = r"(?<!\S)tag(?:ged(?: with)?)?:?\s+(?P<tagged>[\w-]+)"
_FIELD = re.compile(rf"{_QUOTED}|{_TAG}|(?P<word>[^\s{_MARKS}]+)")
_AMONG_OTHERS = re.compile(rf"{_QUOTED}|{_TAG}|{_TAGGED}", re.IGNORECASE)


class Looked(NamedTuple):
    """What is looked for: a title that has all of the words, whatever has one of the tags."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


ANYTHING = Looked()
"""Nothing is looked for: all there is will do."""


def folded(text: str) -> str:
    """A text as it is compared: capitals and small letters are the same, and "sign-ups" is "signups"."""
    return text.casefold().replace("-", "")


def folded_tag(text: str) -> str:
    """A tag as it is compared: "Customer love" is "customer-love"."""
    return folded(text).replace(" ", "").replace("_", "")


def holds(title: str, words: Iterable[str]) -> bool:
    """Whether a title has all of these words, each perhaps inside another."""
    within = folded(title)
    return all(folded(word) in within for word in words)


def tagged(tags: Iterable[str], wanted: Sequence[str]) -> bool:
    """Whether one of these tags is wanted; where none is wanted, any will do."""
    return not wanted or not {*map(folded_tag, tags)}.isdisjoint(map(folded_tag, wanted))


def looked_for(words: Iterable[str], tags: Iterable[str] = ()) -> Looked:
    """These words and tags, each once, tidied, and no more of them than are looked for."""
    return Looked(_each(words, folded), _each(tags, folded_tag))


def read(typed: str) -> Looked:
    """What somebody typed where nothing but words and tags are asked for."""
    found = [match.groupdict() for match in _FIELD.finditer(tidy(typed))]
    words = (each["quoted"] or (each["word"] or "").strip(",;") for each in found)
    return looked_for(words, (each["tag"] or "" for each in found))


def shown(looked: Looked) -> str:
    """The same as somebody would type it: what `read` takes."""
    words = (word if read(word) == Looked((word,)) else f'"{word}"' for word in looked.words)
    return " ".join([*words, *(f"#{tag}" for tag in looked.tags)])


def taken_out(typed: str, is_a_name: Callable[[str], bool]) -> tuple[str, Looked]:
    """Other words without those in quotes and the tags among them, and these; a name in quotes is still that name."""
    found = [match for match in _AMONG_OTHERS.finditer(typed) if not (match["quoted"] and is_a_name(match["quoted"]))]
    words = (match["quoted"] or "" for match in found)
    tags = (match["tag"] or match["tagged"] or "" for match in found)
    left = typed
    for match in reversed(found):
        left = f"{left[: match.start()]} {left[match.end() :]}"
    return left, looked_for(words, (tag.rstrip(".?!:") for tag in tags))


def _each(typed: Iterable[str], fold: Callable[[str], str]) -> tuple[str, ...]:
    """The first of them that have anything to look for, in as many words as were typed."""
    once: dict[str, str] = {}
    for each in typed:
        word = " ".join(tidy(each).split())[:LONGEST].strip()
        if fold(word):
            once.setdefault(fold(word), word)
    return tuple(once.values())[:AT_MOST]
