"""The weekly check-in: who is asked, how it is answered, skipped and edited, and what time does to it."""

from datetime import timedelta

import pytest

from sandbox.reading import text_of
from tests.conftest import at_work

DAY = timedelta(days=1)


@pytest.fixture
async def gita(town):
    """Gita, who owns KR-1 and KR-2 in a workspace that is set up."""
    await town.set_up()
    return await owner_of_two(town)


async def owner_of_two(town):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    await town.key_result(gita, title="Jobs moved", target="12")
    return gita


# who is asked


async def test_only_active_people_who_own_a_key_result_are_asked(town):
    ada, emi, hana, marek = (town.person(name) for name in ("ada", "emi", "hana", "marek"))
    await town.objective(ada)
    for owner in ("@emi", "@hana", "@marek"):
        await town.key_result(ada, owner=owner)
    await town.set_up()
    await town.slack.interactions.deactivate(emi.id)

    await town.until(town.monday(ada) + DAY)

    assert len(hana.dm) == 1
    opened = [text_of(message)[:13] for message in ada.dm]
    assert opened == ["Hello Ada, I ", "Emi has left "]  # the greeting, what Emi leaves behind, and no question
    nobody = [emi, marek, *(town.person(name) for name in ("bo", "noor", "deploys"))]
    assert [who for who in nobody if who.dm] == []


async def test_nobody_is_asked_before_the_set_up(town):
    gita = await owner_of_two(town)

    await town.until(town.monday(gita) + 8 * DAY)

    assert not gita.dm
    assert "No check-in is open" in (await gita.command("/checkin")).text


async def test_whoever_owns_nothing_any_more_when_monday_comes_is_not_asked(gita, town):
    await gita.command("/okr archive O-1")

    await town.until(town.monday(gita))

    assert not gita.dm


# answering


async def test_two_key_results_stand_in_one_form_and_a_mistake_in_one_saves_neither(gita, town):
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[0])

    await gita.submit({"value KR-1": "30", "note KR-1": "Good", "value KR-2": "many", "blocker": "A licence"})

    assert gita.errors == {"Where is it now?": "“many” is not a number. Write it like 45, 1,200 or 99.5."}
    beside = town.slack.workspace.modal(gita.id).errors
    assert list(beside) == ["value KR-2"]
    await gita.close()
    seen = (await gita.command("/okr")).text
    assert "0 → 100" in seen
    assert "0 → 12" in seen
    assert "Checked in" not in text_of(gita.dm[0])


async def test_the_form_begins_with_the_last_values_and_keeps_those_that_are_left_alone(gita, town):
    await gita.command("/okr update KR-1 40")
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[0])
    assert "Where is it now?: 40" in text_of(gita.modal)
    await gita.command("/okr update KR-1 41")

    await gita.submit({"value KR-2": "3"})
    await town.quiet()

    seen = (await gita.command("/okr")).text
    assert "41 → 100" in seen
    assert "3 → 12" in seen


async def test_an_answer_can_be_edited_until_it_closes_and_not_after(gita, town):
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[0])
    await gita.submit({"value KR-1": "10", "note KR-1": "So so", "blocker": "A licence"})
    await gita.close()
    await town.quiet()

    await gita.press("Edit", within=gita.dm[0])
    assert "So so" in text_of(gita.modal)
    assert "A licence" in text_of(gita.modal)
    await gita.submit({"value KR-1": "20", "blocker": ""})
    await gita.close()
    await town.quiet()
    assert "20 of 100" in text_of(gita.dm[0])
    assert "A licence" not in text_of(gita.dm[0])

    await town.until(town.monday(gita, 9, 1))
    await gita.press("Edit", within=gita.dm[0])
    assert "It has closed." in text_of(gita.dm[0])
    assert "20 of 100" in text_of(gita.dm[0])
    assert "Edit" not in text_of(gita.dm[0])
    assert len(gita.dm) == 2


async def test_a_form_that_was_left_open_over_the_weekend_says_that_it_has_closed(gita, town):
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[0])
    await gita.fill({"value KR-1": "10", "note KR-1": "Just in time"})
    await town.until(town.monday(gita))

    seen = await gita.submit()

    assert "has closed" in seen.text
    await gita.close()
    assert "Just in time" in text_of(gita.modal)


async def test_the_command_opens_it_any_time_in_the_period_once_it_has_begun(gita, town):
    assert "The next one comes on Monday" in (await gita.command("/checkin")).text
    await town.until(town.monday(gita) + 5 * DAY)

    await gita.command("/checkin")
    await gita.submit({"value KR-1": "15"})
    await town.quiet()

    assert "Checked in" in text_of(gita.dm[0])


async def test_somebody_who_begins_to_own_a_key_result_midweek_may_check_in_by_hand(gita, town):
    await town.until(town.monday(gita) + DAY)
    bo = town.person("bo")
    await town.key_result(gita, title="Load tests", owner="@bo")

    await bo.command("/checkin")
    await bo.submit({"value KR-3": "7"})

    assert "7 of 100" in text_of(bo.modal)
    await town.quiet()
    assert ["counts on you for 1 key result" in text_of(message) for message in bo.dm] == [True]


async def test_the_shortcut_and_home_open_the_same_form(gita, town):
    await town.until(town.monday(gita))

    await gita.shortcut("Check in")
    by_shortcut = text_of(gita.modal)
    await gita.close()
    await gita.open_home()
    await gita.press("Check in")

    assert text_of(gita.modal) == by_shortcut


async def test_somebody_elses_check_in_is_not_theirs(gita, town):
    await town.until(town.monday(gita))
    hana = town.person("hana")

    assert "You own no key result" in (await hana.command("/checkin")).text
    assert "You own no key result" in (await hana.shortcut("Check in")).text


# skipping


async def test_a_week_is_skipped_by_its_button_and_taken_up_after_all(gita, town):
    await town.until(town.monday(gita))

    await gita.press("Skip this week", within=gita.dm[0])
    await town.quiet()
    assert "You skipped the check-in" in text_of(gita.dm[0])

    await gita.press("Check in after all", within=gita.dm[0])
    await gita.submit({"value KR-1": "9"})
    await town.quiet()
    assert "Checked in" in text_of(gita.dm[0])
    assert len(gita.dm) == 1


async def test_a_week_is_skipped_by_command_and_an_answered_one_is_not(gita, town):
    await town.until(town.monday(gita))

    assert "Skipped the check-in" in (await gita.command("/checkin skip")).text
    await gita.command("/checkin")
    await gita.submit({"value KR-1": "9"})
    await gita.close()

    assert "You have checked in already" in (await gita.command("/checkin skip")).text


# time


async def test_somebody_who_moves_zone_after_being_asked_is_not_asked_twice(gita, town):
    await town.until(town.monday(gita))

    await town.slack.interactions.change_profile(gita.id, tz="America/New_York")
    await town.until(town.slack.calendar.now() + DAY)

    assert len(gita.dm) == 1


async def test_somebody_who_moves_to_where_monday_morning_has_passed_is_asked_once(town):
    await town.set_up()
    kalea = town.person("kalea")
    await town.objective(kalea)
    await town.key_result(kalea)
    await town.until(town.monday(town.person("emi")) + timedelta(hours=2))
    assert not kalea.dm

    await town.slack.interactions.change_profile(kalea.id, tz="Asia/Tokyo")
    await town.quiet()
    asked = len(kalea.dm)
    await town.until(town.slack.calendar.now() + 2 * DAY)

    assert asked == 1
    assert len(kalea.dm) == 1


@pytest.mark.parametrize(("hours", "asked"), [(3, 1), (35, 1), (37, 0)])
async def test_after_a_monday_morning_without_cairn_people_are_asked_once_and_not_too_late(slack, sqlite, hours, asked):
    url = sqlite.fresh()
    async with at_work(slack, url) as town:
        await town.set_up()
        gita = await owner_of_two(town)
        monday = town.monday(gita)

    slack.calendar.set(monday + timedelta(hours=hours))
    async with at_work(slack, url) as town:
        await town.quiet()
        assert len(gita.dm) == asked
        await town.cairn.timetable.plan()
        await town.quiet()
        assert len(gita.dm) == asked
        await gita.command("/checkin")
        assert "Where is it now?" in text_of(gita.modal)


async def test_week_after_week_everybody_is_asked_once(gita, town):
    for week in (1, 2, 3):
        await town.until(town.monday(gita))
        assert len(gita.dm) == week


async def test_in_a_new_quarter_only_its_own_key_results_are_asked_about(town):
    town.slack.calendar.set(town.slack.calendar.now().replace(month=3, day=31))
    await town.set_up()
    gita = await owner_of_two(town)
    await town.until(town.slack.calendar.now().replace(month=4, day=1))
    await town.until(town.monday(gita) + DAY)
    assert [text_of(message)[:15] for message in gita.dm] == [f"Q1 {town.slack.calendar.now().year} is over"]

    await town.objective(gita, "Spring")
    await town.key_result(gita, "O-2", title="Swallows")
    await town.until(town.monday(gita))

    (asked,) = (message for message in gita.dm if "how is it going" in text_of(message))
    assert "KR-3" in text_of(asked)
    assert "KR-1" not in text_of(asked)
