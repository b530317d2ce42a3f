"""PostgreSQL: units of work over asyncpg, as if nobody else were at work, by any number of replicas."""

import asyncio
import random
from typing import Any, NoReturn

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.unavailable import unavailable
from storage.units import Unit, done

CONFLICTS = {"40001", "40P01", "55P03"}
"""The codes for two units of work that got in each other's way: by what they read, for good, or for too long."""

ERRORS = (DBAPIError, PoolExhausted, OSError)
TRIES = 12

LOCKED_OUT = "55P03"
"""The code for who waited too long for a lock."""

_END_THE_STUCK = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user
      AND state = 'active' AND wait_event = 'ClientRead' AND query NOT ILIKE 'COPY%'
      AND state_change < now() - interval '10 seconds'
""")
"""Ends what a frozen process has begun to ask and never went on with.

A statement is prepared first, and its values are sent when the answer has come. Whoever is frozen in between would keep
its locks for good: neither the idle nor the statement timeout of PostgreSQL (18.4) ends it.
"""

PATIENCE = 5.0
"""Seconds that a unit of work waits for a connection."""

CONNECT = {
    "timeout": 10.0,
    "command_timeout": 30.0,  # a server that hangs is as good as gone
    # A replica that was frozen in the middle of a unit of work must not keep its locks from the others; nor may those
    # of its units that waited for them take them over, one after the other, each for as long.
    "server_settings": {"idle_in_transaction_session_timeout": "10s", "lock_timeout": "3s"},
}


class Pool:
    """Connections that run whole units of work."""

    def __init__(self, url: URL) -> None:
        self.engine = create_async_engine(
            url, pool_size=10, max_overflow=10, pool_timeout=PATIENCE, hide_parameters=True, connect_args=CONNECT
        )
        self._levels: dict[str, AsyncEngine] = {}

    async def run(self, unit: Unit, isolation: str) -> Any:
        """Do all of it or nothing, again after a conflict; what never reached the database is begun once more."""
        for attempt in range(TRIES):
            begun = _Begun()
            try:
                return await self._once(unit, isolation, begun)
            except ERRORS as error:
                if not _worth_another(error, begun, attempt):
                    _tell(error, sure=not begun.committing)
                if _code(error) == LOCKED_OUT:
                    await self._end_the_stuck()
            await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    async def read(self, question: Unit) -> Any:
        """Answer from one consistent moment, and leave no trace."""
        for attempt in range(TRIES):
            try:
                async with self._level("REPEATABLE READ").connect() as connection:
                    await connection.begin()
                    return await connection.run_sync(done, question)
            except ERRORS as error:
                if not _worth_another(error, _Begun(), attempt):
                    _tell(error, sure=True)
        raise AssertionError("unreachable")

    async def _end_the_stuck(self) -> None:
        async with self.engine.connect() as connection:
            await connection.execute(_END_THE_STUCK)

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()

    async def _once(self, unit: Unit, isolation: str, begun: "_Begun") -> Any:
        async with self._level(isolation).connect() as connection:
            await connection.begin()
            result = await connection.run_sync(done, unit)
            begun.committing = True
            await connection.commit()
            return result

    def _level(self, isolation: str) -> AsyncEngine:
        if isolation not in self._levels:
            self._levels[isolation] = self.engine.execution_options(isolation_level=isolation)
        return self._levels[isolation]


class _Begun:
    """How far a unit of work had come: once its commit was asked for, nobody knows whether it holds."""

    committing = False


def _tell(error: Exception, sure: bool) -> NoReturn:
    """Raise what it means that the database cannot work, or the error itself where it is a mistake of ours."""
    told = unavailable(error, sure)
    if told is None:
        raise error
    raise told from error


def _code(error: Exception) -> str | None:
    """PostgreSQL's own code for what went wrong."""
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None


def _worth_another(error: Exception, begun: _Begun, attempt: int) -> bool:
    """A conflict always is; a connection that had died in the pool is, before its commit was asked for."""
    if not isinstance(error, DBAPIError) or attempt == TRIES - 1:
        return False
    return _code(error) in CONFLICTS or (error.connection_invalidated and not begun.committing)
