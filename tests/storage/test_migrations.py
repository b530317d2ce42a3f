"""From nothing to today's tables, on both databases."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from storage import people
from storage.database import Database
from storage.migrations import UnknownRevision, config, migrate
from storage.tables import WorkspaceRow
from tests.examples import WORKSPACE


@pytest.fixture
async def empty_db(db, tmp_path):
    """A database without any tables."""
    if not db.on_sqlite:
        await in_database(db, emptied)
    opened = Database(f"sqlite:///{tmp_path / 'empty.db'}") if db.on_sqlite else db
    yield opened
    await opened.close()


async def in_database(db: Database, question):
    async with db.migrating() as connection:
        return await connection.run_sync(question)


def emptied(connection) -> None:
    connection.execute(text("DROP SCHEMA public CASCADE"))
    connection.execute(text("CREATE SCHEMA public"))
    connection.commit()


def tables(connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def checked(connection) -> None:
    command.check(config(connection))


async def test_an_empty_database_gets_every_table(empty_db):
    assert await in_database(empty_db, tables) == set()
    await migrate(empty_db)
    assert await in_database(empty_db, tables) == {*SQLModel.metadata.tables, "alembic_version"}


async def test_migrating_again_keeps_what_is_there(db):
    await db.run(people.keep_workspace, WORKSPACE, "Larkspur", "UCAIRN")
    await migrate(db)
    await migrate(db)
    assert (await db.read(people.workspace, WORKSPACE)).name == "Larkspur"


async def test_the_tables_are_what_the_models_say(db):
    await in_database(db, checked)


async def test_a_model_that_no_migration_knows_is_noticed(db):
    """So that the test above can fail."""
    column = WorkspaceRow.__table__.c.installer
    column.nullable = False
    try:
        with pytest.raises(Exception, match="modify_nullable"):
            await in_database(db, checked)
    finally:
        column.nullable = True


async def test_a_database_from_a_newer_cairn_is_left_alone(db):
    def from_the_future(connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()

    await in_database(db, from_the_future)
    with pytest.raises(UnknownRevision, match="newer version of Cairn"):
        await migrate(db)


def test_the_migrations_follow_one_another_in_a_line():
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1
