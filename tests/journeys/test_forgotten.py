"""A draft that nobody agrees to while its cycle runs: its owner is asked once, and nobody else."""

from datetime import UTC, datetime

import pytest

from sandbox.reading import text_of
from tests.journeys.looking import option


async def drafted(town, who, title: str) -> None:
    """Somebody drafts an objective, in a quarter that runs."""
    await who.command("/okr add objective")
    await who.press("More…")
    await who.submit({"title": title, "stage": option(who.modal, "stage", "A draft")})
    assert not who.errors
    await who.close(whole_stack=True)


def asked(who) -> list:
    """The questions that somebody was sent."""
    return [message for message in who.dm if "What shall become of it?" in text_of(message)]


@pytest.fixture
async def gita(either_town):
    """Gita, who has drafted four objectives on the thirteenth of January and proposed one of them."""
    gita = either_town.person("gita")
    await either_town.set_up(champion="@hana")
    for title in ("Nobody waits for us", "Later", "Never", "Soon"):
        await drafted(either_town, gita, title)
    await gita.command("/okr propose O-4")
    await either_town.until(day(either_town, 18))
    assert asked(gita) == []
    await either_town.until(day(either_town, 31))
    return gita


def day(town, number: int) -> datetime:
    return datetime(town.slack.calendar.now().year, 1, number, 12, tzinfo=UTC)


async def test_an_owner_is_asked_once_about_each_and_nobody_else_is(gita, either_town):
    town = either_town
    assert [text_of(each).split(" ", 1)[0] for each in asked(gita)] == ["O-1", "O-2", "O-3", "O-4"]
    assert [each for name in ("hana", "ada", "bo") for each in asked(town.person(name))] == []
    await town.until(datetime(town.slack.calendar.now().year, 3, 20, 12, tzinfo=UTC))
    assert len(asked(gita)) == 4


async def test_what_becomes_of_it_stands_in_place_of_the_question(gita, either_town):
    first, second, third, fourth = asked(gita)
    await gita.press("Agree to it", within=first)
    await gita.press("Move to the backlog", within=second)
    await gita.press("Drop it", within=third)
    await either_town.quiet()

    assert asked(gita) == [fourth]
    dm = "\n".join(text_of(each) for each in gita.dm)
    assert "O-1 is agreed: it counts from now on" in dm
    assert "O-2 Later is in the backlog now." in dm
    assert "O-3 Never is archived. Nothing is erased: `/okr restore O-3` brings it back." in dm
    seen = (await gita.command("/okr")).text
    assert ("Nobody waits for us" in seen, "Later" in seen, "Never" in seen) == (True, False, False)
