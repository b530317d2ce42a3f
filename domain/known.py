"""What a workspace has that the rows of an import may name: people, teams, cycles, and what stands already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.columns import spelling
from domain.cycles import Period
from domain.objectives import Level
from domain.periods import named_period, period_of
from domain.references import Reference
from domain.words import did_you_mean

_COMPANY = ("company", "organization", "organisation", "org", "company-wide", "everyone")
_INDIVIDUAL = ("individual", "personal", "me", "person")


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace has; addresses in small letters.

    `company` is what people call the whole of it, `cycles` those that there are, `closed` the names of those that are
    over, `current` the one for objectives that name no period and have none above them.
    """

    people: frozenset[str] = frozenset()
    teams: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    cycles: tuple[Period, ...] = ()
    closed: frozenset[str] = frozenset()
    current: Period | None = None
    standing: frozenset[Reference] = frozenset()
    _places: dict[str, tuple[Level, str | None]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _named: dict[str, Period] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._places.update({spelling(team): (Level.TEAM, team) for team in self.teams})
        self._places.update({spelling(name): (Level.COMPANY, None) for name in (*_COMPANY, *self.company)})
        self._places.update({spelling(name): (Level.INDIVIDUAL, None) for name in _INDIVIDUAL})
        self._named.update({spelling(cycle.name): cycle for cycle in self.cycles})

    def place(self, typed: str) -> tuple[Level, str | None] | None:
        """The level, and the team by its own name, that an entity names, if it is one."""
        return self._places.get(spelling(typed))

    def close_to(self, typed: str) -> str | None:
        """The team or the company that this may be a slip of."""
        names = {name.casefold(): name for name in (*self.teams, *self.company)}
        near = did_you_mean(typed, names)
        return names[near] if near else None

    def period(self, typed: str) -> Period | None:
        """The cycle of this name, or the stretch of the calendar that it names."""
        found = named_period(typed)
        return self._named.get(spelling(typed)) or (self._named.get(spelling(found.name), found) if found else None)

    def period_between(self, starts: date, ends: date) -> Period:
        """The cycle with these days, or the period that they are."""
        same = (cycle for cycle in self.cycles if (cycle.starts, cycle.ends) == (starts, ends))
        return next(same, None) or period_of(starts, ends)

    def is_closed(self, period: Period) -> bool:
        """Whether it is the name of a cycle that is over."""
        return period.name in self.closed


def from_days(name: str, days: Iterable[tuple[date | None, date | None]]) -> Period | None:
    """The period that the rows of this name are in by their own days: from the first of all to the last."""
    pairs = list(days)
    starts = [first for first, _ in pairs if first]
    ends = [last for _, last in pairs if last]
    return Period(name, min(starts), max(ends)) if starts and ends else None


Periods = Mapping[str, Period]
"""Periods that only a file knows, by how they are spelled."""
