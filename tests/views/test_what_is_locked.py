"""What a card offers of an objective that has its score: nothing that would only be refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.objectives import Stage
from tests.examples import ADA, BO, CHIDI, NOW, key_result, moment, objective
from tests.views.slack import pressed
from views import objectives
from views.cards import rest
from views.key_results import rest as rest_of_part

OVER = moment(NOW + timedelta(days=40))
LOCKED = {"key_result.update", "update", "status", "add_kr", "key_result.add", "propose_kr", "accept", "decline"}


def offered(drawn: object) -> set[str]:
    """What can be pressed or chosen: actions, and the first words of a menu's entries."""
    each = pressed(drawn)
    return {action for action, _ in each} | {value.split()[0] for _, value in each if value}


@pytest.mark.parametrize("viewer", [ADA, BO, CHIDI])
def test_a_scored_objective_offers_no_update_no_status_and_nothing_more_to_add(viewer):
    proposal = key_result(8, stage=Stage.PROPOSED)
    parts = (key_result(1), key_result(2, owner=BO), key_result(3, archived=True))
    scored = objective(score=Decimal("0.5"), key_results=parts, proposals=(proposal,))
    shown = offered(objectives.card(scored, OVER, viewer))
    assert shown.isdisjoint({*LOCKED, "restore"})
    assert "more" in shown


def test_until_it_is_scored_all_of_that_is_offered():
    parts = (key_result(1), key_result(2, owner=BO))
    mine = objective(key_results=parts, proposals=(key_result(8, stage=Stage.PROPOSED),))
    assert offered(objectives.card(mine, OVER, ADA)) >= {"key_result.update", "update", "status", "add_kr", "accept"}
    assert "propose_kr" in offered(objectives.card(mine, OVER, CHIDI))


def test_what_is_behind_more_does_not_put_away_what_was_scored():
    kr, scored = key_result(1), objective(score=Decimal("0.5"))
    assert "archive" in offered(rest_of_part(kr, objective(), ADA, OVER))
    assert "archive" not in offered(rest_of_part(kr, scored, ADA, OVER))
    assert "history" in offered(rest_of_part(kr, scored, ADA, OVER))
    assert "move" not in offered(rest(scored, OVER, ADA))
