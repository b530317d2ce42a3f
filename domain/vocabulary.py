"""What words can mean where somebody asks for a list: names, phrases, and cycles as people call them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from domain.cycles import BACKLOG, Period, quarter
from domain.errors import Refusal
from domain.lists import ATTENTION, Only
from domain.objectives import Level, Status
from domain.people import TeamId
from domain.words import MENTION, did_you_mean


@dataclass(frozen=True, slots=True)
class Known:
    """What words can mean to whoever uses them: their Slack id, their day, the teams, theirs, and the cycles.

    `people` are Slack ids by names, first or whole, in small letters, of those who are the only one of that name.
    """

    me: str
    today: date
    teams: Mapping[TeamId, str]
    mine: tuple[TeamId, ...] = ()
    cycles: tuple[Period, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)


def has_a_meaning(name: str) -> bool:
    """Whether a list takes this name for something else, or for nothing: "at risk", "me", "next quarter", "***"."""
    words = words_of(name)
    taken, _ = phrase(words) or (0, None)
    named = tuple(words) in _NAMED_PERIODS or words in (["team"], ["teams"], ["my", "team"])
    return taken == len(words) or named or all(word in FILLERS for word in words)


def guess(lost: Sequence[str], known: Known) -> str | None:
    """What the words that mean nothing were most likely meant to be."""
    words = [*map(" ".join, pairwise(lost)), *(word for word in lost if len(word) > 2)]
    offered = [
        *_PHRASES,
        *map(" ".join, _NAMED_PERIODS),
        *(name.casefold() for name in known.teams.values()),
        *_cycle_names(known),
    ]
    return next(filter(None, (did_you_mean(word, offered) for word in words)), None)


_BETWEEN = """
    a about am and any anything are be by cycle do does doing find for get give goal goals going has have here how i in
    is it kr krs lately list me now objective objectives of okr okrs or please see show something tell that the their
    there these things those to view we what which who whose with
"""
FILLERS = frozenset(re.findall(r"\w+", _BETWEEN))
"""Words that people put between those that mean something."""

_HERE = re.compile(r"[\s,.;:?!()\"“”]+")
_EDGES = re.compile(r"[-–/_]")


def words_of(typed: str) -> list[str]:
    """The words, case folded; mentions as they are."""
    spaced = MENTION.sub(lambda match: f" <@{match[1]}> ", typed)
    each = (word for word in _HERE.split(spaced) if word)
    return [part for word in each for part in ([word] if MENTION.fullmatch(word) else _plain(word))]


def _plain(word: str) -> list[str]:
    """A word without its possessive, in parts where it is hyphenated: "off-track" is two."""
    bare = re.sub(r"['’]s$", "", word.casefold()).strip("'’*`")
    return [part for part in _EDGES.split(bare) if part]


def names_of(known: Known) -> Iterator[tuple[tuple[str, ...], TeamId | Period]]:
    """The words of every name; one of nothing but signs has none."""
    for id, name in known.teams.items():
        yield tuple(words_of(name)), id
    for period in known.cycles:
        yield tuple(words_of(period.name)), period


def _cycle_names(known: Known) -> list[str]:
    return [period.name.casefold() for period in known.cycles]


MINE, EVERYBODY, THINGS = "mine", "everybody", "things"
NOUNS = frozenset({"objective", "objectives", "okr", "okrs", "goal", "goals", "kr", "krs"})

_PHRASES: dict[str, Level | Only | str | tuple[Status, ...]] = {
    "me": MINE,
    "my": MINE,
    "mine": MINE,
    "all": EVERYBODY,
    "everything": EVERYBODY,
    "everybody": EVERYBODY,
    "everyone": EVERYBODY,
    "company": Level.COMPANY,
    "company wide": Level.COMPANY,
    "individual": Level.INDIVIDUAL,
    "personal": Level.INDIVIDUAL,
    "at risk": (Status.AT_RISK,),
    "off track": (Status.OFF_TRACK,),
    "on track": (Status.ON_TRACK,),
    "done": (Status.DONE,),
    "finished": (Status.DONE,),
    "stale": (Status.STALE,),
    "not updated": (Status.STALE,),
    "outdated": (Status.STALE,),
    "silent": (Status.STALE,),
    "needs attention": ATTENTION,
    "need attention": ATTENTION,
    "in trouble": ATTENTION,
    "private": Only.PRIVATE,
    "confidential": Only.PRIVATE,
    "restricted": Only.PRIVATE,
    "draft": Only.DRAFTS,
    "drafts": Only.DRAFTS,
    "proposed": Only.PROPOSED,
    "unscored": Only.UNSCORED,
    "not scored": Only.UNSCORED,
    "key result": THINGS,
    "key results": THINGS,
}
"""Words with one meaning everywhere."""


def phrase(words: list[str]) -> tuple[int, Any] | None:
    """The longest of the phrases that these words begin with: how long it is and what it means."""
    for length in (2, 1):
        said = " ".join(words[:length])
        if len(words) >= length and said in _PHRASES:
            return length, _PHRASES[said]
    return None


def period(words: list[str], known: Known) -> tuple[int, dict[str, Any]]:
    """The cycle or the year that these words begin with, if any: how many words it takes.

    A cycle may be called 2027 as well: then that alone is 2027, and all that lies in the year is "year 2027".
    """
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == "backlog":
        return 1, _named(BACKLOG.name)
    if (first, second) in _NAMED_PERIODS:
        return 2, _NAMED_PERIODS[first, second](known)
    if joined := re.fullmatch(r"(q[1-4])([1-9]\d{3})|([1-9]\d{3})(q[1-4])", first):
        return 1, _named(f"{(joined[1] or joined[4]).upper()} {joined[2] or joined[3]}")
    if re.fullmatch(r"q\d+", first) or (first == "quarter" and re.fullmatch(r"\d+", second)):
        return _quarter(first, second, known)
    if re.fullmatch(r"\d{4}", first):
        if re.fullmatch(r"q[1-4]", second):
            return 2, _named(f"{second.upper()} {first}")
        if any(each.name == first for each in known.cycles):
            return 1, _named(first)
        return (1, _in_year(int(first))) if int(first) else (0, {})
    if first == "year" and re.fullmatch(r"[1-9]\d{3}", second):
        return 2, _in_year(int(second))
    return 0, {}


def _quarter(first: str, second: str, known: Known) -> tuple[int, dict[str, Any]]:
    """A quarter, of this year where none is named; raises `Refusal` for one that there is not."""
    if not re.fullmatch(r"q[1-4]", first):
        raise Refusal("I do not know that quarter. Write it like Q4 2026.")
    year = re.fullmatch(r"[1-9]\d{3}", second)
    return (2 if year else 1), _named(f"{first.upper()} {second if year else known.today.year}")


def _named(cycle: str) -> dict[str, Any]:
    return {"cycle": cycle, "year": None}


def _last_quarter(known: Known) -> dict[str, Any]:
    return _named(quarter(quarter(known.today).starts - timedelta(days=1)).name)


def _next_quarter(known: Known) -> dict[str, Any]:
    return _named(quarter(quarter(known.today).ends + timedelta(days=1)).name)


def _last_cycle(known: Known) -> dict[str, Any]:
    """The cycle that ended last."""
    over = [each for each in known.cycles if each.ends < known.today]
    return _named(max(over, key=lambda each: each.ends).name) if over else _last_quarter(known)


def _next_cycle(known: Known) -> dict[str, Any]:
    """The cycle that begins next."""
    ahead = [each for each in known.cycles if known.today < each.starts < BACKLOG.starts]
    return _named(min(ahead, key=lambda each: each.starts).name) if ahead else _next_quarter(known)


def _in_year(year: int) -> dict[str, Any]:
    return {"cycle": "", "year": year}


def _year(ahead: int) -> Callable[[Known], dict[str, Any]]:
    return lambda known: _in_year(known.today.year + ahead)


_NAMED_PERIODS: dict[tuple[str, str], Callable[[Known], dict[str, Any]]] = {
    ("this", "quarter"): lambda known: _named(quarter(known.today).name),
    ("last", "quarter"): _last_quarter,
    ("previous", "quarter"): _last_quarter,
    ("next", "quarter"): _next_quarter,
    ("this", "cycle"): lambda _: _named(""),
    ("last", "cycle"): _last_cycle,
    ("previous", "cycle"): _last_cycle,
    ("next", "cycle"): _next_cycle,
    ("this", "year"): _year(0),
    ("last", "year"): _year(-1),
    ("next", "year"): _year(1),
}
"""Cycles and years that are named from where somebody stands."""
