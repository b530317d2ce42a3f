"""Statements that are put into the words of each database once, and then only given values.

SQLAlchemy goes through a statement anew whenever it is executed, which for a statement as short as ours takes several
times as long as the database needs to answer it (docs/decisions/0015). The words and the conversion of every value are
still SQLAlchemy's; what is saved is only that they are worked out again and again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Float
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

Plain = tuple[Any, ...]
"""A row, in the order of the statement's columns."""

Insert = Callable[[type[SQLModel]], Any]
"""How an INSERT begins that can say what to do on conflict."""

Convert = Callable[[Any], Any]


def insert_of(database: str) -> Insert:
    """The INSERT of this database."""
    if database == "postgresql":
        from sqlalchemy.dialects import postgresql  # it takes a while, and is of no use on SQLite

        return postgresql.insert
    return sqlite.insert


class Prepared:
    """A statement, or what makes one of a database's own INSERT; it is always given values of the same names."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._words: dict[str, _Words] = {}

    def rows(self, session: Session, values: Mapping[str, Any]) -> Sequence[Plain]:
        """What it answers with these values."""
        connection = _connection_of(session)
        return self._in_the_words_of(connection.dialect, values).rows(connection, values)

    def run(self, session: Session, each: Sequence[Mapping[str, Any]]) -> int:
        """Execute it with each of these values; how many rows it changed."""
        connection = _connection_of(session)
        return self._in_the_words_of(connection.dialect, each[0]).run(connection, each)

    def _in_the_words_of(self, dialect: Dialect, values: Mapping[str, Any]) -> "_Words":
        known = self._words.get(dialect.name)
        if known is None:
            statement = self._statement(insert_of(dialect.name)) if callable(self._statement) else self._statement
            known = self._words[dialect.name] = _words(statement, dialect, list(values))
        return known


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement in the words of a database; as itself where its words depend on how many values there are."""

    statement: Any
    text: str
    given: tuple[tuple[str, Any, Convert | None], ...]
    answered: tuple[tuple[int, Convert], ...]

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Plain]:
        if not self.text:
            return [tuple(row) for row in connection.execute(self.statement, values)]
        with _cursor(connection, self.text) as cursor:
            cursor.execute(self.text, self._bound(values))
            found: Sequence[Plain] = cursor.fetchall()
        return [self._converted(row) for row in found] if self.answered else found

    def run(self, connection: Connection, each: Sequence[Mapping[str, Any]]) -> int:
        if not self.text:
            return connection.execute(self.statement, list(each)).rowcount
        with _cursor(connection, self.text) as cursor:
            if len(each) == 1:
                cursor.execute(self.text, self._bound(each[0]))
            else:
                cursor.executemany(self.text, [self._bound(values) for values in each])
            changed: int = cursor.rowcount
        return changed

    def _bound(self, values: Mapping[str, Any]) -> Plain:
        return tuple(
            [
                convert(values[name]) if convert and name in values else values.get(name, otherwise)
                for name, otherwise, convert in self.given
            ]
        )

    def _converted(self, row: Sequence[Any]) -> Plain:
        converted = list(row)
        for place, convert in self.answered:
            value = row[place]
            if value is not None:
                converted[place] = convert(value)
        return tuple(converted)


def _connection_of(session: Session) -> Connection:
    """The connection that its unit of work is done on: it has begun there, so that the session need not begin too."""
    connection = session.get_bind()
    assert isinstance(connection, Connection), "a session is only ever made for a unit of work (storage/units.py)"
    return connection


@contextmanager
def _cursor(connection: Connection, text: str) -> Iterator[Any]:
    """The driver's own cursor, within the transaction that has begun; its errors are told as SQLAlchemy tells them."""
    driver, beneath = connection.dialect.loaded_dbapi, connection.connection
    cursor = beneath.cursor()
    try:
        yield cursor
    except driver.Error as error:
        lost = connection.dialect.is_disconnect(error, beneath, cursor)
        told = DBAPIError.instance(text, None, error, driver.Error, hide_parameters=True, connection_invalidated=lost)
        raise told from error
    finally:
        cursor.close()


def _words(statement: Any, dialect: Dialect, names: list[str]) -> _Words:
    compiled = statement.compile(dialect=dialect, column_keys=names if statement.is_insert else None)
    if compiled.post_compile_params or compiled.literal_execute_params:
        return _Words(statement, "", (), ())
    defaults = {column.key: column.default.arg for column in compiled.insert_prefetch}
    return _Words(
        statement,
        str(compiled),
        tuple(
            _given(compiled.binds[name], name in names, defaults.get(name), dialect)
            for name in compiled.positiontup or ()
        ),
        tuple(_answered(statement, dialect)),
    )


def _given(bind: Any, from_outside: bool, default: Any, dialect: Dialect) -> tuple[str, Any, Convert | None]:
    convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if from_outside:
        return bind.key, None, convert
    value = bind.value if default is None else default
    return bind.key, convert(value) if convert else value, None


def _answered(statement: Any, dialect: Dialect) -> list[tuple[int, Convert]]:
    columns = statement.selected_columns if statement.is_select else statement.exported_columns
    converts = [_convert(column.type, dialect) for column in columns]
    return [(place, convert) for place, convert in enumerate(converts) if convert]


def _convert(kind: Any, dialect: Dialect) -> Convert | None:
    """What makes a value of the driver's one of ours; floats are the same to both."""
    if isinstance(kind, Float):
        return None
    convert: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return convert
