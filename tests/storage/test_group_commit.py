"""Many units of work in one commit on SQLite: after an error of the database none of them is half done or lost."""

import asyncio
import contextlib
import sqlite3

import pytest
from sqlalchemy import text

from storage.database import Database, Session, Unavailable
from storage.sqlite import TOGETHER
from tests.disks import small_disk

UNITS = 50


@pytest.fixture
def disk(tmp_path):
    """A disk of a megabyte."""
    with small_disk(tmp_path, 1) as mounted:
        yield mounted


@pytest.fixture
async def diary(tmp_path):
    """A database with one table."""
    async with kept_in(tmp_path / "diary.db") as db:
        yield db


@contextlib.asynccontextmanager
async def kept_in(file):
    db = Database(f"sqlite:///{file}")
    await db.run(lambda session: session.execute(text("CREATE TABLE IF NOT EXISTS diary (id INTEGER, words TEXT)")))
    try:
        yield db
    finally:
        await db.close()


def write(session: Session, number: int, words: str = "") -> int:
    """Two rows that belong together."""
    for _ in range(2):
        session.execute(text("INSERT INTO diary VALUES (:number, :words)"), {"number": number, "words": words})
    return number


def read(session: Session) -> list[int]:
    return list(session.execute(text("SELECT id FROM diary ORDER BY id")).scalars())


async def at_once(db, *words):
    return await asyncio.gather(*(db.run(write, n, each) for n, each in enumerate(words)), return_exceptions=True)


def acknowledged(outcomes) -> list[int]:
    return sorted(n for n in outcomes if isinstance(n, int) for _ in range(2))


async def test_more_than_one_commit_takes_are_all_kept(diary):
    outcomes = await at_once(diary, *[""] * (2 * TOGETHER + 1))
    assert acknowledged(outcomes) == await diary.read(read)
    assert len(outcomes) == 2 * TOGETHER + 1


async def test_when_the_database_is_full_what_was_acknowledged_is_there_and_nothing_else(diary):
    def bounded(session: Session) -> None:
        session.execute(text("PRAGMA max_page_count = 20"))

    await diary.run(bounded)
    outcomes = await at_once(diary, *["x" * 100, "y" * 40_000, "z" * 100] * 5)

    assert [str(each) for each in outcomes if not isinstance(each, int)]
    for failed in (each for each in outcomes if not isinstance(each, int)):
        assert isinstance(failed, Unavailable)
        assert (failed.reason, failed.sure) == ("its disk is full", True)
    assert await diary.read(read) == acknowledged(outcomes) != []


async def test_a_unit_that_hides_that_the_disk_is_full_does_not_carry_the_others_away(diary):
    """SQLite ends the whole transaction when the disk is full, whatever a unit makes of the error."""

    def hiding(session: Session) -> str:
        with contextlib.suppress(Exception):
            session.execute(text("PRAGMA max_page_count = 20"))
            write(session, 99, "x" * 200_000)
        return "all is well"

    outcomes = await asyncio.gather(diary.run(write, 1), diary.run(hiding), diary.run(write, 2), return_exceptions=True)

    assert [outcomes[0], outcomes[2]] == [1, 2]
    assert isinstance(outcomes[1], sqlite3.OperationalError), "it was not kept, so it is not acknowledged"
    assert await diary.read(read) == [1, 1, 2, 2]


async def test_on_a_disk_that_is_really_full_work_goes_on_once_there_is_room(disk):
    async with kept_in(disk / "diary.db") as db:
        (disk / "ballast").write_bytes(bytes(600_000))
        first = await at_once(db, *["x" * 20_000] * UNITS)
        assert {str(each) for each in first if not isinstance(each, int)} == {
            "The database is not available: its disk is full."
        }
        assert await db.read(read) == acknowledged(first), "questions are answered all the same"

        (disk / "ballast").unlink()
        assert await db.run(write, 1000) == 1000
        assert await db.read(read) == [*acknowledged(first), 1000, 1000]


async def test_a_file_that_may_not_be_written_to_is_told_as_that(diary):
    def read_only(session: Session) -> None:
        session.execute(text("PRAGMA query_only = ON"))

    await diary.run(write, 1)
    await diary.run(read_only)
    (failed,) = await at_once(diary, "")
    assert str(failed) == "The database is not available: it may not be written to."
    assert await diary.read(read) == [1, 1]


async def test_while_another_process_keeps_it_locked_nobody_is_acknowledged_and_then_all_are(diary):
    other = sqlite3.connect(diary.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.gather(*(diary.run(write, n) for n in range(5)))
    await asyncio.wait([writing], timeout=0.2)
    assert not writing.done()
    assert await diary.read(read) == []

    other.execute("COMMIT")
    other.close()
    assert await writing == [0, 1, 2, 3, 4]
