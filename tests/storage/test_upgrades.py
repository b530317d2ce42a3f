"""From every revision to today's, all or nothing, however many start at once, and never at the cost of data."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy.exc import DBAPIError

from bot.settings import MANIFEST
from storage import migrations
from storage.database import Database
from storage.migrations import BrokenReferences, config, migrate, revision, revisions
from tests.storage.filling import contents, fill
from tests.storage.test_migrations import empty_db, in_database

__all__ = ["empty_db"]

RENAMED = {("key_results", "direction"): "kind"}
"""Columns that a later step calls by another name, as (table, column): name."""

STEP = '''"""A step of a test"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    {body}
'''

REBUILD = """with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("motto", sa.Text(), nullable=False, server_default="none yet"))
        members.alter_column("name", existing_type=sa.String(), nullable=True)
    with op.batch_alter_table("workspaces") as workspaces:
        workspaces.alter_column("name", existing_type=sa.String(), nullable=True)"""
BREAK = """op.execute("DELETE FROM workspaces WHERE id IN (SELECT workspace FROM members)")"""
FAIL = """op.execute("UPDATE members SET name = 'half done'")
    raise RuntimeError("in the middle of it")"""


def and_then(folder: Path, *bodies: str) -> Path:
    """The steps of this Cairn, and after them those of a later one."""
    shutil.copytree(migrations.HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for body in bodies:
        before = revisions(folder)[-1]
        number = f"{int(before) + 1:04}"
        step = STEP.format(revision=number, before=before, body=body)
        (folder / "versions" / f"{number}_a_step_of_a_test.py").write_text(step)
    return folder


async def filled(db: Database, at: str) -> dict:
    """Everything in a database that has come as far as this revision, and is in use there."""
    await in_database(db, lambda connection: command.upgrade(config(connection), at))
    await in_database(db, fill)
    return await in_database(db, contents)


def lost(before: dict, after: dict) -> list[str]:
    """What was there before and is there no more, or differs."""
    told = []
    for table, rows in before.items():
        for then, now in zip(rows, after.get(table, [{}] * len(rows)), strict=True):
            kept = {name: RENAMED.get((table, name), name) for name in then}
            told += [
                f"{table}.{name}: {value!r} is now {now.get(kept[name])!r}"
                for name, value in then.items()
                if kept[name] not in now or now[kept[name]] != value
            ]
    return told


@pytest.mark.parametrize("old", revisions())
async def test_from_every_revision_on_every_row_and_value_is_kept(empty_db, old):
    before = await filled(empty_db, old)
    assert all(before.values()), "every table has something in it"

    await migrate(empty_db)

    assert await in_database(empty_db, revision) == revisions()[-1]
    assert lost(before, await in_database(empty_db, contents)) == []


@pytest.mark.parametrize("old", revisions())
async def test_a_table_with_children_is_rebuilt_without_losing_them(empty_db, tmp_path, old):
    before = await filled(empty_db, old)

    await migrate(empty_db, and_then(tmp_path / "later", REBUILD))

    after = await in_database(empty_db, contents)
    assert {row["motto"] for row in after["members"]} == {"none yet"}
    assert lost(before, after) == []


async def test_a_value_that_was_lost_is_noticed(empty_db, tmp_path):
    """So that the tests above can fail."""
    before = await filled(empty_db, revisions()[-1])
    shorten = """op.execute("UPDATE workspaces SET name = 'short' WHERE id LIKE 'id 2%'")"""

    await migrate(empty_db, and_then(tmp_path / "later", shorten))

    (told,) = lost(before, await in_database(empty_db, contents))
    assert told.startswith("workspaces.name: ")


async def test_a_step_that_fails_midway_leaves_all_as_it_was(empty_db, tmp_path):
    first = revisions()[0]
    before = await filled(empty_db, first)

    with pytest.raises(RuntimeError, match="in the middle"):
        await migrate(empty_db, and_then(tmp_path / "later", REBUILD, FAIL))

    assert await in_database(empty_db, revision) == first
    assert await in_database(empty_db, contents) == before
    await asyncio.wait_for(migrate(empty_db), 20)  # the lock was let go of
    assert lost(before, await in_database(empty_db, contents)) == []


async def test_a_step_that_would_break_references_is_refused(empty_db, tmp_path):
    before = await filled(empty_db, revisions()[-1])

    with pytest.raises((BrokenReferences, DBAPIError), match=r"refer to nothing|violates foreign key"):
        await migrate(empty_db, and_then(tmp_path / "later", BREAK))

    assert await in_database(empty_db, contents) == before


MIGRATE = """
import asyncio, sys
from pathlib import Path
from storage.database import Database
from storage.migrations import migrate

async def main():
    db = Database(sys.argv[1])
    sys.stdin.readline()
    await migrate(db, Path(sys.argv[2]))
    await db.close()

asyncio.run(main())
"""


async def starting(db: Database, folder: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", MIGRATE, db.url.render_as_string(hide_password=False), str(folder)),
        cwd=MANIFEST.parent,
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("old", [None, revisions()[0]], ids=["empty", "old"])
async def test_processes_that_start_at_once_migrate_once_and_all_go_on(empty_db, tmp_path, old):
    before = await filled(empty_db, old) if old else {}
    once = """op.execute("UPDATE workspaces SET name = name || '!'")"""
    later = and_then(tmp_path / "later", REBUILD, once)
    each = [await starting(empty_db, later) for _ in range(4)]

    told = await asyncio.wait_for(asyncio.gather(*(one.communicate(b"go\n") for one in each)), 60)

    assert [one.returncode for one in each] == [0] * 4, told
    assert await in_database(empty_db, revision) == revisions(later)[-1]
    after = await in_database(empty_db, contents)
    for row in after["workspaces"]:
        assert row["name"] is None or row["name"].count("!") == 1
        row["name"] = row["name"] and row["name"].removesuffix("!")
    assert lost(before, after) == []


async def test_several_at_once_in_one_process_wait_for_one_another(empty_db):
    others = [Database(empty_db.url.render_as_string(hide_password=False)) for _ in range(5)]

    await asyncio.wait_for(asyncio.gather(*map(migrate, others)), 60)

    assert await in_database(empty_db, revision) == revisions()[-1]
    for other in others:
        await other.close()


async def test_who_is_killed_while_migrating_keeps_nobody_out(empty_db, tmp_path):
    before = await filled(empty_db, revisions()[0])
    forever = and_then(tmp_path / "later", """print("begun", flush=True)\n    __import__("time").sleep(600)""")
    stuck = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", MIGRATE, empty_db.url.render_as_string(hide_password=False), str(forever)),
        cwd=MANIFEST.parent,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    stuck.stdin.write(b"go\n")
    assert await stuck.stdout.readline() == b"begun\n"
    second = asyncio.create_task(migrate(empty_db))
    done, _ = await asyncio.wait([second], timeout=0.3)
    assert not done, "it waits while another is at it"

    stuck.kill()
    await stuck.communicate()
    await asyncio.wait_for(second, 60)

    assert lost(before, await in_database(empty_db, contents)) == []


def test_the_file_of_each_step_begins_with_its_revision():
    from alembic.script import ScriptDirectory

    steps = list(ScriptDirectory.from_config(config()).walk_revisions())
    assert [step.revision for step in reversed(steps)] == revisions()
