"""How far along a measure is: a formula for each way of measuring, in numbers alone.

Each gives the *reach*: 0 where it began, 1 where it should be, more beyond that and less than nothing on the wrong
side. For the roll-up it is held within 0-1 (Perdoo: "any negative values will be treated as 0%"); people are shown the
reach itself. docs/decisions/0017-measures.md says why each is as it is.
"""

from decimal import Decimal

NOTHING, ALL = Decimal(0), Decimal(1)


def along(start: Decimal, target: Decimal, current: Decimal) -> Decimal:
    """Increase to and decrease to: (current - start) / (target - start).

    Linear, as in Viva Goals, Perdoo and Profit.co; the sign of the way says which direction is better.
    """
    way = target - start
    return (current - start) / way if way else NOTHING


def kept(start: Decimal, current: Decimal, lower: Decimal | None, upper: Decimal | None) -> Decimal:
    """Keep at least, at most or between: 1 inside the band, outside it 1 - distance / span.

    The distance is the one to the nearest edge. The span is the distance from where it began, if that was outside: so
    that there is a way to go; else what the band itself offers: its width, or the size of its one edge (1 where that is
    zero). Profit.co's control KPI ("distance from target, as of the check-in date") is the same outside the band, where
    at most 1 at 1.5 is 50%; it gives more than 100% inside, which we do not: to keep something is not to beat it.
    """
    outside = _distance(current, lower, upper)
    if not outside:
        return ALL
    span = _distance(start, lower, upper) or _size(lower, upper) or ALL
    return ALL - outside / span


def through(reached: Decimal, of: int) -> Decimal:
    """Milestones: reached / all of them, each the same step (Profit.co's milestone-tracked key result)."""
    return reached / of if of else NOTHING


def told(known: bool) -> Decimal:
    """Done or not, and a baseline: all or nothing. A baseline is reached by measuring it (OpenOKR, Profit.co)."""
    return ALL if known else NOTHING


def within(reach: Decimal) -> float:
    """The reach as it is rolled up: 0.0-1.0."""
    return min(max(float(reach), 0.0), 1.0) + 0.0  # which makes of -0.0 what people read


def _distance(value: Decimal, lower: Decimal | None, upper: Decimal | None) -> Decimal:
    below = lower - value if lower is not None else NOTHING
    above = value - upper if upper is not None else NOTHING
    return max(below, above, NOTHING)


def _size(lower: Decimal | None, upper: Decimal | None) -> Decimal:
    if lower is not None and upper is not None:
        return upper - lower
    return abs(lower if lower is not None else upper or NOTHING)
