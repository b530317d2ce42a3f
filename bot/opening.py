"""Opening the database: for Cairn and its commands alike, and with one clear sentence where it cannot be used."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bot.starting import CannotStart
from domain.errors import Refusal
from storage import in_use
from storage.database import Database, Session, Unavailable
from storage.files import file_of
from storage.migrations import UnknownRevision, migrate, revision, revisions

LAST_WORDS = 0.2
"""Seconds in which the thread of a database that could not be opened may still speak to the loop."""


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database with today's tables, kept from being replaced until the block ends. Raises `CannotStart`."""
    async with _connected(url) as db:
        async with _usable(db):
            await migrate(db)
        yield db


@contextlib.asynccontextmanager
async def opened_as_it_is(url: str) -> AsyncIterator[Database]:
    """A database that is there and has today's tables, perhaps beside a running Cairn. Raises `CannotStart`."""
    file = file_of(_database(url).url)
    if file and not file.exists():
        raise CannotStart(f"There is no database at {file}. DATABASE_URL says where it lies.")
    async with _connected(url) as db:
        async with _usable(db):
            await _check_tables(db)
        yield db


@contextlib.asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Database]:
    db = _database(url)
    with _together(file_of(db.url)):
        try:
            yield db
        finally:
            await db.close()


def _database(url: str) -> Database:
    try:
        return Database(url)
    except Exception as error:
        raise CannotStart("DATABASE_URL is no address of a database; it looks like sqlite:///cairn.db.") from error


@contextlib.contextmanager
def _together(file: Path | None) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(in_use.together(file))
        except Refusal as error:
            raise CannotStart(error.sentence) from error
        yield


@contextlib.asynccontextmanager
async def _usable(db: Database) -> AsyncIterator[None]:
    try:
        yield
    except CannotStart:
        raise
    except UnknownRevision as error:
        raise CannotStart(f"{error} Use that version, or another database.") from error
    except Exception as error:
        await db.close()
        await asyncio.sleep(LAST_WORDS)
        shown = db.url.render_as_string(hide_password=True)
        raise CannotStart(f"The database at {shown} cannot be used: {_why(error)}.") from error


def _why(error: Exception) -> str:
    """The first line of what is wrong, without a full stop."""
    if isinstance(error, Unavailable):
        return error.reason
    return " ".join(str(getattr(error, "orig", error)).splitlines()[:1]).rstrip(".")


async def _check_tables(db: Database) -> None:
    found = await db.read(_revision)
    if found is not None and found not in revisions():
        raise UnknownRevision("This database was written by a newer version of Cairn.")
    if found != revisions()[-1]:
        raise CannotStart("The database is not up to date yet. Start Cairn once, with `python -m bot run`.")


def _revision(session: Session) -> str | None:
    return revision(session.connection())
