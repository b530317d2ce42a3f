"""Entries: what one row of an import says by itself, before it is known what stands above it.

Each cell is read on its own, so a row with three slips is told of all three.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from domain.columns import Column, Columns, spelling
from domain.dates import DayOrder, day, day_order
from domain.decimals import DecimalMark, decimal_mark, pointed
from domain.errors import Refusal
from domain.measure_cells import MeasureCells, amount, measure_cells
from domain.objectives import Stage, Visibility
from domain.sheets import Cell, Row, text, unguarded
from domain.words import optional, tidy, title

T = TypeVar("T")

TAGS = 20
"""Tags that one row may have."""

TAG = 40
"""Characters in a tag."""


class RowType(StrEnum):
    """What a row says that it is."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key result"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be added, and the column that it is about."""

    because: str
    column: Column


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it was read: words that still have to be looked up, and values.

    `loose` is what it says of a measure beside a target: nothing of it is of use without one.
    """

    row: int
    id: str
    title: str
    type: RowType | None
    parents: tuple[str, ...]
    entities: tuple[str, ...]
    owners: tuple[str, ...]
    period: str
    starts: date | None
    ends: date | None
    measure: MeasureCells | None
    weight: Decimal | None
    aspirational: bool | None
    description: str
    tags: tuple[str, ...]
    visibility: Visibility = Visibility.EVERYONE
    stage: Stage = Stage.AGREED
    archived: bool = False
    problems: tuple[Problem, ...] = ()
    loose: tuple[str, ...] = ()


_TYPES: Mapping[str, RowType] = {
    **dict.fromkeys(map(spelling, ("objective", "o", "goal", "big rock", "theme", "pillar")), RowType.OBJECTIVE),
    **dict.fromkeys(map(spelling, ("key result", "kr", "kpi", "metric", "result")), RowType.KEY_RESULT),
    **dict.fromkeys(
        map(spelling, ("project", "initiative", "task", "activity", "action", "action item", "milestone", "to-do")),
        RowType.OTHER,
    ),
}
_LEVELS = frozenset(map(spelling, ("organization", "organisation", "company", "team", "department", "individual")))
"""What a Type column holds in the templates where it says whose a row is rather than what."""

_COMMITMENTS: Mapping[str, bool] = {
    **dict.fromkeys(("committed", "commit", "roofshot", "mustdo"), False),
    **dict.fromkeys(("aspirational", "stretch", "moonshot", "ambitious", "aspiration"), True),
}


_VISIBLE: Mapping[str, Visibility] = {
    **dict.fromkeys(("", "everyone", "everybody", "public", "company", "organization", "all"), Visibility.EVERYONE),
    **dict.fromkeys(("team", "teamonly", "department"), Visibility.TEAM),
    **dict.fromkeys(("private", "restricted", "confidential", "onlyme"), Visibility.PRIVATE),
}
_YES = frozenset(("yes", "y", "true", "1", "x", "archived"))

DAYS = (Column.STARTS, Column.ENDS)
NUMBERS = (Column.START, Column.TARGET, Column.UPPER, Column.CURRENT, Column.WEIGHT)


@dataclass(frozen=True, slots=True)
class Notation:
    """How a file writes its days and its numbers, as far as that is known."""

    days: DayOrder | None = None
    decimals: DecimalMark | None = None


AS_IT_SHOWS = Notation()
"""Nobody has said it: the file shows it."""


@dataclass(slots=True)
class _Reading:
    """One row being read: what is wrong with a cell is kept, and the reading goes on."""

    row: Row
    columns: Columns
    problems: list[Problem] = field(default_factory=list)

    def cell(self, column: Column) -> Cell:
        found = self.columns.cell(self.row, column)
        return unguarded(found) if isinstance(found, str) else found

    def figures(self, notation: Notation) -> Callable[[Column], Cell]:
        """The cells, with numbers as they are typed in Slack."""

        def cell(column: Column) -> Cell:
            found = self.cell(column)
            if isinstance(found, str) and column in NUMBERS:
                return pointed(found, notation.decimals, column)
            return found

        return cell

    def text(self, column: Column) -> str:
        return text(self.cell(column))

    def tried(self, column: Column, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Refusal as refusal:
            beside = next((each for each in Column if each == refusal.field), column)
            self.problems.append(Problem(refusal.sentence, beside))
            return otherwise


def entry(row: Row, columns: Columns, notation: Notation) -> Entry:
    """What a row says; never raises: what cannot be read is among its problems."""
    at = _Reading(row, columns)
    figure, order = at.figures(notation), notation.days
    return Entry(
        row=row.number,
        id=at.text(Column.ROW_ID),
        title=at.tried(Column.TITLE, lambda: title(at.text(Column.TITLE)), ""),
        type=at.tried(Column.TYPE, lambda: _type(at.text(Column.TYPE)), None),
        parents=_each(at.text(Column.PARENT), r"[\n;,]"),
        entities=_entities(at),
        owners=called(at.text(Column.OWNER)),
        period=at.tried(Column.PERIOD, lambda: _one_line(at.text(Column.PERIOD)), ""),
        starts=at.tried(Column.STARTS, lambda: day(at.cell(Column.STARTS), order, Column.STARTS), None),
        ends=at.tried(Column.ENDS, lambda: day(at.cell(Column.ENDS), order, Column.ENDS), None),
        measure=at.tried(Column.TARGET, lambda: measure_cells(figure), None),
        weight=at.tried(Column.WEIGHT, lambda: _weight(figure(Column.WEIGHT)), None),
        aspirational=at.tried(Column.COMMITMENT, lambda: _aspirational(at), None),
        description=at.tried(Column.DESCRIPTION, lambda: optional(at.text(Column.DESCRIPTION), "description"), ""),
        tags=at.tried(Column.TAGS, lambda: _tags(at.text(Column.TAGS)), ()),
        visibility=at.tried(Column.VISIBILITY, lambda: _visibility(at.text(Column.VISIBILITY)), Visibility.PRIVATE),
        stage=at.tried(Column.STAGE, lambda: _stage(at.text(Column.STAGE)), Stage.DRAFT),
        archived=spelling(at.text(Column.ARCHIVED)) in _YES,
        problems=tuple(at.problems),
        loose=tuple(filter(None, map(at.text, (Column.START, Column.CURRENT, Column.UNIT)))),
    )


_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}|[UW](?=[A-Z]*\d)[A-Z0-9]{2,20}", re.ASCII)
"""An e-mail address, or the id that Slack has for somebody, which our own exports name people by: Udo is a name."""


def called(typed: str) -> tuple[str, ...]:
    """What people are called, one a line or with commas, each once and in small letters.

    Mostly they are e-mail addresses or Slack ids, for which a space is enough between two; any other name may have
    several words. "Ada Obi <ada@example.com>" is Ada's address.
    """
    found = _each(re.sub(r"[^\n;,<]*<([^<>]*)>", r"\1\n", typed), r"[\n;,]")
    return tuple(dict.fromkeys(each.removeprefix("mailto:").casefold() for part in found for each in _people(part)))


def is_address(name: str) -> bool:
    """Whether this is an e-mail address or may be a Slack id, in whichever letters."""
    return _ADDRESS.fullmatch(name.upper()) is not None


def _people(part: str) -> list[str]:
    words = part.split()
    return words if all(map(_ADDRESS.fullmatch, words)) else [" ".join(words)]


def _each(typed: str, between: str) -> tuple[str, ...]:
    parts = (tidy(part) for part in re.split(between, typed))
    return tuple(dict.fromkeys(filter(None, parts)))


def _entities(at: _Reading) -> tuple[str, ...]:
    """Whose it is; where no column says so, a Type column may, as in Viva's list of what makes a row the same."""
    said = _each(at.text(Column.ENTITY), r"[\n;]")
    level = at.text(Column.TYPE)
    return said or ((level,) if spelling(level) in _LEVELS else ())


def _type(typed: str) -> RowType | None:
    said = spelling(typed)
    if not said or said in _LEVELS or said in _COMMITMENTS:
        return None
    if said not in _TYPES and said.removesuffix("s") not in _TYPES:
        raise Refusal(f"“{typed[:40]}” is neither an objective nor a key result.", Column.TYPE)
    return _TYPES.get(said) or _TYPES[said.removesuffix("s")]


def _aspirational(at: _Reading) -> bool | None:
    typed = at.text(Column.COMMITMENT)
    found = _COMMITMENTS.get(spelling(typed), _COMMITMENTS.get(spelling(at.text(Column.TYPE))))
    if typed and spelling(typed) not in _COMMITMENTS:
        raise Refusal(f"“{typed[:40]}” is neither committed nor aspirational.", Column.COMMITMENT)
    return found


def _visibility(typed: str) -> Visibility:
    """What is kept from some people elsewhere is not to be seen by everybody here: an unknown word is refused."""
    found = _VISIBLE.get(spelling(typed))
    if found is None:
        raise Refusal(f"“{typed[:40]}” is neither everyone, team nor private.", Column.VISIBILITY)
    return found


def _stage(typed: str) -> Stage:
    found = {spelling(each): each for each in Stage} | {"": Stage.AGREED}
    if spelling(typed) not in found:
        raise Refusal(f"“{typed[:40]}” is no stage. There are {', '.join(Stage)}.", Column.STAGE)
    return found[spelling(typed)]


def _one_line(typed: str) -> str:
    return optional(" ".join(typed.split()), Column.PERIOD, at_most=80)


def _weight(cell: Cell) -> Decimal | None:
    found = amount(cell, Column.WEIGHT)
    if found and not 0 <= found.value <= 100:
        raise Refusal("A weight is a number from 0 to 100.", Column.WEIGHT)
    return round(found.value, 2) if found else None


def _tags(typed: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(each.removeprefix("#").strip() for each in _each(typed, r"[\n;,]")))
    if len(tags) > TAGS or any(len(tag) > TAG for tag in tags):
        raise Refusal(f"At most {TAGS} tags, and at most {TAG} characters in each.", Column.TAGS)
    return tuple(filter(None, tags))


def notation(rows: Sequence[Row], columns: Columns, told: Notation) -> Notation:
    """How these rows write days and numbers: as was told, or as all of them together show."""
    return Notation(
        told.days or day_order(_every(rows, columns, DAYS)),
        told.decimals or decimal_mark(_every(rows, columns, NUMBERS)),
    )


def _every(rows: Sequence[Row], columns: Columns, among: Sequence[Column]) -> Iterator[Cell]:
    return (columns.cell(row, column) for row in rows for column in among)


def every_person(rows: Iterable[Row], columns: Columns) -> frozenset[str]:
    """Everybody whom the rows name as an owner, in small letters."""
    return frozenset(name for row in rows for name in called(_Reading(row, columns).text(Column.OWNER)))
