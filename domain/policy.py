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
    """A key result that nobody has updated for this long is stale: a week and three days of grace."""
