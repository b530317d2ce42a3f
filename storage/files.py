"""The file that a SQLite database is: where it lies, whether it is whole, and whose it is."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy.engine import URL, make_url

from domain.errors import Refusal

COMPANIONS = ("-wal", "-journal", "-shm")
"""What SQLite puts beside a database, and would apply to any other file of the same name."""

_HEADER = b"SQLite format 3\x00"
_OURS = {"alembic_version", "workspaces", "members", "outbox", "inbox"}


def file_of(url: str | URL) -> Path | None:
    """Where the database of this address lies; None where it is no file: in memory, or on PostgreSQL."""
    address = make_url(url)
    name = address.database or ""
    if address.get_backend_name() != "sqlite" or ":memory:" in name or address.query.get("mode") == "memory":
        return None
    return Path(unquote(name.removeprefix("file:")) if name.startswith("file:") else name).resolve() if name else None


def address_of(file: Path) -> str:
    """The address of the database in this file."""
    return URL.create("sqlite", database=str(file)).render_as_string()


def companion(file: Path, suffix: str) -> Path:
    """A file that belongs to a database and lies beside it."""
    return file.with_name(file.name + suffix)


def connect(file: Path) -> sqlite3.Connection:
    """A connection to a database that is there, in which transactions begin where we say so."""
    return sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, isolation_level=None)


def examined(file: Path, revisions: Collection[str], name: Path | None = None) -> str:
    """The revision of the whole and readable Cairn database in this file; raises `Refusal` for anything else."""
    name = name or file
    check_header(file, name)
    try:
        with contextlib.closing(connect(file)) as connection:
            _check_whole(connection, name)
            _check_ours(connection, name)
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise Refusal(f"{name} is damaged ({error}). Nothing was written.") from error
    if not found:
        raise Refusal(f"{name} is a database without Cairn's tables. Nothing was written.")
    if found[0] not in revisions:
        raise Refusal(f"{name} was written by a newer version of Cairn. Use that version.")
    return str(found[0])


def check_header(file: Path, name: Path) -> None:
    """Raise `Refusal` unless it is a SQLite database at first sight."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_HEADER))
    except OSError as error:
        raise Refusal(f"{name} cannot be read: {why(error)}. Nothing was written.") from error
    if not begins:
        raise Refusal(f"{name} is empty. Use a file that `python -m bot backup` has written.")
    if begins != _HEADER:
        raise Refusal(f"{name} is no SQLite database. Use a file that `python -m bot backup` has written.")


def _check_whole(connection: sqlite3.Connection, name: Path) -> None:
    told = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    if told != ["ok"]:
        raise Refusal(f"{name} is damaged ({' '.join(str(told[0]).split())}). Nothing was written.")
    lost = sorted({row[0] for row in connection.execute("PRAGMA foreign_key_check")})
    if lost:
        raise Refusal(f"{name} is damaged (rows in {', '.join(lost)} refer to nothing). Nothing was written.")


def _check_ours(connection: sqlite3.Connection, name: Path) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _OURS:
        raise Refusal(f"{name} is a database of another program. Nothing was written.")


@contextlib.contextmanager
def beside(file: Path) -> Iterator[Path]:
    """An empty file in the same folder, for its owner only; what is left of it in the end is taken away."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        for each in (part, *(companion(part, suffix) for suffix in COMPANIONS)):
            each.unlink(missing_ok=True)


def fold(file: Path) -> None:
    """Make a database one single file again; raises `sqlite3.OperationalError` where somebody else has it open."""
    with contextlib.closing(connect(file)) as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE")


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, outlive a power cut."""
    with contextlib.suppress(PermissionError) if path.is_dir() else contextlib.nullcontext():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def why(error: OSError | sqlite3.Error) -> str:
    """What went wrong, as the machine says it, in the middle of a sentence."""
    if isinstance(error, sqlite3.Error):
        return str(error)
    said = error.strerror or type(error).__name__
    return said[:1].lower() + said[1:]
