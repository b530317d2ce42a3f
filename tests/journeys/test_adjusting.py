"""Cycles that get another name or other days or are removed, through the front door."""

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


async def spring(town, year: int) -> None:
    """Hana runs the programme, and plans a cycle for the spring."""
    hana = town.person("hana")
    await town.set_up(champion="@hana")
    await hana.command("/okr cycles")
    await hana.press("New cycle")
    await hana.submit({"name": "Spring", "first": f"{year}-02-15", "last": f"{year}-03-26"})
    assert not hana.errors
    await hana.close(whole_stack=True)


async def saved(who, **fields: str) -> str:
    """Somebody sends the form that they have open; what they read then."""
    await who.submit(fields)
    assert not who.errors
    read = text_of(who.modal)
    await who.close(whole_stack=True)
    return read


async def test_a_quarter_that_is_made_longer_ends_later_for_everybody(either_town, year):
    town = either_town
    await town.set_up(champion="@hana")
    gita, hana = town.person("gita"), town.person("hana")
    await town.objective(gita)

    await hana.open_home()
    await hana.press("Cycle")
    await hana.press("Edit")
    read = await saved(hana, last=f"{year}-04-09")

    assert "until Friday 9 April" in read
    told = (await gita.command("/okr cycle")).text
    assert f"@Hana changed the last day from 31 March {year} to 9 April {year}" in told
    assert "Edit" not in told
    await town.until(on(year, 4, 8))
    assert not said(gita, "is over")
    assert "*Active.*" in (await gita.command(f"/okr cycle Q1 {year}")).text
    await town.until(on(year, 4, 10))
    assert len(said(gita, f"Q1 {year} is over")) == 1
    assert "can be scored until Friday 23 April" in text_of(await gita.open_home())


async def test_a_cycle_is_found_by_its_new_name_and_what_says_the_old_one_leads_there(town, year):
    await spring(town, year)
    gita, hana = town.person("gita"), town.person("hana")
    await gita.command("/okr add objective")
    await hana.command("/okr cycle edit spring")
    assert "Early summer" in await saved(hana, name="Early summer")

    await gita.submit({"title": "Nobody waits for us", "cycle": "Spring"})
    assert not gita.errors
    await gita.close(whole_stack=True)

    assert "Nobody waits for us" in (await gita.command("/okr list me early summer")).text
    assert "@Hana changed the name from Spring to Early summer" in (await gita.command("/okr cycle Spring")).text
    await gita.command("/okr add objective")
    offered = options(gita.modal, "cycle")
    assert ("Early summer" in offered, "Spring" in offered) == (True, False)
    await gita.close()
    assert "is in Early summer already" in (await gita.command("/okr move O-1 to early summer")).text


@pytest.mark.parametrize(
    ("fields", "field", "because"),
    [
        ({"name": "backlog"}, "What is it called?", "There is a cycle called backlog already"),
        ({"name": "at risk"}, "What is it called?", "means something else"),
        ({"name": "remove all"}, "What is it called?", "they mean to change a cycle"),
        ({"first": "{year}-04-01"}, "First day", "The last day comes before the first"),
        ({"last": "{year}-02-14"}, "Last day", "The last day comes before the first"),
        ({"first": "{year}-01-01", "last": "{year}-01-10"}, "Last day", "is over already"),
        ({"last": "2099-01-01"}, "Last day", "longer than two years"),
    ],
    ids=str,
)
async def test_what_a_cycle_cannot_become_is_refused_beside_its_field_and_nothing_is_lost(
    town, year, fields, field, because
):
    await spring(town, year)
    hana = town.person("hana")
    await hana.command("/okr cycle edit Spring")

    await hana.submit({each: value.format(year=year) for each, value in fields.items()})

    assert list(hana.errors) == [field]
    assert because in hana.errors[field]
    await hana.close()
    assert f"*Spring* · planning · 15 February {year} – 26 March {year}" in (await hana.command("/okr cycles")).text


async def test_who_does_not_run_the_programme_is_offered_nothing_and_refused(town, year):
    await spring(town, year)
    gita, hana = town.person("gita"), town.person("hana")
    card = await gita.command("/okr cycle Spring")
    assert ("Edit" in card.text, "Remove" in card.text) == (False, False)
    for typed in ("/okr cycle edit Spring", "/okr cycle remove Spring"):
        assert "You cannot run cycles. An OKR champion or an admin can." in (await gita.command(typed)).text
        assert typed not in (await gita.command("/okr help")).text
    assert "`/okr cycle edit`" in (await hana.command("/okr help")).text

    # the form stood open when Hana's role was taken from her
    await hana.command("/okr cycle edit Spring")
    ada = town.person("ada")
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"champion": ["@gita"]})
    assert not ada.errors
    await hana.submit({"name": "Mine"})
    assert "You cannot run cycles" in text_of(hana.modal)
    await gita.command("/okr cycle edit Spring")
    assert gita.modal


async def test_a_cycle_that_begins_while_the_form_stands_open_goes_by_what_it_is_then(town, year):
    await spring(town, year)
    gita, hana = town.person("gita"), town.person("hana")
    await gita.command("/okr add objective")
    await gita.submit({"title": "Nobody waits for us", "cycle": "Spring"})
    await gita.close(whole_stack=True)
    await town.key_result(gita)
    await hana.command("/okr cycle Spring")
    await hana.press("Edit")
    await town.until(on(year, 2, 16))
    await gita.command("/okr update KR-1 20")
    await town.until(on(year, 2, 18))

    await hana.submit({"first": f"{year}-02-22", "name": "Early summer"})

    assert list(hana.errors) == ["First day"]
    assert "People have checked in before that day" in hana.errors["First day"]
    read = await saved(hana, first=f"{year}-02-16")
    assert ("Early summer" in read, "*Active.*" in read) == (True, True)
    # it closes while another form stands open: its days stay, and its name can still change
    await hana.command("/okr cycle edit Early summer")
    await town.until(on(year, 3, 27))
    await hana.submit({"last": f"{year}-04-02"})
    assert hana.errors == {"Last day": "Early summer is closing, so its days stay. Leave them as they are."}
    assert "Spring again" in await saved(hana, last=f"{year}-03-26", name="Spring again")
    await town.until(on(year, 4, 20))
    assert (
        "is closed, so it can be read but no longer changed"
        in (await hana.command("/okr cycle edit Spring again")).text
    )


async def test_two_people_change_a_cycle_at_once_and_both_count(town, year):
    await spring(town, year)
    ada, hana = town.person("ada"), town.person("hana")
    for who in (ada, hana):
        await who.command("/okr cycle edit Spring")
    assert "had been changed" not in await saved(hana, last=f"{year}-04-09")

    read = await saved(ada, name="Early summer")

    assert "had been changed" not in read
    line = f"*Early summer* · planning · 15 February {year} – 9 April {year}"
    assert line in (await ada.command("/okr cycles")).text
    for who in (ada, hana):
        await who.command("/okr cycle edit Early summer")
    await saved(hana, last=f"{year}-04-16")
    assert "“Last day” had been changed while your form was open; yours counts now." in await saved(
        ada, last=f"{year}-04-23"
    )


async def test_a_planned_cycle_is_removed_once_nothing_is_in_it(town, year):
    await spring(town, year)
    gita, hana = town.person("gita"), town.person("hana")
    await gita.command("/okr add objective")
    await gita.submit({"title": "Nobody waits for us", "cycle": "Spring"})
    await gita.close(whole_stack=True)

    await hana.command("/okr add objective")
    await hana.submit({"title": "A better summer", "cycle": "Spring"})
    await hana.close(whole_stack=True)

    refused = (await hana.command("/okr cycle remove Spring")).text
    assert "Spring holds 1 draft or proposal. Archive that first, or move it" in refused
    await hana.command("/okr move O-2 to backlog")
    refused = (await hana.command("/okr cycle remove Spring")).text
    assert "Spring holds what only some people may see." in refused
    assert "Nobody waits for us" not in refused
    assert "Nobody waits for us" in (await gita.command("/okr list me Spring")).text
    await gita.command("/okr move O-1 to backlog")
    await hana.command("/okr cycle Spring")
    await hana.press("Remove")
    assert "*Spring*" not in (await hana.command("/okr cycles")).text
    assert "There is no such cycle here" in (await hana.command("/okr cycle Spring")).text
    await town.until(on(year, 2, 14))
    assert not said(hana, "Spring begins tomorrow")

    # the same word for what runs, for a quarter that opens by itself, and for nothing that there is
    assert f"Q1 {year} is active. Only a cycle that is planned" in (await hana.command("/okr cycle remove")).text
    assert "There is no such cycle here" in (await hana.command("/okr cycle remove Autumn")).text
    await town.until(on(year, 3, 20))
    assert "would open again by itself" in (await hana.command(f"/okr cycle remove Q2 {year}")).text


async def test_a_button_that_is_pressed_once_the_cycle_runs_removes_nothing(town, year):
    await spring(town, year)
    hana = town.person("hana")
    await hana.command("/okr cycle Spring")
    await town.until(on(year, 2, 16))

    await hana.press("Remove")

    assert "Spring is active. Only a cycle that is planned can be removed." in text_of(hana.modal)
    await hana.close()
    assert f"*Spring* · active · 15 February {year}" in (await hana.command("/okr cycles")).text


async def test_a_countdown_is_heard_for_the_day_on_which_a_cycle_begins_by_then(town, year):
    await spring(town, year)
    hana = town.person("hana")
    await town.until(on(year, 1, 26))
    assert len(said(hana, "Spring begins in")) == 1
    await hana.command("/okr cycle edit Spring")
    await saved(hana, first=f"{year}-03-15", last=f"{year}-04-26")

    await town.until(on(year, 2, 15))
    assert not said(hana, "Spring begins tomorrow")
    assert len(said(hana, "Spring begins in")) == 1
    await town.until(on(year, 2, 22))
    assert len(said(hana, "Spring begins in")) == 2
    await town.until(on(year, 3, 15))
    assert len(said(hana, "Spring begins tomorrow")) == 1
