"""Where a key result will land if it goes on as it has lately: a straight line through what was said of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil

from domain.check_ins import Update
from domain.cycles import Cycle, CycleState
from domain.measures import Measure, MeasureKind

WINDOW = timedelta(weeks=6)
"""How far back it looks: long enough for a few check-ins, short enough to notice a change."""

FEWEST = 3
"""Days with an update that a line needs; a line through two points always fits."""

SHORTEST = timedelta(weeks=2)
"""... and the time that they have to span: what happens within a week or so says little of a quarter."""

FARTHEST = timedelta(days=366)
"""How far away the target may be for its day to be named."""

PROJECTED = frozenset({MeasureKind.INCREASE, MeasureKind.DECREASE, MeasureKind.MILESTONES})
"""Measures that get from one place to another step by step; the others have no way to draw a line along."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Where it lands on the cycle's last day, the day on which the target is reached if it ever is, and what of.

    `points` is on how many days something was said of it, `moves` whether the line goes anywhere at all.
    """

    lands: Decimal
    ends: date
    reaches: date | None
    points: int
    moves: bool

    @property
    def in_time(self) -> bool:
        """Whether the target is reached within the cycle."""
        return self.reaches is not None and self.reaches <= self.ends


def projection(measure: Measure, said: Iterable[Update], cycle: Cycle, now: datetime, today: date) -> Projection | None:
    """Where it is going, by ordinary least squares over the last word of each day of the window (field.md B23).

    None where that would pretend to know: too few days or too short a time, a measure without a way, a target that is
    reached, a cycle that does not run.
    """
    points = _points([each for each in said if measure.reads(each.out_of)], now)
    known = len(points) >= FEWEST and max(points) - min(points) >= SHORTEST
    if not known or measure.kind not in PROJECTED or measure.is_reached or cycle.state(today) is not CycleState.ACTIVE:
        return None
    slope, at_today = _line(points, today)
    days_left = (cycle.period.ends - today).days
    return Projection(
        lands=_tidied(measure, at_today + slope * days_left),
        ends=cycle.period.ends,
        reaches=_reaches(measure, slope, at_today, today),
        points=len(points),
        moves=slope != 0,
    )


def is_projected(measure: Measure) -> bool:
    """Whether it is worth asking what was said of it."""
    return measure.kind in PROJECTED and not measure.is_reached


def _points(said: Iterable[Update], now: datetime) -> dict[date, Decimal]:
    """The last value of each day of the window."""
    recent = sorted((each for each in said if now - WINDOW <= each.at <= now), key=lambda each: each.at)
    return {each.at.date(): each.value for each in recent}


def _line(points: dict[date, Decimal], today: date) -> tuple[Decimal, Decimal]:
    """The slope per day, and the value on the line today: slope = Σ(x-x̄)(y-ȳ) / Σ(x-x̄)²."""
    days = [Decimal((day - today).days) for day in points]
    middle, mean = _mean(days), _mean(points.values())
    together = sum(((x - middle) * (y - mean) for x, y in zip(days, points.values(), strict=True)), Decimal(0))
    slope = together / sum(((x - middle) ** 2 for x in days), Decimal(0))
    return slope, mean - slope * middle


def _mean(values: Collection[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _reaches(measure: Measure, slope: Decimal, at_today: Decimal, today: date) -> date | None:
    """The first day, from tomorrow on, on which the line is at the target or beyond; None if it leads elsewhere."""
    way = measure.target - measure.start
    if slope == 0 or (slope > 0) != (way > 0):
        return None
    days = max(ceil((measure.target - at_today) / slope), 1)
    return today + timedelta(days=days) if days <= FARTHEST.days else None


def _tidied(measure: Measure, value: Decimal) -> Decimal:
    """The value as exactly as it can be believed, within what the measure can be."""
    way = abs(measure.target - measure.start)
    rounded = round(value, 0 if way >= 10 else 1 if way >= 1 else 3)
    if measure.kind is MeasureKind.MILESTONES:
        return min(max(round(value, 0), Decimal(0)), Decimal(len(measure.milestones)))
    if not measure.goes_below_zero:
        rounded = max(rounded, Decimal(0))
    whole = measure.is_share and measure.current <= 100
    return min(rounded, Decimal(100)) if whole else rounded
