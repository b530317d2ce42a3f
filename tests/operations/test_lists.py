"""Lists: words become pages, and a page is of what the one who asks may read, whatever the words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from domain.cycles import BACKLOG
from domain.errors import NotFound, Refusal
from domain.lists import PAGE, Only, Wanted
from domain.objectives import Level, Stage, Status, Visibility
from operations import lists
from storage import cycles, key_results
from storage import objectives as known
from tests.examples import NOW, TODAY, baseline, measure
from tests.storage.company import again, cycle, key_result, objective, person, team, thanks
from tests.storage.units import in_a_session


def titles(found: lists.Listing) -> list[str]:
    return [each.title for each in found.page.objectives]


@in_a_session
def test_a_page_begins_where_it_is_asked_to_and_the_last_is_shorter(session):
    ada = person(session)
    for number in range(PAGE + 3):
        objective(session, ada, f"{number}")
    first, second = (lists.page(session, ada, Wanted(), at, NOW) for at in (0, PAGE))
    assert titles(first) == [str(number) for number in range(PAGE)]
    assert (second.page.first, second.page.total, titles(second)) == (PAGE, PAGE + 3, ["10", "11", "12"])
    assert lists.page(session, ada, Wanted(), 500, NOW).page == second.page, "of a list that is shorter, the last"


@in_a_session
def test_words_find_what_they_name(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "R&D", bo, ada)
    ada = again(session, ada)
    objective(session, bo, "Company's", level=Level.COMPANY)
    objective(session, bo, "Team's", level=Level.TEAM, team=growth)
    helped = key_result(session, objective(session, bo, "Helped"))
    key_results.let_help(session, helped, [ada])
    objective(session, ada, "Next", cycle=cycle(session, day=TODAY + timedelta(days=60)))
    objective(session, ada, "Some day", cycle=cycles.opened(session, ada.workspace, BACKLOG))
    for words, found in {
        "": ["Helped"],
        "company": ["Company's"],
        "team R&D": ["Team's"],
        "my team": ["Team's"],
        "<@UBO>": ["Company's", "Team's", "Helped"],
        "<@UBO> company": ["Company's"],
        "next quarter": ["Next"],
        "mine 2027": ["Next"],
        "backlog": ["Some day"],
        "all this year": ["Company's", "Team's", "Helped"],
    }.items():
        assert titles(lists.typed(session, ada, words, NOW)) == found, words
    with pytest.raises(NotFound, match="I have not met that person"):
        lists.typed(session, ada, "<@UNOBODY> <@UBO>", NOW)
    with pytest.raises(Refusal, match="I do not know “zebras”"):
        lists.typed(session, ada, "zebras", NOW)


@in_a_session
def test_my_team_is_the_one_i_lead_or_all_that_i_am_in(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    growth, core = team(session, "Growth", bo, ada), team(session, "Core", chidi, ada, bo)
    ask = partial(lists.typed, session, words="team", now=NOW)
    assert ask(who=again(session, bo)).wanted.teams == (growth.id,)
    assert ask(who=again(session, ada)).wanted.teams == (core.id, growth.id)
    with pytest.raises(Refusal, match="You are in no team yet"):
        ask(who=person(session, "Emi"))


@in_a_session
def test_a_key_result_is_found_by_its_status_whatever_the_others_are(session):
    ada = person(session)
    mixed = objective(session, ada, "Mixed")
    key_result(session, mixed, updated_at=None)
    low, done = key_result(session, mixed), key_result(session, mixed)
    moved = [replace(low, measure=measure(current="0"), updated_at=NOW), replace(done, measure=measure(current="100"))]
    key_results.move(session, moved)
    for words in ("stale", "at risk", "off track", "done", "needs attention", "on track or done"):
        assert titles(lists.typed(session, ada, words, NOW)) == ["Mixed"], words
    assert titles(lists.typed(session, ada, "on track", NOW)) == []


@in_a_session
def test_what_is_stale_is_also_found_by_what_its_numbers_say_where_that_is_worse(session):
    ada = person(session)
    red, green = (key_result(session, objective(session, ada, title)) for title in ("Red", "Green"))
    moved = [
        replace(kr, measure=measure(current=at), updated_at=NOW - timedelta(days=11))
        for kr, at in ((red, "0"), (green, "90"))
    ]
    key_results.move(session, moved)
    assert titles(lists.typed(session, ada, "stale", NOW)) == ["Red", "Green"]
    assert titles(lists.typed(session, ada, "off track", NOW)) == ["Red"]
    assert titles(lists.typed(session, ada, "needs attention", NOW)) == ["Red", "Green"]
    assert titles(lists.typed(session, ada, "on track", NOW)) == []


@in_a_session
def test_what_was_measured_and_has_no_target_needs_attention_and_is_not_done(session):
    ada = person(session)
    each = {"Measured": baseline("12.5"), "Not yet": baseline()}
    made = [key_result(session, objective(session, ada, title), measure=of) for title, of in each.items()]
    key_results.move(session, [replace(kr, updated_at=NOW) for kr in made])
    assert titles(lists.typed(session, ada, "needs attention", NOW)) == ["Measured"]
    assert titles(lists.typed(session, ada, "done", NOW)) == []
    assert titles(lists.typed(session, ada, "on track", NOW)) == ["Measured", "Not yet"]


def asked_for(found: lists.Listing) -> dict[str, set[str] | None]:
    """By objective, the titles of the key results that a page is of; None for an objective as a whole."""
    parts = found.page.parts
    called = {kr.id: kr.title for each in found.page.objectives for kr in (*each.key_results, *each.proposals)}
    return {
        each.title: {called[id] for id in parts[each.id]} if each.id in parts else None
        for each in found.page.objectives
    }


@in_a_session
def test_a_list_by_status_is_of_the_key_results_that_stand_so_and_counts_them(session):
    ada = person(session)
    for number in range(PAGE + 2):
        mixed = objective(session, ada, f"{number}")
        key_result(session, mixed, title="silent", updated_at=None)
        key_result(session, mixed, title="silent too", updated_at=None)
        key_results.move(session, [replace(key_result(session, mixed, title="fresh"), updated_at=NOW)])
    silent = lists.typed(session, ada, "stale", NOW)
    assert asked_for(silent) == {f"{number}": {"silent", "silent too"} for number in range(PAGE)}
    assert (silent.page.total, silent.page.key_results) == (PAGE + 2, 2 * (PAGE + 2))
    last = lists.page(session, ada, silent.wanted, PAGE, NOW)
    assert set(asked_for(last)) == {"10", "11"}
    assert last.page.key_results == silent.page.key_results
    assert asked_for(lists.typed(session, ada, "all", NOW))["3"] is None
    assert lists.typed(session, ada, "all", NOW).page.key_results is None


@in_a_session
def test_somebodys_list_is_of_their_objectives_and_of_their_key_results_in_others(session):
    ada, bo = person(session), person(session, "Bo")
    mine, shared, hers = (objective(session, ada, title) for title in ("Ada's", "Shared", "Hers"))
    known.share(session, shared, [bo])
    for each in (shared, hers):
        key_result(session, each, title="not Bo's", updated_at=None)
    his = key_result(session, hers, bo, title="Bo's")
    key_results.let_help(session, key_result(session, hers, title="helped"), [bo])
    key_result(session, hers, bo, title="proposed", stage=Stage.PROPOSED)
    key_result(session, mine, bo, title="declined", stage=Stage.DECLINED)
    ask = partial(lists.typed, session, ada, now=NOW)
    assert asked_for(ask("<@UBO>")) == {"Shared": None, "Hers": {"Bo's", "helped", "proposed"}}
    assert asked_for(ask("me")) == {"Ada's": None, "Shared": None, "Hers": None}
    assert asked_for(ask("<@UBO> stale")) == {"Shared": {"not Bo's"}, "Hers": {"Bo's", "helped"}}
    key_results.move(session, [replace(his, updated_at=NOW, measure=measure(current="0"))])
    assert asked_for(ask("<@UBO> off track")) == {"Hers": {"Bo's"}}
    assert asked_for(ask("<@UBO> me off track")) == {"Hers": {"Bo's"}}
    assert ask("<@UBO> stale").page.key_results == 2


@in_a_session
def test_what_is_not_counted_is_found_below_an_objective_that_stands_well(session):
    ada = person(session)
    well = objective(session, ada, "Well")
    key_result(session, well, updated_at=None, weight=Decimal(0))
    counted = key_result(session, well)
    key_results.move(session, [replace(counted, measure=measure(current="90"), updated_at=NOW)])
    assert titles(lists.typed(session, ada, "stale", NOW)) == ["Well"]
    assert titles(lists.typed(session, ada, "on track", NOW)) == ["Well"]


@in_a_session
def test_drafts_are_found_in_the_cycle_that_is_planned(session):
    ada = person(session)
    coming = cycle(session, day=TODAY + timedelta(days=60))
    objective(session, ada, "Planned", cycle=coming, stage=Stage.DRAFT)
    objective(session, ada, "Put forward", cycle=coming, stage=Stage.PROPOSED)
    objective(session, ada, "Now", stage=Stage.DRAFT)
    objective(session, ada, "Agreed", cycle=coming)
    assert set(titles(lists.typed(session, ada, "drafts", NOW))) == {"Planned", "Now"}
    assert titles(lists.typed(session, ada, "proposed", NOW)) == ["Put forward"]


@in_a_session
def test_a_status_finds_those_that_have_it_and_pages_them(session):
    ada = person(session)
    for number in range(PAGE + 1):
        key_result(session, objective(session, ada, f"Silent {number}"), updated_at=None)
    done = key_result(session, objective(session, ada, "Done"), measure=measure(current="100"))
    objective(session, ada, "Without key results")
    fresh = key_result(session, objective(session, ada, "On track"))
    key_results.move(session, [replace(fresh, measure=measure(current="90"), updated_at=NOW)])
    silent = lists.typed(session, ada, "stale", NOW)
    assert (silent.page.total, len(silent.page.objectives)) == (PAGE + 1, PAGE)
    assert titles(lists.page(session, ada, silent.wanted, PAGE, NOW)) == [f"Silent {PAGE}"]
    assert titles(lists.typed(session, ada, "done", NOW)) == ["Done"]
    assert titles(lists.typed(session, ada, "on track or done", NOW)) == ["Done", "On track"]
    assert done.id != fresh.id


@in_a_session
def test_what_is_hidden_is_neither_listed_nor_counted_nor_named_above(session):
    ada, bo = person(session), person(session, "Bo")
    top = objective(session, bo, "Secret", visibility=Visibility.PRIVATE)
    drafted = objective(session, bo, "Draft", stage=Stage.DRAFT)
    open_ = objective(session, bo, "Open", parent=top.heading)
    for wanted in (Wanted(), Wanted(statuses=tuple(Status)), Wanted(people=("UBO",)), Wanted(year=TODAY.year)):
        for each in (top, drafted, open_):
            assert each.title in titles(lists.page(session, bo, wanted, 0, NOW)) or wanted.statuses
        found = lists.page(session, ada, wanted, 0, NOW)
        assert titles(found) == ([] if wanted.statuses else ["Open"])
        assert found.page.total == len(found.page.objectives)
        assert all(each.parent is None for each in found.page.objectives)
    for only, title in ((Only.PRIVATE, "Secret"), (Only.DRAFTS, "Draft")):
        assert titles(lists.page(session, bo, Wanted(only=only), 0, NOW)) == [title]
        assert lists.page(session, ada, Wanted(only=only), 0, NOW).page.total == 0


@in_a_session
def test_the_thanks_come_with_the_page(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    given = thanks(session, bo, ada, under=mine)
    assert [each.id for each in lists.page(session, ada, Wanted(), 0, NOW).thanks[mine.id]] == [given.id]


@in_a_session
def test_the_window_offers_every_team_and_cycle(session):
    ada = person(session)
    team(session, "Growth", ada)
    cycle(session), cycle(session, day=TODAY - timedelta(days=90))
    found = lists.choices(session, ada, Wanted(), 0, NOW)
    assert [each.name for each in found.teams] == ["Growth"]
    assert [each.name for each in found.cycles] == ["Q4 2026", "Q3 2026"]
    assert lists.chosen(session, ada, "me Q3 2026", NOW).listing.wanted == Wanted(people=("UADA",), cycle="Q3 2026")


@in_a_session
def test_a_first_name_means_whoever_alone_has_it(session):
    ada, bo, oezlem = person(session, "Ada Obi"), person(session, "Bo Lind"), person(session, "Özlem Kaya")
    objective(session, bo, "Bo's own")
    objective(session, oezlem, "Özlem's own")
    assert titles(lists.typed(session, ada, "bo's okrs", NOW)) == ["Bo's own"]
    assert titles(lists.typed(session, ada, "ÖZLEM", NOW)) == ["Özlem's own"]
    person(session, "Bo Holm")
    with pytest.raises(Refusal, match="I do not know “bo”"):
        lists.typed(session, ada, "bo", NOW)
