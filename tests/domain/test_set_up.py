"""What an admin may decide before Cairn writes to anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Refusal
from domain.set_up import checked
from tests.examples import TODAY, set_up


def test_the_first_check_in_may_be_today():
    today = set_up(first_check_in=TODAY)
    assert checked(today, True, TODAY) is today


@pytest.mark.parametrize(
    ("days", "because"), [(-1, "That day has passed"), (367, "more than a year away"), (2_900_000, "more than a year")]
)
def test_the_first_check_in_is_neither_past_nor_years_away(days, because):
    with pytest.raises(Refusal, match=because) as refused:
        checked(set_up(first_check_in=TODAY + timedelta(days=days)), True, TODAY)
    assert refused.value.field == "first"


def test_a_pilot_needs_a_team():
    with pytest.raises(Refusal) as refused:
        checked(set_up(), False, TODAY)
    assert refused.value.field == "teams"
    pilot = replace(set_up(), pilot_teams=(1,))
    assert checked(pilot, False, TODAY) is pilot
