"""Days as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import named_day
from tests.examples import TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # on Monday 23 November 2026
        ("2026-12-04", date(2026, 12, 4)),
        ("2026-2-3", date(2026, 2, 3)),
        ("4 Dec", date(2026, 12, 4)),
        ("4th of December", date(2026, 12, 4)),
        ("the 4th of december 2027", date(2027, 12, 4)),
        ("Dec 4", date(2026, 12, 4)),
        ("December 4th, 2026", date(2026, 12, 4)),
        ("on 4 Dec.", date(2026, 12, 4)),
        ("4dec", date(2026, 12, 4)),
        ("4.12.", date(2026, 12, 4)),
        ("4.12.2026", date(2026, 12, 4)),
        ("3 Feb", date(2027, 2, 3)),
        ("23 Nov", TODAY),
        ("29 Feb", date(2028, 2, 29)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("Friday", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("thurs", date(2026, 11, 26)),
        ("monday", date(2026, 11, 30)),
        ("next Friday", date(2026, 12, 4)),
        ("next week", date(2026, 11, 30)),
        ("in two weeks", date(2026, 12, 7)),
        ("3 days", date(2026, 11, 26)),
        ("a week", date(2026, 11, 30)),
        ("end of the month", date(2026, 11, 30)),
        ("", None),
        ("soon", None),
        ("4/12", None),
        ("31 Feb", None),
        ("2026-13-01", None),
        ("0000-01-01", None),
        ("99 Dec", None),
        ("4 Dec 99999", None),
        ("٤ Dec", None),
        ("Q4 2026", None),
        ("they answer", None),
    ],
)
def test_a_day_is_what_people_mean_by_it(typed, day):
    assert named_day(typed, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 360))
def test_a_day_that_is_written_out_is_read_again(today, ahead):
    day = today + timedelta(days=ahead)
    assert named_day(f"{day:%-d %B}", today) == day
    assert named_day(f"{day:%b %-d %Y}", today) == day
    assert named_day(day.isoformat(), today) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_weekday_is_within_a_week(today):
    for ahead in range(1, 8):
        day = today + timedelta(days=ahead)
        assert named_day(f"{day:%A}", today) == named_day(f"{day:%a}", today) == day


@given(st.text(max_size=40))
def test_anything_at_all_is_a_day_or_is_not(typed):
    assert named_day(typed, TODAY) is None or isinstance(named_day(typed, TODAY), date)
