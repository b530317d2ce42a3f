"""What people read of a cycle, and what they may press."""

from dataclasses import replace
from datetime import date

import pytest

from domain.cycles import BACKLOG, Cycle, CycleId, quarter
from domain.home import Planned
from domain.lists import Only, Wanted
from domain.people import Role, TeamId
from tests.examples import ADA, TODAY, admin, cycle, member, objective
from tests.views.slack import filled, pressed, words_of
from views import cycles, lists

HANA = member(7, "Hana", granted=frozenset({Role.CHAMPION}))
LEAD = member(8, "Bo", leads=frozenset({TeamId(3)}))
COMING = Cycle(CycleId(2), quarter(date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("which", "today", "words"),
    [
        (COMING, date(2026, 12, 13), "*Planning.* It begins in 19 days, on Friday 1 January 2027."),
        (COMING, date(2027, 1, 1), "*Active.* 90 days left, until Wednesday 31 March."),
        (cycle(), date(2026, 12, 31), "*Active.* 1 day left, until Thursday 31 December."),
        (cycle(), date(2027, 1, 10), "*Closing.* Its objectives can be scored for 5 days more, until Thursday 14 Jan"),
        (cycle(), date(2027, 1, 15), "*Closed.* What is in it can be read and no longer changed."),
        (Cycle(CycleId(3), BACKLOG), TODAY, "Where objectives wait that are for no cycle yet."),
    ],
)
def test_a_cycle_says_where_it_stands(which, today, words):
    assert cycles.standing(which, today).startswith(words)


@pytest.mark.parametrize(
    ("which", "viewer", "may_press"),
    [
        (cycle(), ADA, ["cycle.every"]),
        (cycle(), HANA, ["cycle.begin", "cycle.edit", "cycle.new", "cycle.every"]),
        (cycle(), admin(), ["cycle.begin", "cycle.edit", "cycle.new", "cycle.every"]),
        (
            replace(cycle(), closing=True),
            HANA,
            ["cycle.close", "cycle.reopen", "cycle.edit", "cycle.unscored", "cycle.new", "cycle.every"],
        ),
        (replace(cycle(), closing=True), LEAD, ["cycle.unscored", "cycle.every"]),
        (replace(cycle(), closing=True), ADA, ["cycle.every"]),
        (cycle(), LEAD, ["cycle.every"]),
        (replace(cycle(), closed=True), HANA, ["cycle.reopen", "cycle.new", "cycle.every"]),
        (replace(cycle(), closed=True), ADA, ["cycle.every"]),
    ],
)
def test_only_who_runs_the_programme_can_press_what_changes_a_cycle(which, viewer, may_press):
    assert [action for action, _ in pressed(cycles.card(which, TODAY, viewer, [(1, "one", "many")]))] == may_press


def test_what_cannot_be_untold_is_asked_about_once_more_and_says_what_will_happen_to_whom():
    asked = {
        each["action_id"]: each["confirm"]["text"]["text"]
        for which in (cycle(), replace(cycle(), closing=True))
        for block in cycles.card(which, TODAY, HANA, [(1, "one", "many")])["blocks"]
        for each in block.get("elements", ())
        if "confirm" in each
    }
    assert set(asked) == {"cycle.begin", "cycle.close", "cycle.reopen"}
    assert "Scores that were given are asked for again at its end" in asked["cycle.reopen"]
    assert "Everybody who owns an objective in it without a score is asked now" in asked["cycle.begin"]
    assert "It runs until Thursday 31 December." in asked["cycle.begin"]
    assert "Each team's retrospective is posted in its channel" in asked["cycle.close"]


def test_a_champion_finds_everything_without_a_score_and_a_lead_what_is_their_teams():
    for who, teams in ((HANA, ()), (LEAD, (TeamId(3),))):
        card = cycles.card(replace(cycle(), closing=True), TODAY, who, [(1, "one", "many")])
        (value,) = [value for action, value in pressed(card) if action == "cycle.unscored"]
        assert lists.read_pressed(value) == (Wanted(only=Only.UNSCORED, cycle="Q4 2026", teams=teams), 0)


@pytest.mark.parametrize(
    ("days", "ready", "waiting", "words"),
    [
        (19, ("A", "B"), ("C", "D", "E"), "Q1 2027 begins in 19 days; 2 of 5 teams have objectives."),
        (1, (), ("A",), "Q1 2027 begins tomorrow; 0 of 1 team has objectives."),
        (7, ("A",), (), "Q1 2027 begins in 7 days; every team has objectives."),
        (7, (), (), "Q1 2027 begins in 7 days; there are no teams yet."),
    ],
)
def test_the_countdown(days, ready, waiting, words):
    planned = Planned(COMING, days, ready, waiting)
    assert cycles.begins(planned) == words
    said = words_of(cycles.countdown(planned))
    assert "You get this up to three weeks, a week and a day before a cycle begins" in said
    assert ("Still without: " + ", ".join(waiting) in said) is bool(waiting)


def test_a_form_comes_back_as_it_was_filled_in():
    entered = {"name": "Spring", "first": "2027-03-01", "last": "2027-05-31"}
    assert cycles.read(filled(cycles.form(True), entered)) == ("Spring", date(2027, 3, 1), date(2027, 5, 31))
    asked = cycles.move_form(objective(), ["Q1 2027", "Backlog"], "Q1 2027")
    assert cycles.read_move(filled(asked)) == (objective().id, "Q1 2027")
    assert cycles.read_move(filled(asked, {"cycle": "Backlog"})) == (objective().id, "Backlog")
