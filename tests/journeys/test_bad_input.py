"""What nobody should have typed: a clear sentence in the right place, and nothing changes."""

import pytest

from sandbox.reading import text_of


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1 with KR-1, at 40 of 100."""
    gita = town.person("gita")
    await town.objective(gita, "Nobody waits for us")
    await town.key_result(gita, title="Sign-ups a week")
    await gita.command("/okr update KR-1 40")
    return gita


async def shown(gita) -> str:
    """Everything that she reads about her objectives."""
    return (await gita.command("/okr")).text


# values and measures


async def test_a_value_that_is_none_is_refused_in_words(gita):
    for typed, sentence in {
        "lots": "“lots” is not a number",
        "12,5,1": "“12,5,1” is not a number",
        "9e99": "“9e99” is written with an exponent",
        "∞": "“∞” is not a number",
        "+": "“+” is not a number",
        "9999999999999999": "larger than I can keep",
        "-41": "cannot go below zero",
        "45 confidence 11": "Confidence goes from 1 to 10",
        "45 confidence high": "Confidence goes from 1 to 10",
    }.items():
        seen = await gita.command(f"/okr update KR-1 {typed}")
        assert sentence in seen.text
        assert seen.messages[0].is_ephemeral

    assert "40 → 100" in await shown(gita)


async def test_a_bad_number_keeps_the_form_open(gita):
    await gita.command("/okr update KR-1")

    await gita.submit({"value": "a few", "note": "Looking good"})

    assert gita.errors == {"Where is it now?": "“a few” is not a number. Write it like 45, 1,200 or 99.5."}
    await gita.submit({"value": "45"})
    assert "Looking good" in text_of(gita.modal)
    await gita.close()
    assert "45 → 100" in await shown(gita)


async def test_a_percentage_that_lost_its_point_is_outside_the_measure(gita, town):
    await town.key_result(gita, title="Up-time", unit="%")

    seen = await gita.command("/okr update KR-2 9950%")

    assert "9,950% is outside this measure: it goes from -100% to 1,000%." in seen.text
    assert "0% → 100%" in await shown(gita)


async def test_a_start_that_is_the_target_is_refused_beside_the_target(gita):
    await gita.command("/okr add kr O-1")

    await gita.submit({"title": "Stand still", "start": "7", "target": "7.0"})

    assert list(gita.errors) == ["Target"]
    assert "nothing to move" in gita.errors["Target"]
    await gita.close()
    assert "KR-2" not in await shown(gita)


async def test_a_target_on_the_wrong_side_is_refused_beside_the_target(gita):
    await gita.command("/okr edit KR-1")

    await gita.submit({"target": "-5"})

    assert list(gita.errors) == ["Target"]
    await gita.close()
    assert "40 → 100" in await shown(gita)


# references


async def test_a_reference_that_names_nothing_or_two_things_is_asked_about(gita):
    for command, sentence in {
        "/okr edit 1": "1 could be O-1 or KR-1. Which one is it?",
        "/okr archive 1": "1 could be O-1 or KR-1. Which one is it?",
        "/okr update KR-99 45": "There is no KR-99 here.",
        "/okr show O-99": "There is no O-99 here.",
        "/okr update O-1 45": "O-1 is an objective. Name a key result, such as KR-34.",
        "/okr add kr KR-1": "KR-1 is a key result. Name an objective, such as O-12.",
        "/okr edit sign-ups": "“sign-ups” is not a reference I know",
        "/okr edit": "They look like O-12 (an objective) or KR-34 (a key result)",
        "/okr update": "Which key result",
        "/okr add kr": "Under which objective?",
    }.items():
        assert sentence in (await gita.command(command)).text
        assert gita.modal is None

    assert "40 → 100" in await shown(gita)


async def test_thanks_for_something_unknown_are_not_given(gita, town):
    await town.set_up()

    seen = await town.person("bo").command("/kudos @gita for the migration KR-99")

    assert "There is no KR-99 here." in seen.text
    await town.quiet()
    assert not gita.dm
    assert not town.slack.channel("kudos").messages


async def test_somebody_elses_key_result_is_not_theirs_to_change(gita, town):
    hana = town.person("hana")

    for words in ("update KR-1 90", "update KR-1", "edit KR-1", "archive KR-1", "archive O-1", "add kr O-1"):
        seen = await hana.command(f"/okr {words}")
        assert seen.text.startswith("You cannot ")
        assert hana.modal is None

    assert "40 → 100" in await shown(gita)


# a cycle that is over


async def test_a_closed_cycle_is_read_and_not_changed(gita, town):
    await town.until(town.slack.calendar.now().replace(month=4, day=20))

    for command in ("update KR-1 50", "edit O-1", "edit KR-1", "archive O-1", "archive KR-1", "add kr O-1"):
        assert "is closed, so O-1 can be read but no longer changed." in (await gita.command(f"/okr {command}")).text
    year = town.slack.calendar.now().year
    assert "40 → 100" in (await gita.command(f"/okr list me Q1 {year}")).text
    assert "You have no objectives in Q2" in (await gita.command("/okr")).text


async def test_a_form_that_was_open_when_its_cycle_closed_keeps_what_was_typed(gita, town):
    await gita.command("/okr update KR-1")
    await gita.fill({"value": "77", "note": "Just in time"})
    await town.until(town.slack.calendar.now().replace(month=4, day=20))

    seen = await gita.submit()

    assert "is closed" in seen.text
    await gita.close()
    assert "Just in time" in text_of(gita.modal)


# texts


async def test_a_title_that_says_nothing_or_too_much_is_refused_beside_it(gita):
    await gita.command("/okr add objective")

    for title, sentence in {" \n\t ": "Give it a title.", "é" * 201: "That is 201 characters"}.items():
        await gita.submit({"title": title})
        assert sentence in gita.errors["Objective"]

    await gita.close()
    assert "O-2" not in await shown(gita)


async def test_a_note_of_3001_characters_is_refused_and_nothing_moves(gita):
    seen = await gita.command("/okr update KR-1 45 note " + "x" * 3_001)

    assert "That is 3,001 characters; please keep it to 2,000." in seen.text
    assert "40 → 100" in await shown(gita)


async def test_a_long_note_is_refused_beside_its_field(gita):
    await gita.command("/okr update KR-1")

    await gita.submit({"value": "45", "note": "x" * 2_001})

    assert gita.errors == {"Note": "That is 2,001 characters; please keep it to 2,000."}
    await gita.close()
    assert "40 → 100" in await shown(gita)


async def test_a_reason_of_3001_characters_is_not_passed_on(gita, town):
    await town.set_up()

    seen = await town.person("bo").command("/kudos @gita for " + "a" * 3_001)

    assert "That is 3,001 characters; please keep it to 2,000." in seen.text
    await town.quiet()
    assert not gita.dm


# people who have left


async def test_somebody_deactivated_can_do_nothing(gita, town):
    await town.slack.interactions.change_profile(gita.id, deleted=True)
    gita.user.deleted = False  # Slack lets a command through that was typed just before

    seen = await gita.command("/okr update KR-1 90")

    assert "Your account here is deactivated" in seen.text
    assert "40 → 100" in (await town.person("ada").command("/okr show O-1")).text


async def test_somebody_deactivated_cannot_become_an_owner(gita, town):
    await gita.command("/okr edit O-1")
    await gita.fill({"owner": "@imani"})
    await town.slack.interactions.deactivate(town.person("imani").id)

    await gita.submit()

    assert gita.errors == {"Owner": "Imani has left this workspace. Choose somebody who is here."}


async def test_somebody_deactivated_cannot_be_thanked(gita, town):
    await town.set_up()

    seen = await gita.command("/kudos @noor for all the help")

    assert "Noor has left this workspace" in seen.text
    await town.quiet()
    assert not town.slack.channel("kudos").messages


# what changed meanwhile


async def test_what_was_typed_survives_when_its_objective_was_archived(gita, town):
    await gita.command("/okr edit O-1")
    await gita.fill({"title": "Nobody ever waits for us"})
    await town.person("ada").command("/okr archive O-1")

    seen = await gita.submit()

    assert "O-1 is archived. Restore it first if it is still wanted." in seen.text
    assert gita.modal["title"]["text"] == "That did not work"
    await gita.close()
    assert "Nobody ever waits for us" in text_of(gita.modal)
    await town.person("ada").command("/okr restore O-1")
    await gita.submit()
    assert "Nobody ever waits for us" in await shown(gita)


async def test_a_key_result_archived_meanwhile_costs_nobody_their_words(gita, town):
    await gita.command("/okr update KR-1")
    await gita.fill({"value": "50", "note": "A good week"})
    await town.person("ada").command("/okr archive KR-1")

    seen = await gita.submit()

    assert "KR-1 is archived" in seen.text
    await gita.close()
    assert "A good week" in text_of(gita.modal)


async def test_a_third_window_that_cannot_be_sent_says_so_beside_its_first_field(gita, town):
    await gita.command("/okr add objective")
    await gita.submit({"title": "Everybody sleeps well"})
    await gita.press("Add a key result")
    await gita.submit({"title": "Pages at night", "target": "10"})
    await gita.press("Add another key result")
    await gita.fill({"title": "Hours of sleep", "target": "8"})
    await town.person("ada").command("/okr archive O-2")

    await gita.submit()

    assert gita.errors == {"Key result": "O-2 is archived. Restore it first if it is still wanted."}
    assert "Hours of sleep" in text_of(gita.modal)
