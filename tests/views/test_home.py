"""What each person finds on their Home."""

from datetime import timedelta

from domain.check_ins import State
from domain.cycles import Cycle, CycleId, Period
from domain.home import TeamWeek
from domain.outbox import Delivery, Trouble
from domain.people import Kind, Role
from tests.examples import (
    ADA,
    BO,
    CHIDI,
    NOW,
    TODAY,
    admin,
    check_in,
    home,
    key_result,
    member,
    moment,
    objective,
    team,
)
from tests.views.slack import pressed, words_of
from views import home as views


def actions_of(drawn: object) -> set[str]:
    return {action for action, _ in pressed(drawn)}


def test_everything_that_can_be_typed_can_be_pressed() -> None:
    shown = pressed(views.home(home()))
    assert {
        ("check_in.open", "5"),
        ("check_in.skip", "5"),
        ("objective.add", ""),
        ("objective.list", "company"),
        ("objective.list", "team"),
        ("alignment.tree", ""),
        ("recognition.give", ""),
        ("key_result.update", "34"),
        ("objective.more", "add_kr 12"),
    } <= set(shown)


def test_what_is_ones_own_comes_before_the_ways_to_what_others_do() -> None:
    shown = [action for action, _ in pressed(views.home(home()))]
    assert shown.index("objective.add") < shown.index("key_result.update") < shown.index("objective.everybody")


def test_an_open_check_in_stands_on_top_and_an_answered_one_can_be_edited() -> None:
    assert "Your check-in of Monday 23 November" in words_of(views.home(home()))
    answered = views.home(home(check_in=check_in(state=State.ANSWERED)))
    assert "answered. Thank you" in words_of(answered)
    assert ("check_in.open", "5") in pressed(answered)
    closed = views.home(home(moment=moment(NOW + timedelta(days=7))))
    assert "has closed" in words_of(closed)
    assert "check_in.open" not in actions_of(closed)


def test_my_teams_week_says_kindly_where_each_stands() -> None:
    week = TeamWeek(team(), ((ADA, State.ANSWERED), (BO, State.OPEN), (CHIDI, State.SKIPPED)))
    words = words_of(views.home(home(teams=(week, TeamWeek(team(2, "Platform"), ())))))
    assert ":white_check_mark: Checked in: Ada Lovelace\n:hourglass_flowing_sand: Still time: Bo Nilsson" in words
    assert "Skipped this week: Chidi Okafor" in words
    assert "*Platform*\nNo check-ins this week." in words


def test_an_empty_home_is_friendly_and_says_how_to_begin() -> None:
    empty = home(check_in=None, objectives=(), teams=(), recognition=())
    words = words_of(views.home(empty))
    assert "Nothing of yours in Q4 2026 yet." in words
    assert "No thanks yet." in words
    assert "No check-in waits for you just now." in words


def test_before_the_set_up_an_admin_is_asked_to_finish_it_and_others_are_told() -> None:
    mine = views.home(home(admin(), is_set_up=False))
    assert pressed(mine)[0] == ("set_up.open", "")
    assert "*Cairn is not set up yet.*" in words_of(mine)
    others = views.home(home(ADA, is_set_up=False))
    assert "An admin of this workspace can do that" in words_of(others)
    assert "set_up.open" not in actions_of(others)


def test_looking_after_cairn_is_for_those_who_do() -> None:
    assert {"set_up.open", "teams.open", "roles.open"} <= actions_of(views.home(home(admin())))
    champion = member(4, "Cora", granted=frozenset({Role.CHAMPION}))
    assert actions_of(views.home(home(champion))) & {"set_up.open", "teams.open", "roles.open"} == {"teams.open"}
    assert not actions_of(views.home(home(ADA))) & {"set_up.open", "teams.open", "roles.open"}


def test_an_admin_reads_what_could_not_be_delivered_and_what_wants_mending() -> None:
    trouble = Trouble("kudos post", "C001", Delivery.DEAD, "not_in_channel", NOW)
    facts = home(admin(), troubles=(trouble,) * 12, hints=("recognition channel: none is chosen",))
    words = words_of(views.home(facts))
    assert "kudos post to <#C001> could not be delivered (notˍinˍchannel)" in words or "not_in_channel" in words
    assert "…and 2 earlier." in words
    assert "Invite Cairn to it with `/invite`" in words
    assert "(none is chosen)" in words


def test_a_guest_is_not_offered_what_guests_may_not_do() -> None:
    guest = member(6, "Guest", kind=Kind.GUEST)
    shown = actions_of(views.home(home(guest, objectives=(), teams=())))
    assert "objective.add" not in shown
    assert "recognition.give" in shown


def test_thanks_stand_on_the_objective_that_they_helped() -> None:
    words = words_of(views.home(home()))
    assert "🙌 Bo Nilsson thanked Ada Lovelace: " in words


def test_many_objectives_are_listed_briefly_and_none_is_lost_silently() -> None:
    words = words_of(views.home(home(objectives=tuple(objective(n, f"Number {n}.") for n in range(1, 151)))))
    seen = sum(f"Number {n}." in words for n in range(1, 151))
    assert f"…and {150 - seen} more objectives" in words


def test_what_somebody_helps_with_stands_below_what_is_their_own() -> None:
    helped = objective(13, "Ada's", key_results=(key_result(40, contributors=(BO,)),))
    said = words_of(views.home(home(BO, objectives=(helped, objective(14, "Bo's", owner=BO)))))
    assert said.index("O-14 Bo's") < said.index("You help with") < said.index("*KR-40*") < said.index("My team's week")
    assert "O-13 Ada's" not in said


def test_an_objective_of_the_year_names_it_below_the_name_of_the_quarter() -> None:
    year = Cycle(CycleId(9), Period("The year", TODAY, TODAY))
    said = words_of(views.home(home(objectives=(objective(), objective(14, cycle=year)))))
    assert said.count("The year") == 1
    assert said.index("Your objectives · Q4 2026") < said.index("O-14") < said.index("The year")
