"""Time periods as people name them."""

from datetime import date

import pytest

from domain.cycles import Period
from domain.periods import named_period, period_of

Q4 = Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31))
H1 = Period("H1 2027", date(2027, 1, 1), date(2027, 6, 30))
OCTOBER = Period("October 2026", date(2026, 10, 1), date(2026, 10, 31))
YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))

NAMED = {
    "Q4 2026": Q4,
    "2026 q4": Q4,
    "q4'26": Q4,
    "Q4-2026": Q4,
    "4Q26": Q4,
    " Q4   2026 ": Q4,
    "H1 2027": H1,
    "2027 H1": H1,
    "October 2026": OCTOBER,
    "oct 2026": OCTOBER,
    "2026": YEAR,
    "Annual 2026": YEAR,
    "2026 Annual": YEAR,
}


@pytest.mark.parametrize(("typed", "period"), NAMED.items())
def test_a_stretch_of_the_calendar_is_known_by_its_names(typed, period):
    assert named_period(typed) == period


@pytest.mark.parametrize(
    "typed", ["", "Q4 FY26", "FY2026", "Q5 2026", "Q4 0000", "H3 2026", "Foo 2026", "0000", "soon"]
)
def test_what_only_a_company_knows_is_not_guessed(typed):
    assert named_period(typed) is None


@pytest.mark.parametrize("period", [Q4, H1, YEAR, OCTOBER])
def test_days_that_the_calendar_has_a_name_for_get_it(period):
    assert period_of(period.starts, period.ends) == period


def test_other_days_are_their_own_name():
    assert period_of(date(2026, 10, 5), date(2026, 11, 6)).name == "2026-10-05 – 2026-11-06"
