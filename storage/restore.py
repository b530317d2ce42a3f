"""Putting a backup in the place of a SQLite database, without losing what is there."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from domain.errors import Refusal
from storage import doubts, in_use
from storage.database import Database
from storage.files import COMPANIONS, address_of, beside, check_header, companion, examined, fold, sync, why
from storage.in_use import InUse
from storage.migrations import BrokenReferences, migrate, revisions


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: how many unsent messages have an unknown fate now, and where the database before it lies."""

    doubted: int
    aside: Path | None


async def restore(backup: Path, database: Path, now: datetime) -> Restored:
    """Put a backup in the place of a database; raises `Refusal`, and then has changed nothing.

    All that can fail is done to a copy beside it: the swap comes last, and there is no moment without a database.
    """
    database = _checked(backup, database)
    with _said(database), in_use.alone(database), beside(database) as part:
        _copy(backup, part)
        examined(part, revisions(), name=backup)
        doubted = await _brought_up_to_date(part, now)
        _like(part, database)
        aside = _put_aside(database, now)
        os.replace(part, database)
        sync(database.parent)
    return Restored(doubted, aside)


def _checked(backup: Path, database: Path) -> Path:
    """Where the database lies, behind whatever links lead to it, once all that is plain to see is in order."""
    database = database.resolve()
    if not backup.is_file():
        raise Refusal(f"There is no file {backup}.")
    if backup.resolve() == database:
        raise Refusal(f"{backup} is the database itself. Name a backup.")
    if database.is_dir() or not database.parent.is_dir():
        raise Refusal(f"There can be no database at {database}. DATABASE_URL says where it lies.")
    check_header(backup, backup)
    for beside_it in (companion(backup, "-wal"), companion(backup, "-journal")):
        if beside_it.exists() and beside_it.stat().st_size:
            raise Refusal(
                f"{backup} is only a part of a database, the rest is in {beside_it.name}. "
                f"Make a whole of it: DATABASE_URL=sqlite:///{backup} python -m bot backup FILE."
            )
    return database


@contextlib.contextmanager
def _said(database: Path) -> Iterator[None]:
    """What goes wrong with the disk, in a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise _cannot(database, why(error)) from error
    except (DBAPIError, BrokenReferences) as error:
        raise _cannot(database, str(getattr(error, "orig", error))) from error


def _cannot(database: Path, reason: str) -> Refusal:
    return Refusal(f"The backup could not be put at {database}: {reason}. Nothing was changed.")


def _copy(backup: Path, part: Path) -> None:
    shutil.copyfile(backup, part)
    sync(part)


async def _brought_up_to_date(part: Path, now: datetime) -> int:
    """Today's tables, and nothing in them that would be said without looking; how much there is to look for."""
    db = Database(address_of(part))
    try:
        await migrate(db)
        doubted = await db.run(doubts.doubt_unsent, now)
    finally:
        await db.close()
    fold(part)
    sync(part)
    return doubted


def _like(part: Path, database: Path) -> None:
    """Let it belong to whom the database belongs to: root may restore for a bot that is not root."""
    if database.exists():
        there = database.stat()
        shutil.copymode(database, part)
        with contextlib.suppress(PermissionError):
            os.chown(part, there.st_uid, there.st_gid)


def _put_aside(database: Path, now: datetime) -> Path | None:
    """Keep what is there under another name; whatever SQLite would apply to the next file goes with it."""
    if database.exists():
        _fold_if_whole(database)
    there = [suffix for suffix in ("", "-wal", "-journal") if companion(database, suffix).exists()]
    aside = _free(database, now)
    for suffix in there:
        _keep(companion(database, suffix), companion(aside, suffix))
    for suffix in COMPANIONS:
        companion(database, suffix).unlink(missing_ok=True)
    return aside if there else None


def _fold_if_whole(database: Path) -> None:
    """Take what is in the log into the file; one that is too damaged for that is kept with its log, as it is."""
    try:
        fold(database)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise InUse(f"Another program has {database} open. Close it, then try again.") from error


def _free(database: Path, now: datetime) -> Path:
    name = f"{database.name}.before-restore-{now:%Y%m%dT%H%M%S}"
    names = (database.with_name(name + (f"-{n}" if n else "")) for n in range(1000))
    return next(path for path in names if not path.exists())


def _keep(file: Path, aside: Path) -> None:
    try:
        os.link(file, aside)  # so that its own name is never empty
    except OSError:  # a disk that knows no links
        os.rename(file, aside)
