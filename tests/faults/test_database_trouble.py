"""The disk is full, the file may not be written to, PostgreSQL is gone: clear sentences, nothing lost, work resumes."""

import asyncio
import shutil

import pytest

from sandbox.reading import text_of
from sandbox.rules import Rules
from tests.conftest import at_work, workspace
from tests.disks import small_disk
from tests.faults import report
from tests.faults.crew import judging, worker
from tests.faults.postgres import own_server

pytestmark = pytest.mark.alone

SORRY = "My database is not available at the moment, so nothing was changed. Please try again in a few minutes."


@pytest.fixture
async def slack():
    """A workspace that tells again soon what was not acknowledged."""
    async with workspace(rules=Rules(retry_delays=(0.5, 1.0, 2.0, 3.0, 4.0))) as opened:
        yield opened


@pytest.fixture
def disk(tmp_path):
    """A disk of three megabytes."""
    with small_disk(tmp_path, 3) as mounted:
        yield mounted


async def owner(town):
    """Gita, who owns KR-1 at 40."""
    gita = town.person("gita")
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)
    await gita.command("/okr update KR-1 40")
    await town.quiet()
    return gita


async def test_on_a_full_disk_people_read_that_nothing_was_changed_and_all_goes_on_once_there_is_room(
    slack, sqlite, disk
):
    file = disk / "cairn.db"
    shutil.copy(sqlite.fresh().removeprefix("sqlite:///"), file)
    async with at_work(slack, f"sqlite:///{file}") as town:
        gita = await owner(town)
        fill(disk / "ballast")

        seen = await refused_at_last(gita)
        assert SORRY in seen
        value = (await gita.command("/okr")).text
        assert "→ 100" in value, "questions are answered all the same"
        await gita.say("help?")

        (disk / "ballast").unlink()
        await slack.until(lambda: len(answers(gita)) == 1, 20)
        await gita.command("/okr update KR-1 77")
        assert "77 → 100" in (await gita.command("/okr")).text


def fill(ballast) -> None:
    """Until not a byte is left."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


async def refused_at_last(who) -> str:
    """What somebody reads whose updates no longer fit: the log still has room for a few."""
    for number in range(200):
        seen = (await who.command(f"/okr update KR-1 {40 + number % 50} note {'x' * 400}")).text
        if "→" not in seen:
            return seen
    raise AssertionError("it never was full")


def answers(who) -> list[str]:
    """What Cairn has written to somebody since they wrote to it."""
    asked = next(n for n, message in enumerate(who.dm) if message.user == who.id)
    return [text_of(message) for message in who.dm[asked + 1 :] if message.user != who.id]


@pytest.fixture
async def gone_for() -> float:
    """Seconds that the server is away."""
    return report.how_many(3, 60)


async def test_while_postgresql_is_gone_people_are_told_and_nothing_that_was_planned_is_lost(slack, gone_for):
    async with own_server() as server, at_work(slack, server.url) as town:
        gita = await owner(town)
        slack.faults.slow("chat.postMessage", seconds=0.5)
        bo = town.person("bo")
        await bo.command("/kudos @gita for the migration")

        await server.kill()
        seen = (await gita.command("/okr update KR-1 +5")).text
        assert SORRY in seen or "I do not know whether that was kept" in seen
        assert SORRY in (await gita.command("/okr")).text
        await asyncio.sleep(gone_for)
        await server.begin_again()

        for _ in range(50):
            if "→" in (await gita.command("/okr update KR-1 60")).text:
                break
            await asyncio.sleep(0.2)
        assert "60 → 100" in (await gita.command("/okr")).text
        await town.quiet()
        await slack.until(lambda: len(slack.channel("kudos").messages) == 1, 30)
        assert sum("the migration" in text_of(message) for message in gita.dm) == 1
    report.keep("PostgreSQL gone", f"for {gone_for:g} s: people told so, 0 lost, 0 doubled")


async def test_postgresql_that_is_killed_and_restarted_under_load_loses_nothing(slack):
    times = report.how_many(2, 20)
    async with own_server() as server, judging(slack, server.url) as judge:
        async with worker(judge.orders()) as one, worker(judge.orders()) as another:
            await one.says("at work")
            await another.says("at work")
            for _ in range(times):
                await judge.plan("ada", "bo", "gita", "emi")
                await asyncio.sleep(0.2)
                await server.kill()
                await asyncio.sleep(0.5)
                await server.begin_again()
                await answering(judge)
            await judge.until_settled(120)
        assert await judge.verdict() == ([], [])
    report.keep("PostgreSQL killed under load", f"{times} times, two replicas: 0 lost, 0 doubled")


async def answering(judge) -> None:
    """Until the judge, too, is heard again."""
    for _ in range(100):
        try:
            await judge.rows()
            return
        except Exception:
            await asyncio.sleep(0.1)
