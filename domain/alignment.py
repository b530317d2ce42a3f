"""Alignment: which objective pulls on which, and how that leads up to what the company wants."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.check_ins import Update
from domain.errors import Refusal
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Level, Objective, ObjectiveId
from domain.people import Member, MemberId, TeamId
from domain.references import Reference

_LEVELS = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a tree: an objective, or one of its key results, so many steps below the top."""

    depth: int
    objective: Objective
    key_result: KeyResult | None = None


@dataclass(frozen=True, slots=True)
class Forest:
    """Some objectives, each below what it pulls on; one whose parent is not among them stands at the top."""

    objectives: tuple[Objective, ...]
    _below: Mapping[ObjectiveId, list[Objective]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: dict[ObjectiveId, list[Objective]] = {}
        for each in self.objectives:
            if each.parent:
                below.setdefault(each.parent.id, []).append(each)
        object.__setattr__(self, "_below", below)

    @property
    def tops(self) -> tuple[Objective, ...]:
        """What stands at the top: the company's first, then the teams', then people's own."""
        here = {each.id for each in self.objectives}
        free = [each for each in self.objectives if each.parent is None or each.parent.id not in here]
        return tuple(sorted(free, key=lambda each: (_LEVELS[each.level], each.number)))

    @property
    def orphans(self) -> tuple[Objective, ...]:
        """What teams and people work towards on their own, although there are company objectives to help, or what it
        helped has been archived.
        """
        can_help = any(each.level is Level.COMPANY for each in self.objectives)
        free = (each for each in self.tops if each.helps is None and each.level is not Level.COMPANY)
        return tuple(each for each in free if can_help or each.parent)

    def tops_of(self, *teams: TeamId) -> tuple[Objective, ...]:
        """What these teams work towards, without what lies below another objective of theirs."""
        return self._tops_among(each for each in self.objectives if each.team_id in teams)

    def tops_with(self, person: MemberId) -> tuple[Objective, ...]:
        """What somebody works towards: theirs, or with a key result of theirs, without what lies below another."""
        return self._tops_among(each for each in self.objectives if person in each.owners)

    def pulling(self, on: Objective, kr: KeyResult | None = None) -> tuple[Objective, ...]:
        """What pulls on this key result of it; without one, what pulls on it as a whole."""
        return tuple(each for each in self.children(on) if _aim(each, on) == (kr.id if kr else None))

    def children(self, of: Objective) -> tuple[Objective, ...]:
        """Everything that pulls on it or on one of its key results."""
        return tuple(self._below.get(of.id, ()))

    def below(self, objective: Objective) -> int:
        """How many objectives lie below it, at any depth."""
        return sum(line.key_result is None for line in self.lines([objective])) - 1

    def lines(self, tops: Iterable[Objective], every: bool = False) -> Iterator[Line]:
        """The trees below these, line by line: of the key results those that something pulls on, or every one.

        No objective comes twice, so that it ends even if some hung below each other.
        """
        left = [Line(0, top) for top in reversed(list(tops))]
        seen: set[ObjectiveId] = set()
        while left:
            line = left.pop()
            if line.key_result is None:
                if line.objective.id in seen:
                    continue
                seen.add(line.objective.id)
            yield line
            left += reversed(self._under(line, every))

    def path(self, objective: Objective) -> tuple[Objective, ...]:
        """The objective, the one that it pulls on, and so on to the top, as far as these know."""
        known = {each.id: each for each in self.objectives} | {objective.id: objective}
        steps: dict[ObjectiveId, Objective] = {}
        step: Objective | None = objective
        while step and step.id not in steps:
            steps[step.id] = step
            step = known.get(step.parent.id) if step.parent else None
        return tuple(steps.values())

    def _tops_among(self, some: Iterable[Objective]) -> tuple[Objective, ...]:
        """Those of some objectives that lie below no other of them."""
        theirs = {each.id: each for each in some}
        return tuple(each for each in theirs.values() if not any(above.id in theirs for above in self.path(each)[1:]))

    def _under(self, line: Line, every: bool) -> list[Line]:
        objective, deeper = line.objective, line.depth + 1
        if line.key_result:
            return [Line(deeper, each) for each in self.pulling(objective, line.key_result)]
        pulled = [kr for kr in objective.key_results if every or self.pulling(objective, kr)]
        whole = [Line(deeper, each) for each in self.pulling(objective)]
        return [*(Line(deeper, objective, kr) for kr in pulled), *whole]


@dataclass(frozen=True, slots=True)
class Tree:
    """A forest as somebody may see it: the trees that were asked for, and the orphans among them.

    `every` where each key result is to be shown, also those that nothing pulls on.
    """

    who: Member
    moment: Moment
    heading: str
    forest: Forest
    tops: tuple[Objective, ...]
    orphans: tuple[Objective, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """How far a key result came in some days, in all."""

    key_result: KeyResult
    objective: Objective
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an objective or one of its key results matters: the path up, who else pulls, and what moved this week.

    `path` begins with the objective itself. `beside` pulls on the same thing as that does; `below` pulls on what was
    asked about.
    """

    who: Member
    moment: Moment
    path: tuple[Objective, ...]
    key_result: KeyResult | None = None
    beside: tuple[Objective, ...] = ()
    below: tuple[Objective, ...] = ()
    moved: tuple[Move, ...] = ()

    @property
    def objective(self) -> Objective:
        """The objective that it is about."""
        return self.path[0]

    @property
    def waiting(self) -> tuple[KeyResult, ...]:
        """The key results in question that depend on another team."""
        asked = (self.key_result,) if self.key_result else self.objective.key_results
        return tuple(kr for kr in asked if kr.waits_for)


def beside(forest: Forest, objective: Objective) -> tuple[Objective, ...]:
    """Which others pull on the same key result or objective as this one; what it was or became is no other."""
    above = forest.path(objective)[1:2]
    same = [each for top in above for each in forest.children(top) if _aim(each, top) == _aim(objective, top)]
    itself = _life(objective, same)
    return tuple(each for each in same if each.id not in itself)


def share(kr: KeyResult, objective: Objective) -> float | None:
    """The part of its objective that a key result is by weight, 0.0-1.0; None where it does not count."""
    whole = sum(each.weight for each in objective.key_results)
    counted = any(each.id == kr.id for each in objective.key_results)
    return float(kr.weight / whole) if counted and whole else None


def moves(said: Iterable[Update], among: Iterable[Objective]) -> tuple[Move, ...]:
    """What moved, of these objectives and updates (oldest first): each key result from its first value to its last.

    What was said while it was measured in another way is left out.
    """
    first: dict[KeyResultId, Decimal] = {}
    last: dict[KeyResultId, Decimal] = {}
    below = {kr.id: (kr, objective) for objective in among for kr in objective.key_results}
    for each in said:
        if each.key_result in below and below[each.key_result][0].measure.reads(each.out_of):
            first.setdefault(each.key_result, each.previous)
            last[each.key_result] = each.value
    parts = [part for id, part in below.items() if id in last]
    return tuple(Move(kr, o, first[kr.id], last[kr.id]) for kr, o in parts if first[kr.id] != last[kr.id])


def cannot_stand_above(chosen: Reference) -> Refusal:
    """The refusal of a parent, whatever stands in the way: a reason would tell of steps that are not theirs to see."""
    return Refusal(f"{chosen} cannot stand above this objective. Choose another one, or none.", "parent")


def _life(objective: Objective, among: Iterable[Objective]) -> set[ObjectiveId]:
    """The objective with what it was carried over from and into, as far as these know."""
    past = {each.id: each.carried_from.id for each in (*among, objective) if each.carried_from}
    found, before = {objective.id}, 0
    while len(found) > before:
        before = len(found)
        found |= {past[id] for id in found if id in past} | {id for id, was in past.items() if was in found}
    return found


def _aim(objective: Objective, above: Objective) -> KeyResultId | None:
    """Which of the key results above it pulls on; one that is archived counts as the whole."""
    pulled = objective.parent_key_result
    return pulled.id if pulled and any(kr.id == pulled.id for kr in above.key_results) else None
