"""`python -m bot backup` and `restore`: what is asked for, what was done, and what to do on PostgreSQL."""

import asyncio
from pathlib import Path

from bot.clocks import real
from bot.settings import database_url
from bot.starting import CannotStart
from storage.backup import back_up
from storage.files import file_of
from storage.migrations import revisions
from storage.restore import Restored, restore

DUMP = (
    "DATABASE_URL is no file but a PostgreSQL server, whose own tools do this: "
    "`pg_dump -Fc -f FILE ADDRESS` while Cairn runs."
)
LOAD = (
    "DATABASE_URL is no file but a PostgreSQL server, whose own tools do this: stop Cairn, "
    "`pg_restore --no-owner -d ADDRESS FILE` into a new and empty database, point DATABASE_URL at it, and run "
    "`python -m bot outbox doubt` before you start Cairn again."
)


def backup(to: Path, force: bool) -> str:
    """Back the database up; what to tell about it."""
    size = back_up(_file(DUMP), to, revisions(), force)
    return f"{to} holds everything up to now: {_bytes(size)}, checked. `python -m bot restore {to}` brings it back."


def restored(backup: Path) -> str:
    """Put a backup in the place of the database; what to tell about it."""
    file = _file(LOAD)
    return "\n".join(_told(backup, file, asyncio.run(restore(backup, file, real()))))


def _file(otherwise: str) -> Path:
    try:
        file = file_of(database_url())
    except Exception as error:
        raise CannotStart("DATABASE_URL is no address of a database; it looks like sqlite:///cairn.db.") from error
    if file is None:
        raise CannotStart(otherwise)
    return file


def _told(backup: Path, file: Path, done: Restored) -> list[str]:
    aside = f"The database that was there is kept as {done.aside}." if done.aside else "There was no database before."
    return [f"{file} is what {backup} was.", aside, doubts(done.doubted), "Start Cairn again when you like."]


def doubts(number: int) -> str:
    """What becomes of that many messages of unknown fate."""
    if not number:
        return "Nothing in it was waiting to be said."
    these = "1 message" if number == 1 else f"{number} messages"
    return f"{these} in it may have been said since: Cairn looks for them in Slack before it sends any."


def _bytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1_000:.0f} kB"
