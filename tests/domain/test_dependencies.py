"""What a key result depends on another team for: who is asked, and what counts as an answer."""

from datetime import date

import pytest

from domain.dependencies import another, answered, needed, over, to_ask
from domain.errors import Refusal
from domain.objectives import Answered
from domain.permissions import Verb, may
from tests.examples import ADA, BO, CHIDI, TODAY, admin, dependency, key_result, objective, team

YES, NO = Answered.CONFIRMED, Answered.DECLINED


@pytest.mark.parametrize(
    ("lead", "champions", "admins", "asked"),
    [
        (BO, [CHIDI], [admin()], [BO]),
        (None, [CHIDI, ADA], [admin()], [CHIDI, ADA]),
        (None, [], [admin()], [admin()]),
        (admin(active=False), [CHIDI], [], [CHIDI]),
        (None, [], [], []),
    ],
)
def test_the_lead_is_asked_or_who_stands_in(lead, champions, admins, asked):
    assert to_ask(team(lead=lead), champions, admins) == asked


@pytest.mark.parametrize(
    ("before", "state", "words", "kept"),
    [
        ({}, YES, "", ""),
        ({}, YES, "By May even", "By May even"),
        ({}, NO, "July at the earliest", "July at the earliest"),
        ({"state": YES}, NO, "It slipped", "It slipped"),
        ({"state": NO, "answer": "July"}, NO, "August", "August"),
        ({"state": NO, "answer": "July"}, YES, "", ""),
    ],
)
def test_an_answer_can_be_changed(before, state, words, kept):
    assert answered(dependency(**before), state, words) == kept


@pytest.mark.parametrize(
    ("before", "state", "words", "field"),
    [({}, NO, "", "answer"), ({}, NO, "x" * 201, "answer"), ({"state": YES}, YES, "", None)],
)
def test_a_no_comes_with_a_word_and_a_yes_is_said_once(before, state, words, field):
    with pytest.raises(Refusal) as refused:
        answered(dependency(**before), state, words)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changes", "day", "why"),
    [
        ({}, TODAY, ""),
        ({"state": YES}, TODAY, ""),
        ({"state": Answered.WITHDRAWN}, TODAY, "D-5 is no longer needed, so there is nothing to answer."),
        ({"key_result": key_result(archived=True)}, TODAY, "KR-34 is archived, so nobody waits for D-5 any more."),
        ({"objective": objective(archived=True)}, TODAY, "O-12 is archived, so nobody waits for D-5 any more."),
        ({}, date(2027, 6, 1), "Q4 2026 is closed, so nobody waits for D-5 any more."),
    ],
)
def test_it_says_why_nobody_waits_for_it_any_more(changes, day, why):
    assert over(dependency(**changes), day) == why


def test_who_owns_the_key_result_and_who_asked_may_say_that_it_is_no_longer_needed():
    asked = dependency(asked_by=CHIDI, key_result=key_result(contributors=(BO, CHIDI)))
    who = [each for each in (ADA, BO, CHIDI) if may(Verb.WITHDRAW_DEPENDENCY, each, asked.stake)]
    assert who == [ADA, CHIDI]


def test_a_team_does_not_wait_for_itself():
    with pytest.raises(Refusal, match="O-12 is Growth's own"):
        another(team(), objective(team=team()))
    assert another(team(2), objective(team=team())) == team(2)
    assert another(team(), objective()) == team()


def test_what_is_needed_is_said_in_a_line():
    assert needed(" The new\nAPI ") == "The new API"
    for typed in ("", " \n", "x" * 201):
        with pytest.raises(Refusal):
            needed(typed)
