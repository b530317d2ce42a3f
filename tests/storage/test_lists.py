"""Lists in the database: what is counted and paged is what the one who asks may see, as the rules say."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.lists import Only, Wanted, parts_of
from domain.objectives import Level, Objective, Stage, Visibility, readable
from domain.people import GRANTED, Kind, Member, MemberId, Team
from storage import key_results, lists, objectives, suggestions
from storage.database import Session
from storage.lists import Sought
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, again, cycle, key_result, objective, person, team, with_role
from tests.storage.units import in_a_session

FOLK = 7


@dataclass(frozen=True)
class Part:
    """A key result of somebody's, with others who help: people and teams by their place."""

    owner: int
    stage: Stage
    archived: bool
    helping: frozenset[int]


@dataclass(frozen=True)
class Described:
    """An objective, before there is a database."""

    owner: int
    co_owners: frozenset[int]
    team: int | None
    level: Level
    stage: Stage
    visibility: Visibility
    archived: bool
    parts: tuple[Part, ...]
    score: Decimal | None


somebody = st.integers(0, FOLK - 1)
some = st.frozensets(somebody, max_size=2)
described = st.builds(
    Described,
    owner=somebody,
    co_owners=some,
    team=st.none() | st.integers(0, 1),
    level=st.sampled_from(Level),
    stage=st.sampled_from(Stage),
    visibility=st.sampled_from(Visibility),
    archived=st.sampled_from([False, False, False, True]),
    parts=st.lists(
        st.builds(Part, somebody, st.sampled_from(Stage), st.sampled_from([False, False, True]), some), max_size=3
    ).map(tuple),
    score=st.sampled_from([None, Decimal("0.7")]),
)
companies = st.lists(described, min_size=1, max_size=8)
lists_wanted = st.builds(
    Wanted,
    level=st.none() | st.sampled_from(Level),
    people=st.sampled_from([(), (), ("U1",)]),
    teams=st.sampled_from([(), (), (1,)]),
    only=st.none() | st.sampled_from(Only),
)


def folk(session: Session) -> tuple[list[Member], list[Team]]:
    """Members, guests and holders of every role, some of them in teams and one leading."""
    kinds = [Kind.PERSON, Kind.GUEST, Kind.PERSON, Kind.PERSON, Kind.GUEST, Kind.PERSON, Kind.PERSON]
    met = [person(session, f"P{place}", kind=kind) for place, kind in enumerate(kinds)]
    met[5] = person(session, "P5", workspace_admin=True)
    for role in GRANTED[:-1]:
        met[6] = with_role(session, met[6], role)
    groups = [team(session, "Growth", met[3], met[0], met[1]), team(session, "Core", met[2], met[4])]
    return [again(session, who) for who in met], groups


def set_down(session: Session, what: Described, met: list[Member], groups: list[Team]) -> None:
    at = groups[what.team] if what.team is not None else None
    about = {"level": what.level, "stage": what.stage, "visibility": what.visibility, "team": at, "score": what.score}
    made = objective(session, met[what.owner], **about)
    objectives.share(session, made, [met[each] for each in what.co_owners - {what.owner}])
    for part in what.parts:
        kr = key_result(session, made, met[part.owner], stage=part.stage)
        key_results.let_help(session, kr, [met[each] for each in part.helping])
        if part.archived:
            key_results.archive(session, kr, NOW)
    if what.archived:
        objectives.archive(session, made, NOW)


def fits(each: Objective, wanted: Wanted, people: set[MemberId]) -> bool:
    """The same as the list says it, of an objective that is loaded."""
    only = {Only.PRIVATE: each.visibility is Visibility.PRIVATE, Only.DRAFTS: each.stage is Stage.DRAFT}
    only |= {Only.PROPOSED: each.stage is Stage.PROPOSED}
    only |= {Only.UNSCORED: each.stage is Stage.AGREED and each.score is None}
    in_teams = not wanted.teams or (each.team_id in wanted.teams)
    theirs = parts_of(people, each) != frozenset()
    return theirs and wanted.level in (None, each.level) and in_teams and (wanted.only is None or only[wanted.only])


@in_a_session
def test_what_is_counted_and_paged_is_what_the_rules_let_somebody_read(session):
    met, groups = folk(session)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(companies, lists_wanted)
    def holds(company: list[Described], wanted: Wanted) -> None:
        named = cycle(session).name if wanted.only is Only.UNSCORED else ""
        wanted = replace(wanted, teams=(groups[0].id,) if wanted.teams else (), people=wanted.people, cycle=named)
        kept = session.begin_nested()
        for what in company:
            set_down(session, what, met, groups)
        of = {met[0].id} if wanted.people else set()
        during = tuple(each.id for each in lists.cycles_of(session, met[0], wanted, TODAY))
        there = objectives.in_cycle(session, HERE, TODAY)
        having_a_part = [each.id for each in there if parts_of({met[0].id}, each) != frozenset()]
        assert [each.id for each in objectives.in_cycle(session, HERE, TODAY, owner=met[0])] == having_a_part
        for who in met:
            sought = Sought(wanted, who, during, tuple(of))
            expected = [each.id for each in there if readable(who, each) and fits(each, wanted, of)]
            assert lists.ids(session, sought) == expected
            assert lists.count(session, sought) == len(expected)
            assert lists.ids(session, sought, 1, 2) == expected[1:3]
        kept.rollback()

    holds()


@in_a_session
def test_what_is_suggested_is_what_the_rules_let_somebody_read(session):
    met, groups = folk(session)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(companies)
    def holds(company: list[Described]) -> None:
        kept = session.begin_nested()
        for what in company:
            set_down(session, what, met, groups)
        here = [cycle(session).id]
        there = [each for each in objectives.in_cycle(session, HERE, TODAY) if each.stage is not Stage.DECLINED]
        for who in met:
            expected = [each.id for each in there if readable(who, each)]
            assert suggestions.called(session, who, here, (), 99) == expected
            assert suggestions.called(session, who, here, ("nobody", "waits"), 99) == expected
            assert suggestions.called(session, who, here, ("nobody", "sleeps"), 99) == []
        kept.rollback()

    holds()


@in_a_session
def test_somebody_who_has_left_is_shown_nothing(session):
    ada = person(session)
    objective(session, ada)
    here = (cycle(session).id,)
    assert lists.count(session, Sought(Wanted(), ada, here)) == 1
    assert lists.count(session, Sought(Wanted(), replace(ada, active=False), here)) == 0


@in_a_session
def test_a_year_is_every_cycle_that_lies_in_it(session):
    ada = person(session)
    this, last = cycle(session), cycle(session, day=TODAY - timedelta(days=90))
    cycle(session, day=TODAY - timedelta(days=400))
    found = lists.cycles_of(session, ada, Wanted(year=TODAY.year), TODAY)
    assert {each.id for each in found} == {this.id, last.id}
    old = objective(session, ada, cycle=last)
    new = objective(session, ada)
    sought = Sought(Wanted(), ada, tuple(each.id for each in found))
    assert lists.ids(session, sought) == [old.id, new.id]


@in_a_session
def test_a_cycle_that_nobody_opened_has_nothing_in_it(session):
    ada = person(session)
    objective(session, ada)
    assert lists.cycles_of(session, ada, Wanted(cycle="Q1 1999"), TODAY) == []
    assert lists.count(session, Sought(Wanted(), ada, ())) == 0
