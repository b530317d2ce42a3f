"""Lists as people ask for them: their words read, in any order, into what is wanted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, TypeVar

from domain.cycles import BACKLOG, Period
from domain.errors import NotFound, Refusal
from domain.lists import SEVERAL, Only, Wanted
from domain.objectives import Level
from domain.people import TeamId
from domain.searches import Looked, looked_for, taken_out
from domain.vocabulary import EVERYBODY, FILLERS, MINE, NOUNS, Known, guess, names_of, period, phrase, words_of
from domain.words import MENTION, did_you_mean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood of some words: `lost` are those that mean nothing here, `said` whether any meant anything,
    `of_nobody` whether it is one's own only because nothing else was named.
    """

    wanted: Wanted
    lost: tuple[str, ...] = ()
    said: bool = False
    of_nobody: bool = False


def wanted(typed: str, known: Known) -> Wanted:
    """The list that these words ask for; raises `Refusal`, with a guess, for a word that means nothing."""
    found = read(typed, known)
    if found.lost:
        lost = _as_typed(found.lost, typed)[:80]
        raise Refusal(f"{_not_known(lost, found.lost, known)} {_LISTS} To look for it in titles: `/okr find {lost}`.")
    return found.wanted


def tree(typed: str, known: Known) -> Wanted:
    """The tree that these words ask for, of everybody where nobody is named; raises `Refusal` for a word that means
    nothing, and for what no tree is of.
    """
    found = read(typed, known)
    if found.lost:
        raise Refusal(f"{_not_known(_as_typed(found.lost, typed)[:80], found.lost, known)} {_TREES}")
    if found.wanted.statuses or found.wanted.only or any(found.wanted.looked):
        raise Refusal(f"{_TREES} For the rest there is `/okr list {' '.join(typed.split())[:80]}`.")
    return replace(found.wanted, people=()) if found.of_nobody else found.wanted


def searched(typed: str, known: Known) -> Wanted:
    """The list of somebody who searches: what means nothing else is looked for in titles; nobody named is everybody."""
    found = read(f"about {typed}", known)
    return replace(found.wanted, people=()) if found.of_nobody else found.wanted


def read(typed: str, known: Known) -> Read:
    """The same, where other words may stand between: what was understood, and what was not.

    Nothing but a cycle means one's own; a status or a sort alone means everybody's. Words in quotes, and those after
    "about" that mean nothing else, are looked for in titles; `#growth` among tags.
    """
    rest, looked = taken_out(typed, lambda quoted: tuple(words_of(quoted)) in dict(names_of(known)))
    left, told = words_of(rest), _Told(rest, known)
    lost, sought, about, taken = list[str](), list[list[str]](), False, 1
    while left:
        about = about or left[0] == "about"
        before, taken = taken, told.take(left)
        if not taken and not about:
            lost.append(left[0])
        elif not taken:
            sought += [] if sought and not before else [[]]
            sought[-1].append(left[0])
        left = left[taken or 1 :]
    typed_so = (word.strip(",;.:?!()") for run in sought for word in _as_typed(run, rest).split())
    return told.result(looked_for([*looked.words, *typed_so], looked.tags), tuple(lost))


class _Told:
    """What has been understood so far."""

    def __init__(self, typed: str, known: Known) -> None:
        self._typed, self._known, self._wanted = typed, known, Wanted()
        self._everybody = False
        self.said = False
        self._names = sorted(filter(itemgetter(0), names_of(known)), key=lambda each: -len(each[0]))
        called = ((tuple(words_of(name)), id) for name, id in known.people.items())
        self._people = sorted(filter(itemgetter(0), called), key=lambda each: -len(each[0]))

    def take(self, left: list[str]) -> int:
        """How many of the words that are left were understood together, from the first on."""
        if left[1:2] == ["me"] and left[0] in {"show", "tell", "give"}:
            return 2
        taken = self._mention(left) or self._name(left, 2) or self._team(left) or self._period(left)
        taken = taken or self._phrase(left) or self._name(left, 1) or self._person(left)
        if taken:
            self.said = True
            return taken
        if left[0] in FILLERS:
            self.said = self.said or left[0] in NOUNS
            return 1
        return self._beginning(left)

    def result(self, looked: Looked, lost: tuple[str, ...]) -> Read:
        """Whatever was named; without anybody named, one's own or everybody's."""
        wanted = replace(self._wanted, looked=looked)
        of_nobody = not (wanted.is_narrowed or self._everybody)
        wanted = replace(wanted, people=(self._known.me,)) if of_nobody else wanted
        return Read(wanted, lost, self.said or any(looked), of_nobody)

    def _mention(self, left: list[str]) -> int:
        found = MENTION.fullmatch(left[0])
        if found:
            self._with(people=_and(self._wanted.people, found[1]))
        return 1 if found else 0

    def _person(self, left: list[str]) -> int:
        """Somebody's name, the whole of it if it stands there."""
        for words, id in self._people:
            if tuple(left[: len(words)]) == words:
                self._with(people=_and(self._wanted.people, id))
                return len(words)
        return 0

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
            MENTION.fullmatch(words[0]) or period(words, self._known)[0] or phrase(words) or words[0] in FILLERS
        )

    def _named_teams(self) -> Iterator[tuple[tuple[str, ...], TeamId]]:
        return ((words, each) for words, each in self._names if not isinstance(each, Period))

    def _my_team(self, taken: int) -> int:
        if not self._known.mine:
            raise Refusal("You are in no team yet. Name one, as in `team Product`.")
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
        taken, during = period(left, self._known)
        if taken:
            self._with(**during)
            self._everybody = self._everybody or during.get("cycle") == BACKLOG.name
        return taken

    def _phrase(self, left: list[str]) -> int:
        taken, meaning = phrase(left) or (0, None)
        if isinstance(meaning, Level):
            return self._level(meaning, taken)
        if isinstance(meaning, Only):
            self._with(only=meaning)
        elif meaning == MINE:
            self._with(people=_and(self._wanted.people, self._known.me))
        elif meaning == EVERYBODY:
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


def _the_team(words: list[str], typed: str, known: Known) -> TeamId:
    """The team whose name begins so; raises `Refusal` or, with a suggestion, `NotFound`."""
    name, shown = " ".join(words), _as_typed(words, typed)[:80]
    close = {id: each for id, each in known.teams.items() if " ".join(words_of(each)).startswith(name)}
    if len(close) == 1:
        return next(iter(close))
    if close:
        raise Refusal(f"“{shown}” could be {' or '.join(close.values())}. Which one is it?")
    folded = {each.casefold(): each for each in known.teams.values()}
    meant = folded.get(did_you_mean(name, folded) or "")
    raise NotFound(f"There is no team called “{shown}”." + (f" Did you mean {meant}?" if meant else ""))


def _as_typed(words: Sequence[str], typed: str) -> str:
    """Words that stand together, as somebody typed them."""
    found = re.search(r"[\W_]+".join(map(re.escape, words)), typed, re.IGNORECASE)
    return found[0] if found else " ".join(words)


def _not_known(shown: str, lost: Sequence[str], known: Known) -> str:
    meant = guess(lost, known)
    close = f" Did you mean “{meant}”?" if meant else ""
    return f"I do not know “{shown}”.{close}"


_LISTS = (
    "A list takes people (`@ada`), teams, `company` or `all`, a cycle such as Q4 2026 or `last quarter`, and "
    "`at risk`, `off track`, `on track`, `done`, `stale`, `private`, `drafts` or `unscored`."
)
_TREES = (
    "A tree is of an objective (`O-12`), or of people (`@ada`), teams, `company` or `all`, in a cycle such as Q4 2026 "
    "or `last quarter`."
)
