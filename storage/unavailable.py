"""When the database itself cannot do its work: which errors mean that, and what is known of the work then."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

FULL = "its disk is full"
READ_ONLY = "it may not be written to"
BUSY = "somebody else keeps it locked"
DAMAGED = "its file cannot be read as a database"
GONE = "it cannot be reached"
OVERWORKED = "it takes on no more work"

SQLITE = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_CANTOPEN": GONE,
    "SQLITE_IOERR": "its disk makes errors",
}
"""By the family of SQLite's error names: SQLITE_IOERR_WRITE belongs to SQLITE_IOERR."""

POSTGRESQL = {"08": GONE, "53": OVERWORKED, "57": GONE, "58": "its disk makes errors", "25006": READ_ONLY}
"""By class of error code, or by the whole code."""


class Unavailable(Exception):
    """The database cannot work; `sure` says whether it is known that nothing was kept."""

    def __init__(self, reason: str, sure: bool = True) -> None:
        self.reason, self.sure = reason, sure
        super().__init__(f"The database is not available: {reason}.")


def unavailable(error: Exception, sure: bool = True) -> Unavailable | None:
    """The same, if that is what this error means; None for a mistake of ours."""
    if isinstance(error, DBAPIError | sqlite3.Error):
        reason = _reason(error)
        return Unavailable(reason, sure) if reason else None
    if isinstance(error, PoolExhausted):
        return Unavailable(OVERWORKED, sure)
    if isinstance(error, OSError) and not isinstance(error, SQLAlchemyError):
        return Unavailable(GONE, sure)
    return None


def _reason(error: DBAPIError | sqlite3.Error) -> str | None:
    driver_s = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(driver_s, "sqlite_errorname", None) or ""
    family = "_".join(name.split("_")[:2])
    code = getattr(driver_s, "sqlstate", None) or ""
    found = SQLITE.get(family) or POSTGRESQL.get(code) or POSTGRESQL.get(code[:2])
    return found or (GONE if getattr(error, "connection_invalidated", False) else None)
