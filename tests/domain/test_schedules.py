"""When a weekly ritual falls due, on each person's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.schedules import WEEK, Schedule, ScheduleId, current, following, instant, local_day, occurrence

MONDAY = Schedule(ScheduleId(1), weekday=0, at=time(9), first=date(2026, 1, 5))

zones = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
instants = st.integers(0, 5 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
schedules = st.builds(
    Schedule,
    st.just(ScheduleId(1)),
    st.integers(0, 6),
    st.times().map(lambda at: at.replace(fold=0)),
    st.just(MONDAY.first),
)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("UTC", utc(2026, 11, 23, 9)),
        ("Asia/Kolkata", utc(2026, 11, 23, 3, 30)),
        ("Asia/Kathmandu", utc(2026, 11, 23, 3, 15)),
        ("Australia/Lord_Howe", utc(2026, 11, 22, 22)),
        ("Pacific/Kiritimati", utc(2026, 11, 22, 19)),
        ("Pacific/Honolulu", utc(2026, 11, 23, 19)),
        ("America/St_Johns", utc(2026, 11, 23, 12, 30)),
    ],
)
def test_monday_at_nine_is_on_everybodys_own_clock(zone, opens):
    found = following(MONDAY, zone, utc(2026, 11, 22, 12))
    assert (found.day, found.opens) == (date(2026, 11, 23), opens)


def test_an_hour_that_the_clocks_skip_is_taken_as_far_after_the_gap():
    assert instant(date(2026, 3, 29), time(2, 30), "Europe/Berlin") == utc(2026, 3, 29, 1, 30)
    assert utc(2026, 3, 29, 1, 30).astimezone(ZoneInfo("Europe/Berlin")).time() == time(3, 30)


def test_of_an_hour_that_comes_twice_the_first_is_taken():
    assert instant(date(2026, 10, 25), time(2, 30), "Europe/Berlin") == utc(2026, 10, 25, 0, 30)


def test_the_second_time_around_the_same_hour_opens_nothing_more():
    sunday = Schedule(ScheduleId(1), 6, time(2, 30), date(2026, 1, 4))
    for now in (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 1, 31)):
        assert current(sunday, "Europe/Berlin", now).day == date(2026, 10, 25)
        assert following(sunday, "Europe/Berlin", now).day == date(2026, 11, 1)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 23), 167), (date(2026, 10, 19), 169)])
def test_a_week_in_which_the_clocks_change_is_an_hour_shorter_or_longer(day, hours):
    found = occurrence(MONDAY, day, "Europe/London")
    assert found.closes - found.opens == timedelta(hours=hours)


def test_nothing_is_open_before_the_first_day():
    begins = Schedule(ScheduleId(1), 0, time(9), first=date(2026, 11, 18))
    assert following(begins, "Europe/London", utc(2026, 1, 1)).day == date(2026, 11, 23)
    assert current(begins, "Europe/London", utc(2026, 11, 23, 8, 59)) is None
    assert current(begins, "Europe/London", utc(2026, 11, 23, 9)).day == date(2026, 11, 23)


def test_the_first_day_itself_counts():
    begins = Schedule(ScheduleId(1), 0, time(9), first=date(2026, 11, 23))
    assert following(begins, "Europe/London", utc(2026, 1, 1)).day == date(2026, 11, 23)


def test_what_day_it_is_depends_on_where():
    now = utc(2026, 11, 23, 3)
    assert local_day(now, "America/New_York") == date(2026, 11, 22)
    assert local_day(now, "Asia/Tokyo") == date(2026, 11, 23)


@settings(max_examples=300, deadline=None)
@given(schedules, zones, instants)
@example(MONDAY, "America/Havana", utc(2026, 3, 8, 5))
@example(Schedule(ScheduleId(1), 4, time(0, 30), MONDAY.first), "Africa/Cairo", utc(2026, 4, 24))
def test_it_falls_due_exactly_once_in_every_local_week_of_every_zone(schedule, zone, now):
    open_now, coming = current(schedule, zone, now), following(schedule, zone, now)

    assert open_now is not None
    assert open_now.opens <= now < open_now.closes == coming.opens
    assert coming.day == open_now.day + WEEK
    assert {open_now.day.weekday(), coming.day.weekday()} == {schedule.weekday}


@settings(deadline=None)
@given(schedules, zones, instants)
def test_stepping_from_one_to_the_next_never_leaves_out_a_week(schedule, zone, now):
    days, at = [], now
    for _ in range(6):
        found = following(schedule, zone, at)
        days.append(found.day)
        at = found.opens
    assert days == [days[0] + week * WEEK for week in range(6)]
