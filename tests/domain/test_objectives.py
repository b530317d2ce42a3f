"""What makes an objective whole, and until when it can be changed."""

from datetime import date

import pytest

from domain.errors import Refusal
from domain.objectives import Level, changeable, in_open_cycle, level_and_team
from tests.examples import ADA, BO, TODAY, key_result, objective, team

LAST_DAY, DAY_AFTER = date(2027, 1, 14), date(2027, 1, 15)


def test_a_team_objective_needs_a_team():
    with pytest.raises(Refusal) as refused:
        level_and_team(Level.TEAM, None)
    assert refused.value.field == "team"


@pytest.mark.parametrize("level", Level)
def test_every_level_may_name_a_team(level):
    level_and_team(level, team())


def test_an_objective_can_be_changed_until_its_cycle_is_closed():
    assert changeable(objective(), LAST_DAY) == objective()
    with pytest.raises(Refusal, match="Q4 2026 is closed, so O-12 can be read but no longer changed"):
        changeable(objective(), DAY_AFTER)


def test_an_archived_objective_is_restored_before_it_is_changed():
    archived = objective(archived=True)
    with pytest.raises(Refusal, match="O-12 is archived"):
        changeable(archived, TODAY)
    assert in_open_cycle(archived, TODAY) is archived


def test_whoever_owns_a_key_result_is_one_of_the_owners():
    shared = objective(key_results=(key_result(34), key_result(35, owner=BO)))
    assert shared.owners == {ADA.id, BO.id}
