"""How a unit of work is run, on SQLite and on PostgreSQL: the one place that knows.

`run` is for what changes something, `read` for questions, `claim` for taking on rows that others may want too.
What is given to them is a synchronous function of a `Session`: it can be run again, and it cannot call Slack.
"""

import contextlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Session

from storage.migrating import alone
from storage.postgresql import Pool
from storage.sqlite import FAILED, Reader, Writer
from storage.unavailable import Unavailable, unavailable
from storage.units import Unit

__all__ = ["Database", "Session", "Unavailable"]

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Session, P], T]


class Database:
    """A database that runs whole units of work; every method raises `Unavailable` when it cannot."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.on_sqlite = self.url.get_backend_name() == "sqlite"
        self._runs: _OnSqlite | _OnPostgresql = (_OnSqlite if self.on_sqlite else _OnPostgresql)(self.url)

    async def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do all of it, durably, or nothing; as if nobody else were at work."""
        return cast(T, await self._runs.run(partial(_called, work, args, kwargs)))

    async def claim(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do all of it or nothing, passing over rows that another replica holds."""
        return cast(T, await self._runs.claim(partial(_called, work, args, kwargs)))

    async def read(self, question: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer from one consistent moment, never waiting for a writer."""
        return cast(T, await self._runs.read(partial(_called, question, args, kwargs)))

    async def close(self) -> None:
        """Finish what has come in, and let go of every connection."""
        await self._runs.close()

    def migrating(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One connection, alone in the database, for changing its tables: all that is done on it holds, or nothing."""
        return alone(self.url)


class _OnSqlite:
    """One writer, a few readers; a claim is nothing special, since nobody else writes meanwhile."""

    def __init__(self, url: URL) -> None:
        self._writer, self._reader = Writer(url), Reader(url)

    async def run(self, unit: Unit) -> Any:
        with _told():
            return await self._writer.run(unit)

    claim = run

    async def read(self, question: Unit) -> Any:
        with _told():
            return await self._reader.read(question)

    async def close(self) -> None:
        await self._writer.close()
        await self._reader.close()


class _OnPostgresql:
    """Any number of replicas; what two of them would both change is done again by one of them."""

    def __init__(self, url: URL) -> None:
        self._pool = Pool(url)
        self.close = self._pool.close

    async def run(self, unit: Unit) -> Any:
        return await self._pool.run(unit, "SERIALIZABLE")

    async def claim(self, unit: Unit) -> Any:
        return await self._pool.run(unit, "READ COMMITTED")

    async def read(self, question: Unit) -> Any:
        return await self._pool.read(question)


@contextlib.contextmanager
def _told() -> Any:
    """An error that means "not now" is told as that; SQLite always knows that nothing was kept."""
    try:
        yield
    except FAILED as error:
        told = unavailable(error)
        if told is None:
            raise
        raise told from error


def _called(work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], session: Session) -> T:
    return work(session, *args, **kwargs)


def _with_driver(url: str) -> URL:
    """The address as the drivers want it: hosting companies write `postgres://…?sslmode=require`."""
    parsed = make_url(url)
    driver = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
    named = parsed.set(drivername=driver.get(parsed.drivername, parsed.drivername))
    security = named.query.get("sslmode")
    return named.difference_update_query(["sslmode"]).update_query_dict({"ssl": security}) if security else named
