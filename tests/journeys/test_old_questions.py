"""What has been seen to asks nobody any more: a press on it says how it stands, and takes its buttons away."""

from datetime import timedelta

import pytest

from sandbox.reading import text_of

WEEK = timedelta(weeks=1)


@pytest.fixture
async def gita(town):
    """Gita, who owns KR-1, in a workspace that is set up."""
    await town.set_up()
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    return gita


def buttons(message):
    """What can be pressed in a message."""
    return [part for block in message.blocks if block["type"] == "actions" for part in block["elements"]]


def choices(person, field):
    """What can be chosen in a field of the open form."""
    block = next(each for each in person.modal["blocks"] if each["block_id"] == field)
    return [each["text"]["text"] for each in block["element"]["options"]]


def now(person, message):
    """A message as it stands by now."""
    return next(each for each in person.dm if each.ts == message.ts)


async def test_an_old_undo_takes_back_nothing_else_and_says_so(gita):
    await gita.command("/okr update KR-1 40")
    await gita.command("/okr update KR-1 90")
    assert "stands where it stood before: 40 → 100" in (await gita.command("/okr undo KR-1")).text

    stale = await gita.press("Undo")

    assert "That has been taken back already: KR-1 stands at 40." in stale.text
    assert "40 → 100" in (await gita.command("/okr")).text


async def test_once_somebody_has_agreed_that_stands_in_place_of_the_question_to_the_others(gita, town):
    ada, bo = town.person("ada"), town.person("bo")
    await town.team()
    await gita.command("/okr add objective")
    cycle = next(each for each in choices(gita, "cycle") if each.startswith("Backlog"))
    await gita.submit({"title": "Everybody finds it", "level": "A team's", "team": "Engineering", "cycle": cycle})
    assert not gita.errors
    await gita.close(whole_stack=True)
    await gita.command("/okr propose O-2")
    await town.quiet()
    (asked,) = [each for each in bo.dm if "proposes O-2" in text_of(each)]
    await ada.command("/okr agree O-2")
    await town.quiet()

    assert f"@{ada.id} agreed to O-2 Everybody finds it. There is nothing left to do." in text_of(now(bo, asked))
    assert not buttons(now(bo, asked))


async def test_what_has_been_handed_over_is_not_offered_again(gita, town):
    bo = town.person("bo")
    await town.team()
    await town.slack.interactions.deactivate(gita.id)
    await town.quiet()
    (asked,) = [each for each in bo.dm if "Gita has left" in text_of(each)]
    await bo.press("Hand over", within=asked)
    await bo.submit({"owner O-1": "@emi", "owner KR-1": "@emi"})
    await bo.close(whole_stack=True)

    await bo.press("Hand over", within=asked)

    assert "owns nothing in an open cycle" in text_of(now(bo, asked))
    assert not buttons(now(bo, asked))


async def test_a_press_on_the_prompt_of_a_week_that_is_over_says_so_in_its_place(gita, town):
    await town.until(town.monday(gita))
    prompt = gita.dm[-1]
    town.slack.calendar.set(town.slack.calendar.now() + WEEK)  # Cairn has not looked at the clock yet

    await gita.press("Check in", within=prompt)

    assert "has closed" in text_of(now(gita, prompt))
    assert not buttons(now(gita, prompt))


async def test_the_next_weeks_question_takes_the_buttons_of_the_last_one_away(gita, town):
    await town.until(town.monday(gita))
    prompt = gita.dm[-1]
    await town.until(town.slack.calendar.now() + WEEK)
    await town.quiet()

    assert "has closed. What has moved meanwhile goes into the next one." in text_of(now(gita, prompt))
    assert not buttons(now(gita, prompt))
    assert buttons(gita.dm[-1])
