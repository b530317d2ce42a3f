"""Handing over: what is asked, the form, and what each new owner reads."""

from dataclasses import replace

import pytest

from domain.errors import Refusal
from domain.hand_over import Holding
from domain.people import Kind
from tests.examples import ADA, BO, CHIDI, key_result, member, objective, team
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
    words = words_of(views.told(CHIDI, BO, ADA, THINGS[1:])["blocks"])
    assert "<@U002> has handed 1 key result over to you, from Ada Lovelace." in words
    assert "You get this because you own it from now on" in words


def test_a_guest_is_not_promised_a_check_in() -> None:
    marek = member(7, "Marek", kind=Kind.GUEST)
    words = words_of(views.told(marek, BO, ADA, THINGS[1:])["blocks"])
    assert "Guests are not asked to check in" in words
    assert "The weekly check-in" not in words


def test_what_is_closed_to_who_runs_the_programme_is_given_on_without_its_title() -> None:
    hush = objective(40, "Hush")
    asked = views.asked(ADA, [], 1)
    assert "and owned 1 objective closed to you. Who takes it on?" in words_of(asked["blocks"])
    form = views.form(ADA, [], [hush])
    assert "O-40, closed to you" in str(form)
    assert "Hush" not in str((asked, form, views.done(ADA, [], [(hush, BO)])))
    assert views.read(filled(form, {"owner O-40": "U002"})) == (ADA.slack_id, {"O-40": "U002"})


def test_the_admins_read_that_nobody_runs_the_programme_and_which_teams_have_no_lead() -> None:
    words = words_of(views.without_champion(ADA, [team(1, "Growth"), team(2, "Care")])["blocks"])
    assert "Ada Lovelace has left, and there is no OKR champion any more." in words
    assert "Growth and Care have no lead either. Who shall it be?" in words
    assert "no lead either" not in words_of(views.without_champion(ADA, [])["blocks"])


def test_whoever_is_given_a_part_reads_who_counts_on_them_and_what_follows() -> None:
    words = words_of(views.part_given(BO, ADA, THINGS)["blocks"])
    assert "<@U001> counts on you for 1 objective and 1 key result." in words
    assert "*O-12* Onboarding\nyou own it together with <@U001>" in words
    assert "The weekly check-in asks about a key result" in words
    marek = member(7, "Marek", kind=Kind.GUEST)
    assert "Guests are not asked to check in" in words_of(views.part_given(marek, ADA, THINGS[1:])["blocks"])


def test_whoever_chooses_guests_is_told_that_nobody_asks_them() -> None:
    marek, lea = (member(number, name, kind=Kind.GUEST) for number, name in ((7, "Marek"), (8, "Lea")))
    kr = key_result(34)
    assert views.guests([(kr, BO)]) == []
    assert "Marek is a guest here, and guests are not asked to check in." in words_of(views.guests([(kr, marek)]))
    assert "Marek and Lea are guests here" in words_of(views.guests([(kr, marek), (kr, lea), (kr, marek)]))
    said = {"text": "Saved", "blocks": []}
    assert views.with_guests(said, replace(kr, owner=marek), chosen=False) == said
    assert "`/okr update KR-34 …`" in words_of(views.with_guests(said, replace(kr, owner=marek), True)["blocks"])
    assert "Marek is a guest" in words_of(views.done(ADA, [(THINGS[1], marek)])["blocks"])


def test_of_a_great_deal_the_form_takes_as_much_as_slack_keeps() -> None:
    many = [(Holding(objective(n, "&" * 200)), BO) for n in range(1, 200)]
    form = views.form(ADA, many)
    assert_slack_takes(form)
    assert len(fields(form)) == views.MOST
    assert "and 159 more" in words_of(form)
    assert_slack_takes(views.asked(ADA, [each for each, _ in many]))
    assert_slack_takes(views.told(CHIDI, BO, ADA, [each for each, _ in many]))
    assert_slack_takes(views.done(ADA, many))
    assert_slack_takes(views.part_given(BO, ADA, [each for each, _ in many]))
    loud = [member(n, "&" * 80, kind=Kind.GUEST) for n in range(1, 9)]
    assert_slack_takes(views.done(ADA, [(Holding(objective(), key_result()), who) for who in loud]))


def test_a_team_without_lead_is_named() -> None:
    assert views.without_lead(team(name="Growth"), BO)["text"].startswith("The team Growth has no lead now that Bo")
