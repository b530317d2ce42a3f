"""Who is at work on a SQLite database: a lock on a file beside it, which the system takes away with its process.

Everybody who works on a database holds the lock together with others; who puts another in its place must be alone.
"""

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from domain.errors import Refusal
from storage.files import companion, why

if sys.platform != "win32":
    import fcntl

log = logging.getLogger("cairn.storage")

_TAKEN = {errno.EAGAIN, errno.EACCES}


class InUse(Refusal):
    """Somebody else is at work on the database, in a way that does not go together."""


@contextlib.contextmanager
def together(file: Path | None) -> Iterator[None]:
    """At work on a database among others, until the block or the process ends; raises `InUse` while it is restored."""
    with _locked(file, alone=False):
        yield


@contextlib.contextmanager
def alone(file: Path | None) -> Iterator[None]:
    """The only one at work on a database; raises `InUse` at once where somebody else is."""
    with _locked(file, alone=True):
        yield


@contextlib.contextmanager
def _locked(file: Path | None, alone: bool) -> Iterator[None]:
    handle = _opened(companion(file, ".lock")) if file and file.parent.is_dir() else None
    if file is None or handle is None:
        yield  # where there is no such file or no folder for it, there is nothing to keep apart
        return
    try:
        _take(file, handle, alone)
        yield
    finally:
        os.close(handle)


def _opened(lock: Path) -> int | None:
    if sys.platform == "win32":
        log.warning("nothing here tells a restore that Cairn is running: stop it yourself first")
        return None
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise InUse(
            f"{lock} cannot be opened: {why(error)}. Cairn keeps its lock in it, so let it be its own."
        ) from error


def _take(file: Path, handle: int, alone: bool) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _TAKEN:
            log.warning("this disk keeps no locks: stop Cairn yourself before you restore a backup")
        elif alone:
            raise InUse(f"Cairn is at work on {file}. Stop it, and any other command on it, then try again.") from error
        else:
            raise InUse(f"A backup is being put in the place of {file}. Try again once that is done.") from error
