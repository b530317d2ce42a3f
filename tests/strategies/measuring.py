"""Measures of every kind, and scores."""

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from domain.measures import Measure, MeasureKind
from tests.examples import baseline, done_or_not, milestones
from tests.strategies.plain import booleans, decimals, one_of, titles


@cache
@st.composite
def ways(draw: st.DrawFn) -> Measure:
    """Any way up or down, with as many decimals as can be typed; its current value may have more."""
    numbers = decimals(-1_000_000, 1_000_000, places=draw(one_of((0, 0, 2, 6))))
    start = draw(numbers)
    target = draw(numbers.filter(lambda number: number != start))
    current = start + (target - start) * Decimal(draw(st.integers(-1, 7))) / 6
    kind = MeasureKind.INCREASE if target > start else MeasureKind.DECREASE
    return Measure(start, target, current, draw(units()), kind)


@cache
def units() -> st.SearchStrategy[str]:
    """Any unit."""
    return titles(20) | one_of(("", "%", "€", "US$", "CHF"))


@cache
@st.composite
def bands(draw: st.DrawFn) -> Measure:
    """Anything that is to be kept at least, at most or between."""
    numbers = decimals(-1_000_000, 1_000_000, places=draw(one_of((0, 0, 2, 6))))
    kind = draw(one_of((MeasureKind.AT_LEAST, MeasureKind.AT_MOST, MeasureKind.BETWEEN)))
    start, edge, current = draw(numbers), draw(numbers), draw(numbers)
    width = draw(decimals("0.000001", 1_000_000, places=6))
    upper = edge + width if kind is MeasureKind.BETWEEN else None
    return Measure(start, edge, current, draw(units()), kind, upper)


@cache
@st.composite
def checklists(draw: st.DrawFn) -> Measure:
    """Any milestones, some of them reached."""
    names = tuple(draw(st.lists(titles(120), min_size=2, max_size=20, unique_by=str.casefold)))
    return milestones(0, names).reaching(tuple(name for name in names if draw(st.booleans())))


@cache
def baselines() -> st.SearchStrategy[Measure]:
    """Anything to be measured first, measured or not."""
    numbers = decimals(-1_000_000, 1_000_000, places=2).map(str)
    return st.builds(baseline, st.none() | numbers, units())


@cache
def measures() -> st.SearchStrategy[Measure]:
    """Any measure of any kind."""
    others = st.one_of(bands(), checklists(), st.builds(done_or_not, booleans), baselines())
    return st.one_of(ways(), ways(), others)


@cache
def scores() -> st.SearchStrategy[Decimal]:
    """Any score."""
    return decimals(0, 1, places=2)
