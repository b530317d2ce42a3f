"""Alone in a database, to change its tables in one transaction: who comes second waits."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

# SQLite rebuilds a table by dropping it, which would take its children along: no references are followed meanwhile.
_PRAGMAS = ("busy_timeout=1000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF")

_TURNS = 600
"""How often SQLite is asked, a second each time, whether another process is done."""

# This lock ends with its transaction: it cannot be left behind, and it holds through a pooler too.
_ADVISORY_LOCK = "SELECT pg_advisory_xact_lock(hashtext('cairn migrations'))"


@contextlib.asynccontextmanager
async def alone(url: URL) -> AsyncIterator[AsyncConnection]:
    """A connection that nobody else migrates beside; what is done on it is committed in the end, or all undone."""
    engine = _engine(url)
    try:
        connection = await _begun(engine)
        try:
            yield connection
            await connection.commit()
        finally:
            await connection.close()
    finally:
        await engine.dispose()


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        engine = create_async_engine(url, poolclass=NullPool, isolation_level="READ COMMITTED", hide_parameters=True)
        _begin_with(engine, _ADVISORY_LOCK)
        return engine
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_with(engine: AsyncEngine, statement: str) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql(statement)


async def _begun(engine: AsyncEngine) -> AsyncConnection:
    """A connection in a transaction of its own, once nobody else is in one."""
    for _ in range(_TURNS):
        try:
            return await _begin(engine)
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            busy = error
    raise busy


async def _begin(engine: AsyncEngine) -> AsyncConnection:
    connection = await engine.connect()
    try:
        await connection.begin()
    except BaseException:
        await connection.close()
        raise
    return connection
