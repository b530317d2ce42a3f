"""The cells of a row that say how it is measured.

The kinds are the words of a key result's measure; whether the values fit them is for `domain/measures.py` to say once
a row has become a key result. What a row leaves out follows from the rest: no kind is the way from start to target, no
start is zero, a unit may stand with a number ("45%", "€3.2m", "45 sign-ups").
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from domain.columns import Column, spelling
from domain.errors import Refusal
from domain.measures import LARGEST, Measure, MeasureKind, inside, measure, number
from domain.milestones import these, ticked
from domain.scales import SCALED
from domain.sheets import Cell, text
from domain.values import TOO_LARGE, agreed, holds_mark, is_mark, mark, plain, without_unit
from domain.words import optional, tidy

W = TypeVar("W", bound=str)

KINDS: Mapping[MeasureKind, str] = {
    MeasureKind.INCREASE: "increase to, increasing, up, grow, raise, growth, higher is better",
    MeasureKind.DECREASE: "decrease to, decreasing, down, reduce, reduction, lower is better",
    MeasureKind.AT_LEAST: "keep at least, stay at least, above, keep above, stay above, minimum, >=, no less than",
    MeasureKind.AT_MOST: "keep at most, stay at most, below, keep below, stay below, maximum, <=, no more than",
    MeasureKind.BETWEEN: "keep between, stay between, range, band, within",
    MeasureKind.MILESTONES: "milestone, checklist, tasks, steps, milestone based",
    MeasureKind.DONE: "done, binary, boolean, yes/no, yes or no, done/not done, complete or not, true/false",
    MeasureKind.BASELINE: "measure first, establish baseline",
}
"""Each kind of measure, and what else it is called."""

_UNITS: Mapping[str, str] = {
    "%": "percent, percentage, percent complete, % complete, percent completed, percentage complete, custom percent,"
    " default progress, completion",
    "$": "dollar, dollars, usd, us dollar",
    "€": "euro, euros, eur",
    "£": "pound, pounds, gbp",
    "¥": "yen, jpy",
    "": "number, numeric, numerical, metric, kpi, quantity, value, count, integer, decimal, currency, absolute, amount",
}
"""Kinds in other tools that only say what is counted."""


def _spelled(names: Mapping[W, str]) -> dict[str, W]:
    return {_word(str(each)): word for word, others in names.items() for each in (word, *others.split(","))}


def _word(typed: str) -> str:
    """How it is spelled; of what is only signs, such as "€" or ">=", the signs."""
    return spelling(typed) or typed.strip()


_KINDS, _UNIT_KINDS = _spelled(KINDS), _spelled(_UNITS)
_UNIT = r"[^\W\d][^\n]{0,19}"
_WORDED = re.compile(rf"(\S+(?:\s+{SCALED})?)\s+({_UNIT})", re.IGNORECASE)
_EDGE = r"\d[%\w]?(?: ?[^\W\d]+\.?)?"
_EDGES = re.compile(rf"(.*{_EDGE}) ?(?:-|–|to|and) ?([€$£¥]?\d.*)")
_YES = frozenset(("yes", "y", "true", "done", "1", "100", "100percent", "complete", "completed"))
_NO = frozenset(("no", "n", "false", "notdone", "open", "0", "0percent", "incomplete", "notstarted", ""))
_NUMBER_COLUMNS = (Column.START, Column.TARGET, Column.UPPER, Column.CURRENT)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, and the unit that stood with it."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MeasureCells:
    """How a row is measured, as far as it says so; numbers are exact."""

    kind: MeasureKind
    unit: str
    start: Decimal | None = None
    target: Decimal | None = None
    upper: Decimal | None = None
    current: Decimal | None = None
    milestones: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    """Those that are ticked; without any it is the first `current` ones."""


COMPLETE = MeasureCells(MeasureKind.INCREASE, "%", Decimal(0), Decimal(100))
"""What a key result is measured by that says nothing of it: from 0% to 100%, as in Ally.io and Viva Goals."""


def measure_cells(cell: Callable[[Column], Cell]) -> MeasureCells | None:
    """How a row is measured, or None where it does not say; raises `Refusal` beside the column that is wrong."""
    kind, unit = _kind_and_unit(text(cell(Column.KIND)))
    steps = tuple(filter(None, map(tidy, text(cell(Column.MILESTONES)).split("\n"))))
    if not (kind or steps or unit or text(cell(Column.TARGET))):
        return None
    if kind is MeasureKind.DONE:
        return MeasureCells(MeasureKind.DONE, "", current=_done(cell(Column.CURRENT)))
    if kind is MeasureKind.MILESTONES or (steps and not kind):
        return _by_milestones(steps, cell)
    if steps:
        raise Refusal("It has milestones and a number to reach. Keep one of the two.", Column.MILESTONES)
    return _by_numbers(kind, unit, cell)


def amount(cell: Cell, column: Column, of: str = "") -> Amount | None:
    """The number in a cell and its unit, or None where it is empty; raises `Refusal` beside the column otherwise.

    `of` is the unit that the row says it is in, which may hold a scale.
    """
    if isinstance(cell, Decimal):
        return Amount(_kept(cell, column))
    typed = text(cell)
    if not typed:
        return None
    value, unit = _with_unit(typed, column, of)
    return Amount(_kept(value, column), unit)


def _with_unit(typed: str, column: Column, of: str) -> tuple[Decimal, str]:
    try:
        return number(typed, column, unit=of), mark(typed)
    except Refusal:
        worded = _WORDED.fullmatch(typed)
        if not worded:
            raise
        return number(worded[1], column, unit=of or worded[2]), worded[2]


def _kept(value: Decimal, column: Column) -> Decimal:
    """A number with the six decimals that a value has: what a spreadsheet holds may be 0.30000000000000004."""
    if not value.is_finite() or abs(value) > LARGEST:
        raise Refusal(TOO_LARGE, column)
    return round(value, 6)


def _kind_and_unit(typed: str) -> tuple[MeasureKind | None, str | None]:
    word = _word(typed)
    if not word:
        return None, None
    if word not in _KINDS and word not in _UNIT_KINDS:
        kinds = ", ".join(KINDS)
        raise Refusal(f"“{typed[:40]}” is no kind of measure that I know. There are {kinds}.", Column.KIND)
    return _KINDS.get(word), None if word in _KINDS else _UNIT_KINDS[word]


def _done(cell: Cell) -> Decimal:
    word = spelling(text(cell))
    if word not in _YES | _NO:
        raise Refusal(f"“{text(cell)[:40]}” is neither yes nor no.", Column.CURRENT)
    return Decimal(word in _YES)


def _by_milestones(steps: tuple[str, ...], cell: Callable[[Column], Cell]) -> MeasureCells:
    if not steps:
        raise Refusal("Which milestones? Write them one a line.", Column.MILESTONES)
    said, marked = amount(cell(Column.CURRENT), Column.CURRENT), ticked(steps)
    current = said.value if said else Decimal(len(marked))
    if current not in range(len(steps) + 1):
        raise Refusal(f"Of {len(steps)} milestones, {text(cell(Column.CURRENT))} cannot be reached.", Column.CURRENT)
    if marked and current != len(marked):
        raise Refusal(
            f"{len(marked)} of the milestones are ticked, but {plain(current)} are said to be reached.", Column.CURRENT
        )
    return MeasureCells(MeasureKind.MILESTONES, "", current=current, milestones=steps, reached=marked)


def _by_numbers(kind: MeasureKind | None, unit: str | None, cell: Callable[[Column], Cell]) -> MeasureCells:
    typed = {column: cell(column) for column in _NUMBER_COLUMNS}
    edges = _EDGES.fullmatch(text(typed[Column.TARGET]))
    if edges and kind in {None, MeasureKind.BETWEEN} and not text(typed[Column.UPPER]):
        kind, typed = MeasureKind.BETWEEN, typed | {Column.TARGET: edges[1], Column.UPPER: edges[2]}
    said = optional(text(cell(Column.UNIT)), Column.UNIT, at_most=20)
    typed = {column: without_unit(each, said) if isinstance(each, str) else each for column, each in typed.items()}
    found = {column: amount(each, column, said or unit or "") for column, each in typed.items()}
    ours = text(cell(Column.KIND)) in set(MeasureKind)  # as we write it: then the unit is meant as it stands
    named = (said if ours else _UNIT_KINDS.get(_word(said), said)) if said else unit
    said_beside = {column: each.unit for column, each in found.items() if each and each.unit}
    marked = {str(column): text(typed[column]) for column, each in said_beside.items() if is_mark(each)}
    one = agreed(named or next(iter(said_beside.values()), ""), marked)
    for column, each in said_beside.items():
        _in_one_unit(each, one, text(typed[column]), column)
    value = {column: each.value if each else None for column, each in found.items()}
    return _complete(kind, one, value)


def _in_one_unit(said: str, unit: str, figure: str, column: Column) -> None:
    """Raise `Refusal` where a figure comes in another unit than its row: "$5" of what is measured in hours.

    What begins alike is the same ("sign-up", "sign-ups"), and a word may hold a mark ("k€", "million USD").
    """
    if is_mark(said) and is_mark(unit):
        return  # that has been judged
    ours, theirs = _word(unit), _word(said)
    alike = ours.startswith(theirs) or theirs.startswith(ours) or holds_mark(unit, said)
    if alike or _parts(unit) & _parts(said):
        return
    what = "in percent" if said == "%" else "an amount of money" if is_mark(said) else f"in {said}"
    raise Refusal(f"“{figure[:40]}” is {what}, but its unit is {unit}. Which of the two is it?", column)


def _parts(unit: str) -> set[str]:
    """The words of a unit, and it as a whole, as the marks that they stand for."""
    return {_UNIT_KINDS.get(word, word) for word in map(_word, (unit, *unit.split()))}


def _complete(kind: MeasureKind | None, unit: str, value: Mapping[Column, Decimal | None]) -> MeasureCells:
    """The measure with what follows from the rest filled in."""
    start, target, upper, current = (value[column] for column in _NUMBER_COLUMNS)
    if kind is MeasureKind.BASELINE:
        return MeasureCells(kind, unit, start, target, None, current)
    if target is None and (kind or unit != "%"):
        raise Refusal("A target is missing.", Column.TARGET)
    if kind is MeasureKind.BETWEEN and upper is None:
        raise Refusal("Between what? Write the upper edge.", Column.UPPER)
    if kind is None or kind in {MeasureKind.INCREASE, MeasureKind.DECREASE}:
        return _way(kind, unit, start, Decimal(100) if target is None else target, current)
    begins = current if start is None else start  # it began where we meet it, and has its way in before it
    return MeasureCells(kind, unit, begins, target, upper if kind is MeasureKind.BETWEEN else None, current)


def _way(
    kind: MeasureKind | None, unit: str, start: Decimal | None, target: Decimal, current: Decimal | None
) -> MeasureCells:
    if start is None and (kind is MeasureKind.DECREASE or target <= 0):
        raise Refusal("From where? A start is missing.", Column.START)
    begins = start or Decimal(0)
    if begins == target:
        raise Refusal("Start and target are the same, so there is nothing to move.", Column.TARGET)
    way = MeasureKind.INCREASE if target > begins else MeasureKind.DECREASE
    if kind and kind != way:
        there = "above" if way is MeasureKind.INCREASE else "below"
        raise Refusal(f"The target is {there} the start, but it says {kind}.", Column.KIND)
    return MeasureCells(way, unit, begins, target, None, current)


def measured(cells: MeasureCells) -> Measure:
    """The measure that these cells say; raises `Refusal` beside its field ("target") where it can be none.

    What has no current value is at its start; a baseline without one is still to be measured.
    """
    numbers = (cells.start or Decimal(0), cells.target or Decimal(0))
    upper = "" if cells.upper is None else plain(cells.upper)
    start, target = map(plain, numbers)
    begun = measure(start, target, cells.unit, cells.kind, upper=upper, milestones="\n".join(cells.milestones))
    if cells.reached:
        return begun.reaching(these(begun.milestones, cells.reached, Column.MILESTONES))
    return begun if cells.current is None else begun.at(inside(begun, cells.current, "current", below_zero=True))
