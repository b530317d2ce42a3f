"""What the query modules share: inserting what may be there already, and numbers that are never used again."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, SQLModel

from domain.people import WorkspaceId
from domain.references import Prefix
from storage.tables import CounterRow


def upsert(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that can say what to do on conflict, in the words of this session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def run(session: Session, statement: Any) -> int:
    """Execute a statement that changes rows; how many it changed."""
    changed: int = session.connection().execute(statement).rowcount
    return changed


def next_number(session: Session, workspace: WorkspaceId, prefix: Prefix) -> int:
    """The next number for a reference of this kind."""
    insert = upsert(session, CounterRow).values(workspace=workspace, prefix=prefix.value, last=1)
    statement = insert.on_conflict_do_update(
        index_elements=["workspace", "prefix"],
        set_={"last": CounterRow.__table__.c.last + 1},  # type: ignore[attr-defined]
    ).returning(CounterRow.__table__.c.last)  # type: ignore[attr-defined]
    return int(session.connection().execute(statement).scalar_one())


def new_id(row: Any) -> int:
    """The id that the database gave to a row that was just added."""
    if row.id is None:
        raise ValueError("flush the session first")
    return int(row.id)


class RandomMark(FunctionElement[str]):
    """A fresh random id of 32 hex digits for each row."""

    inherit_cache = True


class JsonOf(FunctionElement[Any]):
    """A JSON object of alternating names and values."""

    inherit_cache = True


@compiles(RandomMark, "sqlite")
def _mark_sqlite(_element: RandomMark, _compiler: SQLCompiler, **_: Any) -> str:
    return "lower(hex(randomblob(16)))"


@compiles(RandomMark, "postgresql")
def _mark_postgresql(_element: RandomMark, _compiler: SQLCompiler, **_: Any) -> str:
    return "replace(gen_random_uuid()::text, '-', '')"


@compiles(JsonOf, "sqlite")
def _json_sqlite(element: JsonOf, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_object({compiler.process(element.clauses, **options)})"


@compiles(JsonOf, "postgresql")
def _json_postgresql(element: JsonOf, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_build_object({compiler.process(element.clauses, **options)})"
