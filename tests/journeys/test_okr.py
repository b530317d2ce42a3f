"""Objectives and key results, by typing and by pressing: set, moved, changed, put away and brought back."""

import pytest

from sandbox.reading import text_of
from tests.journeys.looking import option, options


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1 with KR-1 from 0 to 100."""
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    return gita


# set


async def test_a_teams_objective_hangs_below_the_companys(town):
    ada, bo = town.person("ada"), town.person("bo")
    await town.team()
    await town.objective(ada, "Customers trust us", level="The company's")

    await bo.command("/okr add objective")
    parent = option(bo.modal, "parent", "O-1")
    await bo.submit({"title": "Nobody waits for us", "level": "A team's", "team": "Engineering", "parent": parent})

    card = text_of(bo.modal)
    assert "O-2 Nobody waits for us" in card
    assert "Engineering" in card
    assert "↑ O-1 Customers trust us" in card


async def test_a_teams_objective_without_a_team_is_asked_for_one(town):
    await town.team()
    gita = town.person("gita")
    await gita.command("/okr add objective")

    await gita.submit({"title": "Nobody waits for us", "level": "A team's"})

    assert gita.errors == {"Team": "A team objective needs a team. Choose one, or another level."}


async def test_a_leads_objective_is_their_teams_unless_they_choose_otherwise(town):
    await town.team("Sales", lead="@diego")
    await town.team()
    bo = town.person("bo")
    await bo.command("/okr add objective")

    await bo.submit({"title": "Nobody waits for us"})

    assert f"Engineering · @{bo.id}" in text_of(bo.modal)


async def test_somebody_else_is_made_the_owner_of_a_key_result_and_may_move_it(gita, town):
    emi = town.person("emi")
    await town.key_result(gita, title="Jobs moved", owner="@emi")

    seen = await emi.command("/okr update KR-2 10")

    assert "0 → 10 of 100" in seen.text
    assert "*KR-2* Jobs moved" in (await emi.command("/okr")).text


async def test_an_objective_is_set_by_pressing_from_the_first_look_to_the_first_update(town):
    gita = town.person("gita")
    await gita.command("/okr")

    await gita.press("Add an objective")
    await gita.submit({"title": "Nobody waits for us"})
    await gita.press("Add a key result")
    await gita.submit({"title": "Sign-ups a week", "start": "40", "target": "100"})
    await gita.press("Update")
    await gita.submit({"value": "55"})

    assert "40 → 55 of 100" in text_of(gita.modal)


async def test_one_key_result_after_another_is_added_without_closing_anything(town):
    gita = town.person("gita")
    await gita.command("/okr add objective")
    await gita.submit({"title": "Nobody waits for us"})
    await gita.press("Add a key result")
    await gita.submit({"title": "One", "target": "10"})

    for title in ("Two", "Three", "Four"):
        await gita.press("Add another key result")
        await gita.submit({"title": title, "target": "10"})
    await gita.press("Update")
    await gita.submit({"value": "3"})

    assert "0 → 3 of 10" in text_of(gita.modal)


async def test_progress_rolls_up_from_key_results_to_their_objective(gita, town):
    await town.key_result(gita, title="Jobs moved", target="10")

    await gita.command("/okr update KR-1 50")
    await gita.command("/okr update KR-2 done")

    assert "▓▓▓▓▓▓▓░░░ 75%" in (await gita.command("/okr show O-1")).text


# moved


async def test_a_value_is_a_number_a_step_a_part_of_the_way_or_done(gita):
    for typed, shown in {
        "40": "0 → 40 of 100",
        "+3": "40 → 43 of 100",
        "-2.5": "43 → 40.5 of 100",
        "80%": "40.5 → 80 of 100",
        "done": "80 → 100 of 100",
    }.items():
        assert shown in (await gita.command(f"/okr update KR-1 {typed}")).text


async def test_an_update_takes_a_confidence_and_a_note_without_a_value(gita):
    seen = await gita.command("/okr update KR-1 confidence 4 note waiting for sales & support")

    assert "still 0 of 100" in seen.text
    assert "confidence 4/10" in seen.text
    assert "waiting for sales & support" in seen.text


async def test_the_same_as_a_form_from_a_button(gita):
    await gita.command("/okr")

    await gita.press("Update")
    await gita.submit({"value": "+12", "confidence": "8", "note": "A good week"})

    assert "0 → 12 of 100" in text_of(gita.modal)
    assert "confidence 8/10" in text_of(gita.modal)
    assert "A good week" in text_of(gita.modal)


async def test_the_lead_of_the_team_may_move_what_a_member_owns(town):
    await town.team()
    bo, emi = town.person("bo"), town.person("emi")
    await town.objective(bo, "Nobody waits", level="A team's", team="Engineering")
    await town.key_result(bo, owner="@emi")

    assert "0 → 5 of 100" in (await bo.command("/okr update KR-1 5")).text
    assert "5 → 6 of 100" in (await emi.command("/okr update KR-1 6")).text


# changed


async def test_an_objective_is_edited_by_command(gita):
    await gita.command("/okr edit O-1")
    assert "Nobody waits for us" in text_of(gita.modal)

    await gita.submit({"title": "Nobody waits at all", "owner": "@bo"})

    assert "O-1 Nobody waits at all" in text_of(gita.modal)
    assert "@Bo" in (await gita.command("/okr show O-1")).text


async def test_a_key_result_is_edited_by_command_and_keeps_where_it_is(gita):
    await gita.command("/okr update KR-1 40")
    await gita.command("/okr edit kr1")

    await gita.submit({"title": "Sign-ups a day", "target": "80", "unit": "people"})

    assert "*KR-1* Sign-ups a day" in text_of(gita.modal)
    assert "40 → 80 people" in text_of(gita.modal)


async def test_a_menu_does_what_the_commands_do(gita):
    await gita.command("/okr")
    await gita.choose("objective.more", "Edit")
    await gita.submit({"title": "Nobody waits at all"})
    await gita.close()
    await gita.choose("objective.more", "Add a key result")
    await gita.submit({"title": "Jobs moved", "target": "12"})
    await gita.close(whole_stack=True)

    seen = await gita.command("/okr")

    assert "O-1 Nobody waits at all" in seen.text
    assert "*KR-2* Jobs moved" in seen.text


async def test_an_objective_cannot_hang_below_its_own_child(gita, town):
    await gita.command("/okr add objective")
    await gita.submit({"title": "Below", "parent": option(gita.modal, "parent", "O-1")})
    await gita.close()
    await gita.command("/okr edit O-1")

    await gita.submit({"parent": option(gita.modal, "parent", "O-2")})

    assert "O-2 cannot stand above this objective" in gita.errors["Which objective does it help?"]


# put away, and brought back


async def test_what_is_archived_is_out_of_sight_and_comes_back_as_it_was(gita):
    await gita.command("/okr update KR-1 40")

    assert "Nothing is erased" in (await gita.command("/okr archive O-1")).text
    assert "Nobody waits" not in (await gita.command("/okr")).text
    assert "O-1 is archived" in (await gita.command("/okr edit O-1")).text
    assert "is back" in (await gita.command("/okr restore O-1")).text
    assert "40 → 100" in (await gita.command("/okr")).text
    assert "O-1 is not archived." in (await gita.command("/okr restore O-1")).text


async def test_a_key_result_is_archived_and_restored_by_itself(gita, town):
    await town.key_result(gita, title="Jobs moved")
    await gita.command("/okr update KR-1 40")

    await gita.command("/okr archive KR-1")
    without = (await gita.command("/okr")).text
    await gita.command("/okr restore KR-1")

    assert "KR-1" not in without
    assert "KR-2" in without
    assert "40 → 100" in (await gita.command("/okr")).text


async def test_archiving_from_a_menu_says_so_in_its_window(gita):
    await gita.command("/okr")

    await gita.choose("objective.more", "More…")
    await gita.press("Archive")

    assert "O-1 Nobody waits for us is archived." in text_of(gita.modal)
    assert "You have no objectives" in (await gita.command("/okr")).text


async def test_bringing_back_from_a_menu_puts_the_news_where_the_card_was(gita):
    await gita.command("/okr archive O-1")
    card = (await gita.command("/okr show O-1")).messages[0]

    await gita.choose("objective.more", "Restore")

    assert gita.sees("general")[-1].ts == card.ts
    assert "O-1 Nobody waits for us is back." in text_of(card)
    assert "Sign-ups a week" not in text_of(card)


async def test_archiving_from_a_menu_in_a_window_says_so_there(gita):
    await gita.open_home()
    await gita.press("Everybody's objectives")

    await gita.choose("objective.more", "More…")
    await gita.press("Archive")

    assert "O-1 Nobody waits for us is archived." in text_of(gita.modal)


async def test_archiving_from_home_shows_on_home(gita, town):
    await gita.open_home()

    await gita.choose("objective.more", "More…")
    await gita.press("Archive")
    await town.quiet()

    assert "Nobody waits for us" not in text_of(gita.home)


async def test_what_is_archived_is_found_on_home_and_brought_back_from_there(gita):
    await gita.command("/okr archive O-1")
    await gita.open_home()
    await gita.press("Archived")

    await gita.choose("objective.more", "Restore")

    assert "O-1 Nobody waits for us is back." in text_of(gita.modal)
    assert "O-1 Nobody waits for us" in (await gita.command("/okr")).text


async def test_a_new_parent_is_offered_without_the_objective_itself(gita, town):
    await town.objective(gita, "Everybody sleeps well")
    await gita.command("/okr edit O-1")

    assert options(gita.modal, "parent") == ["O-2 Everybody sleeps well"]
