"""Marks: the days on which something is to be done about a cycle."""

from datetime import date, timedelta
from enum import StrEnum

from domain.cycles import Cycle
from domain.policy import Policy

COUNTDOWN = (21, 7, 1)
"""Days before a cycle begins on which those who plan it hear of it."""

LAST_CALL = 3
"""Days before the last one for scoring on which those who have not scored hear of it."""

FRESH = timedelta(days=7)
"""What a mark asks for is still done so long after its day; later nobody would know why."""


class Mark(StrEnum):
    """Why a cycle is looked at on a day."""

    COUNTDOWN = "it begins soon"
    FORGOTTEN = "what is not agreed may have been forgotten"
    NEXT = "the next one is planned"
    CLOSING = "it is scored from today on"
    LAST_CALL = "it is scored for a few days more"
    CLOSED = "it is closed from today on"


def marks(cycle: Cycle, policy: Policy) -> list[tuple[date, Mark]]:
    """The days on which something is to be done about a cycle, in their order; none for the backlog.

    While it runs, what is not agreed is looked for again and again, each time after as long as makes things stale.
    """
    if cycle.is_backlog:
        return []
    begins, after, closes = cycle.period.starts, cycle.period.ends, cycle.scored_until
    ahead = [days for days in COUNTDOWN if days <= 7 * policy.planning_weeks]
    each = [(begins, -days, Mark.COUNTDOWN) for days in ahead]
    each += [(begins, days, Mark.FORGOTTEN) for days in _while_it_runs(cycle, max(policy.stale_after.days, 1))]
    each += [(after, 1 - 7 * policy.planning_weeks, Mark.NEXT), (after, 1, Mark.CLOSING)]
    each += [(closes, -LAST_CALL, Mark.LAST_CALL), (closes, 1, Mark.CLOSED)]
    return sorted(_moved(day, by, mark) for day, by, mark in each)


def _while_it_runs(cycle: Cycle, every: int) -> range:
    return range(every, (cycle.period.ends - cycle.period.starts).days + 1, every)


def _moved(day: date, by: int, mark: Mark) -> tuple[date, Mark]:
    """A mark some days from a day, held within what is a day in every zone."""
    return date.fromordinal(min(max(day.toordinal() + by, 2), date.max.toordinal() - 2)), mark
