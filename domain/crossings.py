"""Crossings: what time alone did to a status, while nobody touched the key result."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from domain.changes import Change, What
from domain.cycles import Cycle
from domain.objectives import KeyResult
from domain.policy import Policy
from domain.status import key_result_status

NOON, LAST = time(12, tzinfo=UTC), time.max.replace(tzinfo=UTC)


def crossings(kr: KeyResult, cycle: Cycle, since: datetime, until: datetime, policy: Policy) -> list[Change]:
    """Each change of its status since then, oldest first and by nobody: it fell behind, grew stale, or what was set by
    hand was over. It is looked at once a day, at noon UTC, as long as its cycle runs; and at the end.
    """
    told = [(at, key_result_status(kr, cycle, at, at.date(), policy)) for at in _looks(cycle, since, until)]
    return [
        Change(kr.objective, What.STATUS, then, now, None, at, kr.id)
        for (_, then), (at, now) in pairwise(told)
        if then is not now
    ]


def _looks(cycle: Cycle, since: datetime, until: datetime) -> list[datetime]:
    begins, over = datetime.combine(cycle.period.starts, NOON), datetime.combine(cycle.period.ends, LAST)
    first, last = max(since, begins), min(until, over)
    noons = (datetime.combine(first.date(), NOON) + timedelta(days=n) for n in range((last - first).days + 2))
    return [first, *(noon for noon in noons if first < noon < last), last] if first < last else []
