"""How fast Slack may be called: a bucket of calls that fills at a rate, and a rate that learns.

Additive increase and multiplicative decrease, as for TCP (Chiu and Jain, 1989), with CUBIC's memory of where it was
too fast (RFC 9438): a 429 halves the rate, which then returns quickly to a little below that ceiling and from there
feels its way slowly.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.outbox import Method

A_MINUTE = {
    Method.UPDATE: 44.0,
    Method.PUBLISH: 88.0,
    Method.UNFURL: 44.0,
    Method.OPEN: 44.0,
    Method.SEARCH: 44.0,
    Method.UPLOAD: 88.0,
}
"""With their burst a little under Slack's tiers 3 and 4, 50 and 100 a minute; posting has no published figure and is a
setting.
"""

BURST = 0.1
"""Of a minute's calls, how many may go at once after a quiet while."""

UNTRIED = 0.1
"""What each call that goes adds to the rate, in calls a minute, while no ceiling is known."""

RETURN = 0.05
"""Of what is missing to a known ceiling, how much each call brings back."""

BELOW = 0.96
"""Of a known ceiling, where the quick return ends."""

FEELING = 0.01
"""What each call adds from there on."""

SLOWEST = 6.0
"""A minute: however often Slack says that it is too fast, something goes."""

FORGOTTEN = timedelta(hours=1)
"""A ceiling that old says nothing any more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A method's pace in a workspace: `rate` in calls a minute, `tokens` that may go at once, as of a moment.

    `ceiling` is the rate at which Slack last said that it was too fast, at `limited_at`.
    """

    rate: float
    tokens: float
    as_of: datetime
    ceiling: float | None = None
    limited_at: datetime | None = None


def fresh(rate: float, now: datetime) -> Pace:
    """A pace of which nothing is known yet but what to begin with."""
    return Pace(rate, burst(rate), now)


def burst(rate: float) -> float:
    """How many calls may go at once: always one at least."""
    return max(1.0, rate * BURST)


def as_of(pace: Pace, now: datetime) -> Pace:
    """The same a little later; a clock that goes back takes nothing away."""
    passed = max((now - pace.as_of).total_seconds(), 0.0)
    known = pace.limited_at is not None and now - pace.limited_at < FORGOTTEN
    return replace(
        pace,
        tokens=min(burst(pace.rate), pace.tokens + passed * pace.rate / 60),
        as_of=max(now, pace.as_of),
        ceiling=pace.ceiling if known else None,
    )


def taken(pace: Pace, calls: int) -> Pace:
    """The same after so many calls were let go: a little faster with each, if no more would have been let go.

    A pace that nobody uses up says nothing about how fast Slack would take more.
    """
    rate, tokens = pace.rate, pace.tokens - calls
    for _ in range(calls if tokens < 1 else 0):
        rate += _step(rate, pace.ceiling)
    return replace(pace, rate=rate, tokens=tokens)


def limited(pace: Pace, began: datetime, now: datetime) -> Pace:
    """The same after Slack said that it was too fast: once for all calls that were let go before it was known."""
    if pace.limited_at is not None and began <= pace.limited_at:
        return pace
    return replace(
        pace, rate=max(pace.rate / 2, SLOWEST), tokens=min(pace.tokens, 0.0), ceiling=pace.rate, limited_at=now
    )


def wait(pace: Pace) -> timedelta:
    """Until the next call may go."""
    return timedelta(seconds=max(1 - pace.tokens, 0.0) * 60 / pace.rate)


def _step(rate: float, ceiling: float | None) -> float:
    if ceiling is None:
        return UNTRIED
    missing = ceiling * BELOW - rate
    return max(missing * RETURN, FEELING)
