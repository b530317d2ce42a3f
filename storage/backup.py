"""A backup of a SQLite database: one checked file, taken while others go on writing."""

import contextlib
import os
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

from domain.errors import Refusal
from storage import in_use
from storage.files import COMPANIONS, beside, companion, connect, examined, sync, why

_PAGES = 256
"""A slice of a megabyte: between two of them the disk is everybody's."""


def back_up(database: Path, to: Path, revisions: Collection[str], force: bool = False) -> int:
    """Write everything that was committed when it began into a file of its own; its size in bytes.

    It blocks its thread and no writer. The file is only there once it is whole and checked, and takes the place of
    another only by `force`. Raises `Refusal`.
    """
    database, to = database.resolve(), to.absolute()
    _check(database, to, force)
    with in_use.together(database), _said(to), beside(to) as part:
        _copy(database, part)
        sync(part)
        examined(part, revisions, name=database)
        size = part.stat().st_size
        _put(part, to, force)
        sync(to.parent)
    return size


def _check(database: Path, to: Path, force: bool) -> None:
    if not database.exists():
        raise Refusal(f"There is no database at {database}. DATABASE_URL says where it lies.")
    if to.resolve() in {database, *(companion(database, suffix) for suffix in (*COMPANIONS, ".lock"))}:
        raise Refusal(f"{to} belongs to the database itself. Give the backup another name.")
    if to.is_dir():
        raise Refusal(f"{to} is a folder. Name a file in it.")
    if not to.parent.is_dir():
        raise Refusal(f"There is no folder {to.parent}. Make it first.")
    if to.exists() and not force:
        raise _taken(to)


def _taken(to: Path) -> Refusal:
    return Refusal(f"{to} is there already. Choose another name, or add --force.")


@contextlib.contextmanager
def _said(to: Path) -> Iterator[None]:
    """What goes wrong with the disk, in a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f"The backup could not be written to {to}: {why(error)}. Nothing was changed.") from error


def _copy(database: Path, part: Path) -> None:
    """Copy one moment: the transaction that is open meanwhile keeps SQLite from starting over at every write."""
    with contextlib.closing(connect(database)) as source, contextlib.closing(connect(part)) as target:
        source.execute("PRAGMA query_only = ON")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        target.execute("PRAGMA synchronous = OFF")  # it is synced as a whole
        source.backup(target, pages=_PAGES)
        source.execute("COMMIT")
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without companions


def _put(part: Path, to: Path, force: bool) -> None:
    if force:
        os.replace(part, to)
        return
    try:
        os.link(part, to)  # which, unlike renaming, never takes the place of another file
    except FileExistsError:
        raise _taken(to) from None
    except OSError:  # a disk that knows no links
        if to.exists():
            raise _taken(to) from None
        os.rename(part, to)
