"""Handing over: what is asked, the form, and what each new owner reads."""

import pytest

from domain.errors import Refusal
from domain.hand_over import Holding
from tests.examples import ADA, BO, CHIDI, key_result, objective, team
from tests.views.slack import assert_slack_takes, fields, filled, words_of
from views import hand_over as views

THINGS = [Holding(objective(12, "Onboarding")), Holding(objective(12, "Onboarding"), key_result(34))]


def test_the_message_says_what_was_left_why_it_came_and_what_can_be_done() -> None:
    message = views.asked(ADA, THINGS)
    words = words_of(message["blocks"])
    assert "Ada Lovelace has left this workspace, and owned 1 objective and 1 key result. Who takes them on?" in words
    assert "*KR-34* Weekly sign-ups\nunder O-12 Onboarding" in words
    assert "You get this once, because" in words
    assert "O-12 Onboarding" in message["text"]


def test_the_form_comes_back_as_it_was_drawn_and_leaves_out_what_is_empty() -> None:
    form = views.form(ADA, [(THINGS[0], BO), (THINGS[1], CHIDI)])
    assert views.read(filled(form)) == (ADA.slack_id, {"O-12": BO.slack_id, "KR-34": CHIDI.slack_id})
    assert views.read(filled(form, {"owner KR-34": None})) == (ADA.slack_id, {"O-12": BO.slack_id})


def test_a_form_that_has_lost_whose_it_is_is_refused() -> None:
    with pytest.raises(Refusal, match="can no longer be read"):
        views.read(filled(views.form(ADA, [])) | {"private_metadata": ""})


def test_a_new_owner_reads_who_gave_it_and_what_follows() -> None:
    words = words_of(views.told(BO, ADA, THINGS[1:])["blocks"])
    assert "<@U002> has handed 1 key result over to you, from Ada Lovelace." in words
    assert "You get this because you own it from now on" in words


def test_of_a_great_deal_the_form_takes_as_much_as_slack_keeps() -> None:
    many = [(Holding(objective(n, "&" * 200)), BO) for n in range(1, 200)]
    form = views.form(ADA, many)
    assert_slack_takes(form)
    assert len(fields(form)) == views.MOST
    assert "and 159 more" in words_of(form)
    assert_slack_takes(views.asked(ADA, [each for each, _ in many]))
    assert_slack_takes(views.told(BO, ADA, [each for each, _ in many]))
    assert_slack_takes(views.done(ADA, many))


def test_a_team_without_lead_is_named() -> None:
    assert views.without_lead(team(name="Growth"), BO)["text"].startswith("The team Growth has no lead now that Bo")
