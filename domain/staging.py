"""Staging: what an import is about to add, with everybody and everything in it looked up, before any of it can be seen.

A `place` counts the objectives of an import from 1, and likewise its key results: above them they get the next free
numbers in that order. What stands above is either here already, by its id, or comes along, by its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from domain.cycles import Period
from domain.imports import NewKeyResult, NewObjective, Plan
from domain.lineage import Above
from domain.measure_cells import measured
from domain.measures import Measure
from domain.objectives import KeyResultId, ObjectiveId
from domain.people import MemberId, TeamId
from domain.references import Prefix, Reference


@dataclass(frozen=True, slots=True)
class StagedObjective:
    """An objective that is to be added; it may pull on a key result of the one above it."""

    place: int
    says: NewObjective
    owner: MemberId
    co_owners: tuple[MemberId, ...]
    team: TeamId | None
    parent: ObjectiveId | None = None
    parent_place: int | None = None
    pulled: KeyResultId | None = None
    pulled_place: int | None = None


@dataclass(frozen=True, slots=True)
class StagedKeyResult:
    """A key result that is to be added."""

    place: int
    says: NewKeyResult
    owner: MemberId
    contributors: tuple[MemberId, ...]
    measure: Measure
    weight: Decimal
    objective: ObjectiveId | None = None
    objective_place: int | None = None


Staged = StagedObjective | StagedKeyResult


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the words of a plan are; people by what the file calls them, an objective with its owner."""

    people: Mapping[str, MemberId] = field(default_factory=dict)
    teams: Mapping[str, TeamId] = field(default_factory=dict)
    objectives: Mapping[Reference, tuple[ObjectiveId, MemberId]] = field(default_factory=dict)
    key_results: Mapping[Reference, tuple[KeyResultId, ObjectiveId]] = field(default_factory=dict)


def staged(plan: Plan, names: Names) -> list[Staged]:
    """What a plan comes to, each after what is above it; of a plan in which nothing is refused."""
    staging = _Staging(plan, names)
    for at in plan.downwards:
        staging.add(at)
    return staging.made


def periods(plan: Plan) -> tuple[Period, ...]:
    """The periods that there must be a cycle of."""
    each = (planned.fate.period for planned in plan.rows if isinstance(planned.fate, NewObjective))
    return tuple(dict.fromkeys(each))


def counted(made: Sequence[Staged]) -> tuple[int, int]:
    """How many objectives and how many key results."""
    objectives = sum(isinstance(each, StagedObjective) for each in made)
    return objectives, len(made) - objectives


@dataclass(slots=True)
class _Staging:
    plan: Plan
    names: Names
    made: list[Staged] = field(default_factory=list)
    objectives: dict[int, StagedObjective] = field(default_factory=dict)
    """By the number of the row."""
    key_results: dict[int, StagedKeyResult] = field(default_factory=dict)

    def add(self, at: int) -> None:
        row = self.plan.rows[at]
        match row.fate:
            case NewObjective() as fate:
                self.objectives[row.row] = objective = self._objective(fate)
                self.made.append(objective)
            case NewKeyResult() as fate:
                self.key_results[row.row] = kr = self._key_result(fate)
                self.made.append(kr)

    def _objective(self, says: NewObjective) -> StagedObjective:
        co_owners = _others(self.names, says.owner, says.co_owners)
        return StagedObjective(
            len(self.objectives) + 1,
            says,
            self.names.people[says.owner],
            co_owners,
            self.names.teams[says.team] if says.team else None,
            *self._above(says.above),
        )

    def _above(self, above: Above | None) -> tuple[ObjectiveId | None, int | None, KeyResultId | None, int | None]:
        """The objective above, and the key result of it that is meant if one is: each by id or by place."""
        if above is None:
            return None, None, None, None
        if isinstance(above, Reference):
            if above.prefix is Prefix.KEY_RESULT:
                kr, objective = self.names.key_results[above]
                return objective, None, kr, None
            return self.names.objectives[above][0], None, None, None
        if above in self.objectives:
            return None, self.objectives[above].place, None, None
        pulled = self.key_results[above]
        return pulled.objective, pulled.objective_place, None, pulled.place

    def _key_result(self, says: NewKeyResult) -> StagedKeyResult:
        objective, place, owner = self._of(says.objective)
        return StagedKeyResult(
            len(self.key_results) + 1,
            says,
            self.names.people[says.owner] if says.owner else owner,
            _others(self.names, says.owner, says.contributors),
            measured(says.measure),
            Decimal(1) if says.weight is None else says.weight,
            objective,
            place,
        )

    def _of(self, above: Above) -> tuple[ObjectiveId | None, int | None, MemberId]:
        """The objective of a key result, by id or by place, and who owns it."""
        if isinstance(above, Reference):
            id, owner = self.names.objectives[above]
            return id, None, owner
        objective = self.objectives[above]
        return None, objective.place, objective.owner


def _others(names: Names, owner: str | None, others: Sequence[str]) -> tuple[MemberId, ...]:
    """Those beside the owner, each once: somebody may have two addresses."""
    found = dict.fromkeys(names.people[each] for each in others)
    return tuple(id for id in found if owner is None or id != names.people[owner])
