"""People and their teams."""

from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any

from hypothesis import strategies as st

from domain.people import GRANTED, Kind, Member, Team, TeamId
from tests.examples import WORKSPACE, member
from tests.strategies.plain import booleans, ids, one_of, perhaps, titles

SLACK_ID = attrgetter("slack_id")

_FEW = st.integers(1, 999)
_KINDS = st.sampled_from([Kind.PERSON, Kind.PERSON, Kind.GUEST])
_ROLES = st.frozensets(st.sampled_from(GRANTED))


@cache
@st.composite
def members(draw: st.DrawFn, **changes: Any) -> Member:
    """Anybody who is here."""
    built = member(draw(_FEW), draw(titles(80)))
    return replace(built, kind=draw(_KINDS), granted=draw(_ROLES), **changes)


@cache
@st.composite
def teams(draw: st.DrawFn) -> Team:
    """Any team."""
    inside = draw(st.lists(members(), max_size=4, unique_by=SLACK_ID))
    lead = draw(perhaps(members()))
    channel = draw(one_of((None, "C001", "G002")))
    archived = draw(booleans)
    return Team(TeamId(draw(ids)), WORKSPACE, draw(titles(80)), lead, tuple(inside), channel, None, archived)
