"""Asking another team: typed or in a form, answered privately, and told to whoever asked."""

from datetime import timedelta

import pytest

from sandbox.reading import text_of


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1 with KR-1, beside Platform, which Bo leads."""
    gita = town.person("gita")
    await town.set_up()
    await town.team("Platform", "@bo", ["@emi"])
    await town.objective(gita)
    await town.key_result(gita)
    return gita


async def test_a_lead_is_asked_privately_confirms_and_the_asker_hears_of_it(gita, town):
    bo = town.person("bo")

    seen = await gita.command("/okr depends KR-1 on Platform: the new API by June")
    await town.quiet()
    assert "KR-1 depends on Platform, as D-1" in seen.text.replace("*", "")
    assert "depends on Platform · not confirmed yet" in (await gita.command("/okr")).text
    assert f"@{gita.id} asks Platform for what" in text_of(bo.dm[-1])
    assert "the new API by June" in text_of(bo.dm[-1])

    await bo.press("Confirm", within=bo.dm[-1])
    await town.quiet()

    assert f"Platform (@{bo.id}) has confirmed what" in text_of(gita.dm[-1])
    assert "Platform has confirmed" in (await gita.command("/okr why KR-1")).text
    assert f"@{bo.id} confirmed D-1" in text_of(bo.dm[-1])
    assert "Not possible…" not in str(bo.dm[-1].blocks)


async def test_how_it_stands_can_be_asked_and_answered_there(gita, town):
    bo, hana = town.person("bo"), town.person("hana")
    await gita.command("/okr depends KR-1 on Platform: the new API by June")

    seen = await gita.command("/okr depends D-1")
    assert "Not confirmed yet (D-1).\nthe new API by June" in seen.text
    assert "Confirm" not in str(seen.blocks)
    await bo.command("/okr depends D-1")
    await bo.press("Confirm")
    await town.quiet()

    for who in (gita, hana):
        told = (await who.command("/okr depends D-1")).text
        assert "Platform (@Bo) has confirmed what *KR-1* Sign-ups a week depends on (D-1).\nthe new API by June" in told
    assert "There is no D-1 here." in (await town.person("marek").command("/okr depends D-1", channel="product")).text
    assert "Can you do it?" in (await bo.command("/okr depends D-1 perhaps")).text


async def test_a_lead_says_no_with_a_word_and_can_change_it(gita, town):
    bo = town.person("bo")
    await gita.command("/okr depends KR-1 on team platform: the new API")
    await town.quiet()

    await bo.press("Not possible…", within=bo.dm[-1])
    await bo.submit({"answer": " "})
    assert "A word on what stands in the way" in next(iter(bo.errors.values()))
    await bo.submit({"answer": "July & not before"})
    await bo.close(whole_stack=True)
    await town.quiet()

    assert "cannot do what" in text_of(gita.dm[-1])
    assert "July & not before" in text_of(gita.dm[-1])
    assert "said no to D-1" in text_of(bo.dm[-1])
    assert "@Bo confirmed D-1" in (await bo.command("/okr depends D-1 yes")).text
    await town.quiet()
    assert "has confirmed" in text_of(gita.dm[-1])


async def test_the_same_as_a_form_from_the_menu(gita, town):
    await gita.command("/okr update KR-1")
    await gita.choose("key_result.more", "More…")
    await gita.press("Depends on another team…")

    await gita.submit({"team": "Platform", "words": "The new API"})

    assert "KR-1 depends on Platform, as D-1" in text_of(gita.modal).replace("*", "")
    await town.quiet()
    assert "The new API" in text_of(town.person("bo").dm[-1])


async def test_the_command_alone_opens_the_form(gita):
    await gita.command("/okr depends KR-1")

    await gita.submit({"team": "Platform", "words": "  "})

    assert gita.errors == {"For what?": "For what? A line is enough."}


async def test_what_cannot_be_asked_or_answered_is_said_in_a_sentence(gita, town):
    emi = town.person("emi")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    for who, words, said in (
        (gita, "depends KR-99 on Platform: it", "There is no KR-99 here"),
        (gita, "depends O-1 on Platform: it", "O-1 is an objective."),
        (gita, "depends KR-1 on Platform", "On which team, and for what?"),
        (gita, "depends KR-1 on : it", "On which team, and for what?"),
        (gita, "depends KR-1 on Platfrom: it", "Did you mean Platform?"),
        (gita, f"depends KR-1 on Platform: {'x' * 201}", "please keep it to 200"),
        (gita, "depends D-9 yes", "There is no D-9 here"),
        (gita, "depends D-1 yes", "You cannot answer for Platform on D-1"),
        (emi, "depends D-1 yes", "You cannot answer for Platform on D-1"),
        (emi, "depends KR-1 on Platform: it", "You cannot ask another team about KR-1"),
        (town.person("bo"), "depends D-1 perhaps", "Can you do it?"),
        (emi, "depends D-1 no longer needed", "You cannot take back D-1"),
        (town.person("bo"), "depends D-1 no", "A word on what stands in the way"),
    ):
        assert said in (await who.command(f"/okr {words}")).text, words


async def test_words_ping_nobody(gita, town):
    await gita.command("/okr depends KR-1 on Platform: <!channel> the *API* & more")
    await town.quiet()

    drawn = str(town.person("bo").dm[-1].blocks)
    assert "<!channel> the *API* & more" in drawn, "as a leaf of rich text"
    assert "<!channel>" not in str([block for block in town.person("bo").dm[-1].blocks if block["type"] != "rich_text"])


async def test_what_is_no_longer_needed_is_said_at_a_press_and_the_lead_hears_of_it(gita, town):
    bo = town.person("bo")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    await town.quiet()

    seen = await gita.command("/okr depends D-1")
    await gita.press("No longer needed", within=seen.messages[0])
    await town.quiet()

    assert "depends on" not in (await gita.command("/okr")).text
    question, told = bo.dm[-2:]
    assert f"D-1 is no longer needed for KR-1 Sign-ups a week, says @{gita.id}." in text_of(question).replace("*", "")
    assert not any(block["type"] == "actions" for block in question.blocks)
    assert "no longer depends on D-1. Thank you." in text_of(told)
    assert "D-1 is no longer needed" in (await bo.command("/okr depends D-1 yes")).text


async def test_it_is_taken_back_in_words_as_well(gita, town):
    for what in ("the new API", "a test of it", "a date"):
        await gita.command(f"/okr depends KR-1 on Platform: {what}")
    for ref, words in (("D-1", "no longer needed"), ("D-2", "not needed any more, thanks"), ("D-3", "withdraw")):
        assert f"{ref} is no longer needed for" in (await gita.command(f"/okr depends {ref} {words}")).text
    assert "Nothing is open between your teams and others." in (await gita.command("/okr depends")).text


async def test_the_word_alone_lists_what_is_open_and_a_lead_answers_there(gita, town):
    bo, hana = town.person("bo"), town.person("hana")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    await gita.command("/okr depends KR-1 on Platform: a test machine")
    await town.quiet()

    for who in (bo, town.person("emi")):
        seen = (await who.command("/okr depends")).text
        assert seen.index("What your teams are asked") < seen.index("a test machine") < seen.index("the new API")
    assert "Confirm" not in str((await town.person("emi").command("/okr depends")).blocks)
    await bo.command("/okr depends")
    await bo.press("Confirm")
    mine = (await gita.command("/okr depends")).text.replace("*", "")
    assert "What you asked for" in mine
    assert ":white_check_mark: D-2 for KR-1 Sign-ups a week · Platform has confirmed" in mine
    assert ":hourglass: D-1 for KR-1 Sign-ups a week · asked Platform, not confirmed yet" in mine
    assert "Nothing is open" in (await hana.command("/okr depends")).text
    await bo.open_home()
    await bo.press("Between teams")
    assert "the new API" in text_of(bo.modal)


@pytest.mark.parametrize("label", ["Confirm", "Not possible…"])
async def test_a_question_whose_key_result_is_archived_says_so_when_it_is_pressed(gita, town, label):
    bo = town.person("bo")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    await town.quiet()
    await gita.command("/okr archive KR-1")

    await bo.press(label, within=bo.dm[-1])

    assert bo.modal is None
    assert "KR-1 is archived, so nobody waits for D-1 any more." in text_of(bo.dm[-1])
    assert not any(block["type"] == "actions" for block in bo.dm[-1].blocks)


async def test_a_question_of_a_cycle_that_is_closed_says_so_when_it_is_pressed(gita, town):
    bo = town.person("bo")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    await town.quiet()
    asked = bo.dm[-1]
    await town.until(town.slack.calendar.now() + timedelta(days=150))

    await bo.press("Confirm", within=asked)

    assert "is closed, so nobody waits for D-1 any more." in text_of(asked)
    assert not any(block["type"] == "actions" for block in asked.blocks)
    assert "is closed, so nobody waits" in (await gita.command("/okr depends D-1")).text


async def test_after_a_week_without_an_answer_the_lead_is_asked_once_more(gita, town):
    bo = town.person("bo")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    await town.quiet()
    before = len(bo.dm)
    await town.until(town.slack.calendar.now() + timedelta(days=16))

    again = [message for message in bo.dm if "That was a week ago." in text_of(message)]
    assert (before, len(again)) == (1, 1)
    assert "Nobody asks a third time." in text_of(again[0])
    await bo.press("Confirm", within=again[0])
    await town.quiet()
    for message in (bo.dm[0], again[0]):
        assert "confirmed D-1" in text_of(message)
        assert not any(block["type"] == "actions" for block in message.blocks)


async def test_what_becomes_private_no_longer_waits_for_another_team_and_both_hear_of_it(gita, town):
    bo = town.person("bo")
    await gita.command("/okr depends KR-1 on Platform: the new API by June")
    await town.quiet()
    await gita.command("/okr edit O-1")
    await gita.press("More…")
    await gita.submit({"title": "Hush hush", "visibility": "Private"})
    await gita.close(whole_stack=True)
    await town.quiet()

    question, word = bo.dm[-2:]
    for each in (question, word):
        assert f"D-1, for which @{gita.id} asked Platform, is no longer needed" in text_of(each)
        assert "the new API by June" in text_of(each)
        assert "Confirm" not in str(each.blocks)
        assert not [words for words in ("Hush", "KR-1", "Sign-ups") if words in str(each.blocks)]
    assert "D-1 is withdrawn: whoever speaks for Platform may not see *KR-1*" in text_of(gita.dm[-1])
    assert "depends on Platform" not in (await gita.command("/okr")).text
