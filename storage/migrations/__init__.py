"""Every step from an empty database to today's tables, on both databases, one replica at a time."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from storage.database import Database


class UnknownRevision(Exception):
    """The database was last used by a newer Cairn than this one."""


async def migrate(db: Database) -> None:
    """Bring the database to today's tables; raises `UnknownRevision` when it comes from a newer Cairn."""
    async with db.migrating() as connection:
        try:
            await connection.run_sync(_upgrade)
        except CommandError as error:
            raise UnknownRevision("This database was written by a newer version of Cairn.") from error


def config(connection: Any = None) -> Config:
    """Alembic's settings, without a file of their own."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Any) -> None:
    command.upgrade(config(connection), "head")
    connection.commit()
