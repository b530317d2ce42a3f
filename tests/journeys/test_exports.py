"""Somebody asks for an export and finds it in their conversation with Cairn."""

import asyncio
import csv
import gc
import io
import json

import pytest

from domain.outbox import Delivery
from sandbox.reading import text_of
from storage import dead_letters
from tests.conftest import at_work, workspace


def files_of(town, who):
    """Every file in somebody's DM with Cairn: name → content."""
    files = town.slack.workspace.files
    return {file["title"]: files.content(file["id"]) for message in who.dm for file in message.files}


def left_open():
    """How many temporary files of this process are open."""
    return sum(isinstance(each, io.BufferedRandom) and not each.closed for each in gc.get_objects())


@pytest.fixture(autouse=True)
def _no_file_stays_open():
    before = left_open()
    yield
    assert left_open() == before


def titles(files):
    return [row["Title"] for row in csv.DictReader(io.StringIO(files["okrs.csv"].decode("utf-8-sig"), newline=""))]


async def until_it_is_let_go(town):
    async with asyncio.timeout(20):
        while True:
            if (Delivery.SKIPPED, "export") in await town.cairn.db.read(dead_letters.counts):
                return
            await asyncio.sleep(0.1)


@pytest.fixture
async def gita(town):
    gita, emi = town.person("gita"), town.person("emi")
    await town.objective(gita, "=Nobody waits for us")
    await town.key_result(gita)
    await town.objective(emi, "Everybody sleeps well")
    await town.quiet()
    return gita


async def test_an_export_comes_as_files_into_the_askers_own_conversation(gita, town):
    seen = await gita.command("/okr export")
    assert "Your export is on its way" in seen.text
    await town.quiet()

    files = files_of(town, gita)
    tables = ("okrs", "history", "check-ins", "recognition", "comments", "dependencies", "closings")
    assert set(files) == {"cairn.json", *(f"{table}.csv" for table in tables)}
    assert titles(files) == ["'=Nobody waits for us", "Sign-ups a week", "Everybody sleeps well"]
    assert json.loads(files["cairn.json"])["okrs"][0]["Title"] == "=Nobody waits for us"
    assert "You get this because you asked" in text_of(gita.dm[-1])
    assert not town.person("emi").dm


async def test_home_has_a_button_for_it(gita, town):
    await gita.open_home()
    await gita.press("Export")

    assert "Your export is on its way" in text_of(gita.modal)
    await town.quiet()
    assert titles(files_of(town, gita))


async def test_where_files_may_not_be_sent_the_asker_reads_who_can_change_that(sqlite):
    async with workspace(without_scopes=["files:write"]) as slack, at_work(slack, sqlite.fresh()) as town:
        gita = town.person("gita")
        await gita.command("/okr export")
        await town.quiet()

        (told,) = gita.dm
        assert "Cairn may not send files here. An admin can allow it: add the permission files:write" in text_of(told)


async def test_files_whose_fate_nobody_knows_are_not_sent_again(slack, sqlite):
    async with at_work(slack, sqlite.fresh(), send_timeout=0.5, send_lease=1.5, quiet_period=0.2) as town:
        gita = town.person("gita")
        slack.faults.drop("files.completeUploadExternal", times=1)
        await gita.command("/okr export")

        await until_it_is_let_go(town)
        assert len(gita.dm) == 1
        assert titles(files_of(town, gita)) == []


async def test_what_slack_does_not_take_yet_is_sent_later(gita, town):
    with town.slack.faults.fail("files.getUploadURLExternal", status=503, times=1):
        await gita.command("/okr export")
        await town.quiet()

    assert len(gita.dm) == 1
    assert titles(files_of(town, gita))
