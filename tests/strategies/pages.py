"""What somebody looks at: set-up, Home, a list."""

from datetime import date
from functools import cache

from hypothesis import strategies as st

from domain.check_ins import State
from domain.home import Home, TeamWeek
from domain.lists import ATTENTION, SEVERAL, Only, Wanted
from domain.objectives import Level, Status
from domain.outbox import Delivery, Trouble
from domain.people import TeamId
from domain.set_up import Preview, SetUp
from tests.examples import NOW, TODAY, home
from tests.strategies.okrs import several_objectives
from tests.strategies.people import members, teams
from tests.strategies.periods import seasons
from tests.strategies.plain import booleans, ids, notes, one_of, perhaps, titles
from tests.strategies.rituals import check_ins, recognitions


@cache
@st.composite
def set_ups(draw: st.DrawFn) -> SetUp:
    """Any decisions of an admin."""
    pilots = draw(st.lists(ids, max_size=100, unique=True))
    first = draw(st.dates(TODAY, date(2030, 1, 1)))
    return SetUp(draw(perhaps(st.just("C001"))), draw(perhaps(st.just("U001"))), tuple(pilots), first)


@cache
@st.composite
def previews(draw: st.DrawFn) -> Preview:
    """Any preview of a set-up."""
    asked = draw(st.lists(members(), max_size=30))
    return Preview(draw(set_ups()), tuple(asked), draw(st.integers(0, 5_000)), draw(perhaps(titles())))


@cache
@st.composite
def homes(draw: st.DrawFn) -> Home:
    """Anybody's Home."""
    weeks = st.builds(TeamWeek, teams(), st.lists(st.tuples(members(), one_of(State)), max_size=5).map(tuple))
    troubles = st.builds(Trouble, titles(), one_of(("C001", "U001")), one_of(Delivery), notes(), st.just(NOW))
    return home(
        draw(members(workspace_admin=draw(booleans))),
        is_set_up=draw(booleans),
        check_in=draw(perhaps(check_ins())),
        objectives=tuple(draw(several_objectives())),
        teams=tuple(draw(st.lists(weeks, max_size=3))),
        recognition=tuple(draw(st.lists(recognitions(), max_size=8))),
        troubles=tuple(draw(st.lists(troubles, max_size=12))),
        hints=tuple(draw(st.lists(notes(), max_size=3))),
        season=draw(seasons()),
    )


@cache
@st.composite
def lists_wanted(draw: st.DrawFn) -> Wanted:
    """Any list that can be asked for: of a cycle by its name, or of a year."""
    year = draw(perhaps(st.integers(1, 9999)))
    statuses = st.lists(one_of(Status), max_size=3, unique=True).map(tuple)
    people = st.lists(st.integers(1, 999).map("U{:03}".format), max_size=SEVERAL, unique=True)
    return Wanted(
        level=draw(perhaps(one_of(Level))),
        people=tuple(draw(people)),
        teams=tuple(TeamId(id) for id in draw(st.lists(ids, max_size=SEVERAL, unique=True))),
        cycle="" if year else draw(titles(80) | st.just("")),
        year=year,
        statuses=draw(statuses | st.just(ATTENTION)),
        only=draw(perhaps(one_of(Only))),
    )
