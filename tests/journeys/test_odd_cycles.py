"""Cycles out of the ordinary, through the front door: none that runs, none opened yet, one closed too early."""

from datetime import UTC, datetime

import pytest

from sandbox.reading import text_of
from tests.journeys.looking import options


@pytest.fixture
def year(slack) -> int:
    """The year that it is; an ordinary day early in its first quarter."""
    return slack.calendar.now().year


def on(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def said(who, words: str) -> list:
    """The messages to somebody in which this stands."""
    return [message for message in who.dm if words in text_of(message)]


async def no_quarters(town) -> None:
    """Ada wants cycles to be opened by hand alone."""
    ada = town.person("ada")
    await ada.open_home()
    await ada.press("Settings")
    await ada.submit({"quarters": "No"})
    assert not ada.errors
    await ada.close(whole_stack=True)


async def test_where_no_cycle_runs_everybody_reads_so_and_who_opens_one(town, year):
    gita, hana = town.person("gita"), town.person("hana")
    await town.set_up(champion="@hana")
    await no_quarters(town)
    await town.until(on(year, 4, 20))

    nothing = await gita.command("/okr")
    assert "No cycle runs just now. An OKR champion or an admin opens one" in nothing.text
    assert "Q2" not in nothing.text
    shown = text_of(await gita.open_home())
    assert ("No cycle runs just now" in shown, "Q2" in shown) == (True, False)
    assert "No cycle runs just now" in (await hana.command("/okr cycle")).text

    # what is added goes to the backlog, and that is said before and after; it is found there and cannot be moved yet
    await gita.command("/okr add objective")
    assert options(gita.modal, "cycle") == ["Backlog"]
    assert "it waits in the backlog until" in text_of(gita.modal)
    await gita.submit({"title": "Nobody waits for us"})
    assert "It waits in the backlog as a draft" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    assert "Nobody waits for us" in (await gita.command("/okr list backlog")).text
    assert "There is no cycle that O-1 could be moved to. No cycle runs" in (await gita.command("/okr move O-1")).text

    # a champion opens one, and there it goes
    await hana.command("/okr cycles")
    await hana.press("New cycle")
    await hana.submit({"name": "Spring", "first": f"{year}-04-15", "last": f"{year}-06-15"})
    await hana.close(whole_stack=True)
    await gita.command("/okr move O-1")
    assert options(gita.modal, "cycle") == ["Spring"]


async def test_who_is_asked_before_the_last_day_reads_the_truth_and_is_asked_again_at_the_end(town, year):
    gita, hana = town.person("gita"), town.person("hana")
    await town.set_up(champion="@hana")
    await town.objective(gita)

    await hana.command("/okr cycle")
    await hana.press("Begin to close")
    await town.quiet()
    (asked,) = said(gita, "How did it end?")
    assert f"Q1 {year} closes from today on, though its last day is" in text_of(asked)
    assert "is over" not in text_of(asked)

    # opened again, the question is gone with its button; begun anew, it is asked anew
    await hana.command("/okr cycle")
    await hana.press("Reopen")
    await town.quiet()
    assert said(gita, "How did it end?") == []
    (instead,) = said(gita, f"Q1 {year} goes on after all, until")
    assert "Close my objectives" not in text_of(instead)
    await town.until(on(year, 2, 20))
    await hana.command("/okr cycle")
    await hana.press("Begin to close")
    await town.quiet()
    assert len(said(gita, "How did it end?")) == 1

    # and when it really ends, the clock asks all the same
    await hana.command("/okr cycle")
    await hana.press("Reopen")
    await town.until(on(year, 4, 2))
    assert len(said(gita, f"Q1 {year} is over. How did it end?")) == 1


async def test_what_has_ended_has_a_score_and_no_status(town, year):
    gita = town.person("gita")
    await town.set_up()
    for title in ("Scored", "Never scored"):
        await town.objective(gita, title)
        await town.key_result(gita, "O-1" if title == "Scored" else "O-2")
    await town.until(on(year, 4, 2))
    await gita.command("/okr close O-1")
    await gita.submit({"score": "0.4", "why": "So it was", "mattered": "no", "verdict": "drop"})
    await gita.close(whole_stack=True)
    assert "stale" not in (await gita.command("/okr show O-1")).text

    await town.until(on(year, 6, 10))
    for ref in ("O-1", "O-2"):
        shown = (await gita.command(f"/okr show {ref}")).text
        assert ("stale" in shown, "ended" in shown) == (False, True)
    assert "Nothing like that here" in (await gita.command(f"/okr list all stale Q1 {year}")).text
    assert "nothing can be added" in (await gita.command(f"/okr list @hana Q1 {year}")).text
