"""Counting what a database is asked."""

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from storage import prepared
from storage.database import Session


@contextlib.contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Every statement that this session sends meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    def noted(connection: Any, statement: str) -> Any:
        """What is prepared goes past SQLAlchemy, and its events, straight to the driver."""
        sent.append(statement)
        return driver_s_cursor(connection, statement)

    connection, driver_s_cursor = session.connection(), prepared._cursor
    event.listen(connection, "before_cursor_execute", note)
    prepared._cursor = noted  # type: ignore[assignment]
    try:
        yield sent
    finally:
        prepared._cursor = driver_s_cursor
        event.remove(connection, "before_cursor_execute", note)
