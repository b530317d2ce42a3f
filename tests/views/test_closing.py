"""What people read and fill in when an objective is closed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.closing import Carrying, Closing, ClosingDraft, Mattered, Verdict
from domain.home import Season
from domain.objectives import Level
from domain.people import MemberId
from tests.examples import (
    ADA,
    BO,
    CHIDI,
    NOW,
    TODAY,
    baseline,
    cycle,
    heading,
    key_result,
    measure,
    moment,
    objective,
    team,
)
from tests.views.slack import fields, filled, pressed, words_of
from views import carrying, closing, objectives, reminders
from views.retrospectives import retrospective

OVER = moment(NOW + timedelta(days=40))
ENDED = Closing(
    objective().id, Decimal("0.4"), Decimal("0.7"), "It was harder", Mattered.PARTLY, "Less", Verdict.KEEP, ADA.id, NOW
)


def test_the_form_suggests_a_score_and_spells_out_where_it_comes_from():
    two = (key_result(1, weight=Decimal(2), measure=measure(current="70")), key_result(2))
    form = closing.form(objective(key_results=two), None, 0)
    assert fields(form)["score"]["initial_value"] == "0.6"
    assert "Suggested: KR-1 0.7 × 2 + KR-2 0.4 → 0.6" in words_of(form)
    assert "Committed: expected to come to 1.0" in words_of(form)
    assert "0.7 is a good result" in words_of(closing.form(objective(aspirational=True), None, 0))
    assert "no key result to suggest a score from" in words_of(closing.form(objective(key_results=()), None, 0))


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (measure("0", "100", "13", "sign-ups"), "0 → 13 of 100 sign-ups. Score 0.13"),
        (measure("50", "10", "50", "hours"), "still 50 towards 10 hours. Score 0.0"),
        (measure("50", "10", "30"), "50 → 30 towards 10 sign-ups. Score 0.5"),
    ],
)
def test_the_form_shows_the_whole_way_that_a_score_is_a_part_of(of, words):
    shown = words_of(closing.form(objective(key_results=(key_result(measure=of),)), None, 0))
    assert words in shown
    assert "-0.0" not in shown


def test_the_form_reads_what_was_filled_in_and_begins_with_what_was_said_before():
    entered = {"score": "0.5", "why": "So", "mattered": "no", "learned": "Much", "verdict": "change"}
    form = closing.form(objective(), None, 0)
    assert closing.read(filled(form, entered)) == (objective().id, ClosingDraft("0.5", "So", "no", "Much", "change"))
    before = closing.read(filled(closing.form(objective(), ENDED, 0)))
    alone = frozenset(entered)
    assert before == (objective().id, ClosingDraft("0.7", "It was harder", "partly", "Less", "keep", alone))


@pytest.mark.parametrize("row", [True, False])
def test_the_next_one_follows_only_where_they_are_closed_in_a_row(row):
    assert closing.in_a_row(filled(closing.form(objective(), None, 2, in_a_row=row))) is row
    assert ("2 more objectives to close" in words_of(closing.form(objective(), None, 2, in_a_row=row))) is row


def test_what_has_reached_its_target_is_left_out_unless_chosen():
    both = (key_result(1), key_result(2, measure=measure(current="100")))
    form = carrying.form(objective(key_results=both), ["Q1 2027", "Backlog"], "Q1 2027")
    id, chosen = carrying.read(filled(form))
    going_on = frozenset({both[0].id})
    assert chosen == Carrying("Q1 2027", objective().title, going_on, alone=frozenset({"title"}))
    assert id == objective().id
    _, further = carrying.read(filled(form, {"targets": "further", "key_results": ["1", "2"]}))
    assert (further.keep_targets, further.key_results) == (False, {each.id for each in both})


def test_what_was_measured_first_goes_on_since_it_is_what_needs_a_target_next():
    both = (key_result(1, measure=baseline("12")), key_result(2, measure=baseline()))
    form = carrying.form(objective(key_results=both), ["Q1 2027", "Backlog"], "Q1 2027")
    _, chosen = carrying.read(filled(form))
    assert chosen.key_results == {each.id for each in both}


def test_nobody_has_to_carry_on_what_they_were_not_asking_for():
    offered = carrying.form(objective(), ["Q1 2027"], "Q1 2027", offered=True)
    assert carrying.read(filled(offered, {"cycle": carrying.NOT_NOW})) == (objective().id, None)
    with pytest.raises(ValueError, match="no option"):
        filled(carrying.form(objective(), ["Q1 2027"], "Q1 2027"), {"cycle": carrying.NOT_NOW})


@pytest.mark.parametrize(
    ("changes", "viewer", "may_press"),
    [
        ({}, ADA, ["closing.open", "closing.carry"]),
        ({"owner": BO, "co_owners": (ADA,)}, ADA, ["closing.open", "closing.carry"]),
        ({"score": Decimal(1)}, ADA, ["closing.open", "closing.ended", "closing.carry"]),
        ({"score": Decimal(1)}, CHIDI, ["closing.ended"]),
        ({"carried_to": heading(20)}, ADA, ["closing.open", "closing.future"]),
        ({"carried_from": heading(2)}, CHIDI, ["closing.past"]),
        ({"archived": True}, ADA, []),
        ({}, CHIDI, []),
    ],
    ids=str,
)
def test_what_can_be_pressed_on_a_card_while_its_cycle_closes(changes, viewer, may_press):
    row = closing.buttons(objective(**changes), OVER, viewer)
    assert [action for action, _ in pressed(row)] == may_press


def test_a_card_says_where_it_came_from_what_it_came_to_and_where_it_went():
    near = {"carried_from": replace(heading(3), cycle="Q3 2026"), "carried_to": replace(heading(20), cycle="Q1 2027")}
    card = words_of(objectives.card(objective(score=Decimal("0.6"), **near), OVER, CHIDI))
    assert "carried from O-3 in Q3 2026 · *score 0.6* (the commitment was 1.0) · carried to O-20 in Q1 2027" in card
    assert "score" not in words_of(objectives.card(objective(), moment(), CHIDI))


def test_a_retrospective_adds_up_what_its_answers_say():
    each = [objective(1, score=Decimal("0.7")), objective(2, score=Decimal("0.2")), objective(3)]
    ended = {o.id: replace(ENDED, objective=o.id, by=MemberId(1), score=o.score) for o in each if o.score is not None}
    said = words_of(retrospective(cycle(), team(), each, ended))
    assert "Retrospective of Q4 2026: Growth" in said
    assert "3 objectives, mean score 0.45, 1 closed without a score." in said
    assert "2 objectives moved some of what mattered." in said
    assert "2 objectives go on as they are." in said
    assert "Another channel can be chosen for the team" in said
    mixed = dict(zip(ended, (ENDED, replace(ENDED, mattered=Mattered.NO, verdict=Verdict.DROP)), strict=True))
    companys = words_of(retrospective(cycle(), None, each, mixed))
    assert "1 objective moved some of what mattered and 1 did not move what mattered." in companys
    assert "1 objective goes on as it is and 1 ends here." in companys
    assert "Another channel" not in companys


@pytest.mark.parametrize(
    ("objectives", "teams", "beside", "words"),
    [
        (5, 2, 0, "5 objectives of 2 teams still await a score."),
        (1, 1, 0, "1 objective of 1 team still awaits a score."),
        (5, 2, 1, "5 objectives still await a score: 4 of 2 teams, 1 of no one team."),
        (1, 0, 1, "1 objective still awaits a score."),
    ],
)
def test_a_champion_hears_how_much_has_no_score_and_nobodys_name(objectives, teams, beside, words):
    said = reminders.unscored(cycle(), objectives, teams, beside)
    assert f"can be scored until Thursday 14 January. {words} Their owners" in words_of(said)
    assert [action for action, _ in pressed(said)] == ["cycle.unscored", "cycle.open"]


def test_the_companys_retrospective_says_when_it_is_about_more_than_the_company():
    companys, own = objective(1, level=Level.COMPANY), objective(2, level=Level.INDIVIDUAL)
    assert "Retrospective of Q4 2026: the company*" in words_of(retrospective(cycle(), None, [companys], {}))
    both = words_of(retrospective(cycle(), None, [companys, own], {}))
    assert "Retrospective of Q4 2026: the company and what is of no one team*" in both


def test_an_answer_says_everything_of_one_objective():
    said = words_of(closing.told(objective(score=Decimal("0.7")), ENDED))
    for words in ("O-12", "*Score 0.7*, suggested 0.4", "It was harder", "It moved some", "Less", "Keep"):
        assert words in said
    assert "Closed without a score" in words_of(closing.told(objective(), None))


def test_home_says_what_waits():
    drawn = closing.season(Season(None, (cycle(),), (heading(), heading(4))), TODAY)
    assert "*Q4 2026* is closing: it can be scored until Thursday 14 January 2027." in words_of(drawn)
    assert "2 objectives of yours wait for a score." in words_of(drawn)
    assert pressed(drawn) == [("closing.mine", "")]
    assert closing.season(Season(), TODAY) == []
