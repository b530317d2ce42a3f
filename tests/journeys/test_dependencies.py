"""Asking another team: typed or in a form, answered privately, and told to whoever asked."""

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
        (gita, "depends", "Which one?"),
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
        (town.person("bo"), "depends D-1 no", "A word on what stands in the way"),
    ):
        assert said in (await who.command(f"/okr {words}")).text, words


async def test_words_ping_nobody(gita, town):
    await gita.command("/okr depends KR-1 on Platform: <!channel> the *API* & more")
    await town.quiet()

    drawn = str(town.person("bo").dm[-1].blocks)
    assert "<!channel> the *API* & more" in drawn, "as a leaf of rich text"
    assert "<!channel>" not in str([block for block in town.person("bo").dm[-1].blocks if block["type"] != "rich_text"])
