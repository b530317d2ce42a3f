"""What another team is asked and what is made of its answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dependencies import Dependency, Need
from domain.errors import Refusal
from domain.objectives import Answered, Waiting
from domain.people import Team
from tests import examples, strategies
from tests.examples import ADA, BO, CHIDI, dependency, key_result, moment, objective, team
from tests.views.slack import ANY, assert_slack_takes, fields, filled, pressed, words_of
from views import dependencies, objectives


@pytest.mark.parametrize(
    ("state", "answer", "said", "whole"),
    [
        (
            Answered.ASKED,
            "",
            "depends on Platform · not confirmed yet",
            "depends on Platform · not confirmed yet: The new API",
        ),
        (Answered.CONFIRMED, "", "Platform has confirmed", "Platform has confirmed: The new API"),
        (Answered.DECLINED, "July", "Platform cannot", "Platform cannot: The new API (“July”)"),
    ],
)
def test_what_it_waits_for_is_said_in_a_line(state: Answered, answer: str, said: str, whole: str) -> None:
    waits = Waiting(5, "Platform", "The new API", state, answer)
    assert dependencies.waiting(waits) == said
    assert dependencies.waiting(waits, whole=True) == whole


def test_the_card_shows_who_helps_and_what_it_waits_for() -> None:
    waits = (Waiting(5, "Platform", "The new API", Answered.ASKED),)
    mine = objective(key_results=(key_result(contributors=(BO, CHIDI), waits_for=waits),))
    said = words_of(objectives.card(mine, moment(), ADA))
    assert "<@U001> with <@U002> <@U003>\n:hourglass: depends on Platform · not confirmed yet" in said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Answered.CONFIRMED, ":white_check_mark: Platform has confirmed"),
        (Answered.DECLINED, ":no_entry_sign: Platform cannot"),
    ],
)
def test_what_has_been_answered_does_not_look_as_if_it_still_waited(state: Answered, said: str) -> None:
    mine = objective(key_results=(key_result(waits_for=(Waiting(5, "Platform", "The new API", state),)),))
    drawn = words_of(objectives.card(mine, moment(), ADA))
    assert said in drawn
    assert ":hourglass:" not in drawn


def test_what_somebody_helps_with_stands_apart_from_what_is_their_own() -> None:
    helped = objective(13, "Ada's", key_results=(key_result(40, contributors=(BO,)), key_result(41, "Not this one")))
    own = objective(14, "Bo's", owner=BO, key_results=())
    said = words_of(objectives.mine([helped, own], examples.cycle(), moment(), BO, {})["blocks"])
    assert said.index("O-14 Bo's") < said.index("You help with") < said.index("*KR-40*")
    assert "O-13 Ada's" not in said
    assert "KR-41" not in said
    assert "You help with" not in words_of(objectives.mine([helped], examples.cycle(), moment(), ADA, {})["blocks"])


def test_the_question_can_be_confirmed_or_not_and_says_why_it_came() -> None:
    drawn = dependencies.asked(dependency())
    assert pressed(drawn["blocks"]) == [("dependency.confirm", "5"), ("dependency.decline", "5")]
    assert "<@U001> asks Platform for what *KR-34* Weekly sign-ups depends on" in drawn["text"]
    assert "You get this because you speak for Platform" in words_of(drawn["blocks"])


def test_the_answer_is_told_with_its_word() -> None:
    told = dependencies.told(dependency(state=Answered.DECLINED, answered_by=CHIDI, answer="July at the earliest"))
    assert "Platform (<@U003>) cannot do what *KR-34* Weekly sign-ups depends on (D-5)." in told["text"]
    assert "July at the earliest" in words_of(told["blocks"])
    assert "has confirmed" in dependencies.told(dependency(state=Answered.CONFIRMED, answered_by=CHIDI))["text"]


def test_the_form_offers_every_team_but_the_objectives_own() -> None:
    own = objective(team=team())
    form = dependencies.form(own.key_results[0], own, [team(), team(2, "Platform")])
    assert [each["value"] for each in fields(form)["team"]["options"]] == ["2"]
    entered = {"team": "2", "words": "The new API"}
    assert dependencies.read(filled(form, entered)) == (34, Need(2, "The new API"))


def test_where_there_is_no_other_team_the_form_says_so() -> None:
    own = objective(team=team())
    assert fields(dependencies.form(own.key_results[0], own, [team()])) == {}


def test_a_hundred_teams_are_offered_and_the_rest_can_be_typed() -> None:
    form = dependencies.form(key_result(), objective(), [team(n, f"Team {n}") for n in range(1, 121)])
    assert len(fields(form)["team"]["options"]) == 100
    assert_slack_takes(form)


def test_the_form_for_an_answer_comes_back_as_it_was_drawn() -> None:
    form = dependencies.answer_form(dependency(answer="July"))
    assert dependencies.read_answer(filled(form)) == (5, "July")
    with pytest.raises(Refusal):
        dependencies.read_answer({})
    with pytest.raises(Refusal):
        dependencies.read({})


@ANY
@given(strategies.dependencies(), st.lists(strategies.teams(), max_size=4, unique_by=lambda one: one.id))
def test_slack_takes_everything_about_a_dependency(needed: Dependency, known: list[Team]) -> None:
    assert_slack_takes(dependencies.asked(needed))
    assert_slack_takes(dependencies.settled(needed))
    assert_slack_takes(dependencies.told(needed))
    assert_slack_takes(dependencies.shown(needed, needed.asked_by))
    assert_slack_takes(dependencies.shown(needed, replace(needed.asked_by, leads=frozenset({needed.team.id}))))
    assert_slack_takes(dependencies.shown(needed, needed.asked_by, "Q4 2026 is closed."))
    assert_slack_takes(dependencies.asked_again(needed))
    assert_slack_takes(dependencies.over(needed, "Q4 2026 is closed, so nobody waits for it any more."))
    assert_slack_takes(dependencies.no_longer(needed))
    for number in (0, 1, 40):
        assert_slack_takes(dependencies.open_now([needed] * number, [needed] * number, needed.asked_by))
        assert_slack_takes(dependencies.open_view([needed] * number, [], needed.asked_by))
    assert_slack_takes(dependencies.recorded(needed))
    assert_slack_takes(dependencies.form(needed.key_result, needed.objective, known))
    assert_slack_takes(dependencies.answer_form(needed))


def test_what_is_let_go_names_to_the_other_team_only_what_it_knows() -> None:
    theirs, mine = (dependencies.let_go(dependency(), named) for named in (False, True))
    assert_slack_takes(theirs)
    assert_slack_takes(mine)
    assert "KR-34" not in str(theirs)
    assert "may not see *KR-34*" in words_of(mine["blocks"])
