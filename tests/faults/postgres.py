"""A PostgreSQL of one's own, to be ended and begun again."""

import asyncio
import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.database import Database
from storage.migrations import migrate
from tests.databases import begun


class Server:
    """One server in a folder, at a socket in that folder."""

    def __init__(self, server) -> None:
        self._server = server
        self.url = make_url(server.get_uri()).set(database="cairn").render_as_string(hide_password=False)

    async def prepare(self) -> None:
        """A migrated database."""
        self._server.psql("CREATE DATABASE cairn")
        db = Database(self.url)
        await migrate(db)
        await db.close()

    async def kill(self) -> None:
        """End it at once, with everything that it was doing."""
        pid = self._server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        for _ in range(200):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 0)
                await asyncio.sleep(0.05)
                continue
            return
        raise AssertionError("PostgreSQL would not end")

    async def begin_again(self) -> None:
        """It recovers from its log and takes up its work."""
        await asyncio.to_thread(self._server.ensure_postgres_running)


@contextlib.asynccontextmanager
async def own_server() -> AsyncIterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = await asyncio.to_thread(begun, Path(folder))
        try:
            own = Server(server)
            await own.prepare()
            yield own
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                await asyncio.to_thread(server.cleanup)
