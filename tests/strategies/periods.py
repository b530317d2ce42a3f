"""Cycles, and what they ask of people."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from hypothesis import strategies as st

from domain.cycles import BACKLOG, Cycle, CycleId, Period
from domain.home import Planned, Season
from domain.objectives import Heading
from tests.examples import TODAY, cycle, heading
from tests.strategies.plain import booleans, ids, one_of, perhaps, titles


@cache
def headings() -> st.SearchStrategy[Heading]:
    """Any objective's name."""
    return st.builds(heading, st.integers(1, 999_999), titles())


@cache
def headings_elsewhere() -> st.SearchStrategy[Heading]:
    """Any objective's name, with that of another cycle."""
    return st.builds(lambda near, cycle: replace(near, cycle=cycle), headings(), titles(40))


@cache
@st.composite
def cycles(draw: st.DrawFn) -> Cycle:
    """Any cycle, in any state today."""
    first = TODAY + timedelta(days=draw(st.integers(-400, 400)))
    period = Period(draw(titles(40)), first, first + timedelta(days=draw(st.integers(0, 700))))
    built = Cycle(CycleId(draw(ids)), draw(one_of((period, period, period, BACKLOG))))
    return replace(built, closing=draw(booleans), closed=draw(booleans))


@cache
def any_cycle() -> st.SearchStrategy[Cycle]:
    """The one that runs, or any other."""
    return st.just(cycle()) | cycles()


@cache
@st.composite
def plans(draw: st.DrawFn) -> Planned:
    """Any cycle that is being planned."""
    ready, waiting = (draw(st.lists(titles(80), max_size=30)) for _ in range(2))
    return Planned(draw(cycles()), draw(st.integers(1, 60)), tuple(ready), tuple(waiting))


@cache
@st.composite
def seasons(draw: st.DrawFn) -> Season:
    """Whatever cycles can ask of somebody."""
    closing = draw(st.lists(cycles().filter(lambda cycle: not cycle.is_backlog), max_size=3))
    return Season(draw(perhaps(plans())), tuple(closing), tuple(draw(st.lists(headings(), max_size=5))))


@cache
def several_cycles() -> st.SearchStrategy[list[Cycle]]:
    """Some cycles, called anything."""
    return st.lists(titles(80).map(lambda name: Cycle(CycleId(1), Period(name, TODAY, TODAY))), max_size=4)
