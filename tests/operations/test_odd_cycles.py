"""Cycles that are closed before their time, or are called like something else."""

from datetime import timedelta

import pytest

from domain.cycles import CycleState, Step
from domain.errors import Refusal
from domain.objectives import Level, ObjectiveDraft, Stage
from domain.people import Role
from operations import cycles, objectives
from operations.cycles import CycleDraft
from storage import cycles as known
from storage import people, policy
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, again, cycle, objective, person, team, with_role
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
