"""What an owner reads of what may have been forgotten, and what can become of it."""

from dataclasses import replace

import pytest

from domain.objectives import Stage
from domain.policy import Policy
from tests.examples import ADA, moment, objective
from tests.views.slack import pressed, words_of
from views import forgotten

FURTHER = [("objective.propose", "12"), ("objective.agree", "12")]
AWAY = [("forgotten.backlog", "12"), ("forgotten.drop", "12")]


@pytest.mark.parametrize(
    ("stage", "review", "may_press"),
    [
        (Stage.DRAFT, False, [*FURTHER, *AWAY]),
        (Stage.DRAFT, True, [FURTHER[0], *AWAY]),
        (Stage.PROPOSED, False, [FURTHER[1], *AWAY]),
        (Stage.PROPOSED, True, [("comment.open", "O-12"), *AWAY]),
    ],
    ids=str,
)
def test_its_owner_may_take_it_further_or_talk_it_over_or_put_it_away(stage, review, may_press):
    at = replace(moment(), policy=Policy(review=review))
    assert pressed(forgotten.asked(objective(stage=stage, owner=ADA), at, ADA)) == may_press


def test_it_says_what_is_true_and_why_it_came():
    said = words_of(forgotten.asked(objective(stage=Stage.DRAFT), moment(), ADA))
    assert "O-12 Customers love our onboarding is still a draft. Q4 2026 is under way" in said
    assert "nothing of it has changed for 10 days; nobody else is told" in said
    assert "is proposed, and nobody has agreed" in words_of(
        forgotten.asked(objective(stage=Stage.PROPOSED), moment(), ADA)
    )
