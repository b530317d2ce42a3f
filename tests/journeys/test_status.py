"""Status that tells the truth: set by hand with a reason, never green in silence, asked about when nothing moves."""

from datetime import timedelta

import pytest

from sandbox.reading import text_of

DAY = timedelta(days=1)
LATE = "the vendor is late"


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1 with KR-1 from 0 to 100, at 60."""
    await town.set_up()
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    await gita.command("/okr update KR-1 60 confidence 8")
    return gita


def day(town, ahead):
    """A day from now on, as people write it."""
    return town.slack.calendar.now() + ahead * DAY


# by hand


async def test_a_status_is_set_in_words_shown_with_its_reason_and_taken_back(gita, town):
    until = day(town, 9)
    seen = await gita.command(f"/okr status KR-1 at risk until {until:%-d %b} because {LATE}")
    assert f"at risk · set by Gita until {until:%-d %B}: {LATE} (its numbers say: on track)" in seen.text

    card = (await town.person("bo").command("/okr show O-1")).text
    assert f"set by Gita until {until:%-d %B}: {LATE} (its numbers say: on track)" in card
    assert card.count(":large_yellow_circle: at risk · ") == 1
    assert "confidence 8/10" in card

    assert "on track · its numbers speak again" in (await gita.command("/okr status KR-1 auto")).text
    assert "set by" not in (await gita.command("/okr")).text


async def test_it_stands_until_its_day_is_over(gita, town):
    await gita.command(f"/okr status KR-1 off track until {day(town, 2):%Y-%m-%d} because {LATE}")

    await town.until(day(town, 2))
    assert ":red_circle: off track" in (await gita.command("/okr")).text
    await town.until(day(town, 1))
    assert ":large_green_circle: on track" in (await gita.command("/okr")).text


async def test_a_status_is_set_from_a_menu_and_taken_back_from_the_same_form(gita):
    await gita.command("/okr update KR-1")
    await gita.choose("key_result.more", "Set status")
    await gita.submit({"status": "Off track", "reason": LATE})
    assert "off track · set by Gita until" in text_of(gita.modal)
    await gita.close(whole_stack=True)

    await gita.command("/okr status KR-1")
    assert LATE in text_of(gita.modal)
    await gita.submit({"status": "What its numbers say: on track"})
    assert "its numbers speak again" in text_of(gita.modal)


async def test_a_status_without_a_reason_keeps_the_form_open(gita, town):
    await gita.command("/okr status KR-1")
    await gita.submit({"status": "At risk", "until": f"{day(town, 3):%Y-%m-%d}", "reason": " "})
    assert gita.errors == {"Why?": "Say why in a few words: whoever reads the status will want to know."}

    await gita.submit({"until": f"{day(town, 40):%Y-%m-%d}", "reason": LATE})
    assert "four weeks at most" in gita.errors["Until the end of"]

    await gita.submit({"until": f"{day(town, 3):%Y-%m-%d}"})
    assert f"set by Gita until {day(town, 3):%-d %B}: {LATE}" in text_of(gita.modal)


async def test_what_cannot_be_understood_is_refused_in_words(gita):
    for typed, sentence in {
        "": "Of which key result?",
        "O-1 at risk": "O-1 is an objective: its status is that of its weakest key result. Set that one",
        "KR-9 at risk because": "There is no KR-9 here",
        "KR-1 fine": "on track, at risk or off track",
        "KR-1 done because": "on track, at risk or off track",
        "KR-1 at risk until whenever because we wait": "Until which day?",
        f"KR-1 at risk until 2020-01-01 because {LATE}": "is over already",
        "KR-1 at risk until Friday": "Say why in a few words",
        "KR-1 auto": "nobody has set it by hand",
    }.items():
        seen = await gita.command(f"/okr status {typed}")
        assert sentence in seen.text, typed
        assert seen.messages[0].is_ephemeral
    assert "set by" not in (await gita.command("/okr")).text


async def test_a_reason_pings_nobody(gita):
    seen = await gita.command("/okr status KR-1 at risk because <!channel> *look* <https://evil.example|here>")

    assert "&lt;!channel&gt; ∗look∗ &lt;https://evil.example|here&gt;" in str(seen.blocks)


async def test_somebody_else_s_status_is_not_theirs_to_set(gita, town):
    seen = await town.person("bo").command(f"/okr status KR-1 on track because {LATE}")

    assert "You cannot set the status of KR-1, which is Gita's." in seen.text


async def test_the_owner_hears_what_somebody_else_has_set_and_can_take_it_back(gita, town):
    await town.person("ada").command(f"/okr status KR-1 at risk because {LATE}")
    await town.quiet()

    told = gita.dm[-1]
    assert ":large_yellow_circle: at risk · set by Ada until" in text_of(told)
    assert "`/okr status KR-1 auto` takes it back" in text_of(told)
    await gita.press("Set status", within=told)
    await gita.submit({"status": "What its numbers say: on track"})
    assert "set by" not in (await gita.command("/okr")).text


# silence


async def test_silence_is_never_green_whatever_anybody_said(gita, town):
    await gita.command(f"/okr status KR-1 on track until {day(town, 25):%Y-%m-%d} because {LATE}")
    assert ":large_green_circle: on track" in (await gita.command("/okr")).text

    await town.until(day(town, 18))
    await gita.open_home()

    for seen in (
        (await gita.command("/okr")).text,
        (await gita.command("/okr show O-1")).text,
        (await town.person("bo").command("/okr list all")).text,
        text_of(gita.home),
    ):
        assert ":white_circle: stale" in seen
        assert ":large_green_circle:" not in seen
    answer = (await gita.command(f"/okr status KR-1 on track because {LATE}")).text
    assert "It is stale all the same, until somebody checks in on it" in answer

    await gita.command("/okr update KR-1 70")
    assert ":large_green_circle: on track" in (await gita.command("/okr")).text


# low confidence


async def test_whoever_is_hardly_confident_is_asked_why_in_a_command(gita):
    seen = await gita.command("/okr update KR-1 61 confidence 3")
    assert "With a confidence of 3, say in a note what makes it doubtful" in seen.text
    assert "60 → 100" in (await gita.command("/okr")).text

    seen = await gita.command(f"/okr update KR-1 61 confidence 3 note {LATE}")
    assert "60 → 61 of 100" in seen.text
    assert LATE in seen.text


async def test_the_form_for_an_update_asks_beside_the_note_and_loses_nothing(gita):
    await gita.command("/okr update KR-1")
    await gita.submit({"value": "61", "confidence": "2"})
    assert "say in a note what makes it doubtful" in gita.errors["Note"]

    await gita.submit({"note": LATE})
    assert "60 → 61 of 100" in text_of(gita.modal)
    assert "confidence 2/10" in text_of(gita.modal)


async def test_the_check_in_asks_beside_the_note_of_that_key_result(gita, town):
    await town.key_result(gita, title="Jobs moved", target="12")
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[-1])
    await gita.submit({"value KR-1": "+5", "value KR-2": "3", "confidence KR-2": "1"})
    assert list(gita.errors) == ["Note"]

    await gita.submit({"note KR-2": LATE})
    assert "60 → 65 of 100" in text_of(gita.modal)
    assert LATE in text_of(gita.modal)


# where it will land


async def test_an_update_says_where_it_will_land_once_enough_is_known(gita, town):
    for value in (64, 68):
        await town.until(town.monday(gita))
        seen = await gita.command(f"/okr update KR-1 {value}")
        assert "At this pace" not in seen.text
    await town.until(town.monday(gita))

    seen = await gita.command("/okr update KR-1 72")

    assert "At this pace: " in seen.text
    assert "of 100 by 31 March, the target on " in seen.text
    assert "(from 4 days with an update)" in seen.text
    assert "At this pace: " in (await town.person("bo").command("/okr show KR-1")).text


# green but flat


async def four_weeks_without_moving(gita, town):
    """Gita checks in every Monday, and nothing moves; on the fifth one she is asked."""
    for _ in range(4):
        await town.until(town.monday(gita))
        await gita.command("/okr update KR-1 note still at it")
    assert not any("Is that right?" in text_of(message) for message in gita.dm)
    await town.until(town.monday(gita))


def asked(who):
    """The questions about what does not move that somebody has got."""
    return [message for message in who.dm if "Is that right?" in text_of(message)]


async def test_the_owner_alone_is_asked_about_what_is_green_without_moving(gita, town):
    await four_weeks_without_moving(gita, town)

    (question,) = asked(gita)
    assert "*KR-1* Sign-ups a week is on track, and has not moved for 4 weeks. Is that right?" in text_of(question)
    assert "Only you are asked" in text_of(question)
    assert [name for name in ("ada", "bo", "emi") if asked(town.person(name))] == []

    await town.until(day(town, 1))
    assert len(asked(gita)) == 1


async def test_it_will_move_takes_the_question_away_for_another_four_weeks(gita, town):
    await four_weeks_without_moving(gita, town)

    await gita.press("It will move", within=asked(gita)[0])

    assert asked(gita) == []
    assert "You are not asked about KR-1 Sign-ups a week again before Monday" in text_of(gita.dm[-1])
    for _ in range(3):
        await gita.command("/okr update KR-1 note still at it")
        await town.until(town.monday(gita))
    assert asked(gita) == []


async def test_a_doubt_becomes_a_status_with_a_reason(gita, town):
    await four_weeks_without_moving(gita, town)

    await gita.press("Set to at risk", within=asked(gita)[0])
    await gita.submit({"reason": LATE})

    assert "at risk · set by Gita until" in text_of(gita.modal)
    assert ":large_yellow_circle: at risk" in (await gita.command("/okr")).text


async def test_the_question_is_answered_with_an_update(gita, town):
    await four_weeks_without_moving(gita, town)

    await gita.press("Update it", within=asked(gita)[0])
    await gita.submit({"value": "75"})

    assert "60 → 75 of 100" in text_of(gita.modal)


async def test_whoever_is_behind_or_says_so_is_not_asked(gita, town):
    await gita.command(f"/okr status KR-1 at risk until {day(town, 28):%Y-%m-%d} because {LATE}")
    for _ in range(4):
        await town.until(town.monday(gita))
        await gita.command("/okr update KR-1 note still at it")

    await town.until(day(town, 1))

    assert asked(gita) == []
