"""Planning the weekly check-in: everybody who is asked, in one statement, once."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from domain.check_ins import State
from domain.outbox import Delivery, Mode, Priority, Sent
from domain.people import Kind
from storage import check_ins, key_results, objectives, people, planning
from storage.tables import CheckInRow, OutboxRow
from tests.examples import NOW, TODAY
from tests.storage.company import (
    ELSEWHERE,
    HERE,
    at,
    check_in,
    cycle,
    key_result,
    objective,
    owning,
    person,
    schedule,
    team,
    week,
)
from tests.storage.outbox import claim, confirm, row
from tests.storage.statements import counted
from tests.storage.units import in_a_session

EXPIRES = at(21)


def asked(session, **only) -> planning.Asked:
    return planning.Asked(HERE, TODAY, **only)


def planned(session, whom: planning.Asked) -> tuple[int, int]:
    """How many check-ins were opened and how many prompts planned for this week."""
    weekly = schedule(session)
    opened = planning.open_for(session, whom, weekly, week(weekly))
    return opened, planning.prompt_for(session, whom, weekly, week(weekly), EXPIRES, NOW)


def names(session, whom: planning.Asked) -> list[str]:
    ids = planning.people_asked(session, whom)
    known = people.by_id(session, HERE, ids)
    return [known[id].name for id in ids]


@in_a_session
def test_planning_twice_asks_once(session):
    for name in ("Ada", "Bo", "Chidi"):
        owning(session, name)
    assert planned(session, asked(session)) == (3, 3)
    assert planned(session, asked(session)) == (0, 0)
    assert sorted(taken.what.place for taken in claim(session)) == ["UADA", "UBO", "UCHIDI"]


@in_a_session
def test_a_prompt_says_what_it_is_about_until_when_and_which_rule_sent_it(session):
    ada = owning(session)
    planned(session, asked(session))
    opened = check_ins.current(session, ada, NOW)
    (taken,) = claim(session)
    assert taken.what.key == f"check-in prompt {opened.id}"
    assert taken.what.facts == {"check_in": opened.id}
    assert (taken.what.kind, taken.what.mode, taken.what.rule) == ("check-in prompt", Mode.SAY, "weekly check-in")
    assert (taken.what.priority, taken.what.expires_at) == (Priority.PROMPT, EXPIRES)
    assert len(taken.mark) == 32


@in_a_session
def test_every_prompt_has_a_mark_of_its_own(session):
    for name in ("Ada", "Bo", "Chidi"):
        owning(session, name)
    planned(session, asked(session))
    assert len({each.mark for each in session.exec(select(OutboxRow))}) == 3


@in_a_session
def test_people_without_a_key_result_in_the_open_cycle_are_left_out(session):
    owning(session)
    objective(session, person(session, "Bo"))
    last_quarter = cycle(session, day=NOW.date() - timedelta(days=90))
    key_result(session, objective(session, person(session, "Chidi"), cycle=last_quarter))
    assert names(session, asked(session)) == ["Ada"]


@in_a_session
def test_whoever_owns_a_part_of_somebody_elses_objective_is_asked(session):
    key_result(session, objective(session, person(session)), person(session, "Bo"))
    assert names(session, asked(session)) == ["Bo"]


@in_a_session
def test_what_is_archived_is_not_asked_about(session):
    ada, bo = person(session), person(session, "Bo")
    gone = objective(session, ada)
    key_result(session, gone)
    objectives.archive(session, gone, NOW)
    part = key_result(session, objective(session, bo))
    assert names(session, asked(session)) == ["Bo"]
    key_results.archive(session, part, NOW)
    assert names(session, asked(session)) == []


@pytest.mark.parametrize("who", [{"kind": Kind.GUEST}, {"kind": Kind.BOT}, {"active": False}], ids=str)
@in_a_session
def test_guests_bots_and_those_who_left_are_never_asked(session, who):
    owning(session, "Marek", **who)
    owning(session)
    assert names(session, asked(session)) == ["Ada"]


@in_a_session
def test_only_pilot_teams_are_asked_while_there_are_any(session):
    ada, bo = owning(session), owning(session, "Bo")
    owning(session, "Chidi")
    growth, core = team(session, "Growth", ada, bo), team(session, "Core", bo)
    assert names(session, asked(session, teams=(core.id,))) == ["Bo"]
    assert names(session, asked(session, teams=(core.id, growth.id))) == ["Ada", "Bo"]
    assert names(session, asked(session)) == ["Ada", "Bo", "Chidi"]


@in_a_session
def test_only_people_on_that_clock_are_asked(session):
    owning(session)
    emi = owning(session, "Emi", zone="Asia/Tokyo")
    assert names(session, asked(session, zone="Asia/Tokyo")) == ["Emi"]
    assert names(session, asked(session, member=emi.id)) == ["Emi"]


@in_a_session
def test_nobody_elsewhere_is_asked(session):
    owning(session)
    owning(session, workspace=ELSEWHERE)
    assert planned(session, asked(session)) == (1, 1)
    assert session.exec(select(func.count()).select_from(CheckInRow)).one() == 1


@pytest.mark.parametrize("state", [State.ANSWERED, State.SKIPPED])
@in_a_session
def test_who_has_checked_in_by_hand_already_is_not_asked(session, state):
    check_ins.settle(session, check_in(session, owning(session)), state, NOW)
    assert planned(session, asked(session)) == (0, 0)


@in_a_session
def test_who_has_opened_the_check_in_by_hand_without_answering_is_still_asked(session):
    opened = check_in(session, owning(session))
    assert planned(session, asked(session)) == (0, 1)
    assert row(session, f"check-in prompt {opened.id}").state == Delivery.PENDING


@in_a_session
def test_a_prompt_that_nobody_answered_is_closed_once_by_the_weeks_after_it(session):
    for name in ("Ada", "Bo", "Chidi"):
        owning(session, name)
    whom, weekly = asked(session), schedule(session)
    planned(session, whom)
    for taken in claim(session):
        if taken.what.place != "UCHIDI":
            confirm(session, taken, Sent("D1", taken.mark), NOW)
    mine = next(each for each in people.members(session, HERE, ("UBO",)))
    check_ins.settle(session, check_ins.current(session, mine, NOW), State.ANSWERED, NOW)
    assert planning.close_prompts(session, whom, weekly, week(weekly), NOW) == 0, "it is still open"
    later = NOW + timedelta(days=14)
    coming = week(weekly, day=later.date())
    assert planning.close_prompts(session, whom, weekly, coming, later) == 1
    assert planning.close_prompts(session, whom, weekly, coming, later) == 0, "once is enough"
    (closed,) = [each.what for each in claim(session) if each.what.kind == "check-in closed"]
    assert (closed.place, closed.mode) == ("UADA", Mode.SHOW)


@in_a_session
def test_a_week_is_planned_in_as_many_statements_for_thirty_people_as_for_one(session):
    owning(session, "Ada")
    whom, weekly = asked(session), schedule(session)
    sent = []
    for more, days in ((0, 0), (30, 7)):
        for number in range(more):
            owning(session, f"P{days}{number}")
        coming = week(weekly, day=NOW.date() + timedelta(days=days))
        with counted(session) as statements:
            planning.open_for(session, whom, weekly, coming)
            planned_ = planning.prompt_for(session, whom, weekly, coming, EXPIRES, NOW)
        sent.append((planned_, len(statements)))
    assert sent == [(1, 2), (31, 2)]
