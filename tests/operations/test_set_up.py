"""Setting Cairn up: greeted once, previewed, confirmed; nobody else is written to before."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from domain.errors import NotAllowed, Refusal
from domain.people import Kind, Role
from domain.set_up import SetUp
from operations import home, notices, people, planning, set_up
from storage import people as known
from storage import policy, schedules
from storage.tables import OutboxRow
from tests.examples import NOW, TODAY
from tests.storage.company import ELSEWHERE, HERE, admin, again, at, owning, person, profile, team
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

CHOSEN = SetUp("C0KUDOS", "UADA", (), TODAY)


@in_a_session
def test_the_first_admin_who_comes_along_is_greeted_once(session):
    ada, gus, lin = person(session), admin(session), admin(session, "Lin")
    for who in (ada, gus, gus, lin):
        home.opened(session, who, NOW)
    assert planned(session, "greeting") == ["UGUS"]
    assert known.workspace(session, HERE).installer == "UGUS"


@in_a_session
def test_nobody_is_greeted_where_everything_is_set_up(session):
    gus = admin(session)
    known.finish_set_up(session, HERE, NOW)
    session.expire_all()
    set_up.greet(session, gus, NOW)
    assert planned(session, "greeting") == []


@in_a_session
def test_the_preview_names_who_is_asked_first_and_counts_the_others(session):
    gus, ada = admin(session), owning(session)
    owning(session, "Bo")
    person(session, "Chidi")
    owning(session, "Marek", kind=Kind.GUEST)
    growth = team(session, "Growth", gus, ada)

    whole = set_up.preview(session, gus, CHOSEN, True, "It is private", NOW)
    assert ([who.name for who in whole.asked], whole.later) == (["Ada", "Bo"], 2)
    assert (whole.choices, whole.channel_problem) == (CHOSEN, "It is private")

    pilot = set_up.preview(session, gus, replace(CHOSEN, pilot_teams=(growth.id,)), False, None, NOW)
    assert ([who.name for who in pilot.asked], pilot.later) == (["Ada"], 1)
    assert set_up.preview(session, gus, pilot.choices, True, None, NOW).choices.pilot_teams == ()


@in_a_session
def test_a_preview_writes_to_nobody_and_changes_nothing(session):
    gus = admin(session)
    owning(session)
    set_up.preview(session, gus, CHOSEN, True, None, NOW)
    assert session.exec(select(OutboxRow)).all() == []
    assert schedules.schedule(session, HERE) is None
    assert policy.policy(session, HERE).recognition_channel is None


@pytest.mark.parametrize(
    ("changes", "everyone", "field"),
    [
        ({"first_check_in": TODAY - timedelta(days=1)}, True, "first"),
        ({"first_check_in": date(9999, 12, 31)}, True, "first"),
        ({}, False, "teams"),
        ({"champion": "UNOBODY"}, True, "champion"),
        ({"champion": "UZOE"}, True, "champion"),
        ({"champion": "UNOOR"}, True, "champion"),
    ],
    ids=str,
)
@in_a_session
def test_decisions_that_do_not_hold_are_refused_beside_the_field(session, changes, everyone, field):
    gus = admin(session)
    person(session)
    person(session, "Noor", active=False)
    person(session, "Zoe", workspace=ELSEWHERE)
    with pytest.raises(Refusal) as refused:
        set_up.preview(session, gus, replace(CHOSEN, **changes), everyone, None, NOW)
    assert refused.value.field == field


@in_a_session
def test_only_an_admin_sets_cairn_up(session):
    ada = person(session)
    for attempt in (
        lambda: set_up.choices(session, ada, NOW),
        lambda: set_up.preview(session, ada, CHOSEN, True, None, NOW),
        lambda: set_up.finish(session, ada, CHOSEN, NOW),
    ):
        with pytest.raises(NotAllowed, match="You cannot set Cairn up"):
            attempt()
    assert not known.workspace(session, HERE).is_set_up


@in_a_session
def test_finishing_keeps_every_decision_and_begins(session):
    gus, ada = person(session, "Gus", workspace_admin=True, zone="Asia/Kolkata"), owning(session)
    wednesday = TODAY + timedelta(days=2)
    set_up.finish(session, gus, replace(CHOSEN, first_check_in=wednesday), NOW)
    session.expire_all()

    rules = policy.policy(session, HERE)
    assert (rules.recognition_channel, rules.pilot_teams, rules.zone) == ("C0KUDOS", (), "Asia/Kolkata")
    assert (rules.first_check_in, rules.check_in_weekday, rules.check_in_at) == (wednesday, 2, time(9))
    assert Role.CHAMPION in again(session, ada).roles
    assert known.workspace(session, HERE).set_up_at == NOW
    assert planning.next_due(session) == at(3, 30, day=25)


@in_a_session
def test_finishing_again_moves_the_day_without_asking_anybody_twice_for_it(session):
    gus, _ada = admin(session), owning(session)
    for _ in range(2):
        set_up.finish(session, gus, CHOSEN, at(8))
        planning.plan(session, at(9))
    assert planned(session, "check-in prompt") == ["UADA"]
    thursday = TODAY + timedelta(days=3)
    set_up.finish(session, gus, replace(CHOSEN, first_check_in=thursday), at(10))
    session.expire_all()
    assert planning.next_due(session) == at(9, day=26)


@in_a_session
def test_another_champion_takes_the_place_of_the_first(session):
    gus, ada, bo = admin(session), person(session), person(session, "Bo")
    for champion, champions in (("UADA", [True, False]), ("UBO", [False, True]), (None, [False, False])):
        set_up.finish(session, gus, replace(CHOSEN, champion=champion), NOW)
        assert [Role.CHAMPION in again(session, who).roles for who in (ada, bo)] == champions


@in_a_session
def test_changing_only_the_channel_leaves_this_weeks_check_ins_as_they_are(session):
    gus, _ada = admin(session), owning(session)
    set_up.finish(session, gus, CHOSEN, at(8))
    due = planning.next_due(session)
    later = CHOSEN.first_check_in + timedelta(days=9)
    moment = at(10) + timedelta(days=(later - TODAY).days)
    set_up.preview(session, gus, replace(CHOSEN, channel="C2"), True, None, moment)
    set_up.finish(session, gus, replace(CHOSEN, channel="C2"), moment)
    assert planning.next_due(session) == due


@in_a_session
def test_what_was_noticed_before_is_told_when_cairn_begins(session):
    gus = admin(session)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    person(session)
    set_up.finish(session, gus, CHOSEN, NOW)
    assert planned(session, "hint") == ["UGUS"]


@in_a_session
def test_until_it_is_finished_nobody_but_the_one_who_is_greeted_is_written_to(session):
    gus = admin(session)
    owning(session)
    home.opened(session, gus, NOW)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    people.keep_profiles(session, HERE, [profile("Ada", zone="Asia/Tokyo")], NOW)
    planning.plan(session, NOW + timedelta(days=30))
    written = {(each.kind, each.place) for each in session.exec(select(OutboxRow))}
    assert written == {("greeting", "UGUS"), ("home", "home/UGUS")}
