"""What the query modules share: inserting what may be there already, and numbers that are never used again.

What every command and every form asks is a `Prepared` statement, whose rows are plain tuples that its module turns into
values of the domain. The rest are ORM queries.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnCollection, Text, bindparam, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, SQLModel

from domain.people import WorkspaceId
from domain.references import Prefix
from storage.prepared import Plain, Prepared, insert_of
from storage.tables import CounterRow


def word(text: str) -> Any:
    """A word of our own in a statement, written out."""
    return literal_column(f"'{text}'", Text)


def columns(table: type[SQLModel]) -> ColumnCollection[str, Any]:
    """The columns of a table, to build statements of."""
    return table.metadata.tables[str(table.__tablename__)].c


def among(column: Any, name: str) -> Any:
    """Whether the column is one of the numbers that are given under this name, as `listed` makes them."""
    return Among(column, NumbersIn(bindparam(name, type_=Text)))


def among_words(column: Any, name: str) -> Any:
    """Whether the column is one of the words that are given under this name, as `listed` makes them."""
    return Among(column, WordsIn(bindparam(name, type_=Text)))


def listed(values: Iterable[int] | Iterable[str]) -> str:
    """Numbers or words as one value: a statement is the same however many they are."""
    return json.dumps(sorted(values))


def rows(session: Session, statement: Prepared, **values: Any) -> Sequence[Plain]:
    """What a statement answers with these values; whatever the session has yet to write is written first."""
    session.flush()
    return statement.rows(session, values)


def run(session: Session, statement: Any, *each: dict[str, Any], **values: Any) -> int:
    """Execute a statement that changes rows, with these values or once for each of several; how many it changed."""
    if isinstance(statement, Prepared):
        return statement.run(session, each or [values])
    changed: int = session.connection().execute(statement, list(each) or values).rowcount
    return changed


def upsert(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that can say what to do on conflict, in the words of this session's database."""
    return insert_of(session.get_bind().dialect.name)(table)


def next_number(session: Session, workspace: WorkspaceId, prefix: Prefix, many: int = 1) -> int:
    """The next number for a reference of this kind; the last of them where `many` are taken at once."""
    insert = upsert(session, CounterRow).values(workspace=workspace, prefix=prefix.value, last=many)
    statement = insert.on_conflict_do_update(
        index_elements=["workspace", "prefix"],
        set_={"last": CounterRow.__table__.c.last + many},  # type: ignore[attr-defined]
    ).returning(CounterRow.__table__.c.last)  # type: ignore[attr-defined]
    return int(session.connection().execute(statement).scalar_one())


def new_id(row: Any) -> int:
    """The id that the database gave to a row that was just added."""
    if row.id is None:
        raise ValueError("flush the session first")
    return int(row.id)


class Listed(FunctionElement[str]):
    """A column of many rows in one text, with commas between."""

    inherit_cache = True


class Among(FunctionElement[bool]):
    """Whether a column is one of the ids that a subquery finds, which are few.

    PostgreSQL takes them for many unless they are an array, and then reads whole tables; under SERIALIZABLE whoever has
    read a whole table is in the way of everybody who writes to it.
    """

    inherit_cache = True


class NumbersIn(FunctionElement[int]):
    """The numbers in a JSON list, each in a row."""

    inherit_cache = True


class WordsIn(FunctionElement[str]):
    """The words in a JSON list, each in a row."""

    inherit_cache = True


class Unsearched(FunctionElement[str]):
    """A column that is compared but not searched by.

    SQLite takes any index whose column is given outright for better than a list of ids: it would go through the whole
    workspace. A plus before the column tells it not to (sqlite.org/optoverview.html). PostgreSQL likes a small partial
    index too much.
    """

    inherit_cache = True


class Folded(FunctionElement[str]):
    """A text in which capital and small letters are the same, as `str.casefold` has them, in any alphabet.

    SQLite's own `lower` knows those of ASCII only: there `storage.sqlite` lends it Python's. PostgreSQL's leaves alone
    what has no capital of its own and is found as something else.
    """

    inherit_cache = True
    type = Text()


class Holds(FunctionElement[bool]):
    """Whether a text has another in it, letter for letter; SQLite is quicker at that than at LIKE."""

    inherit_cache = True
    type = Boolean()


class JsonList(FunctionElement[str]):
    """A JSON list, as text, with a list of these columns for each of many rows."""

    inherit_cache = True


class RandomMark(FunctionElement[str]):
    """A fresh random id of 32 hex digits for each row."""

    inherit_cache = True


class JsonOf(FunctionElement[Any]):
    """A JSON object of alternating names and values."""

    inherit_cache = True


@compiles(Listed, "sqlite")
def _listed_sqlite(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


@compiles(Listed, "postgresql")
def _listed_postgresql(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg(({compiler.process(element.clauses, **options)})::text, ',')"


@compiles(Among, "sqlite")
def _among_sqlite(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **options)} IN {compiler.process(ids, **options)}"


@compiles(Among, "postgresql")
def _among_postgresql(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **options)} = ANY(ARRAY{compiler.process(ids, **options)})"


@compiles(NumbersIn, "sqlite")
@compiles(WordsIn, "sqlite")
def _values_sqlite(element: NumbersIn | WordsIn, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608 - no words


@compiles(WordsIn, "postgresql")
def _words_postgresql(element: WordsIn, compiler: SQLCompiler, **options: Any) -> str:
    given = compiler.process(element.clauses, **options)
    return f"(SELECT value FROM json_array_elements_text(({given})::json))"  # noqa: S608 - no words of anybody's


@compiles(NumbersIn, "postgresql")
def _numbers_postgresql(element: NumbersIn, compiler: SQLCompiler, **options: Any) -> str:
    given = compiler.process(element.clauses, **options)
    return f"(SELECT value::int FROM json_array_elements_text(({given})::json))"  # noqa: S608 - no words of anybody's


@compiles(Unsearched, "postgresql")
def _unsearched_postgresql(element: Unsearched, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} || '')"


@compiles(Unsearched, "sqlite")
def _unsearched_sqlite(element: Unsearched, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


@compiles(Folded, "sqlite")
def _folded_sqlite(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"casefold({compiler.process(element.clauses, **options)})"


@compiles(Folded, "postgresql")
def _folded_postgresql(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"replace(replace(lower({compiler.process(element.clauses, **options)}), 'ß', 'ss'), 'ς', 'σ')"


@compiles(Holds, "sqlite")
def _holds_sqlite(element: Holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)}) > 0"


@compiles(Holds, "postgresql")
def _holds_postgresql(element: Holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)}) > 0"


@compiles(JsonList, "sqlite")
def _json_list_sqlite(element: JsonList, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


@compiles(JsonList, "postgresql")
def _json_list_postgresql(element: JsonList, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **options)}))::text"


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
