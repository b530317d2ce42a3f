"""Schedules, and when each falls due in each zone."""

from dataclasses import replace
from datetime import time, timedelta

from storage import schedules
from tests.examples import NOW, TODAY
from tests.storage.company import ELSEWHERE, HERE, WEEKLY, person, schedule
from tests.storage.units import in_a_session


@in_a_session
def test_a_workspace_has_one_weekly_check_in_which_may_change(session):
    person(session)
    assert schedules.schedule(session, HERE) is None
    first = schedule(session)
    changed = replace(WEEKLY, weekday=3, at=time(16, 30), first=TODAY)
    second = schedules.keep(session, HERE, changed)
    assert second == schedules.schedule(session, HERE) == replace(changed, id=first.id)


@in_a_session
def test_what_is_due_comes_longest_waiting_first_and_no_more_than_asked_for(session):
    person(session)
    person(session, workspace=ELSEWHERE)
    here, there = schedule(session), schedule(session, ELSEWHERE)
    hours = {"Asia/Tokyo": 9, "Asia/Kolkata": 5, "Europe/London": 0, "Pacific/Honolulu": -10}
    for zone, waited in hours.items():
        schedules.keep_due(session, HERE, here.id, zone, NOW - timedelta(hours=waited))
    schedules.keep_due(session, ELSEWHERE, there.id, "Asia/Tokyo", NOW - timedelta(hours=7))

    due = [(workspace, zone) for workspace, _, zone in schedules.due(session, NOW, 10)]
    assert due == [(HERE, "Asia/Tokyo"), (ELSEWHERE, "Asia/Tokyo"), (HERE, "Asia/Kolkata"), (HERE, "Europe/London")]
    assert len(schedules.due(session, NOW, 2)) == 2
    assert schedules.next_due(session) == NOW - timedelta(hours=9)


@in_a_session
def test_a_zone_that_has_had_its_turn_waits_for_the_next(session):
    person(session)
    weekly = schedule(session)
    for at in (NOW, NOW + timedelta(days=7)):
        schedules.keep_due(session, HERE, weekly.id, "Asia/Tokyo", at)
    assert schedules.due(session, NOW, 10) == []
    session.expire_all()
    assert schedules.next_due(session) == NOW + timedelta(days=7)


@in_a_session
def test_zones_that_nobody_has_planned_for_are_known(session):
    person(session)
    weekly = schedule(session)
    schedules.keep_due(session, HERE, weekly.id, "Asia/Tokyo", NOW)
    assert schedules.zones_without(session, weekly.id, {"Asia/Tokyo", "UTC", "Asia/Kolkata"}) == ["Asia/Kolkata", "UTC"]
    schedules.forget_dues(session, weekly.id)
    assert schedules.next_due(session) is None
