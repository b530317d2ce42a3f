"""`/healthz` tells the truth, and what can be done is done: lines, database, courier and ticks."""

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.health import GaveUp
from bot.lines import Spans
from tests.conftest import at_work, at_work_over_http
from tests.journeys.test_deliveries import broken

QUICK = Spans(dead=0.6, look=0.05, slow=0.4)


@asynccontextmanager
async def looked_after(slack, url, spans=QUICK):
    async with at_work(slack, url, spans=spans, port=0) as town, aiohttp.ClientSession() as session:
        town.ask = lambda: asked(session, town)
        await until_well(town)
        yield town


@pytest.fixture
async def town(slack, sqlite):
    async with looked_after(slack, sqlite.fresh()) as town:
        yield town


async def asked(session, town):
    async with session.get(f"{town.cairn.address}/healthz") as answer:
        return answer.status, await answer.json()


async def until(town, holds):
    """What it says once this holds."""
    async with asyncio.timeout(15):
        while not holds(*(said := await town.ask())):  # noqa: ASYNC110 - as a supervisor would ask
            await asyncio.sleep(0.05)
    return said[1]


async def until_well(town):
    return await until(town, lambda status, said: status == 200 and said["well"])


async def until_ill(town, of):
    return await until(town, lambda status, said: status == 503 and of in " ".join(said["reasons"]))


async def test_when_all_is_well_it_says_so_and_how_everything_is(town):
    said = await until_well(town)

    assert said["reasons"] == []
    assert [(each["line"], each["open"]) for each in said["lines"]] == [(1, True), (2, True)]
    assert {"courier", "plan tick", "watchdog"} <= set(said["seconds_since"])
    assert said["for_seconds"] >= 0


async def test_over_http_it_is_told_beside_the_door_for_slack(slack, sqlite):
    async with at_work_over_http(slack, sqlite.fresh()) as town, aiohttp.ClientSession() as session:
        status, said = await asked(session, town)

    assert (status, said["well"], said["lines"]) == (200, True, [])


async def test_without_a_port_nothing_is_served(slack, sqlite):
    async with at_work(slack, sqlite.fresh()) as town:
        assert town.cairn.address == ""


async def test_lines_that_cannot_be_opened_again_are_told_of_until_they_can(town):
    with town.slack.faults.fail("apps.connections.open", 503):
        await town.slack.sockets.cut()
        said = await until_ill(town, "No line to Slack is open.")
        assert not any(each["open"] for each in said["lines"])

    await until_well(town)
    assert (await town.person("gita").command("/okr")).text


async def test_one_line_that_stays_dead_is_told_of_and_begun_anew(town, caplog):
    line = town.cairn.health.lines[0]
    line.stop()  # as if whatever keeps it had died
    await line.close()

    await until_ill(town, "Line 1 to Slack has been silent")
    await until_well(town)

    assert "a dead line is replaced" in caplog.text


@pytest.mark.parametrize("table", ["key_results", "inbox", "workspaces"])
async def test_a_table_that_is_gone_is_told_of_until_it_is_back(town, table):
    await broken(town, table)
    await until_ill(town, f"no such table: {table}")

    with sqlite3.connect(town.cairn.db.url.database, timeout=10) as elsewhere:
        elsewhere.execute(f"ALTER TABLE lost RENAME TO {table}")
    await until_well(town)


async def test_a_database_that_somebody_keeps_locked_is_told_of_until_it_is_free(town):
    elsewhere = sqlite3.connect(town.cairn.db.url.database, isolation_level=None, check_same_thread=False)
    elsewhere.execute("BEGIN IMMEDIATE")
    await until_ill(town, "The database")

    elsewhere.execute("ROLLBACK")
    elsewhere.close()
    await until_well(town)


async def test_a_file_that_is_gone_is_told_of_although_it_can_still_be_read(town):
    file = town.cairn.db.url.database
    os.rename(file, f"{file}.away")
    await until_ill(town, "The file of the database is gone")

    os.rename(f"{file}.away", file)
    await until_well(town)


async def test_a_courier_that_does_not_come_round_any_more_is_told_of(town):
    await town.cairn.courier.stop()

    await until_ill(town, "The courier has not come round")


async def test_a_tick_that_fails_each_time_is_told_of(town):
    beat = town.cairn.health.expect("plan tick", 0.2)
    await until_ill(town, "The plan tick has not come round")

    beat()
    assert not any("plan" in reason for reason in town.cairn.health.reasons())


async def test_it_gives_up_with_a_sentence_when_nothing_helps(slack, sqlite):
    spans = Spans(dead=0.3, look=0.05, slow=5, patience=1.0)
    async with looked_after(slack, sqlite.fresh(), spans) as town:
        with slack.faults.fail("apps.connections.open", 503):
            await slack.sockets.cut()
            with pytest.raises(GaveUp, match="No line to Slack is open"):
                await asyncio.wait_for(town.cairn.watched, 15)


async def test_it_does_not_give_up_on_what_comes_and_goes(slack, sqlite):
    spans = Spans(dead=0.3, look=0.05, slow=5, patience=0.8)
    async with looked_after(slack, sqlite.fresh(), spans) as town:
        for _ in range(4):
            with slack.faults.fail("apps.connections.open", 503, times=2):
                await slack.sockets.cut()
                await until_ill(town, "No line to Slack is open.")
            await until_well(town)

        assert not town.cairn.watched.done()
