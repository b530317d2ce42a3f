"""Another way of measuring: no number of the one before it is read in it, and nobody loses a value unawares."""

from datetime import timedelta

import pytest

from sandbox.reading import text_of

DAY = timedelta(days=1)
STEPS = "Interviews held\nDesign agreed\nBeta with ten customers\nEverybody has it"
STEPWISE = "Milestones: a checklist of steps"
DONE_OR_NOT = "Done or not: it happens, or it does not"
UP = "Up: more is better"


@pytest.fixture
async def gita(town):
    """Gita, whose KR-1 went from 0 to 40 over five weeks."""
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita, unit="sign-ups")
    for week, value in enumerate((5, 10, 20, 30, 40)):
        await town.until(town.slack.calendar.now() + (7 * DAY if week else timedelta(hours=1)))
        await gita.command(f"/okr update KR-1 {value} confidence {9 - week}")
    return gita


async def measured(who, kind, **filled_in) -> str:
    """Another way of measuring is chosen and saved; what is read then."""
    await who.command("/okr edit KR-1")
    await who.choose("kind", kind)
    await who.submit(filled_in)
    assert not who.errors
    read = text_of(who.modal)
    await who.close(whole_stack=True)
    return read


async def told(who, words) -> str:
    """The answer to a command."""
    return (await who.command(words)).text


async def test_whoever_chooses_another_measure_is_warned_before_it_is_saved_and_told_after(gita):
    await gita.command("/okr edit KR-1")
    assert "begins anew" not in text_of(gita.modal)
    await gita.choose("kind", "Keep at least: never less than this")
    assert "begins anew" not in text_of(gita.modal), "a number stays one"
    await gita.choose("kind", STEPWISE)
    assert "KR-1 is at *40 sign-ups*" in text_of(gita.modal)
    assert "once you save, it begins anew" in text_of(gita.modal)

    await gita.submit({"milestones": STEPS})

    assert "It was at 40 sign-ups. As it is measured now it begins anew, at 0 of 4 milestones" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    history = await told(gita, "/okr history KR-1")
    assert "changed the value from 40 sign-ups to 0 of 4 milestones" in history
    assert "changed the measure from increase to milestones" in history


async def test_a_form_that_was_drawn_for_a_number_saves_nothing_as_done_or_not_before_it_has_warned(gita):
    await gita.command("/okr edit KR-1")
    await gita.submit({"kind": DONE_OR_NOT})
    assert "Nothing is saved yet" in text_of(gita.modal)
    assert "once you save, it begins anew" in text_of(gita.modal)
    await gita.submit({})
    assert "it begins anew, at not done yet" in text_of(gita.modal)


async def test_numbers_are_read_as_no_milestones_wherever_they_are_told(gita, town):
    assert "At this pace" in await told(gita, "/okr show KR-1")
    await measured(gita, STEPWISE, milestones=STEPS)

    assert "At this pace" not in await told(gita, "/okr show O-1")
    assert "Nothing of this has moved" in await told(gita, "/okr why KR-1")
    history = await told(gita, "/okr history KR-1")
    assert "40 of 4" not in history
    assert "moved it from 30 to 40" in history
    assert "The chart follows" not in history, "nothing was said in it yet"

    await town.until(town.slack.calendar.now() + DAY)
    await gita.command("/okr update KR-1 1")
    assert "0 on 10 February, 1 of 4 milestones now" in await told(gita, "/okr history KR-1")
    assert "0 → 1 of 4 milestones" in await told(gita, "/okr why KR-1")
    await town.quiet()
    (chart,) = [block for block in gita.dm[-1].blocks if block["type"] == "data_visualization"]
    assert [dot["value"] for dot in chart["chart"]["series"][0]["data"]] == [0, 1]


async def test_a_number_is_not_read_as_done(gita):
    await measured(gita, DONE_OR_NOT)
    await gita.command("/okr update KR-1 not yet confidence 7")
    history = await told(gita, "/okr history KR-1")
    assert "not done yet now" in history
    assert "from 30 to 40" in history
    assert "▁" in history
    assert "left it at not done yet" in history


async def test_whoever_goes_back_reads_where_it_was_and_may_say_so(gita):
    await measured(gita, STEPWISE, milestones=STEPS)
    await gita.command("/okr update KR-1 2")
    assert "is measured in another way" not in await told(gita, "/okr undo KR-1")
    assert "KR-1 is measured in another way since" in await told(gita, "/okr undo KR-1")

    await gita.command("/okr edit KR-1")
    await gita.choose("kind", UP)
    assert "it was measured otherwise (0 → 100 sign-ups), and was at 40 sign-ups then" in text_of(gita.modal)
    await gita.submit({"target": "100", "unit": "sign-ups", "current": "40"})
    assert "40 → 100 sign-ups" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    assert "changed the value from 0 of 4 milestones to 40 sign-ups" in await told(gita, "/okr history KR-1")


async def test_a_shorter_list_is_not_told_of_in_the_numbers_of_the_longer_one(gita):
    await measured(gita, STEPWISE, milestones=STEPS)
    await gita.command("/okr update KR-1 3")
    await gita.command("/okr edit KR-1")
    await gita.submit({"milestones": "Everybody has it\nEverybody loves it"})
    assert "It was at 3 of 4 milestones. As it is measured now it begins anew, at 0 of 2" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    history = await told(gita, "/okr history KR-1")
    assert "3 of 2" not in history
    assert "changed the value from 3 of 4 milestones to 0 of 2 milestones" in history


async def test_a_history_tells_how_sure_people_were_over_time(gita):
    assert "confidence 9 on 13 January, 5 on 10 February" in await told(gita, "/okr history KR-1")


async def test_what_is_done_or_not_was_set_to_be_so_and_not_as_done(town):
    gita = town.person("gita")
    await town.objective(gita)
    await gita.command("/okr add kr O-1")
    await gita.choose("kind", DONE_OR_NOT)
    await gita.submit({"title": "Releases a week"})
    await gita.close(whole_stack=True)
    assert "Gita set it: “Releases a week”, done or not, owned by" in await told(gita, "/okr history KR-1")


async def test_a_chart_of_what_lies_far_from_0_is_drawn_in_percent_of_the_way(town):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita, start="95.5", target="99.9", unit="%")
    await gita.command("/okr update KR-1 97.7")
    await gita.command("/okr history KR-1")
    await town.quiet()
    (chart,) = [block for block in gita.dm[-1].blocks if block["type"] == "data_visualization"]
    value, pace = chart["chart"]["series"]
    assert (value["name"], value["data"][-1]["value"]) == ("Progress", 50)
    assert 0 <= pace["data"][-1]["value"] < 20
    assert chart["chart"]["axis_config"]["y_label"] == "% of the way"
    assert "0 is 95.5%, 100 is 99.9%" in text_of(gita.dm[-1])
    assert "97.7%" in gita.dm[-1].text or "97.7%" in text_of(gita.dm[-1])


async def test_the_receipt_of_a_check_in_says_what_was_taken_back(town):
    await town.set_up()
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    await gita.command("/okr update KR-1 51")
    await town.until(town.monday(gita))
    await gita.press("Check in")
    await gita.submit({"value KR-1": "70", "note KR-1": "A slip"})
    await gita.close(whole_stack=True)
    await town.quiet()
    assert "51 → 70" in text_of(gita.dm[-1])

    await gita.command("/okr undo KR-1")
    await town.quiet()

    receipt = text_of(gita.dm[-1])
    assert "51 → 70" not in receipt
    assert "taken back, so it stayed at 51" in receipt
