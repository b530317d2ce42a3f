"""Lists of objectives: what somebody wants to see, and a page of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from domain.objectives import KeyResult, KeyResultId, Level, Objective, ObjectiveId, Status
from domain.people import MemberId, TeamId
from domain.searches import ANYTHING, Looked, holds, looked_for, tagged
from domain.status import Standing
from domain.words import MENTION

Choice = TypeVar("Choice", bound=StrEnum)

PAGE = 10
"""Objectives on a page."""

SEVERAL = 10
"""People, or teams, that one list can be of."""

_LOOKED = ("words", "tags")

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
    by its name, `year` for all that lies in a year; without either it is whatever runs today. All of the words are in
    the title, of the objective or of one of its key results, and one of the tags is enough.
    """

    level: Level | None = None
    people: tuple[str, ...] = ()
    teams: tuple[TeamId, ...] = ()
    cycle: str = ""
    year: int | None = None
    statuses: tuple[Status, ...] = ()
    only: Only | None = None
    looked: Looked = ANYTHING

    @property
    def is_narrowed(self) -> bool:
        """Whether it is of anything less than a whole cycle."""
        return bool(self.level or self.people or self.teams or self.statuses or self.only or any(self.looked))


Part = frozenset[KeyResultId]
"""The key results of one objective that a list is of."""

Parts = Mapping[ObjectiveId, Part]
"""By objective; one without an entry is meant as a whole."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some objectives of a list: where the first of them stands in it (from 0), and how many there are in all.

    Those in `parts` are there because of some of their key results. `key_results` is how many of these there are on all
    pages, where that is what the list is of.
    """

    objectives: tuple[Objective, ...]
    first: int
    total: int
    parts: Parts = field(default_factory=dict)
    key_results: int | None = None


def stands_so(kr: KeyResult, stand: Standing, statuses: Collection[Status]) -> bool:
    """Whether a key result stands as one of these; what is stale also as its numbers say, where those are worse.

    What has been measured and has no target yet needs attention as well.
    """
    waits = kr.measure.awaits_target and not set(ATTENTION).difference(statuses)
    return waits or stand.status in statuses or stand.hidden in statuses


def parts_of(people: Collection[MemberId], objective: Objective, looked: Looked = ANYTHING) -> Part | None:
    """The key results in which any of these people has a part, and that have what is looked for; None where all of that
    is true of the objective as a whole. What is true of it is true of each of them.
    """
    theirs = not people or not objective.stake.owners.isdisjoint(people)
    called, labelled = holds(objective.title, looked.words), tagged(objective.tags, looked.tags)
    if theirs and called and labelled:
        return None
    return frozenset(
        kr.id
        for kr in (*objective.key_results, *objective.proposals)
        if (theirs or any(each.id in people for each in (kr.owner, *kr.contributors)))
        and (called or holds(kr.title, looked.words))
        and (labelled or tagged(kr.tags, looked.tags))
    )


def is_of(wanted: Wanted, people: Collection[MemberId], objective: Objective) -> bool:
    """Whether an objective is of the level, the teams and the people that are named."""
    of_level = wanted.level in {None, objective.level}
    of_team = not wanted.teams or objective.team_id in wanted.teams
    return of_level and of_team and parts_of(people, objective) != frozenset()


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
        "words": list(wanted.looked.words),
        "tags": list(wanted.looked.tags),
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
        looked=looked_for(*([each for each in _listed(given.get(name)) if isinstance(each, str)] for name in _LOOKED)),
    )


def _listed(value: object) -> list[Any]:
    return value[:SEVERAL] if isinstance(value, list) else []


def _one_of(kind: type[Choice], value: object) -> Choice | None:
    return next((each for each in kind if each.value == value), None)
