"""Rows for tables of any revision: filled from what the database says of them, not from what the code says."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Float, Integer, MetaData, Numeric, Table, Time
from sqlalchemy import select as every

EACH = 3
"""How many rows every table gets."""

Rows = dict[str, list[dict[str, Any]]]


def tables(connection: Connection) -> list[Table]:
    """Every table but Alembic's, parents first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def fill(connection: Connection) -> None:
    """Put rows into every table; in the first, whatever may be empty is."""
    for table in tables(connection):
        connection.execute(table.insert().values([values(table, n) for n in range(1, EACH + 1)]))


def contents(connection: Connection) -> Rows:
    """Every row of every table, in the order of its key."""
    return {
        table.name: [dict(row._mapping) for row in connection.execute(every(table).order_by(*table.primary_key))]
        for table in tables(connection)
    }


def values(table: Table, n: int) -> dict[str, Any]:
    """The nth row: the nth row of each parent is its parent, and of its own kind the one before."""
    return {column.name: value(table, column, n) for column in table.columns}


def value(table: Table, column: Column, n: int) -> Any:
    for reference in column.foreign_keys:
        own = reference.column.table is table
        if n == 1 and (own or column.nullable):
            return None
        return value(reference.column.table, reference.column, n - 1 if own else n)
    return None if column.nullable and n == 1 else plain(column, n)


def plain(column: Column, n: int) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return n % 2 == 0
    if isinstance(kind, Integer):
        return n
    if isinstance(kind, DateTime):
        moment = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC) + timedelta(days=n)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, Date):
        return date(2026, 3, n)
    if isinstance(kind, Time):
        return time(9, n)
    if isinstance(kind, JSON):
        return {"n": n, "words": ["O’Hara's “quotes”", None]}
    if isinstance(kind, Numeric | Float):
        return n + 0.5
    return f"{n}.25" if getattr(kind, "length", None) else f"{column.name} {n}: it's “all” <kept> %s :x 🪨"
