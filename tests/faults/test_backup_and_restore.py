"""A backup is taken beside a running Cairn, and Cairn goes on from it: real processes, against the sandbox."""

import shutil
from pathlib import Path

import pytest

from storage.files import file_of
from tests.conftest import Town, at_work
from tests.faults.commands import refused, typed
from tests.journeys.test_starting import process, ready, tokens
from tests.storage.test_backup import damage

pytestmark = pytest.mark.alone


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".lock"}


async def test_cairn_goes_on_from_a_backup_that_was_taken_while_it_ran(tmp_path, slack):
    town, gita = Town(slack, None), slack.person("gita")
    async with process(tmp_path, **tokens(slack)) as cairn:
        await ready(cairn)
        await town.objective(gita, "Nobody waits for us")
        taken = await typed(tmp_path, "backup", "backup.db")
        assert (taken.status, taken.sentence) == (0, "")
        await town.objective(gita, "Everybody sleeps well")

        assert "Stop it" in await refused(tmp_path, "restore", "backup.db")
        assert "Everybody sleeps well" in (await gita.command("/okr")).text

        cairn.kill()
        await cairn.wait()

    done = await typed(tmp_path, "restore", "backup.db")
    assert done.status == 0, done
    assert "kept as" in done.out

    async with process(tmp_path, **tokens(slack)) as cairn:
        await ready(cairn)
        seen = (await gita.command("/okr")).text
        assert "Nobody waits for us" in seen
        assert "Everybody sleeps well" not in seen
        await town.objective(gita, "We are heard")
        assert "O-2 We are heard" in (await gita.command("/okr")).text


async def test_what_is_no_backup_is_refused_in_a_sentence_and_nothing_is_changed(tmp_path, sqlite):
    database = file_of(sqlite.fresh())
    shutil.copy(database, tmp_path / "cairn.db")
    for name in ("damaged.db", "cut.db"):
        shutil.copy(database, tmp_path / name)
    damage(tmp_path / "damaged.db")
    (tmp_path / "cut.db").write_bytes(database.read_bytes()[:-10_000])
    (tmp_path / "empty.db").touch()
    before = kept(tmp_path)

    said = [await refused(tmp_path, "restore", f"{name}.db") for name in ("damaged", "cut", "empty")]

    assert [sentence.split(" (")[0] for sentence in said[:2]] == ["damaged.db is damaged", "cut.db is damaged"]
    assert said[2].startswith("empty.db is empty.")
    assert kept(tmp_path) == before


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
async def test_on_postgresql_one_is_told_of_its_own_tools(tmp_path, command, tool):
    sentence = await refused(tmp_path, command, "file", database_url="postgresql://cairn:secret@localhost/cairn")

    assert f"`{tool} " in sentence
    assert "secret" not in sentence


async def test_two_cairns_may_share_a_database_and_a_restore_waits_for_the_last(tmp_path, slack, sqlite):
    url = sqlite.fresh()
    database = file_of(url)
    assert (await typed(tmp_path, "backup", "backup.db", database_url=url)).status == 0

    async with at_work(slack, url):
        async with at_work(slack, url):
            pass
        assert str(database) in await refused(tmp_path, "restore", "backup.db", database_url=url)
    assert (await typed(tmp_path, "restore", "backup.db", database_url=url)).status == 0
