"""What falls due, on everybody's own clock, and exactly once however people move about."""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from domain.cycles import quarter
from domain.schedules import Schedule, ScheduleId
from domain.set_up import SetUp
from operations import people, planning, set_up
from storage import cycles, outbox, schedules
from storage import people as known
from storage.tables import CheckInRow, OutboxRow
from tests.examples import NOW
from tests.storage.company import HERE, admin, at, key_result, objective, owning, person, profile, team
from tests.storage.outbox import claim, planned
from tests.storage.units import in_a_session

TOKYO, LONDON, HONOLULU = "Asia/Tokyo", "Europe/London", "Pacific/Honolulu"
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def begun(session, first: date = MONDAY, pilot_teams: tuple[int, ...] = ()) -> None:
    """Gus finishes the set-up on a Friday."""
    chosen = SetUp(None, None, pilot_teams, first)
    set_up.finish(session, admin(session), chosen, FRIDAY)


def move(session, handle: str, zone: str, now: datetime) -> None:
    people.keep_profiles(session, HERE, [profile(handle, zone=zone)], now)


def days(session) -> list[date]:
    return sorted(session.exec(select(CheckInRow.day)).all())


@in_a_session
def test_everybody_is_asked_at_nine_on_their_own_monday(session):
    owning(session, "Emi", zone=TOKYO)
    owning(session, "Ada", zone=LONDON)
    owning(session, "Kalea", zone=HONOLULU)
    begun(session)
    asked = []
    while (due := planning.next_due(session)) < at(0, day=25):
        planning.plan(session, due - timedelta(seconds=1))
        before = planned(session, "check-in prompt")
        planning.plan(session, due)
        asked.append((due, planned(session, "check-in prompt")[len(before) :]))
        session.expire_all()
    assert asked == [(at(0), ["UEMI"]), (at(9), ["UADA"]), (at(19), ["UKALEA"])]


@in_a_session
def test_planning_as_often_as_one_likes_asks_once(session):
    owning(session)
    begun(session)
    for minute in range(5):
        planning.plan(session, at(9, minute))
    assert planned(session, "check-in prompt") == ["UADA"]


@in_a_session
def test_after_weeks_asleep_only_the_week_that_is_open_is_asked_about(session):
    owning(session)
    begun(session)
    three_weeks_on = at(9) + timedelta(days=21, hours=1)
    planning.plan(session, three_weeks_on)
    assert days(session) == [MONDAY + timedelta(days=21)]
    assert schedules.next_due(session) == at(9) + timedelta(days=28)


@in_a_session
def test_a_prompt_is_welcome_for_a_day_and_a_half(session):
    owning(session)
    begun(session)
    planning.plan(session, at(9))
    assert claim(session, NOW, calendar=at(9) + planning.STILL_WELCOME) == []
    assert outbox.troubles(session, HERE, 5) == []


@in_a_session
def test_a_few_zones_at_a_time_are_planned_so_that_nobody_waits(session):
    for number in range(15):
        owning(session, f"P{number}", zone=f"Etc/GMT{number - 12:+d}")
    begun(session)
    rounds = []
    while count := planning.plan(session, at(23, day=24), at_most=10):
        rounds.append(count)
    assert len(planned(session, "check-in prompt")) == 15
    assert rounds == [10, 6], "fifteen zones, and the admin's"


@in_a_session
def test_only_the_pilot_teams_are_asked(session):
    ada, gus = owning(session), admin(session)
    owning(session, "Bo")
    begun(session, pilot_teams=(team(session, "Growth", gus, ada).id,))
    planning.plan(session, at(9))
    assert planned(session, "check-in prompt") == ["UADA"]


@in_a_session
def test_who_moves_east_after_the_hour_has_passed_there_is_asked_at_once(session):
    owning(session, "Kalea", zone=HONOLULU)
    begun(session)
    planning.plan(session, at(10))
    move(session, "Kalea", TOKYO, at(10))
    assert planned(session, "check-in prompt") == ["UKALEA"]
    planning.plan(session, at(19))
    planning.plan(session, at(20))
    assert planned(session, "check-in prompt") == ["UKALEA"]


@in_a_session
def test_who_moves_west_before_the_hour_comes_there_is_not_asked_again(session):
    owning(session, "Emi", zone=TOKYO)
    begun(session)
    planning.plan(session, at(0))
    move(session, "Emi", HONOLULU, at(10))
    planning.plan(session, at(19))
    assert planned(session, "check-in prompt") == ["UEMI"]
    assert days(session) == [MONDAY]


@pytest.mark.parametrize("seed", range(4))
@in_a_session
def test_whoever_travels_the_world_is_asked_once_a_week(session, seed):
    travel = random.Random(seed)
    zones = [TOKYO, LONDON, HONOLULU, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/New_York"]
    key_result(session, objective(session, person(session, zone=LONDON)))
    begun(session)
    now, end = FRIDAY, FRIDAY + timedelta(days=29)
    while now < end:
        now += timedelta(hours=travel.choice([1, 3, 7]))
        while planning.plan(session, now):
            pass
        if travel.random() < 0.3:
            move(session, "Ada", travel.choice(zones), now)
    prompts = session.exec(select(OutboxRow).where(OutboxRow.kind == "check-in prompt")).all()
    assert all(each.expires_at > each.planned_at for each in prompts), "each in time to be read"
    assert Counter(days(session)) == {MONDAY + timedelta(days=7 * week): 1 for week in range(4)}
    assert len(prompts) == 4


@in_a_session
def test_somebody_new_is_asked_from_their_first_week_on_their_own_clock(session):
    begun(session)
    move(session, "Emi", TOKYO, FRIDAY)
    emi = known.member(session, HERE, "UEMI")
    key_result(session, objective(session, emi))
    planning.plan(session, at(0))
    assert planned(session, "check-in prompt") == ["UEMI"]


@in_a_session
def test_the_cycle_of_now_is_opened_in_every_workspace_that_is_set_up(session):
    begun(session)
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    for _ in range(2):
        planning.open_cycles(session, new_year)
    assert cycles.found(session, HERE, quarter(new_year.date())).id != cycles.UNOPENED


@in_a_session
def test_a_schedule_is_not_planned_before_its_first_day(session):
    owning(session)
    begun(session, first=date(2026, 12, 2))
    weekly = schedules.schedule(session, HERE)
    assert weekly == Schedule(ScheduleId(weekly.id), 2, time(9), date(2026, 12, 2))
    assert planning.next_due(session) == datetime(2026, 12, 2, 9, tzinfo=UTC)
