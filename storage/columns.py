"""Columns: what SQLite and PostgreSQL keep differently, and the few shapes that most columns have."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, Numeric, String, Text, text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Column, Field, SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, `timestamptz` on PostgreSQL, UTC without a zone on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could say when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Always aware, always UTC."""
        return _in_utc


class Exact(TypeDecorator[Decimal]):
    """A number without rounding: `numeric` on PostgreSQL, text on SQLite, which has only floats."""

    impl = String(40)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column as each database keeps it."""
        return dialect.type_descriptor(Numeric(22, 6) if dialect.name == "postgresql" else String(40))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Text where there is no exact number."""
        return value if value is None or dialect.name == "postgresql" else format(value, "f")

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Decimal | None]:
        """The number without trailing zeros."""
        return _without_zeros


def _in_utc(value: str | datetime | None) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(f"{value}+00:00") if isinstance(value, str) else value
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _without_zeros(value: str | Decimal | None) -> Decimal | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def instant(**options: Any) -> Any:
    """A moment that is always known."""
    return Field(sa_column=Column(Instant, **options))


def maybe_instant(**options: Any) -> Any:
    """A moment that may not have come."""
    return Field(default=None, sa_column=Column(Instant, nullable=True, **options))


def prose() -> Any:
    """Text of any length, perhaps none."""
    return Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


def to(table: str, **options: Any) -> Any:
    """A reference to another row, which must be there."""
    return Field(sa_column=Column(ForeignKey(f"{table}.id"), **{"nullable": False, "index": True} | options))


def maybe_to(table: str) -> Any:
    """A reference to another row, or to none."""
    return Field(default=None, sa_column=Column(ForeignKey(f"{table}.id"), nullable=True, index=True))


def exact(default: str | None = None) -> Any:
    """A number that is kept without rounding."""
    return Field(sa_column=Column(Exact, nullable=False, server_default=default))


def maybe_exact() -> Any:
    """A number that is kept without rounding, or none."""
    return Field(default=None, sa_column=Column(Exact, nullable=True))


def index_where(name: str, condition: str, *columns: str) -> Index:
    """An index of some rows; what uses it must say the same condition in so many words, without parameters."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))
