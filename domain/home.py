"""What somebody sees on their Home: everything of theirs on one page."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.check_ins import CheckIn, State
from domain.cycles import Cycle
from domain.objectives import Heading, Objective
from domain.outbox import Trouble
from domain.people import Member, Team
from domain.policy import Policy
from domain.recognition import Recognition


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is looked at: the instant, the reader's own day, and the workspace's policy."""

    now: datetime
    today: date
    policy: Policy


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """A team's check-ins of the open period: who was asked, and where each stands."""

    team: Team
    each: tuple[tuple[Member, State], ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A cycle that is being planned: in how many days it begins, and which teams have objectives in it."""

    cycle: Cycle
    days: int
    ready: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Season:
    """What the cycles ask of somebody now: one that is planned, those that close in which something is theirs, and what
    of that has no score.
    """

    planned: Planned | None = None
    closing: tuple[Cycle, ...] = ()
    awaited: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Everything on one person's Home, as of a moment.

    `troubles` and `hints` are for admins: what could not be delivered, and what a workspace does not offer.
    """

    who: Member
    moment: Moment
    cycle: Cycle
    is_set_up: bool
    check_in: CheckIn | None
    objectives: tuple[Objective, ...]
    teams: tuple[TeamWeek, ...]
    recognition: tuple[Recognition, ...]
    troubles: tuple[Trouble, ...] = ()
    hints: tuple[str, ...] = ()
    season: Season = Season()
