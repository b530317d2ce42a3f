"""Counting what a database is asked."""

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from storage.database import Session


@contextlib.contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Every statement that this session sends meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)
