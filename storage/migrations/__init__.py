"""Every step from an empty database to today's tables, on both databases, one replica at a time."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


class UnknownRevision(Exception):
    """The database was last used by a newer Cairn than this one."""


class BrokenReferences(Exception):
    """The steps would have left rows that refer to nothing."""


async def migrate(db: Database, folder: Path = HERE) -> None:
    """Bring the database to today's tables, or leave it as it was; who comes second waits and finds it done.

    Raises `UnknownRevision` when it comes from a newer Cairn, and `BrokenReferences` rather than keep what is broken.
    """
    async with db.migrating() as connection:
        await connection.run_sync(_upgrade, folder)


def revisions(folder: Path = HERE) -> list[str]:
    """Every revision that this Cairn knows, the first one first: each step's file begins with its own."""
    return sorted(step.name[:4] for step in folder.glob("versions/[0-9]*.py"))


def revision(connection: Connection) -> str | None:
    """The revision that a database is at; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def config(connection: Any = None, folder: Path = HERE) -> "Config":
    """Alembic's settings, without a file of their own."""
    from alembic.config import Config  # takes a while, and most starts have nothing to migrate

    made = Config()
    made.set_main_option("script_location", str(folder))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection, folder: Path) -> None:
    known, now = revisions(folder), revision(connection)
    if now is not None and now not in known:
        raise UnknownRevision("This database was written by a newer version of Cairn.")
    if now != known[-1]:
        from alembic import command

        # Alembic finds a transaction begun, and so neither begins nor ends any of its own.
        command.upgrade(config(connection, folder), "head")
        _check_references(connection)


def _check_references(connection: Connection) -> None:
    """On SQLite, where no reference was followed on the way, none may lead nowhere in the end."""
    if connection.dialect.name == "sqlite":
        broken = sorted({row.table for row in connection.execute(text("PRAGMA foreign_key_check"))})
        if broken:
            raise BrokenReferences(
                f"bringing it up to date would leave rows in {', '.join(broken)} that refer to nothing, "
                "so it was left as it was"
            )
