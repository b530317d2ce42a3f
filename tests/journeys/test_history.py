"""Looking back: a history with its chart, and taking back a slip."""

from dataclasses import replace

import pytest

from sandbox.reading import text_of
from tests.conftest import at_work, workspace
from tests.patience import PATIENT


@pytest.fixture
async def gita(town):
    """Gita, whose KR-1 went from 0 to 40."""
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    await gita.command("/okr update KR-1 40 confidence 7 note The cache is warm")
    return gita


def charts(person):
    """Every chart in somebody's conversation with Cairn."""
    blocks = [block for message in person.dm for block in message.blocks]
    return [block for block in blocks if block["type"] == "data_visualization"]


async def test_a_history_says_who_did_what_and_its_chart_follows(gita, town):
    seen = await gita.command("/okr history KR-1")
    assert "moved it from 0 to 40" in seen.text
    assert "confidence 7/10" in seen.text
    assert "“The cache is warm”" in seen.text
    assert "Gita set it: “Sign-ups a week”, 0 → 100, owned by Gita" in seen.text
    assert "▁" in seen.text
    assert "The chart follows" in seen.text

    await town.quiet()
    (chart,) = charts(gita)
    (value, pace) = chart["chart"]["series"]
    assert (value["name"], value["data"][-1]["value"]) == ("Value", 40)
    assert pace["name"] == "Steady pace"
    assert "You get this because you asked" in text_of(gita.dm[-1])


async def test_where_slack_refuses_charts_the_same_comes_in_characters_and_is_not_tried_again(sqlite):
    rules = replace(PATIENT, unsupported_blocks=["data_visualization"])
    async with workspace(rules=rules) as slack, at_work(slack, sqlite.fresh()) as town:
        gita = town.person("gita")
        await town.objective(gita)
        await town.key_result(gita)
        await gita.command("/okr update KR-1 40")

        await gita.command("/okr history KR-1")
        await town.quiet()
        assert charts(gita) == []
        assert "Slack takes no charts here" in text_of(gita.dm[-1])
        assert "▁" in text_of(gita.dm[-1])

        again = await gita.command("/okr history KR-1")
        await town.quiet()
        assert "The chart follows" not in again.text
        assert len(gita.dm) == 1


async def test_an_objectives_history_tells_its_changes(gita):
    await gita.command("/okr edit O-1")
    await gita.submit({"title": "Nobody has to wait"})
    await gita.close(whole_stack=True)
    seen = await gita.command("/okr history O-1")
    assert "changed the title from Nobody waits for us to Nobody has to wait" in seen.text
    assert "moved KR-1 from 0 to 40" in seen.text
    assert "set KR-1: “" in seen.text
    assert seen.text.index("set KR-1") < seen.text.index("set it: “Nobody waits for us”, for Q")


async def test_a_slip_is_taken_back_by_pressing_and_only_once(gita):
    await gita.command("/okr update KR-1 90")
    undone = await gita.press("Undo")
    assert "Taken back." in undone.text
    assert "40 → 100" in (await gita.command("/okr")).text


async def test_a_slip_is_taken_back_by_typing_and_what_is_not_mine_is_not(gita, town):
    await gita.command("/okr update KR-1 90")
    assert "40 → 100" in (await gita.command("/okr undo KR-1")).text
    hana = town.person("hana")
    assert "You cannot update KR-1" in (await hana.command("/okr undo KR-1")).text
    assert "Which one" in (await gita.command("/okr undo")).text
    assert "There is no KR-9 here" in (await gita.command("/okr history KR-9")).text
