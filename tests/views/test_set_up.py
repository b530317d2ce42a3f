"""What an admin sees while setting Cairn up."""

from datetime import date, timedelta

import pytest

from domain.set_up import Preview
from tests.examples import ADA, BO, TODAY, admin, member, moment, set_up, team
from tests.views.slack import fields, filled, pressed, words_of
from views import set_up as views


def test_the_greeting_says_what_cairn_is_and_promises_to_write_to_nobody_else() -> None:
    greeting = views.greeting(admin())
    assert greeting["text"].startswith("Hello Gus, I am Cairn.")
    assert "I write to nobody else until you have finished *Set up*." in greeting["text"]
    assert pressed(greeting) == [("set_up.open", "")]


@pytest.mark.parametrize(
    ("today", "policy", "first"),
    [
        (date(2026, 11, 23), {}, "2026-11-30"),
        (date(2026, 11, 24), {}, "2026-11-30"),
        (date(2026, 11, 29), {}, "2026-11-30"),
        (date(2026, 11, 23), {"check_in_weekday": 3}, "2026-11-26"),
        (date(2026, 11, 23), {"first_check_in": date(2026, 12, 7)}, "2026-12-07"),
        (date(2026, 11, 23), {"first_check_in": date(2026, 11, 2)}, "2026-11-02"),
    ],
)
def test_the_first_check_in_is_next_monday_unless_a_day_was_chosen(
    today: date, policy: dict[str, object], first: str
) -> None:
    form = views.form([], moment(**policy).policy, today)
    assert fields(form)["first"]["initial_date"] == first


def test_pilot_teams_are_offered_where_there_are_teams() -> None:
    alone = fields(views.form([], moment().policy, TODAY))
    assert "teams" not in alone
    assert [option["value"] for option in alone["everyone"]["options"]] == ["everyone"]
    form = views.form([team(1), team(2, "Platform")], moment().policy, TODAY)
    choices, everyone = views.read(filled(form, {"everyone": "pilot", "teams": ["2"]}))
    assert (choices.pilot_teams, everyone) == ((2,), False)


def test_teams_picked_by_those_who_chose_everyone_do_not_count() -> None:
    form = views.form([team(1)], moment().policy, TODAY)
    choices, everyone = views.read(filled(form, {"everyone": "everyone", "teams": ["1"]}))
    assert (choices.pilot_teams, everyone) == ((), True)


def test_the_preview_says_who_gets_what() -> None:
    words = words_of(views.preview(Preview(set_up(), (ADA, BO), later=9)))
    assert "2 people will be asked to check in first, from Monday 30 November on: Ada Lovelace and Bo Nilsson." in words
    assert "9 more people take part and will be asked once they own a key result." in words
    assert "posted in <#C001>" in words
    assert "<@U002> will be OKR champion" in words
    assert "Start" in words


def test_the_preview_says_what_is_wrong_with_the_channel_and_when_nobody_is_asked() -> None:
    words = words_of(views.preview(Preview(set_up(), (), 0, "Cairn is not in that channel yet.")))
    assert "Nobody owns a key result yet, so nobody is asked on Monday 30 November." in words
    assert ":warning: Cairn is not in that channel yet." in words
    without = words_of(views.preview(Preview(set_up(channel=None, champion=None), (), 0)))
    assert "they are posted nowhere" in without


def test_a_long_list_of_people_says_how_many_more_there_are() -> None:
    asked = tuple(member(n, f"Person {n}") for n in range(1, 46))
    assert "and 25 more." in words_of(views.preview(Preview(set_up(pilot_teams=(1, 2)), asked, 0)))


def test_at_the_end_an_admin_knows_when_it_starts() -> None:
    words = words_of(views.done(set_up(first_check_in=TODAY + timedelta(days=7))))
    assert "from Monday 30 November on" in words


@pytest.mark.parametrize("kind", ["recognition channel", "user groups", "zones", "scopes", "method"])
def test_each_hint_says_what_it_means_and_that_it_comes_once(kind: str) -> None:
    hint = views.hint(kind, "missing_scope")
    assert len(hint["text"]) > 60
    assert "You get this once" in words_of(hint["blocks"][-1])
