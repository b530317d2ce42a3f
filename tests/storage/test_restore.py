"""A backup comes back whole, or not at all; what was there is kept; nothing of it is mixed in."""

import asyncio
import shutil
import sqlite3
import stat
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlmodel import select

from bot.settings import MANIFEST
from domain.errors import Refusal
from domain.outbox import Delivery, Mode
from storage import claims, outbox, people
from storage.backup import back_up
from storage.database import Database
from storage.files import address_of, connect, file_of
from storage.in_use import InUse, alone, together
from storage.migrations import config, revisions
from storage.restore import restore
from storage.tables import OutboxRow
from tests.examples import NOW, WORKSPACE
from tests.storage.company import HERE, outgoing
from tests.storage.filling import fill
from tests.storage.outbox import TERMS
from tests.storage.test_backup import damage

NAME = "SELECT name FROM workspaces"


@pytest.fixture
def database(sqlite, tmp_path) -> Path:
    """A database in a folder of its own, in which a workspace is called Larkspur."""
    file = tmp_path / "home" / "cairn.db"
    file.parent.mkdir()
    shutil.copy(file_of(sqlite.fresh()), file)
    name_it(file, "Larkspur")
    return file


@pytest.fixture
def backup(database, tmp_path) -> Path:
    """A backup of it, after which the workspace was renamed."""
    taken = tmp_path / "backup.db"
    back_up(database, taken, revisions())
    name_it(database, "Foxglove")
    return taken


def name_it(file: Path, name: str) -> None:
    with closing(connect(file)) as connection:
        connection.execute(
            "INSERT INTO workspaces (id, name, bot_user) VALUES (?, ?, 'U1') ON CONFLICT DO UPDATE SET name = ?",
            [WORKSPACE, name, name],
        )


def name_in(file: Path) -> str:
    with closing(connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute(NAME).fetchone()[0]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def contents(*folders: Path) -> dict[Path, bytes]:
    """What is in the files of these folders, but for the lock, which is empty and stays."""
    files = (path for folder in folders for path in folder.iterdir() if path.is_file())
    return {path: path.read_bytes() for path in files if path.suffix != ".lock"}


@contextmanager
def unchanged(*folders: Path):
    """Nothing in these folders changes."""
    before = contents(*folders)
    yield
    assert contents(*folders) == before


async def test_everything_is_as_it_was_and_what_was_there_is_kept(database, backup):
    done = await restore(backup, database, NOW)

    assert name_in(database) == "Larkspur"
    assert name_in(done.aside) == "Foxglove"
    assert done.aside.name.startswith("cairn.db.before-restore-")
    assert names(database.parent) == sorted(["cairn.db", done.aside.name])
    assert name_in(backup) == "Larkspur"


async def test_restoring_twice_keeps_both(database, backup):
    first, second = await restore(backup, database, NOW), await restore(backup, database, NOW)

    assert first.aside != second.aside
    assert [name_in(first.aside), name_in(second.aside)] == ["Foxglove", "Larkspur"]


async def test_a_database_that_is_gone_comes_back(database, backup):
    database.unlink()

    done = await restore(backup, database, NOW)

    assert done.aside is None
    assert name_in(database) == "Larkspur"


async def test_it_belongs_to_whom_it_belonged_before(database, backup):
    database.chmod(0o640)
    await restore(backup, database, NOW)
    assert stat.S_IMODE(database.stat().st_mode) == 0o640

    database.unlink()
    await restore(backup, database, NOW)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


async def test_what_was_unsent_is_not_sent_without_looking(database, tmp_path):
    db = Database(address_of(database))
    await db.run(people.keep_workspace, HERE, "Larkspur", "UCAIRN")
    for key in ("sending", "pending"):
        await db.run(outbox.put, replace(outgoing(key, HERE), place=f"C{key}"), NOW)
        if key == "sending":
            (taken,), _wait = await db.claim(claims.claim, HERE, TERMS, NOW, NOW, 5)
    await db.run(outbox.put, replace(outgoing("shown", HERE), place="Cshown", mode=Mode.SHOW), NOW)
    assert taken.what.key == "sending"
    await db.close()
    back_up(database, tmp_path / "backup.db", revisions())

    done = await restore(tmp_path / "backup.db", database, NOW)

    db = Database(address_of(database))
    rows = await db.read(lambda session: {row.key: row.state for row in session.exec(select(OutboxRow))})
    await db.close()
    assert done.doubted == 2
    assert rows == {"sending": Delivery.UNKNOWN, "pending": Delivery.UNKNOWN, "shown": Delivery.PENDING}


@pytest.mark.parametrize("old", revisions())
async def test_a_backup_of_an_older_cairn_is_brought_up_to_date(tmp_path, old):
    past, database = Database(address_of(tmp_path / "past.db")), tmp_path / "cairn.db"
    async with past.migrating() as connection:
        await connection.run_sync(lambda connection: command.upgrade(config(connection), old))
        await connection.run_sync(fill)
    await past.close()
    with closing(connect(tmp_path / "past.db")) as connection:
        (before,) = connection.execute("SELECT count(*) FROM updates").fetchone()

    await restore(tmp_path / "past.db", database, NOW)

    with closing(connect(database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (revisions()[-1],)
        assert connection.execute("SELECT count(*) FROM updates").fetchone() == (before,)


# what is no backup


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:1000])


def a_letter(file: Path) -> None:
    file.write_text("Dear Cairn, this is no database.\n" * 100)


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("CREATE TABLE songs (title)")


def of_a_newer_cairn(file: Path) -> None:
    with closing(connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def with_orphans(file: Path) -> None:
    with closing(connect(file)) as connection:
        connection.execute("INSERT INTO counters VALUES ('nobody''s', 'O', 1)")


def with_a_log(file: Path) -> None:
    file.with_name(file.name + "-wal").write_bytes(b"frames")


def gone(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (damage, "is damaged"),
        (cut, "is damaged"),
        (cut_short, "is damaged"),
        (emptied, "is empty"),
        (a_letter, "is no SQLite database"),
        (of_another_program, "of another program"),
        (of_a_newer_cairn, "a newer version of Cairn"),
        (with_orphans, "rows in counters refer to nothing"),
        (with_a_log, "only a part of a database"),
        (gone, "There is no file"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
async def test_what_is_no_whole_backup_changes_nothing(database, backup, spoil, sentence):
    spoil(backup)

    with unchanged(database.parent, backup.parent), pytest.raises(Refusal, match=sentence) as refused:
        await restore(backup, database, NOW)

    assert str(backup) in refused.value.sentence
    assert len(refused.value.sentence.splitlines()) == 1


async def test_the_database_is_not_restored_from_itself(database):
    with unchanged(database.parent), pytest.raises(Refusal, match="is the database itself"):
        await restore(database, database, NOW)


# who else is at work


async def test_it_refuses_while_somebody_is_at_work(database, backup):
    with together(database), together(database), pytest.raises(InUse, match="Stop it"):
        await restore(backup, database, NOW)
    assert name_in(database) == "Foxglove"

    await restore(backup, database, NOW)
    assert name_in(database) == "Larkspur"


def test_nobody_begins_while_a_backup_is_put_in_its_place(database, tmp_path):
    with alone(database):
        with pytest.raises(InUse, match="Try again"), together(database):
            pass
        with pytest.raises(InUse, match="Try again"):
            back_up(database, tmp_path / "it.db", revisions())
    with together(database):
        pass
    lock = database.with_name("cairn.db.lock")
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600


async def test_it_refuses_while_a_program_that_knows_no_lock_has_it_open(database, backup):
    with closing(sqlite3.connect(database)) as other:
        other.execute(NAME).fetchall()
        with pytest.raises(InUse, match="Another program"):
            await restore(backup, database, NOW)
        assert other.execute(NAME).fetchall() == [("Foxglove",)]
    assert names(database.parent) == ["cairn.db"]


# a log that lies there


def as_if_killed(database: Path, name: str) -> None:
    """Leave the database as a process does that is killed: its last rows are only in the log."""
    copies = database.parent.parent
    with closing(connect(database)) as connection:
        connection.execute("UPDATE workspaces SET name = ?", [name])
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{database}{suffix}", copies / f"killed{suffix}")
    for suffix in ("", "-wal", "-shm"):
        (copies / f"killed{suffix}").replace(f"{database}{suffix}")
    assert name.encode() not in database.read_bytes()


async def test_what_was_only_in_the_log_is_kept_with_what_was_there_and_not_mixed_in(database, backup):
    as_if_killed(database, "Only in the log")

    done = await restore(backup, database, NOW)

    assert name_in(database) == "Larkspur"
    assert name_in(done.aside) == "Only in the log"
    assert names(database.parent) == sorted(["cairn.db", done.aside.name])


async def test_a_damaged_database_is_kept_with_its_log_and_neither_is_mixed_in(database, backup):
    as_if_killed(database, "Only in the log")
    database.write_bytes(b"no database any more" + database.read_bytes()[20:])

    done = await restore(backup, database, NOW)

    kept = contents(database.parent)
    assert kept.pop(database)[:15] == b"SQLite format 3"
    assert name_in(database) == "Larkspur"
    assert kept[done.aside].startswith(b"no database any more")
    assert b"Only in the log" in b"".join(kept.values())
    assert all(path.name.startswith(done.aside.name) for path in kept)


async def test_a_log_without_a_database_is_not_applied_to_the_next(database, backup):
    as_if_killed(database, "Only in the log")
    database.unlink()

    await restore(backup, database, NOW)

    assert name_in(database) == "Larkspur"


def test_a_log_that_is_left_lying_would_be_mixed_in(database, backup):
    """So that the tests above can fail: this is what copying the file by hand does."""
    as_if_killed(database, "Only in the log")

    shutil.copy(backup, database)

    with closing(connect(database)) as connection:
        assert connection.execute(NAME).fetchone() != ("Larkspur",)


# an end in the middle of it

ENDED = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
from storage import restore

place, name = sys.argv[1].rsplit(".", 1)
setattr({"restore": restore, "os": os}[place], name, lambda *_, **__: os._exit(9))
asyncio.run(restore.restore(Path(sys.argv[2]), Path(sys.argv[3]), datetime.now(UTC)))
"""
POINTS = ["examined", "_brought_up_to_date", "_like", "_put_aside", "fold", "_keep", "sync"]


@pytest.mark.parametrize("point", [*(f"restore.{name}" for name in POINTS), "os.replace"])
async def test_whenever_it_is_killed_there_is_a_whole_database_and_it_can_be_done_again(database, backup, point):
    as_if_killed(database, "Only in the log")

    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ENDED, point, str(backup), str(database)), cwd=MANIFEST.parent
    )

    assert await killed.wait() == 9
    assert name_in(database) == "Only in the log"
    done = await restore(backup, database, NOW)
    assert name_in(database) == "Larkspur"
    assert name_in(done.aside) == "Only in the log"
