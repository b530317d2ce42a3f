"""How a workspace likes things done: one frozen value, handed to rules and views."""

from dataclasses import dataclass
from datetime import date, time, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """Every setting of a workspace, with the defaults that the field has found to work."""

    zone: str = "UTC"
    """IANA zone of the workspace: for its cycles, and for people whose own zone is unknown."""

    check_in_weekday: int = 0
    """The day of the weekly check-in, Monday = 0."""

    check_in_at: time = time(9, 0)
    """The hour of the weekly check-in, on each person's own clock."""

    first_check_in: date | None = None
    """No check-in is asked for before this day."""

    pilot_teams: tuple[int, ...] = ()
    """Only these teams are asked to check in; empty means everyone."""

    recognition_channel: str | None = None
    """Where thanks are posted."""

    values: tuple[str, ...] = ("courage", "craft", "care", "customers", "curiosity")
    """What a thank-you can be tagged with."""

    shortest_reason: int = 8
    """Characters that a thank-you needs before it says anything."""

    most_recipients: int = 10
    """People who can be thanked at once."""

    behind: float = 0.15
    """A key result is at risk when its progress trails the elapsed part of its cycle by more than this."""

    far_behind: float = 0.35
    """... and off track beyond this."""

    stale_after: timedelta = timedelta(days=10)
    """A key result that nobody has updated for this long is stale: a cadence of a week, and three days of grace."""

    low_confidence: int = 3
    """Whoever is this sure or less is asked why."""

    flat_weeks: int = 4
    """A key result that is reported green but has not moved for so many weeks raises a question to its owner."""

    most_objectives: int = 5
    """Objectives of one owner in a cycle beyond which Cairn warns."""

    most_key_results: int = 5
    """Key results of one objective beyond which Cairn warns."""

    quarters: bool = True
    """Whether a cycle is opened for every calendar quarter; without, only those that somebody opens."""

    planning_weeks: int = 3
    """How long before it begins a cycle is planned."""

    closing_days: int = 14
    """How long after its last day a cycle can still be scored."""

    review: bool = False
    """Whether an objective must be agreed by somebody other than its owner before it counts."""
