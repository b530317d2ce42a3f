"""What Slack or the machine does to Cairn: methods that fail, answers that are late, an end in the middle of work."""

import asyncio

import pytest

from sandbox.reading import text_of
from tests.conftest import at_work
from tests.journeys.between import between


@pytest.fixture
async def network(slack):
    """What stands between Cairn and Slack."""
    async with between(slack.api_url) as network:
        yield network


async def test_an_end_in_the_middle_of_an_answer_waits_for_it(slack, sqlite, network):
    network.held["views.open"] = asyncio.Event()
    gita = slack.person("gita")
    cairn = at_work(slack, sqlite.fresh(), network.address)
    await cairn.__aenter__()
    typed = asyncio.create_task(gita.command("/okr add objective"))
    await slack.until(lambda: "views.open" in network.calls)

    ending = asyncio.create_task(cairn.__aexit__(None, None, None))
    await asyncio.wait([ending], timeout=0.2)
    assert not ending.done()
    network.held["views.open"].set()

    await typed
    assert "What should be true" in str(gita.modal)
    assert not gita.sees("general")  # where Slack would say that there was no answer
    await ending


async def test_a_list_of_people_that_cannot_be_read_is_told_to_an_admin_once_and_stops_nothing(slack, sqlite, network):
    network.answers["users.list"] = {"ok": False, "error": "method_not_supported_for_channel_type"}
    url = sqlite.fresh()
    for _ in range(2):
        async with at_work(slack, url, network.address) as town:
            ada, gita = town.person("ada"), town.person("gita")
            await town.objective(gita)
            await town.set_up()
            await ada.command("/kudos @gita for going first")
            await town.quiet()

    hints = [text_of(message) for message in ada.dm if ":bulb:" in text_of(message)]
    assert len(hints) == 1
    assert "The list of people cannot be read" in hints[0]
    assert len(gita.dm) == 2


async def test_somebody_whom_slack_cannot_describe_in_time_is_served_all_the_same(slack, sqlite, network):
    network.answers["users.list"] = {"ok": False, "error": "internal_error"}
    network.held["users.info"] = asyncio.Event()
    async with at_work(slack, sqlite.fresh(), network.address) as town:
        gita = town.person("gita")

        seen = await gita.command("/okr")

        assert "You have no objectives" in seen.text
        network.held["users.info"].set()


async def test_a_line_that_is_cut_is_taken_up_again(town):
    gita = town.person("gita")
    await town.objective(gita)

    await town.slack.sockets.refresh()
    seen = await gita.command("/okr")

    assert "Nobody waits for us" in seen.text
