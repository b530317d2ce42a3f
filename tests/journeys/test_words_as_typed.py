"""What people type after a command, as they typed it: an "&" is no entity, and somebody who is mentioned has a name."""

import pytest

from sandbox.reading import text_of


@pytest.mark.parametrize(
    "typed",
    [
        "/okr R&D",
        "/okr help R&D",
        "/okr why R&D",
        "/okr undo a&b",
        "/okr add a&b",
        "/okr history a&b",
        "/okr list a&b",
        "/okr team a&b",
        "/okr tree a&b",
        "/okr cycle a&b",
        "/okr move O-1 to a&b",
        "/okr depends KR-1 on a&b: it",
        "/okr status KR-1 a&b",
        "/okr handover a&b",
        "/okr update KR-1 a&b",
        "/okr update a&b 4",
        "/checkin a&b",
        "/kudos a&b",
        "/okr comment O-1 &lt;b&gt; is &amp; here",
    ],
)
async def test_what_somebody_typed_is_told_as_they_typed_it(town, typed):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)

    seen = await gita.command(typed)

    assert "&amp;amp;" not in str([message.blocks for message in seen.messages])
    assert "&amp;amp;" not in str([message.text for message in seen.messages])
    assert "&amp;" not in seen.text or typed.endswith("is &amp; here")


async def test_a_team_with_an_ampersand_is_found_by_its_name(town):
    ada = town.person("ada")
    await town.team("R&D")
    await town.objective(ada, "Learn faster", level="A team's", team="R&D")

    for typed in ("/okr tree R&D", "/okr tree team R&D", "/okr team R&D", "/okr list R&D"):
        assert "Learn faster" in (await ada.command(typed)).text, typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/okr @bo", "I do not know “@Bo”."),
        ("/okr help @bo", "I do not know “@Bo”."),
        ("/okr add @bo", "I do not know “@Bo”."),
        ("/okr why @bo", "“@Bo” is not a reference I know."),
        ("/okr tree team @bo", "There is no team called “@Bo”."),
    ],
)
async def test_somebody_who_is_no_answer_is_called_by_name(town, typed, said):
    seen = await town.person("gita").command(typed)

    assert said in seen.text
    assert "<@" not in seen.text


async def test_a_value_is_heard_whole_and_a_low_confidence_needs_its_reason(town):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita, title="Answer customers", unit="Q&A")
    for typed in ("7 Q&A confidence 2", "7 customers confidence 2", "7 of 100 confidence 2"):
        assert "With a confidence of 2, say in a note" in (await gita.command(f"/okr update KR-1 {typed}")).text, typed
    assert "the target is 100 Q&A" in (await gita.command("/okr update KR-1 7 of 40")).text

    await gita.command("/okr update KR-1 7 Q&A confidence 8")

    shown = (await gita.command("/okr show KR-1")).text
    assert "7 → 100 Q&A" in shown
    assert "8/10" in shown
    assert "note" not in (await gita.command("/okr history KR-1")).text.casefold()


async def test_a_value_in_thousands_is_not_multiplied_again(town):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita, start="92", target="100k", unit="thousand")

    await gita.command("/okr update KR-1 95k")

    assert "95 → 100 thousand" in (await gita.command("/okr show KR-1")).text
    await gita.command("/okr update KR-1")
    await gita.submit({"value": "96 thousand"})
    assert "96 of 100 thousand" in text_of(gita.modal)


async def test_what_goes_beyond_a_hundred_percent_is_recorded_and_shown(town):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita, start="0", target="100", unit="%")
    assert "it goes from -100% to 1,000%" in (await gita.command("/okr update KR-1 =-5000")).text

    await gita.command("/okr update KR-1 130%")

    assert "130% of the way" in (await gita.command("/okr show KR-1")).text
