"""`python -m storage.migrations "Add tags"`: write the step from the last migration to the tables as they are now."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory

from storage.database import Database
from storage.migrations import config, migrate


async def write(message: str) -> bool:
    """Compare an empty database, brought up to date, with the tables in the code; whether a step was needed."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        try:
            await migrate(db)
            async with db.migrating() as connection:
                return bool(await connection.run_sync(_compare, message))
        finally:
            await db.close()


def _compare(connection: Any, message: str) -> Any:
    alembic = config(connection)
    head = ScriptDirectory.from_config(alembic).get_current_head() or "0"
    return command.revision(
        alembic, message, autogenerate=True, rev_id=f"{int(head) + 1:04}", process_revision_directives=_unless_empty
    )


def _unless_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no step that does nothing."""
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


if __name__ == "__main__":
    words = " ".join(sys.argv[1:]).strip()
    if not words:
        sys.exit('Say what changes, as in make migration MESSAGE="Add tags".')
    if not asyncio.run(write(words)):
        sys.exit("The tables are as the migrations leave them, so there is no step to write.")
