"""SQLite: whole units of work inside a connection's own thread, and many of them in one commit.

SQLAlchemy's bridge to aiosqlite costs a hop between threads for every statement. Here aiosqlite opens the connection
and owns the thread, and a synchronous engine over that same connection runs a whole unit in one hop. aiosqlite's way
to run a function in its thread is not public (0.22: `_execute`, `_conn`, `_thread`); it is used in this file only.
"""

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from storage.units import Unit, done

T = TypeVar("T")

TOGETHER = 200
"""Units of work that one commit makes durable at most."""

READERS = 2
"""Enough that a long answer does not hold up the short ones; more would only wait for the interpreter, in turns."""

FAILED = (DBAPIError, sqlite3.Error)
"""What an error of the database looks like, through SQLAlchemy or past it."""

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")


class Line:
    """One connection with its thread."""

    def __init__(self, url: URL, begin: str) -> None:
        self._url, self._begin = url, f"BEGIN {begin}"
        self._opening = asyncio.Lock()
        self._opened: aiosqlite.Connection | None = None
        self._speaking: Connection | None = None
        self.waiting = 0

    async def do(self, work: Callable[..., T], *args: Any) -> T:
        """Run this in the connection's thread, after whatever waits for it already."""
        opened = self._opened or await self._open()
        self.waiting += 1
        try:
            result: T = await opened._execute(work, *args)  # type: ignore[no-untyped-call]
            return result
        finally:
            self.waiting -= 1

    async def close(self) -> None:
        """Let go of the connection."""
        if self._opened:
            opened, self._opened = self._opened, None
            await opened._execute(_silenced, self._speaking)  # type: ignore[no-untyped-call]
            await opened.close()

    @contextlib.contextmanager
    def transaction(self, keep: bool = True) -> Iterator[Connection]:
        """Begin, and commit at the end if it is to be kept and all went well; only inside the thread."""
        assert self._speaking, "the connection is not open"
        begun = self._speaking.begin()
        try:
            raw_of(self._speaking).execute(self._begin)
            yield self._speaking
            if keep:
                begun.commit()
        finally:
            begun.close()

    async def _open(self) -> aiosqlite.Connection:
        async with self._opening:
            if self._opened is None:
                opening = aiosqlite.connect(str(self._url.database), isolation_level=None)
                opening._thread.daemon = True  # a process that breaks off does not wait for it
                opened = await opening
                try:
                    self._speaking = await opened._execute(_speaking, opened._conn)  # type: ignore[no-untyped-call]
                except BaseException:
                    await opened.close()
                    raise
                self._opened = opened
            return self._opened


class Writer:
    """One writer: whatever has come in while the last commit was written shares the next one."""

    def __init__(self, url: URL) -> None:
        self._line = Line(url, "IMMEDIATE")
        self._waiting: deque[_Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def run(self, unit: Unit) -> Any:
        """Do all of it, durably, or nothing."""
        outcome = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(unit, outcome))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await outcome

    async def close(self) -> None:
        """Finish what has come in, then let go of the connection."""
        if self._writing:
            await asyncio.wait([self._writing])
        await self._line.close()

    async def _write(self) -> None:
        while self._waiting:
            together = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
            try:
                await self._line.do(self._commit, together)
            except BaseException as error:
                for each in together:
                    each.failed = error
            for each in together:
                each.tell()

    def _commit(self, together: list["_Waiting"]) -> None:
        """Commit them as one. After an error of the database it is not known which of them it took along, so the whole
        transaction is undone and each unit is done again on its own: units can be run again.
        """
        try:
            if len(together) > 1:
                self._in_one(together)
                return
        except _Undone:
            pass
        for each in together:
            self._alone(each)

    def _in_one(self, together: list["_Waiting"]) -> None:
        begun = False
        try:
            with self._line.transaction() as connection:
                begun = True
                for each in together:
                    _in_savepoint(connection, each)
        except FAILED as error:
            if not begun:
                raise  # nobody could begin, and waiting for each of them in turn would not change it
            raise _Undone from error

    def _alone(self, waiting: "_Waiting") -> None:
        waiting.failed = None
        try:
            with self._line.transaction() as connection:
                _in_savepoint(connection, waiting)
        except Exception as error:
            waiting.failed = waiting.failed or error


class Reader:
    """A few connections that answer questions, each from one consistent moment."""

    def __init__(self, url: URL) -> None:
        self._lines = [Line(url, "DEFERRED") for _ in range(READERS)]

    async def read(self, question: Unit) -> Any:
        """Answer, and leave no trace."""
        line = min(self._lines, key=lambda each: each.waiting)
        return await line.do(_answered, line, question)

    async def close(self) -> None:
        """Let go of the connections."""
        for line in self._lines:
            await line.close()


@dataclass(slots=True, eq=False)
class _Waiting:
    """A unit of work on its way, and whoever waits for its outcome."""

    unit: Unit
    outcome: asyncio.Future[Any]
    result: Any = None
    failed: BaseException | None = field(default=None)

    def tell(self) -> None:
        """Hand over the outcome, to whoever still waits for it."""
        if self.outcome.done():
            return
        if self.failed is not None:
            self.outcome.set_exception(self.failed)
        else:
            self.outcome.set_result(self.result)


class _Undone(Exception):
    """The transaction of a batch was rolled back as a whole."""


def _in_savepoint(connection: Connection, waiting: _Waiting) -> None:
    """One of a batch: what it raises undoes what it did, and nothing of its neighbours.

    SQLite ends the whole transaction by itself when, say, the disk is full; then the savepoint is gone, and saying so
    fails here even if the unit made nothing of it.
    """
    raw = raw_of(connection)
    raw.execute("SAVEPOINT unit")
    try:
        waiting.result = done(connection, waiting.unit)
    except FAILED:
        raise
    except Exception as error:
        waiting.failed = error
        raw.execute("ROLLBACK TO unit")
    raw.execute("RELEASE unit")


def _answered(line: Line, question: Unit) -> Any:
    with line.transaction(keep=False) as connection:
        return done(connection, question)


def raw_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection beneath."""
    raw: Any = connection.connection.driver_connection
    return raw  # type: ignore[no-any-return]


def _speaking(raw: sqlite3.Connection) -> Connection:
    """SQLAlchemy's words on a connection that is open already."""
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    raw.create_function("casefold", 1, str.casefold, deterministic=True)
    return create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True).connect()


def _silenced(speaking: Connection) -> None:
    """Let go of it where it was made: SQLite's objects belong to their thread."""
    speaking.close()
    speaking.engine.dispose()
