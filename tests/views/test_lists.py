"""Lists as they are drawn: what they are of, where a page stands in them, and the window that narrows them."""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import Cycle, CycleId, Period
from domain.lists import ATTENTION, PAGE, Only, Page, Wanted
from domain.objectives import Level, Status
from domain.people import Member, Team, TeamId
from tests import examples, strategies
from tests.examples import ADA, BO, NOW, TODAY, key_result, moment, objective, team
from tests.views.slack import ANY, assert_slack_takes, filled, pressed, words_of
from views import lists


def window(which: Wanted, page: Page, known: list[Team], during: list[Cycle], viewer: Member = ADA) -> lists.View:
    """The window, of people who are all called Bo."""
    people = [examples.member(int(id[1:]), "Bo") for id in which.people]
    return lists.window(which, page, people, known, during, {}, moment(), viewer)


def page(number: int, first: int = 0, total: int = 0, **changes: object) -> Page:
    found = tuple(objective(first + each, **changes) for each in range(1, number + 1))
    return Page(found, first, total or number)


def answer(which: Wanted, shown: Page, viewer: Member = ADA) -> lists.Message:
    return lists.answer(which, shown, [], [], {}, moment(), viewer)


@ANY
@given(
    strategies.lists_wanted(),
    st.lists(strategies.teams(), max_size=4, unique_by=lambda each: each.id),
    strategies.several_cycles(),
)
def test_what_the_window_was_drawn_of_is_what_it_comes_back_with(
    which: Wanted, known: list[Team], during: list[Cycle]
) -> None:
    assert lists.read(filled(window(which, page(1), known, during))) == which


@given(strategies.lists_wanted(), st.integers(0, 9_999_999))
def test_a_button_comes_back_with_its_list_and_page(which: Wanted, first: int) -> None:
    shown = Page((objective(),), first, 10_000_001)
    turning = [value for action, value in pressed(answer(which, shown)["blocks"]) if action == lists.OPEN]
    assert [lists.read_pressed(value) for value in turning] == [(which, first)]
    assert all(len(value) <= 2_000 for value in turning)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_a_button_with_nonsense_behind_it_is_the_first_page_of_all(value: str) -> None:
    assert lists.read_pressed(value) == (Wanted(), 0)


def test_a_list_names_the_cycles_that_its_heading_does_not() -> None:
    year = Cycle(CycleId(9), Period("The year", TODAY, TODAY))
    mixed = Page((objective(1), objective(2, cycle=year)), 0, 2)
    one = Page((objective(1),), 0, 1)
    for which, shown, names in (
        (Wanted(), mixed, ["Q4 2026", "The year"]),
        (Wanted(), one, []),
        (Wanted(year=2026), one, ["Q4 2026"]),
        (Wanted(cycle="Q4 2026"), one, []),
        (Wanted(cycle="Q4 2026"), mixed, ["The year"]),
    ):
        for drawn in (answer(which, shown)["blocks"][1:], window(which, shown, [], [])["blocks"][1:]):
            cards = [words_of(block) for block in drawn if block["type"] == "section"]
            assert [name for name in ("Q4 2026", "The year") if any(name in words for words in cards)] == names


def test_a_list_says_what_it_is_of() -> None:
    for which, people, teams, heading in (
        (Wanted(), [], [], "Everything"),
        (Wanted(people=("U001",)), [ADA], [], "My objectives"),
        (Wanted(people=("U002",)), [BO], [], "Objectives of Bo Nilsson"),
        (Wanted(Level.COMPANY, cycle="Q4 2026"), [], [], "Company, Q4 2026"),
        (Wanted(teams=(TeamId(1),), statuses=ATTENTION), [], [team()], "Team Growth, needs attention"),
        (Wanted(statuses=(Status.AT_RISK, Status.STALE), year=2026), [], [], "Everything, at risk or stale, 2026"),
        (Wanted(only=Only.DRAFTS), [], [], "Drafts"),
    ):
        assert lists.heading(which, people, teams, ADA) == heading


def test_a_page_says_where_it_stands_and_leads_to_its_neighbours() -> None:
    for shown, place, ways in (
        (page(10, 0, 1_234), "1–10 of 1,234 objectives.", [lists.NEXT, lists.OPEN]),
        (page(10, 10, 1_234), "11–20 of 1,234 objectives.", [lists.PREVIOUS, lists.NEXT, lists.OPEN]),
        (page(4, 1_230, 1_234), "1,231–1,234 of 1,234 objectives.", [lists.PREVIOUS, lists.OPEN]),
        (page(3), None, []),
    ):
        drawn = answer(Wanted(), shown)
        assert place is None or place in words_of(drawn["blocks"])
        assert [action for action, _ in pressed(drawn["blocks"]) if action.startswith("list.")] == ways


def test_where_a_page_does_not_fit_the_next_begins_with_the_first_that_was_left_out() -> None:
    long = tuple(objective(n, "&" * 200, parent=examples.heading(title="&" * 200)) for n in range(1, PAGE + 1))
    drawn = answer(Wanted(), Page(long, 0, 50))
    shown = sum(f"O-{n} " in words_of(drawn["blocks"]) for n in range(1, PAGE + 1))
    (further,) = (value for action, value in pressed(drawn["blocks"]) if action == lists.NEXT)
    assert 0 < shown <= PAGE
    assert lists.read_pressed(further) == (Wanted(), shown)
    assert f"1–{shown} of 50" in words_of(drawn["blocks"])


def of_a_part() -> Page:
    """Two of the four key results of O-12, which needs all of it, and one of O-13."""
    four = tuple(key_result(n, f"Number {n}.", updated_at=NOW - timedelta(days=n)) for n in (9, 12, 14, 2))
    both = objective(12, key_results=four), objective(13, key_results=four[:1])
    parts = {both[0].id: frozenset({four[1].id, four[2].id}), both[1].id: frozenset({four[0].id})}
    return Page(both, 0, 2, parts, 3)


def test_a_list_of_key_results_shows_those_and_tells_of_the_others() -> None:
    drawn = answer(Wanted(statuses=(Status.STALE,)), of_a_part())
    words = words_of(drawn["blocks"])
    assert "Stale: nobody has checked in for more than 10 days." in words
    assert "stale: no check-in for 12 days" in words
    for shown in ("KR-12", "KR-14", "KR-9", "3 key results in 2 objectives."):
        assert shown in words
    assert "KR-2* " not in words
    assert words.count("…and 2 more key results: `/okr show O-12`") == 1
    assert "`/okr show O-13`" not in words
    assert drawn["text"].startswith("Everything, stale: 3 key results in 2 objectives. O-12 ")
    assert all(f"KR-{number} Number {number}., 40 → 100" in drawn["text"] for number in (12, 14, 9))
    assert "KR-2 " not in drawn["text"]


def test_a_long_list_of_key_results_shows_them_of_fewer_objectives() -> None:
    each = tuple(objective(n, key_results=tuple(key_result(10 * n + at) for at in range(5))) for n in range(1, 11))
    parts = {one.id: frozenset(kr.id for kr in one.key_results[:3]) for one in each}
    drawn = answer(Wanted(statuses=ATTENTION), Page(each, 0, 40, parts, 120))
    words = words_of(drawn["blocks"])
    shown = sum(f"KR-{10 * n + 2}*" in words for n in range(1, 11))
    assert 3 < shown < PAGE
    assert f"1–{shown} of 40 objectives, with 120 key results in all." in words
    assert words.count("…and 2 more key results: ") == shown
    (further,) = (value for action, value in pressed(drawn["blocks"]) if action == lists.NEXT)
    assert lists.read_pressed(further) == (Wanted(statuses=ATTENTION), shown)


def test_where_there_are_lines_only_they_count_the_part() -> None:
    many = tuple(objective(n, key_results=tuple(key_result(10 * n + at) for at in range(5))) for n in range(1, 11))
    drawn = answer(Wanted(people=("U002",)), Page(many, 0, 10, {many[0].id: frozenset({many[0].key_results[0].id})}))
    words = words_of(drawn["blocks"])
    assert words.count(" · 1 of 5 key results · ") == 1
    assert words.count(" · 5 key results · ") == 9


def test_an_empty_list_says_so_and_a_reader_who_may_is_told_how_to_begin() -> None:
    nothing = Page((), 0, 0)
    assert "`/okr add objective`" in words_of(answer(Wanted(), nothing)["blocks"])
    assert "/okr add" not in words_of(answer(Wanted(), nothing, examples.member(kind=examples.Kind.GUEST))["blocks"])
    assert "Nothing like that here." in words_of(answer(Wanted(statuses=ATTENTION), nothing)["blocks"])


def test_a_hundred_teams_and_cycles_are_offered_as_far_as_slack_lets_us() -> None:
    known = [team(n, f"Team {n}") for n in range(1, 150)]
    during = [Cycle(CycleId(n), Period(f"Cycle {n}", TODAY, TODAY)) for n in range(1, 150)]
    which = Wanted(teams=(TeamId(149),), cycle="Cycle 149")
    drawn = window(which, page(1), known, during)
    assert_slack_takes(drawn)
    assert lists.read(filled(drawn)) == which
