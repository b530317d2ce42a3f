"""Lists of objectives: what somebody wants to see, and the words for it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from operator import itemgetter
from typing import Any, TypeVar

from domain.cycles import BACKLOG, Period, quarter
from domain.errors import NotFound, Refusal
from domain.objectives import Level, Objective, Status
from domain.people import TeamId
from domain.words import MENTION, did_you_mean

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

PAGE = 10
"""Objectives on a page."""

SEVERAL = 10
"""People, or teams, that one list can be of."""

ATTENTION = (Status.AT_RISK, Status.OFF_TRACK, Status.STALE)
"""What needs attention."""


class Only(StrEnum):
    """Objectives of one sort, where somebody wants no others."""

    PRIVATE = "private"
    DRAFTS = "drafts"
    PROPOSED = "proposed"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objectives somebody wants to see: those that fit everything that is named.

    People by Slack id: those who have a part in it; one of the people, of the teams, of the statuses is enough. `cycle`
    by its name, `year` for all that lies in a year; without either it is whatever runs today.
    """

    level: Level | None = None
    people: tuple[str, ...] = ()
    teams: tuple[TeamId, ...] = ()
    cycle: str = ""
    year: int | None = None
    statuses: tuple[Status, ...] = ()
    only: Only | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it is of anything less than a whole cycle."""
        return bool(self.level or self.people or self.teams or self.statuses or self.only)


@dataclass(frozen=True, slots=True)
class Known:
    """What words can mean to whoever uses them: their Slack id, their day, the teams, theirs, and the cycles."""

    me: str
    today: date
    teams: Mapping[TeamId, str]
    mine: tuple[TeamId, ...] = ()
    cycles: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood of some words: `lost` are those that mean nothing here, `said` whether any meant anything."""

    wanted: Wanted
    lost: tuple[str, ...] = ()
    said: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some objectives of a list: where the first of them stands in it (from 0), and how many there are in all."""

    objectives: tuple[Objective, ...]
    first: int
    total: int


def wanted(typed: str, known: Known) -> Wanted:
    """The list that these words ask for; raises `Refusal`, with a guess, for a word that means nothing."""
    found = read(typed, known)
    if found.lost:
        raise Refusal(_not_known(" ".join(found.lost), known))
    return found.wanted


def read(typed: str, known: Known) -> Read:
    """The same, where other words may stand between: what was understood, and what was not.

    Nothing but a cycle means one's own; a status or a sort alone means everybody's.
    """
    left, told = _words(typed), _Told(typed, known)
    lost: list[str] = []
    while left:
        taken = told.take(left)
        if not taken:
            lost.append(left[0])
        left = left[taken or 1 :]
    return Read(told.result(), tuple(lost), told.said)


def guess(lost: Sequence[str], known: Known) -> str | None:
    """What the words that mean nothing were most likely meant to be."""
    words = [*(word for word in lost if len(word) > 2), *map(" ".join, pairwise(lost))]
    offered = [*_PHRASES, *(name.casefold() for name in known.teams.values()), *_cycle_names(known)]
    return next(filter(None, (did_you_mean(word, offered) for word in words)), None)


def has_a_meaning(name: str) -> bool:
    """Whether a list takes this name for something else, or for nothing: "at risk", "me", "next quarter", "***"."""
    words = _words(name)
    taken, _ = _phrase(words) or (0, None)
    named = tuple(words) in _NAMED_PERIODS or words in (["team"], ["teams"], ["my", "team"])
    return taken == len(words) or named or all(word in _FILLERS for word in words)


def packed(wanted: Wanted) -> dict[str, Any]:
    """The same in plain values, for a button or an outbox row: what `unpacked` takes."""
    each = {
        "level": wanted.level and wanted.level.value,
        "people": list(wanted.people[:SEVERAL]),
        "teams": list(wanted.teams[:SEVERAL]),
        "cycle": wanted.cycle,
        "year": wanted.year,
        "statuses": [status.value for status in wanted.statuses],
        "only": wanted.only and wanted.only.value,
    }
    return {name: value for name, value in each.items() if value}


def unpacked(values: object) -> Wanted:
    """The list that was packed; whatever has been tampered with is left out."""
    given = values if isinstance(values, Mapping) else {}
    cycle, year = given.get("cycle"), given.get("year")
    return Wanted(
        level=_one_of(Level, given.get("level")),
        people=tuple(id for id in _listed(given.get("people")) if isinstance(id, str) and MENTION.match(f"<@{id}>")),
        teams=tuple(TeamId(id) for id in _listed(given.get("teams")) if type(id) is int and 0 < id < 2**31),
        cycle=cycle[:140].replace("\0", "") if isinstance(cycle, str) else "",
        year=year if type(year) is int and date.min.year <= year <= date.max.year else None,
        statuses=tuple(filter(None, (_one_of(Status, each) for each in _listed(given.get("statuses"))))),
        only=_one_of(Only, given.get("only")),
    )


def _listed(value: object) -> list[Any]:
    return value[:SEVERAL] if isinstance(value, list) else []


def _one_of(kind: type[Choice], value: object) -> Choice | None:
    return next((each for each in kind if each.value == value), None)


# reading


_BETWEEN = """
    a about am and any are be by cycle do does doing find for get give goal goals going has have here how i in
    is it list me now objective objectives of okr okrs or please see show tell that the their there these
    things those to view we what which with
"""
_FILLERS = frozenset(re.findall(r"\w+", _BETWEEN))
"""Words that people put between those that mean something."""

_HERE = re.compile(r"[\s,.;:?!()\"“”]+")
_EDGES = re.compile(r"[-–/_]")


def _words(typed: str) -> list[str]:
    """The words, case folded; mentions as they are."""
    spaced = MENTION.sub(lambda match: f" <@{match[1]}> ", typed)
    each = (word for word in _HERE.split(spaced) if word)
    return [part for word in each for part in ([word] if MENTION.fullmatch(word) else _plain(word))]


def _plain(word: str) -> list[str]:
    """A word without its possessive, in parts where it is hyphenated: "off-track" is two."""
    bare = re.sub(r"['’]s$", "", word.casefold()).strip("'’*`")
    return [part for part in _EDGES.split(bare) if part]


class _Told:
    """What has been understood so far."""

    def __init__(self, typed: str, known: Known) -> None:
        self._typed, self._known, self._wanted = typed, known, Wanted()
        self._everybody = False
        self.said = False
        self._names = sorted(filter(itemgetter(0), _names(known)), key=lambda each: -len(each[0]))

    def take(self, left: list[str]) -> int:
        """How many of the words that are left were understood together, from the first on."""
        if left[1:2] == ["me"] and left[0] in {"show", "tell", "give"}:
            return 2
        taken = self._mention(left) or self._name(left, 2) or self._team(left) or self._period(left)
        taken = taken or self._phrase(left) or self._name(left, 1)
        if taken:
            self.said = True
            return taken
        if left[0] in _FILLERS:
            self.said = self.said or left[0] in _NOUNS
            return 1
        return self._beginning(left)

    def result(self) -> Wanted:
        """Whatever was named; without anybody named, one's own or everybody's."""
        of_nobody = not (self._wanted.is_narrowed or self._everybody)
        return replace(self._wanted, people=(self._known.me,)) if of_nobody else self._wanted

    def _mention(self, left: list[str]) -> int:
        found = MENTION.fullmatch(left[0])
        if found:
            self._with(people=_and(self._wanted.people, found[1]))
        return 1 if found else 0

    def _team(self, left: list[str]) -> int:
        """ "team NAME", or without a name one's own."""
        if left[0] == "my" and left[1:2] in (["team"], ["teams"]):
            return self._my_team(2)
        if left[0] not in {"team", "teams"}:
            return 0
        rest = left[1:]
        if not rest or self._means_something(rest):
            return self._my_team(1) if left[0] == "team" else self._level(Level.TEAM, 1)
        for words, id in self._named_teams():
            if tuple(rest[: len(words)]) == words:
                return self._add(id, 1 + len(words))
        name = rest[: next((at for at in range(1, len(rest)) if self._means_something(rest[at:])), len(rest))]
        return self._add(_the_team(name, self._typed, self._known), 1 + len(name))

    def _means_something(self, words: list[str]) -> bool:
        """Whether these words begin with something other than a team's name."""
        if any(tuple(words[: len(name)]) == name for name, _ in self._named_teams()):
            return False
        return bool(
            MENTION.fullmatch(words[0]) or _periods(words, self._known)[0] or _phrase(words) or words[0] in _FILLERS
        )

    def _named_teams(self) -> Iterator[tuple[tuple[str, ...], TeamId]]:
        return ((words, each) for words, each in self._names if not isinstance(each, Period))

    def _my_team(self, taken: int) -> int:
        if not self._known.mine:
            raise Refusal("You are in no team yet. Name one, as in `/okr team Product`.")
        self._with(teams=_and(self._wanted.teams, *self._known.mine))
        return taken

    def _name(self, left: list[str], at_least: int) -> int:
        """The name of a team, perhaps with "team" after it, or of a cycle; of so many words at least."""
        for words, each in self._names:
            if len(words) >= at_least and tuple(left[: len(words)]) == words:
                if isinstance(each, Period):
                    self._with(cycle=each.name, year=None)
                    return len(words)
                return self._add(each, len(words) + (left[len(words) : len(words) + 1] == ["team"]))
        return 0

    def _beginning(self, left: list[str]) -> int:
        """The beginning of exactly one team's name: "eng" for Engineering."""
        begun = {id for words, id in self._named_teams() if len(left[0]) > 2 and words[0].startswith(left[0])}
        self.said = self.said or len(begun) == 1
        return self._add(begun.pop(), 1) if len(begun) == 1 else 0

    def _period(self, left: list[str]) -> int:
        taken, during = _periods(left, self._known)
        if taken:
            self._with(**during)
            self._everybody = self._everybody or during.get("cycle") == BACKLOG.name
        return taken

    def _phrase(self, left: list[str]) -> int:
        taken, meaning = _phrase(left) or (0, None)
        if isinstance(meaning, Level):
            return self._level(meaning, taken)
        if isinstance(meaning, Only):
            self._with(only=meaning)
        elif meaning == _MINE:
            self._with(people=_and(self._wanted.people, self._known.me))
        elif meaning == _EVERYBODY:
            self._everybody = True
        elif isinstance(meaning, tuple):
            self._with(statuses=_and(self._wanted.statuses, *meaning))
        return taken

    def _level(self, level: Level, taken: int) -> int:
        self._with(level=level)
        return taken

    def _add(self, team: TeamId, taken: int) -> int:
        self._with(teams=_and(self._wanted.teams, team))
        return taken

    def _with(self, **changes: Any) -> None:
        self._wanted = replace(self._wanted, **changes)


def _and(several: tuple[T, ...], *more: T) -> tuple[T, ...]:
    """Each once, in the order named."""
    together = tuple(dict.fromkeys((*several, *more)))
    if len(together) > SEVERAL:
        raise Refusal(f"That is more than {SEVERAL} at once. Name fewer, or `all`.")
    return together


def _names(known: Known) -> Iterator[tuple[tuple[str, ...], TeamId | Period]]:
    """The words of every name; one of nothing but signs has none."""
    for id, name in known.teams.items():
        yield tuple(_words(name)), id
    for period in known.cycles:
        yield tuple(_words(period.name)), period


def _cycle_names(known: Known) -> list[str]:
    return [period.name.casefold() for period in known.cycles]


def _the_team(words: list[str], typed: str, known: Known) -> TeamId:
    """The team whose name begins so; raises `Refusal` or, with a suggestion, `NotFound`."""
    name, as_typed = " ".join(words), re.search(r"\W+".join(map(re.escape, words)), typed, re.IGNORECASE)
    shown = as_typed[0][:80] if as_typed else name[:80]
    close = {id: each for id, each in known.teams.items() if " ".join(_words(each)).startswith(name)}
    if len(close) == 1:
        return next(iter(close))
    if close:
        raise Refusal(f"“{shown}” could be {' or '.join(close.values())}. Which one is it?")
    folded = {each.casefold(): each for each in known.teams.values()}
    meant = folded.get(did_you_mean(name, folded) or "")
    raise NotFound(f"There is no team called “{shown}”." + (f" Did you mean {meant}?" if meant else ""))


_MINE, _EVERYBODY = "mine", "everybody"
_NOUNS = frozenset({"objective", "objectives", "okr", "okrs", "goal", "goals"})

_PHRASES: dict[str, Level | Only | str | tuple[Status, ...]] = {
    "me": _MINE,
    "my": _MINE,
    "mine": _MINE,
    "all": _EVERYBODY,
    "everything": _EVERYBODY,
    "everybody": _EVERYBODY,
    "everyone": _EVERYBODY,
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
    "needs attention": ATTENTION,
    "need attention": ATTENTION,
    "in trouble": ATTENTION,
    "private": Only.PRIVATE,
    "draft": Only.DRAFTS,
    "drafts": Only.DRAFTS,
    "proposed": Only.PROPOSED,
    "unscored": Only.UNSCORED,
    "not scored": Only.UNSCORED,
}
"""Words with one meaning everywhere."""


def _phrase(words: list[str]) -> tuple[int, Any] | None:
    """The longest of the phrases that these words begin with: how long it is and what it means."""
    for length in (2, 1):
        phrase = " ".join(words[:length])
        if len(words) >= length and phrase in _PHRASES:
            return length, _PHRASES[phrase]
    return None


def _periods(words: list[str], known: Known) -> tuple[int, dict[str, Any]]:
    """The cycle or the year that these words begin with, if any: how many words it takes."""
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
        return (1, {"cycle": "", "year": int(first)}) if int(first) else (0, {})
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


def _year(ahead: int) -> Callable[[Known], dict[str, Any]]:
    return lambda known: {"cycle": "", "year": known.today.year + ahead}


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


def _not_known(lost: str, known: Known) -> str:
    meant = guess(lost.split(), known)
    close = f" Did you mean “{meant}”?" if meant else ""
    return (
        f"I do not know “{lost[:80]}”.{close} A list takes people (`@ada`), teams, `company` or `all`, a cycle such as "
        "Q4 2026 or `last quarter`, and `at risk`, `off track`, `on track`, `done`, `stale`, `private`, `drafts` or "
        "`unscored`."
    )
