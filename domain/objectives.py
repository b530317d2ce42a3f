"""Objectives and the key results that show whether they are being reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from domain.cycles import Cycle
from domain.errors import Refusal
from domain.measures import Measure
from domain.people import Member, MemberId, Team, TeamId
from domain.references import Prefix, Reference

ObjectiveId = NewType("ObjectiveId", int)
KeyResultId = NewType("KeyResultId", int)


class Level(StrEnum):
    """Whose objective it is."""

    COMPANY = "company"
    TEAM = "team"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class KeyResult:
    """A measure with an owner; `confidence` is the owner's judgement, 1-10, `updated_at` the last check-in on it."""

    id: KeyResultId
    number: int
    objective: ObjectiveId
    title: str
    owner: Member
    measure: Measure
    created_at: datetime
    confidence: int | None = None
    note: str = ""
    updated_at: datetime | None = None
    archived: bool = False

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.KEY_RESULT, self.number)


@dataclass(frozen=True, slots=True)
class Heading:
    """Just enough of an objective to name it."""

    id: ObjectiveId
    number: int
    title: str

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.OBJECTIVE, self.number)


@dataclass(frozen=True, slots=True)
class Objective:
    """What somebody wants to be true by the end of a cycle, and how they will know."""

    id: ObjectiveId
    number: int
    title: str
    level: Level
    owner: Member
    cycle: Cycle
    team: Team | None = None
    parent: Heading | None = None
    key_results: tuple[KeyResult, ...] = ()
    archived: bool = False

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.OBJECTIVE, self.number)

    @property
    def heading(self) -> Heading:
        """Just enough of it to name it."""
        return Heading(self.id, self.number, self.title)

    @property
    def team_id(self) -> TeamId | None:
        """The id of its team, if it has one."""
        return self.team.id if self.team else None

    @property
    def owners(self) -> frozenset[MemberId]:
        """Everybody who owns it or one of its key results."""
        return frozenset({self.owner.id} | {kr.owner.id for kr in self.key_results})

    @property
    def progress(self) -> float | None:
        """The mean progress of its key results, 0.0-1.0, or None while there are none."""
        parts = [kr.measure.progress for kr in self.key_results]
        return sum(parts) / len(parts) if parts else None


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """An objective as somebody wrote it down; the owner by Slack id, team and parent by their ids."""

    title: str
    level: Level
    owner: str | None = None
    team: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class KeyResultDraft:
    """A key result as somebody wrote it down: numbers as typed, the owner by Slack id."""

    title: str
    start: str
    target: str
    unit: str
    direction: str
    owner: str | None = None
    current: str = ""


def owned_by(who: Member, objectives: Iterable[Objective]) -> list[KeyResult]:
    """The key results under these objectives that somebody owns, oldest first."""
    mine = [kr for objective in objectives for kr in objective.key_results if kr.owner.id == who.id]
    return sorted(mine, key=lambda kr: kr.number)


def level_and_team(level: Level, team: Team | None) -> None:
    """Raise `Refusal` when level and team contradict each other."""
    if level is Level.TEAM and team is None:
        raise Refusal("A team objective needs a team. Choose one, or another level.", "team")


def changeable(objective: Objective, today: date) -> Objective:
    """The objective, if it can still be changed; raises `Refusal` when its cycle is closed or it is archived."""
    in_open_cycle(objective, today)
    if objective.archived:
        raise Refusal(f"{objective.ref} is archived. Restore it first if it is still wanted.")
    return objective


def in_open_cycle(objective: Objective, today: date) -> Objective:
    """The objective, if its cycle is not over; raises `Refusal` when it is."""
    if objective.cycle.is_closed(today):
        raise Refusal(f"{objective.cycle.name} is closed, so {objective.ref} can be read but no longer changed.")
    return objective
