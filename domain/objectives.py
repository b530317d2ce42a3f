"""Objectives and the key results that show whether they are being reached."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from domain.cycles import Cycle
from domain.errors import Refusal
from domain.measures import Measure
from domain.people import Member, MemberId, Team, TeamId
from domain.permissions import Stake, Verb, may
from domain.references import Prefix, Reference

ObjectiveId = NewType("ObjectiveId", int)
KeyResultId = NewType("KeyResultId", int)


class Level(StrEnum):
    """Whose objective it is."""

    COMPANY = "company"
    TEAM = "team"
    INDIVIDUAL = "individual"


class Stage(StrEnum):
    """How far people have agreed on it; only what is agreed is counted and asked about."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"


class Visibility(StrEnum):
    """Who may know of an objective: everybody, its team, or only those with a part in it."""

    EVERYONE = "everyone"
    TEAM = "team"
    PRIVATE = "private"


class Status(StrEnum):
    """How a key result or an objective is doing, weakest last."""

    DONE = "done"
    ON_TRACK = "on track"
    STALE = "stale"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"


@dataclass(frozen=True, slots=True)
class Override:
    """A status that somebody has set by hand, why, and until which day (included) it stands."""

    status: Status
    reason: str
    until: date
    by: Member


class Answered(StrEnum):
    """What another team has said to what a key result depends on it for, unless nobody needs that any longer."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a key result waits for: the team's name, what is needed of it, and what it has answered."""

    number: int
    team: str
    words: str
    state: Answered
    answer: str = ""


@dataclass(frozen=True, slots=True)
class KeyResult:
    """A measure with an owner; `confidence` is the owner's judgement, 1-10, `updated_at` the last check-in on it.

    The owner checks in; `contributors` help. `weight` is its share in its objective, relative to the others. `moved_at`
    is when its value last changed, which an update that changes nothing leaves alone. `agreed_to` is what was agreed
    to, in words, while a change of that waits for somebody to agree.
    """

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
    weight: Decimal = Decimal(1)
    stage: Stage = Stage.AGREED
    contributors: tuple[Member, ...] = ()
    override: Override | None = None
    moved_at: datetime | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    waits_for: tuple[Waiting, ...] = ()
    agreed_to: str = ""

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.KEY_RESULT, self.number)


@dataclass(frozen=True, slots=True)
class KeyResultHeading:
    """Just enough of a key result to name it."""

    id: KeyResultId
    number: int
    title: str
    archived: bool = False

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.KEY_RESULT, self.number)


@dataclass(frozen=True, slots=True)
class Heading:
    """Just enough of an objective to name it; `is_open` where everybody may know of it, `cycle` the name of its cycle
    where that is another one.
    """

    id: ObjectiveId
    number: int
    title: str
    is_open: bool = True
    cycle: str = ""
    archived: bool = False

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.OBJECTIVE, self.number)


@dataclass(frozen=True, slots=True)
class Objective:
    """What somebody wants to be true by the end of a cycle, and how they will know.

    `parent` is the objective above it; where it pulls on one key result of that, `parent_key_result` is that one.
    `key_results` are the agreed ones, `proposals` those that its owner has yet to accept or decline. `carried_from` is
    its past in an earlier cycle, `carried_to` what became of it in a later one as far as that was asked for, `score`
    (0.0-1.0) what it came to in the end.
    """

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
    proposals: tuple[KeyResult, ...] = ()
    co_owners: tuple[Member, ...] = ()
    stage: Stage = Stage.AGREED
    visibility: Visibility = Visibility.EVERYONE
    aspirational: bool = False
    description: str = ""
    tags: tuple[str, ...] = ()
    parent_key_result: KeyResultHeading | None = None
    carried_from: Heading | None = None
    carried_to: Heading | None = None
    score: Decimal | None = None
    stake: Stake = field(init=False, compare=False, repr=False)
    """Who has which part in it: its owners, and those who own or help with one of its key results."""

    def __post_init__(self) -> None:
        # Whoever draws an objective asks for it again and again: at every entry of every menu.
        owners = frozenset({self.owner.id, *(each.id for each in self.co_owners)})
        object.__setattr__(self, "stake", Stake(owners, self.hands, self.team_id, self.level is Level.COMPANY))

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.OBJECTIVE, self.number)

    @property
    def heading(self) -> Heading:
        """Just enough of it to name it."""
        return Heading(self.id, self.number, self.title, self.is_open, archived=self.archived)

    @property
    def is_open(self) -> bool:
        """Whether everybody may know of it."""
        return is_open(self.visibility, self.stage)

    @property
    def pulls_on(self) -> Reference | None:
        """What it pulls on: a key result of the objective above it, or that objective as a whole."""
        above = self.parent_key_result or self.parent
        return above.ref if above else None

    @property
    def helps(self) -> Reference | None:
        """What it pulls on of what is still there: an archived key result counts as the whole, an archived objective as
        none.
        """
        if self.parent is None or self.parent.archived:
            return None
        gone = self.parent_key_result and self.parent_key_result.archived
        return self.parent.ref if gone else self.pulls_on

    @property
    def team_id(self) -> TeamId | None:
        """The id of its team, if it has one."""
        return self.team.id if self.team else None

    @property
    def hands(self) -> frozenset[MemberId]:
        """Everybody who owns one of its key results or helps with one, also where it is only proposed."""
        parts = (*self.key_results, *self.proposals)
        return frozenset(each.id for kr in parts for each in (kr.owner, *kr.contributors))

    @property
    def owners(self) -> frozenset[MemberId]:
        """Everybody who has a part in it."""
        return self.stake.owners | self.hands

    def stake_in(self, kr: KeyResult) -> Stake:
        """Who has which part in one of its key results: those who own that or the objective, and those who help."""
        helping = frozenset(each.id for each in kr.contributors)
        return Stake(self.stake.owners | {kr.owner.id}, helping, self.team_id, self.level is Level.COMPANY)

    @property
    def progress(self) -> float | None:
        """The mean progress of its key results by weight, 0.0-1.0, or None while there are none that weigh."""
        whole = sum(kr.weight for kr in self.key_results)
        parts = (float(kr.weight) * kr.measure.progress for kr in self.key_results)
        return min(sum(parts) / float(whole), 1.0) if whole else None

    @property
    def is_weighted(self) -> bool:
        """Whether some of its key results count for more than others, or not at all."""
        weights = {kr.weight for kr in self.key_results}
        return len(weights) > 1 or 0 in weights


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """An objective as somebody wrote it down; people by Slack id, the team by its id, the cycle by its name.

    `parent` names what it pulls on: an objective, or a key result. `tags` are as typed, `template` is the example that
    it began with. What nobody was asked for is None, and what a form left `alone` is named: both stay. `drawn` are the
    lists that it was shown with.
    """

    title: str
    level: Level
    owner: str | None = None
    team: int | None = None
    parent: Reference | None = None
    description: str | None = None
    co_owners: tuple[str, ...] | None = None
    aspirational: bool | None = None
    visibility: Visibility | None = None
    stage: Stage | None = None
    cycle: str | None = None
    tags: str | None = None
    template: str = ""
    alone: frozenset[str] = frozenset()
    drawn: Mapping[str, Container[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyResultDraft:
    """A key result as somebody wrote it down: numbers as typed, milestones one a line, people by Slack id.

    Without `contributors` whoever helps with it goes on helping; what a form left `alone` is named, and stays.
    `drawn` are the lists that it was shown with.
    """

    title: str
    start: str
    target: str
    unit: str
    kind: str
    owner: str | None = None
    current: str = ""
    upper: str = ""
    milestones: str = ""
    weight: str = ""
    contributors: tuple[str, ...] | None = None
    alone: frozenset[str] = frozenset()
    drawn: Mapping[str, Container[str]] = field(default_factory=dict)


def is_open(visibility: Visibility, stage: Stage) -> bool:
    """Whether everybody may know of an objective of which this is true."""
    return visibility is Visibility.EVERYONE and stage is not Stage.DRAFT


READING = {
    Visibility.EVERYONE: Verb.READ_OBJECTIVE,
    Visibility.TEAM: Verb.READ_TEAM_OBJECTIVE,
    Visibility.PRIVATE: Verb.READ_PRIVATE_OBJECTIVE,
}
"""What it takes to know of an objective, by who may."""


def readable(who: Member, objective: Objective) -> bool:
    """Whether this person may know of it: everybody, unless it is a draft, only the team's, or private."""
    drafted = objective.stage is Stage.DRAFT and not may(Verb.READ_DRAFT, who, objective.stake)
    return not drafted and may(READING[objective.visibility], who, objective.stake)


def leave_something_to_ask(key_results: Iterable[KeyResult]) -> bool:
    """Whether any of these has yet to be reached: what is done need not be asked about every week."""
    return any(not kr.measure.is_reached for kr in key_results)


def owned_by(who: Member, objectives: Iterable[Objective]) -> list[KeyResult]:
    """The key results under these agreed objectives that somebody owns, oldest first."""
    agreed = (objective for objective in objectives if objective.stage is Stage.AGREED)
    mine = [kr for objective in agreed for kr in objective.key_results if kr.owner.id == who.id]
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
