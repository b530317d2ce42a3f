"""Units of work: synchronous functions of a session, done on a connection that somebody else commits."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

Unit = Callable[[Session], Any]


def done(connection: Connection, unit: Unit) -> Any:
    """What the unit comes to; all that it wrote is with the database, and nothing is committed."""
    session = Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
    try:
        result = unit(session)
        session.flush()
        return result
    finally:
        session.close()
