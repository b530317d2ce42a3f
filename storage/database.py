"""How a unit of work is run, on SQLite and on PostgreSQL: the one place that knows.

`run` is for what changes something, `read` for questions, `claim` for taking on rows that others may want too.
What is given to them is a synchronous function of a `Session`: it can be run again, and it cannot call Slack.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.migrating import alone

__all__ = ["Database", "Session"]

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Session, P], T]

_RUN_AGAIN = {"40001", "40P01"}
"""PostgreSQL's codes for two units of work that got in each other's way."""

_TRIES = 12


class Database:
    """A database that runs whole units of work."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.on_sqlite = self.url.get_backend_name() == "sqlite"
        # SQLite has one writer at a time: a single connection and a queue in front of it.
        self._writer = _engine(self.url, "IMMEDIATE", pool_size=1) if self.on_sqlite else _engine(self.url)
        self._reader = _engine(self.url, "DEFERRED") if self.on_sqlite else self._writer
        self._turn = asyncio.Lock() if self.on_sqlite else contextlib.nullcontext()

    async def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do all of it, durably, or nothing; on PostgreSQL as if nobody else were at work."""
        return await self._again(self._writer, "SERIALIZABLE", work, *args, **kwargs)

    async def claim(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do all of it or nothing, passing over rows that another replica holds."""
        return await self._again(self._writer, "READ COMMITTED", work, *args, **kwargs)

    async def read(self, question: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer from one consistent moment, never waiting for a writer."""
        async with self._session(self._reader, "REPEATABLE READ") as session:
            answer: T = await session.run_sync(cast(Any, question), *args, **kwargs)
            return answer

    async def close(self) -> None:
        """Let go of every connection."""
        await self._writer.dispose()
        await self._reader.dispose()

    def migrating(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One connection, alone in the database, for changing its tables: all that is done on it holds, or nothing."""
        return alone(self.url)

    async def _again(
        self, engine: AsyncEngine, isolation: str, work: Work[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        for attempt in range(_TRIES):
            try:
                async with self._turn, self._session(engine, isolation) as session:
                    done: T = await session.run_sync(cast(Any, work), *args, **kwargs)
                    await session.commit()
                    return done
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _RUN_AGAIN or attempt == _TRIES - 1:
                    raise
            await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    @contextlib.asynccontextmanager
    async def _session(self, engine: AsyncEngine, isolation: str) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine, expire_on_commit=False, autoflush=True) as session:
            if not self.on_sqlite:
                await session.connection(execution_options={"isolation_level": isolation})
            yield session


def _with_driver(url: str) -> URL:
    """The address as the drivers want it: hosting companies write `postgres://…?sslmode=require`."""
    parsed = make_url(url)
    driver = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
    named = parsed.set(drivername=driver.get(parsed.drivername, parsed.drivername))
    security = named.query.get("sslmode")
    return named.difference_update_query(["sslmode"]).update_query_dict({"ssl": security}) if security else named


def _engine(url: URL, begin: str | None = None, **options: Any) -> AsyncEngine:
    engine = create_async_engine(url, **options)
    if begin is not None:
        _speak_sqlite(engine, begin)
    return engine


def _speak_sqlite(engine: AsyncEngine, begin: str) -> None:
    """Durable commits, and transactions that begin where we say so: the driver's own mode loses updates."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")
