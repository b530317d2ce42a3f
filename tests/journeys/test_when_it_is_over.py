"""What people meet at the end of a cycle and after it: what goes on, what is locked, and what is not asked any more."""

from datetime import UTC, datetime

import pytest

from sandbox.reading import text_of
from tests.journeys.looking import option, options


@pytest.fixture
def year(town) -> int:
    """The year that it is; an ordinary day early in its first quarter."""
    return town.slack.calendar.now().year


def on(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


async def below(who, title: str, parent: str) -> None:
    """Somebody sets an objective below another one."""
    await who.command("/okr add objective")
    await who.submit({"title": title, "parent": option(who.modal, "parent", parent)})
    assert not who.errors
    await who.close(whole_stack=True)


async def carried(who, ref: str, **chosen) -> str:
    """Somebody carries an objective over; what they read."""
    await who.command(f"/okr carry {ref}")
    await who.submit(chosen)
    assert not who.errors
    answer = text_of(who.modal)
    await who.close(whole_stack=True)
    return answer


async def scored(who, ref: str, score: str, **how: str) -> None:
    """Somebody says how an objective ended, and carries nothing on."""
    await who.command(f"/okr close {ref}")
    await who.submit({"score": score, "why": "It went as it went", "mattered": "yes", "verdict": "drop"} | how)
    assert not who.errors
    await who.close(whole_stack=True)


# what goes along


async def test_whoever_carries_children_first_finds_them_below_what_their_parent_became(town, year):
    gita = town.person("gita")
    await town.set_up()
    await town.team("Platform", "@bo", ["@emi"])
    await town.objective(gita, "Customers trust us")
    await town.key_result(gita)
    await below(gita, "Ship weekly", "O-1")
    await below(gita, "Answer within a day", "O-1")
    await gita.command("/okr depends KR-1 on Platform: the new API")
    await town.quiet()
    await town.person("bo").press("Confirm", within=town.person("bo").dm[-1])
    await town.until(on(year, 4, 2))

    first = await carried(gita, "O-2")
    assert "It helped O-1, which has not been carried over." in first
    assert "O-4 helps it again" in first
    top = await carried(gita, "O-1")
    assert "O-4 helps it again: what was carried over before it is back below it." in top
    assert "Platform is asked again for “the new API” (D-2)" in top
    last = await carried(gita, "O-3")
    assert "has not been carried over" not in last

    tree = (await gita.command(f"/okr tree Q2 {year}")).text
    assert "stand on their own" not in tree
    assert "↑ O-5" in (await gita.command("/okr show O-4")).text
    assert "↑ O-5" in (await gita.command("/okr show O-6")).text
    await town.quiet()
    assert "the new API" in text_of(town.person("bo").dm[-1])
    assert "not confirmed yet" in (await gita.command("/okr show O-5")).text


# what is locked


async def test_a_check_in_after_the_end_asks_only_about_what_has_no_score(town, year):
    gita = town.person("gita")
    await town.set_up()
    await town.objective(gita, "Customers trust us")
    await town.key_result(gita, title="Answers")
    await town.objective(gita, "Ship weekly")
    await town.key_result(gita, "O-2", title="Releases")
    # the last check-in of the quarter is still open when the quarter is over
    await town.until(on(year, 4, 1))
    await scored(gita, "O-1", "0.5")

    card = (await gita.command("/okr show O-1")).text
    assert ("[Update]" in card, "Update" in card, "Set status" in card) == (False, False, False)
    await gita.command("/checkin")
    form = text_of(gita.modal)
    assert ("Answers" in form, "Releases" in form) == (False, True)
    await gita.submit({"value KR-2": "30"})
    assert "0 → 30" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    assert "is answered. Thank you" in text_of(await gita.open_home())

    await scored(gita, "O-2", "0.3")
    await town.quiet()
    assert "No check-in waits for you just now." in text_of(await gita.open_home())
    assert "What you own has its score by now" in (await gita.command("/checkin")).text


async def test_what_was_proposed_and_never_decided_on_is_settled_when_its_objective_is_scored(town, year):
    gita, emi = town.person("gita"), town.person("emi")
    await town.set_up()
    await town.objective(gita, "Customers trust us")
    await town.until(on(year, 4, 1))
    await emi.command("/okr propose kr O-1")
    await emi.submit({"title": "Fewer tickets", "start": "0", "target": "10"})
    await emi.close(whole_stack=True)
    await town.quiet()
    assert "Accept" in str(gita.dm[-1].blocks)
    asked = gita.dm[-1].ts

    await scored(gita, "O-1", "0.5")
    await town.quiet()

    told = text_of(emi.dm[-1])
    assert "KR-1 Fewer tickets, which you proposed for O-1 Customers trust us, is not decided on any more." in told
    assert "O-1 had its score before anybody had decided on it." in told
    (question,) = [each for each in gita.dm if each.ts == asked]
    assert ("Accept" in str(question.blocks), "waits for nobody any more" in text_of(question)) == (False, True)
    assert "has its score, 0.5" in (await emi.command("/okr propose kr O-1")).text
    assert "Propose a key result" not in (await emi.command("/okr show O-1")).text
    assert "had its score before" in (await emi.command("/okr history KR-1")).text


async def test_a_missed_commitment_and_another_score_than_suggested_take_a_sentence(town, year):
    gita = town.person("gita")
    await town.objective(gita, "Customers trust us")
    await town.key_result(gita)
    await town.objective(gita, "Ship weekly")
    await town.key_result(gita, "O-2", title="Releases")
    await gita.command("/okr update KR-2 80")
    await town.until(on(year, 4, 2))
    how = {"mattered": "no", "verdict": "drop"}

    await gita.command("/okr close O-1")
    assert "a commitment came to less than 0.7" in str(gita.modal)
    await gita.submit(how)
    assert "It was a commitment, and came to 0.0." in gita.errors["Why?"]
    await gita.submit({"why": "We never began"})
    assert not gita.errors
    await gita.close(whole_stack=True)

    await gita.command("/okr close O-2")
    await gita.submit({"score": "0.75"} | how)
    assert gita.errors == {"Why?": "The suggestion is 0.8. Say in a sentence why it came to 0.75."}
    await gita.submit({"score": "0.8"})
    assert not gita.errors
    assert "*Score 0.8*" in text_of(gita.modal)


# where things go


async def test_what_is_over_takes_nothing_and_is_no_default(town, year):
    gita, hana = town.person("gita"), town.person("hana")
    await town.set_up(champion="@hana")
    await town.objective(gita, "Customers trust us")
    assert f"*Q2 {year}* · planning" in (await hana.command("/okr cycles")).text
    await hana.press("New cycle")
    await hana.submit({"name": f"H1 {year}", "first": f"{year}-02-01", "last": f"{year}-06-30"})
    await hana.close(whole_stack=True)
    await town.until(on(year, 4, 2))

    await gita.command("/okr carry O-1")
    assert options(gita.modal, "cycle") == [f"H1 {year}", f"Q2 {year}", f"Q3 {year}", "Backlog"]
    await gita.submit()
    assert f"O-1 goes on as O-2 in Q2 {year}." in text_of(gita.modal)
    await gita.close(whole_stack=True)

    await gita.command("/okr add objective")
    assert f"Q1 {year}" not in options(gita.modal, "cycle")
    await gita.close()
    refused = (await gita.command(f"/okr move O-2 to Q1 {year}")).text
    assert f"Q1 {year} is over: what is in it is scored now" in refused
    nowhere = (await gita.command("/okr move O-2 to Nope")).text
    assert f"There are H1 {year}, Q2 {year}, Q3 {year} and Backlog." in nowhere


async def test_a_cycle_years_away_is_announced_to_nobody_until_it_is_time(town, year):
    gita, hana = town.person("gita"), town.person("hana")
    await town.set_up(champion="@hana")
    await hana.command("/okr cycles")
    await hana.press("New cycle")
    await hana.submit({"name": "Far", "first": f"{year + 3}-01-01", "last": f"{year + 3}-03-31"})
    await hana.close(whole_stack=True)

    home = text_of(await gita.open_home())
    assert "Far begins" not in home
    assert "Mine in Far" not in home
    assert "Far" not in (await gita.command("/okr cycle")).text
    assert f"1 January {year + 3}" in (await gita.command("/okr cycle Far")).text
    assert "*Far* · planning" in (await gita.command("/okr cycles")).text


# how it stands


async def test_nothing_is_stale_before_the_first_check_in_and_nothing_missed_is_green(town, year):
    gita = town.person("gita")
    await town.set_up(first=f"{year}-03-01")
    await town.objective(gita, "Customers trust us")
    await town.key_result(gita)
    await town.until(on(year, 2, 20))
    before = (await gita.command("/okr")).text
    assert "stale" not in before
    await town.until(on(year, 3, 20))
    assert "stale: no check-in for" in (await gita.command("/okr")).text

    await gita.command("/okr update KR-1 90")
    await town.until(on(year, 3, 30))
    await gita.command("/okr update KR-1 90")
    await town.until(on(year, 4, 3))
    over = (await gita.command("/okr show KR-1")).text
    assert ("on track" in over, "at risk" in over) == (False, True)
