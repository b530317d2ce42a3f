"""Cycles that are closed before their time, or are called like something else."""

from datetime import timedelta

import pytest

from domain.cycles import CycleDraft, CycleState, Step, steps
from domain.errors import NotFound, Refusal
from domain.objectives import Level, ObjectiveDraft, Stage
from domain.people import Role
from operations import alignment, cycles, finding, home, lists, objectives
from storage import cycles as known
from storage import objectives as stored
from storage import people, policy
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, again, cycle, key_result, objective, person, team, with_role
from tests.storage.units import in_a_session

WEEK = timedelta(days=7)


def champion(session):
    """Hana runs the programme in a workspace that is set up."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    session.expire_all()
    return again(session, hana)


def shut(session, hana, which):
    """Hana closes a cycle by hand."""
    for step in (Step.BEGIN, Step.CLOSE):
        cycles.step(session, hana, which.id, step, NOW)


@in_a_session
def test_a_new_objective_is_for_the_next_quarter_once_this_one_has_been_closed(session):
    hana, ada = champion(session), person(session)
    this = cycle(session)
    shut(session, hana, this)

    assert objectives.choices(session, ada, NOW).cycles == ("Q1 2027", "Backlog")
    made = objectives.add(session, ada, ObjectiveDraft("Nobody waits", Level.INDIVIDUAL), NOW).only
    assert (made.cycle.name, made.cycle.state(TODAY), made.stage) == ("Q1 2027", CycleState.PLANNING, Stage.DRAFT)
    with pytest.raises(Refusal, match="That cycle is not open any more"):
        objectives.add(session, ada, ObjectiveDraft("Once more", Level.INDIVIDUAL, cycle=this.name), NOW)


def without_quarters(session):
    """Hana runs the programme where cycles are only opened by hand."""
    hana = champion(session)
    policy.change(session, HERE, {"quarters": False}, hana, NOW)
    session.expire_all()
    return again(session, hana)


@in_a_session
def test_a_new_objective_waits_in_the_backlog_where_no_cycle_runs_or_is_planned(session):
    hana, ada = without_quarters(session), person(session)
    made = objectives.add(session, ada, ObjectiveDraft("Nobody waits", Level.INDIVIDUAL), NOW).only
    assert made.cycle.is_backlog
    sprint = cycles.add(session, hana, CycleDraft("Sprint", TODAY - WEEK, TODAY + WEEK), NOW).cycle
    shut(session, hana, sprint)
    made = objectives.add(session, ada, ObjectiveDraft("Nobody waits", Level.INDIVIDUAL), NOW).only
    assert made.cycle.is_backlog
    assert objectives.choices(session, ada, NOW).cycles == ("Backlog",)


@in_a_session
def test_a_new_objective_is_for_the_cycle_that_is_planned_where_none_runs(session):
    hana, ada = without_quarters(session), person(session)
    cycles.add(session, hana, CycleDraft("Spring", TODAY + WEEK, TODAY + 9 * WEEK), NOW)
    made = objectives.add(session, ada, ObjectiveDraft("Nobody waits", Level.INDIVIDUAL), NOW).only
    assert made.cycle.name == "Spring"
    assert objectives.choices(session, ada, NOW).cycles == ("Spring", "Backlog")


@pytest.mark.parametrize("name", ["at risk", "Company", "next quarter", "***", "growth"])
@in_a_session
def test_no_cycle_is_called_like_something_else_that_a_list_can_be_of(session, name):
    hana = champion(session)
    team(session, "Growth", hana)
    with pytest.raises(Refusal, match="means something else") as refused:
        cycles.add(session, hana, CycleDraft(name, TODAY, TODAY + WEEK), NOW)
    assert refused.value.field == "name"
    assert known.named(session, HERE, name) is None


@pytest.mark.parametrize("name", ["KR-1", "o 12", "b5", "2027"])
@in_a_session
def test_no_cycle_is_called_like_a_reference_or_a_year(session, name):
    with pytest.raises(Refusal, match=r"Where somebody types .* they mean") as refused:
        cycles.add(session, champion(session), CycleDraft(name, TODAY, TODAY + WEEK), NOW)
    assert refused.value.field == "name"


@in_a_session
def test_a_short_cycle_takes_nothing_over_from_the_quarter_that_it_runs_beside(session):
    hana, ada = champion(session), person(session)
    launch = cycles.add(session, hana, CycleDraft("Launch", TODAY, TODAY + WEEK), NOW).cycle
    for now in (NOW, NOW + timedelta(hours=1)):
        assert cycles.standing(session, ada, "", now).cycle.name == "Q4 2026"
        assert home.home(session, ada, now).cycle.name == "Q4 2026"
        assert objectives.choices(session, ada, now).cycles == ("Q4 2026", "Launch", "Q1 2027", "Backlog")
        made = objectives.add(session, ada, ObjectiveDraft("Nobody waits", Level.INDIVIDUAL), now).only
        assert made.cycle.name == "Q4 2026"
    objectives.add(session, ada, ObjectiveDraft("We are seen", Level.INDIVIDUAL, cycle="Launch"), NOW)
    assert finding.find(session, ada, finding.Which(person=ada.slack_id), NOW).cycle.name == "Q4 2026"
    assert alignment.tree(session, ada, finding.Which(), NOW).heading == "Alignment · Q4 2026"
    shut(session, hana, made.cycle)
    assert cycles.standing(session, ada, "", NOW).cycle.id == launch.id


@in_a_session
def test_that_a_cycle_is_closing_stands_on_the_home_of_those_who_own_something_in_it(session):
    hana, ada, bo, emi = champion(session), person(session), person(session, "Bo"), person(session, "Emi")
    mine = objective(session, ada)
    stored.share(session, mine, [bo])
    key_result(session, mine, emi)
    cycles.step(session, hana, mine.cycle.id, Step.BEGIN, NOW)
    told = {who.name: len(home.home(session, who, NOW).season.closing) for who in (hana, ada, bo, emi)}
    assert told == {"Hana": 0, "Ada": 1, "Bo": 1, "Emi": 1}


@pytest.mark.parametrize(
    ("typed", "name"),
    [("", "Q4 2026"), ("q4", "Q4 2026"), ("Q1 2027", "Q1 2027"), ("2027-q1", "Q1 2027"), ("BACKLOG", "Backlog")],
)
@in_a_session
def test_what_the_form_offers_can_be_looked_at_before_anything_is_in_it(session, typed, name):
    hana = champion(session)
    found = cycles.standing(session, hana, typed, NOW)
    assert (found.cycle.name, found.cycle.is_opened, steps(found.cycle, TODAY)) == (name, False, ())
    with pytest.raises(NotFound):
        cycles.standing(session, hana, "Q2 2027", NOW)


@in_a_session
def test_a_list_says_what_can_be_added_to_it_only_where_that_is_so(session):
    hana, ada = champion(session), person(session)
    cycle(session)
    said = {words: lists.typed(session, ada, words, NOW).takes_more for words in ("me", "all Q1 2027", "all Q1 2020")}
    assert said == {"me": True, "all Q1 2027": True, "all Q1 2020": False}
    shut(session, hana, cycle(session))
    assert not lists.typed(session, ada, "all Q4 2026", NOW).takes_more


@in_a_session
def test_no_cycle_is_opened_whose_last_day_is_over(session):
    hana = champion(session)
    with pytest.raises(Refusal, match="is over already") as refused:
        cycles.add(session, hana, CycleDraft("Sprint", TODAY - WEEK, TODAY - timedelta(days=1)), NOW)
    assert refused.value.field == "last"
    assert known.named(session, HERE, "Sprint") is None
    assert cycles.add(session, hana, CycleDraft("Sprint", TODAY - WEEK, TODAY), NOW).cycle.period.ends == TODAY


@in_a_session
def test_what_was_closed_by_hand_and_opened_again_takes_objectives_again(session):
    hana, ada = champion(session), person(session)
    mine = objective(session, ada)
    shut(session, hana, mine.cycle)
    cycles.step(session, hana, mine.cycle.id, Step.REOPEN, NOW)
    made = objectives.add(session, ada, ObjectiveDraft("Nobody waits", Level.INDIVIDUAL), NOW).only
    assert made.cycle.id == mine.cycle.id
