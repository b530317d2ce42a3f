"""Objectives and key results, and what is tied to them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from operator import attrgetter

from hypothesis import strategies as st

from domain.dependencies import Dependency
from domain.objectives import Answered, KeyResult, Level, Objective, Override, Stage, Visibility, Waiting
from domain.overrides import SETTABLE
from domain.projection import Projection
from domain.references import Prefix, Reference
from tests.examples import NOW, TODAY, dependency, key_result, objective, override, projection, pulled
from tests.strategies.measuring import measures, scores
from tests.strategies.people import SLACK_ID, members, teams
from tests.strategies.periods import any_cycle, headings, headings_elsewhere
from tests.strategies.plain import booleans, decimals, ids, notes, one_of, perhaps, titles, typed

_NUMBER = attrgetter("number")

references = st.builds(Reference, one_of((Prefix.OBJECTIVE, Prefix.KEY_RESULT)), st.integers(1, 999_999_999))


@cache
@st.composite
def key_results(draw: st.DrawFn) -> KeyResult:
    """Any key result."""
    built = key_result(draw(st.integers(1, 999_999)), draw(titles()), owner=draw(members()), measure=draw(measures()))
    updated = draw(st.none() | st.integers(0, 40).map(lambda days: NOW - timedelta(days=days)))
    confidence = draw(perhaps(st.integers(1, 10)))
    archived = draw(one_of((False, False, True)))
    helping = draw(st.lists(members(), max_size=7, unique_by=SLACK_ID))
    built = replace(built, contributors=tuple(helping), waits_for=tuple(draw(st.lists(waits(), max_size=4))))
    weight = draw(one_of(("1", "1", "0", "2", "0.5", "100")).map(Decimal))
    about = {"confidence": confidence, "note": draw(notes()), "updated_at": updated, "archived": archived}
    return replace(built, weight=weight, override=draw(perhaps(overrides())), **about)


@cache
@st.composite
def overrides(draw: st.DrawFn) -> Override:
    """Any status that somebody may have set by hand, in force or over."""
    until = TODAY + timedelta(days=draw(st.integers(-3, 28)))
    reason = draw(notes().map(lambda text: text or "So it is"))
    return override(draw(one_of(SETTABLE)), reason=reason, until=until, by=draw(members()))


@cache
@st.composite
def projections(draw: st.DrawFn) -> Projection:
    """Anywhere that a key result may land."""
    reaches = draw(perhaps(st.dates(TODAY, date(2028, 1, 1))))
    lands = draw(decimals(-1_000_000, 10**15, places=3))
    return projection(lands=lands, reaches=reaches, points=draw(st.integers(3, 42)), moves=draw(booleans))


@cache
def waits() -> st.SearchStrategy[Waiting]:
    """Anything that another team can be needed for."""
    return st.builds(Waiting, ids, titles(80), titles(), one_of(Answered), typed(200))


@cache
def several_key_results(at_most: int = 4) -> st.SearchStrategy[list[KeyResult]]:
    """Some key results, each with a number of its own."""
    return st.lists(key_results(), max_size=at_most, unique_by=_NUMBER)


@cache
@st.composite
def objectives(draw: st.DrawFn) -> Objective:
    """Any objective."""
    parent = draw(perhaps(headings()))
    on_one = draw(st.none() | st.builds(pulled, st.integers(1, 999_999), titles())) if parent else None
    return objective(
        draw(st.integers(1, 999_999)),
        draw(titles()),
        level=draw(one_of(Level)),
        owner=draw(members()),
        team=draw(perhaps(teams())),
        parent=parent,
        parent_key_result=on_one,
        key_results=tuple(draw(several_key_results(3))),
        proposals=tuple(draw(proposals())),
        archived=draw(one_of((False, False, True))),
        co_owners=tuple(draw(st.lists(members(), max_size=5, unique_by=SLACK_ID))),
        stage=draw(one_of((Stage.AGREED, *Stage))),
        visibility=draw(one_of(Visibility)),
        aspirational=draw(booleans),
        description=draw(notes()),
        tags=draw(tags()),
        carried_from=draw(perhaps(headings_elsewhere())),
        carried_to=draw(perhaps(headings_elsewhere())),
        score=draw(perhaps(scores())),
        cycle=draw(any_cycle()),
    )


@cache
def proposals() -> st.SearchStrategy[list[KeyResult]]:
    """Key results that wait for an answer."""
    waiting = key_results().map(lambda kr: replace(kr, stage=Stage.PROPOSED, archived=False))
    return st.lists(waiting, max_size=2, unique_by=_NUMBER)


@cache
def tags() -> st.SearchStrategy[tuple[str, ...]]:
    """The tags of something, as they are kept."""
    one = titles(20).map(lambda text: text.replace(",", " ").lstrip("# ") or "x").map(lambda text: text.split()[0])
    return st.lists(one, max_size=4, unique_by=str.casefold).map(tuple)


@cache
def several_objectives(at_most: int = 3) -> st.SearchStrategy[list[Objective]]:
    """Some objectives, each with a number of its own."""
    return st.lists(objectives(), max_size=at_most, unique_by=_NUMBER)


@cache
@st.composite
def dependencies(draw: st.DrawFn) -> Dependency:
    """Any dependency, answered or not."""
    above, state = draw(objectives()), draw(one_of(Answered))
    by = None if state is Answered.ASKED else draw(members())
    return dependency(
        draw(ids),
        draw(titles()),
        key_result=draw(key_results()),
        objective=above,
        team=draw(teams()),
        asked_by=draw(members()),
        state=state,
        answered_by=by,
        answer=draw(typed(200)),
    )
