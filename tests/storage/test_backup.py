"""A backup is one whole file, whatever is written meanwhile."""

import asyncio
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import MANIFEST
from domain.errors import Refusal
from domain.references import Prefix
from storage import inbox, people
from storage.backup import back_up
from storage.database import Database, Session
from storage.files import address_of, connect, file_of
from storage.migrations import revisions
from storage.restore import restore
from storage.rows import next_number
from tests.examples import NOW, WORKSPACE

WRITERS = 6
FILLER = "INSERT INTO inbox SELECT 'T0', hex(randomblob(500)), '2026-01-01' FROM generated"
NUMBERS = "WITH RECURSIVE generated(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM generated WHERE n < 8000) "


@pytest.fixture
def database(sqlite) -> Path:
    """A database that nobody has used, as a file."""
    return file_of(sqlite.fresh())


def write(session: Session) -> int:
    """One unit of work of two rows that belong together: a number that is given out, and what carries it."""
    number = next_number(session, WORKSPACE, Prefix.OBJECTIVE)
    inbox.first_time(session, WORKSPACE, str(number), NOW)
    return number


async def keep_writing(db: Database, acknowledged: set[int], stop: asyncio.Event) -> None:
    while not stop.is_set():
        acknowledged.add(await db.run(write))


def grow(database: Path) -> None:
    """So much that a backup takes many slices."""
    with closing(connect(database)) as connection:
        connection.execute(NUMBERS + FILLER)


def units(file: Path) -> int:
    """How many units of work a file holds; each of them is whole, and none is missing before the last."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found = connection.execute("SELECT identity FROM inbox WHERE workspace = ?", [WORKSPACE])
        numbers = sorted(int(identity) for (identity,) in found)
        (last,) = connection.execute("SELECT coalesce(max(last), 0) FROM counters").fetchone()
    assert numbers == list(range(1, last + 1))
    return last


async def test_a_backup_while_everybody_writes_holds_all_that_was_acknowledged_and_nothing_by_half(database, tmp_path):
    grow(database)
    db, stop, acknowledged = Database(address_of(database)), asyncio.Event(), set()
    await db.run(people.keep_workspace, WORKSPACE, "Larkspur", "UCAIRN")
    writers = [asyncio.create_task(keep_writing(db, acknowledged, stop)) for _ in range(WRITERS)]

    taken = []
    for number in range(3):
        before = len(acknowledged)
        await asyncio.to_thread(back_up, database, tmp_path / f"{number}.db", revisions())
        taken.append((before, len(acknowledged)))
    stop.set()
    await asyncio.gather(*writers)
    await db.close()

    for number, (before, after) in enumerate(taken):
        assert after > before, "nobody had to wait for the backup"
        assert before <= units(tmp_path / f"{number}.db") <= len(acknowledged)
    assert units(database) == len(acknowledged)

    await restore(tmp_path / "1.db", database, NOW)
    assert taken[1][0] <= units(database) <= len(acknowledged)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.db", "1.db", "2.db"]


def test_a_backup_is_one_file_for_its_owner_only(database, tmp_path):
    size = back_up(database, tmp_path / "it.db", revisions())

    assert [path.name for path in tmp_path.iterdir()] == ["it.db"]
    assert (tmp_path / "it.db").stat().st_size == size
    assert stat.S_IMODE((tmp_path / "it.db").stat().st_mode) == 0o600


def test_what_a_killed_process_left_in_the_log_is_in_the_backup(database, tmp_path):
    killed = tmp_path / "killed.db"
    with closing(connect(database)) as connection:
        connection.execute("INSERT INTO workspaces (id, name, bot_user) VALUES ('T1', 'Larkspur', 'U1')")
        shutil.copy(database, killed)
        shutil.copy(f"{database}-wal", f"{killed}-wal")

    back_up(killed, tmp_path / "it.db", revisions())

    with closing(connect(tmp_path / "it.db")) as connection:
        assert connection.execute("SELECT name FROM workspaces").fetchall() == [("Larkspur",)]


def test_a_backup_takes_the_place_of_another_file_only_by_force(database, tmp_path):
    there = tmp_path / "it.db"
    there.write_text("letters from home")

    with pytest.raises(Refusal, match="there already"):
        back_up(database, there, revisions())
    assert there.read_text() == "letters from home"

    back_up(database, there, revisions(), force=True)
    assert units(there) == 0


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal", ".lock"])
def test_a_backup_never_takes_the_place_of_the_database(database, suffix):
    before = database.read_bytes()

    with pytest.raises(Refusal, match="belongs to the database itself"):
        back_up(database, database.with_name(database.name + suffix), revisions(), force=True)

    assert database.read_bytes() == before


def test_a_link_to_the_database_is_the_database(database, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(database)

    with pytest.raises(Refusal, match="belongs to the database itself"):
        back_up(database, link, revisions(), force=True)


def test_what_cannot_be_backed_up_is_said_in_a_sentence(database, tmp_path):
    for_nobody = {
        "There is no database": (tmp_path / "none.db", tmp_path / "it.db"),
        "There is no folder": (database, tmp_path / "nowhere" / "it.db"),
        "is a folder": (database, tmp_path),
    }
    for sentence, (source, to) in for_nobody.items():
        with pytest.raises(Refusal, match=sentence):
            back_up(source, to, revisions())
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_gets_no_backup_that_looks_whole(database, tmp_path):
    damage(database)

    with pytest.raises(Refusal, match="is damaged"):
        back_up(database, tmp_path / "it.db", revisions())
    assert list(tmp_path.iterdir()) == []


def damage(file: Path) -> None:
    """Flip every bit of the page where a table begins."""
    with closing(sqlite3.connect(file)) as opened:
        (root,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'members'").fetchone()
    content = bytearray(file.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    begins = (root - 1) * page
    content[begins : begins + page] = bytes(byte ^ 0xFF for byte in content[begins : begins + page])
    file.write_bytes(content)


ON_A_SMALL_DISK = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from domain.errors import Refusal
from storage.backup import back_up
from storage.migrations import revisions
from storage.restore import restore

what, source, to = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
try:
    if what == "backup":
        back_up(source, to, revisions())
    else:
        asyncio.run(restore(source, to, datetime.now(UTC)))
except Refusal as refusal:
    sys.exit(refusal.sentence)
"""


@pytest.mark.parametrize(("what", "sentence"), [("backup", "written to"), ("restore", "put at")])
def test_a_disk_without_room_keeps_no_half_of_it(database, tmp_path, what, sentence):
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-c", ON_A_SMALL_DISK, what, str(database), str(tmp_path / "it.db")],
        cwd=MANIFEST.parent,
        preexec_fn=small,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"The backup could not be {sentence} {tmp_path / 'it.db'}: "), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []
