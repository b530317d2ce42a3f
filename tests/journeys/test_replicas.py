"""Several Cairns on one PostgreSQL: nobody leads, and nobody notices that there is more than one."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.conftest import Town, at_work


@pytest.fixture
async def two(slack, postgres):
    """The same workspace, twice at work."""
    url = postgres.fresh()
    async with AsyncExitStack() as stack:
        towns = [await stack.enter_async_context(at_work(slack, url, paced=True)) for _ in range(2)]
        await slack.until(lambda: slack.sockets.connections == 4)
        yield towns


async def test_one_that_is_added_eight_times_at_once_makes_eight(two):
    town: Town = two[0]
    ada = town.person("ada")
    await town.objective(ada)
    await town.key_result(ada)

    seen = await asyncio.gather(*(ada.command("/okr update KR-1 +1") for _ in range(8)))

    assert all("→" in each.text for each in seen)
    assert "8 → 100" in (await ada.command("/okr")).text


async def test_everybody_is_asked_once_and_thanked_once(two):
    town: Town = two[0]
    await town.set_up()
    for name in ("gita", "bo", "hana"):
        who = town.person(name)
        await town.objective(who, f"{name}'s own")
        await town.key_result(who, f"O-{('gita', 'bo', 'hana').index(name) + 1}", owner=f"@{name}")
    await town.person("emi").command("/kudos @gita @bo for going first")

    await town.until(town.monday(town.person("gita"), 20))
    await asyncio.gather(*(each.cairn.timetable.plan() for each in two), *(each.quiet() for each in two))

    texts = {name: [str(message.blocks) for message in town.person(name).dm] for name in ("gita", "bo", "hana")}
    assert [sum("check_in.open" in text for text in texts[name]) for name in texts] == [1, 1, 1]
    assert len(town.slack.channel("kudos").messages) == 1
