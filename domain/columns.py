"""The columns of an import, and the names that other people's spreadsheets give them.

The names are those of the OKR templates of Ally.io and Viva Goals (Row ID, Title, Parent, Entity, Owner Email, Time
Period, Start Date, End Date), of the exports of other OKR tools, and what people call them by hand. How a header is
written does not count: neither case nor spaces, punctuation or a word in brackets behind it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal
from domain.sheets import Cell, Row
from domain.words import did_you_mean


class Column(StrEnum):
    """What a column says about its row, by the name that it has where we write it."""

    ROW_ID = "Row ID"
    TYPE = "Type"
    TITLE = "Title"
    PARENT = "Parent"
    ENTITY = "Entity"
    OWNER = "Owner Email"
    PERIOD = "Time Period"
    STARTS = "Start Date"
    ENDS = "End Date"
    KIND = "Kind"
    UNIT = "Unit"
    START = "Start"
    TARGET = "Target"
    UPPER = "Upper"
    CURRENT = "Current"
    MILESTONES = "Milestones"
    WEIGHT = "Weight"
    COMMITMENT = "Commitment"
    DESCRIPTION = "Description"
    TAGS = "Tags"


ALIASES: Mapping[Column, str] = {
    Column.ROW_ID: "id, row, row no, row number, no, number, #, ref, reference, key, okr id, okr reference,"
    " objective id, goal id, goal identifier, identifier, unique id, external id",
    Column.TYPE: "okr type, object type, item type, record type, row type, objective or key result, level type,"
    " objective/key result, goal or milestone",
    Column.TITLE: "name, okr title, okr name, okr, objective, objective title, objective name, key result,"
    " key result title, goal, goal title, goal name, summary, objective/key result title",
    Column.PARENT: "parent id, parent ids, parent row, parent row id, parent row ids, parent okr, parent okr id,"
    " parent objective, parent objective id, parent goal, parent goal id, parent goal ids, aligned to, alignment,"
    " aligns to, aligned with, parent alignment, supports",
    Column.ENTITY: "entity name, entities, team, teams, team name, team/organization, organization, organisation,"
    " department, departments, group, scope, owned by team, responsible team",
    Column.OWNER: "owner, owners, owner emails, owner e-mail, owner email id, owner email address, owners email,"
    " email, e-mail, email address, assignee, assignee email, assigned to, responsible, okr owner, okr owner email,"
    " objective owner, goal owner, accountable",
    Column.PERIOD: "period, timeperiod, cycle, goal cycle, okr cycle, quarter, okr period, time frame, timeframe,"
    " time period name, session, planning period, planning cycle",
    Column.STARTS: "starts, start on, starts on, begin, begin date, begins, from, start day, created for",
    Column.ENDS: "ends, end on, ends on, due, due date, due on, due at, deadline, finish date, to, end day,"
    " target date",
    Column.KIND: "measure, measure kind, measure type, measurement, measurement type, metric type, measured as,"
    " measured by, kpi type, outcome type, progress type, goal type, key result type, kr type, target type,"
    " metric direction, direction, check-in type",
    Column.UNIT: "units, unit of measure, unit of measurement, metric unit, uom, measure unit, kpi unit, unit type",
    Column.START: "start value, starting value, from value, initial, initial value, baseline, baseline value,"
    " metric start, metric start value, start metric, kpi start, metric baseline",
    Column.TARGET: "target value, goal value, target number, metric target, metric target value, target metric,"
    " kpi target, outcome, outcome target, success value, end value, lower, lower value, minimum target",
    Column.UPPER: "upper value, upper limit, upper target, target upper, target max, maximum target, maximum, to value",
    Column.CURRENT: "current value, actual, actual value, value, latest value, last value, metric current,"
    " metric current value, current metric, kpi current, kpi value, latest check-in value",
    Column.MILESTONES: "milestone, checklist, steps, milestone list",
    Column.WEIGHT: "weighting, weights, weightage, contribution, contribution %, contribution weight, importance",
    Column.COMMITMENT: "committed or aspirational, committed/aspirational, ambition, goal category, commitment type,"
    " okr commitment, stretch, commit type",
    Column.DESCRIPTION: "details, notes, note, why, objective description, okr description, goal description, comment",
    Column.TAGS: "tag, label, labels, categories, category, themes, theme",
}
"""What else a column may be called, however it is written."""

UNUSED = (
    "status, progress, progress %, score, confidence, last check-in, last check-in date, check-in owner, created by,"
    " created at, created on, updated at, progress mode, progress source, metric name, kpi name, data source, reason,"
    " import status, visibility, permission, followers, contributors, link, url"
)
"""What these templates and our own exports also hold and an import leaves out: it is computed, or is not ours."""


def spelling(header: str) -> str:
    """A header without what does not count: "Owner E-mail(s) *" is "owneremails"."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\W_]+", "", text.replace("%", "percent").replace("#", "number"))


def _spellings() -> dict[str, Column]:
    also = {spelling(name): column for column, names in ALIASES.items() for name in names.split(",")}
    return also | {spelling(column): column for column in Column}


_KNOWN = _spellings()
_UNUSED = {spelling(name) for name in UNUSED.split(",")} - set(_KNOWN)


def named(header: str) -> Column | None:
    """The column that a header means, if it is a name that we know."""
    return _KNOWN.get(spelling(header)) or _KNOWN.get(spelling(re.sub(r"[(\[].*?[)\]]", "", header)))


def is_header(texts: Sequence[str]) -> bool:
    """Whether these cells are a header: two of them at least are names of columns, and one of a title."""
    found = {named(each) for each in texts} - {None}
    return len(found) > 1 and Column.TITLE in found


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, and the headers that an import does not read."""

    at: Mapping[Column, int]
    unread: tuple[str, ...] = ()

    def cell(self, row: Row, column: Column) -> Cell:
        """What a row says in a column: an empty text where it says nothing."""
        at = self.at.get(column, len(row.cells))
        return row.cells[at] if at < len(row.cells) else ""


def columns(headers: Sequence[str], told: Mapping[str, Column] | None = None) -> Columns:
    """Where the columns stand under these headers; `told` says by hand what a header means.

    Raises `Refusal` where a header is told that is not there, where two would be the same column, and where none is the
    title.
    """
    by_hand = _by_hand(headers, told or {})
    places: dict[Column, list[int]] = {}
    for at, header in enumerate(headers):
        column = by_hand.get(at) or (named(header) if at not in by_hand else None)
        if column and (at in by_hand or column not in by_hand.values()):
            places.setdefault(column, []).append(at)
    found = {column: _the_one(headers, column, each) for column, each in places.items()}
    if Column.TITLE not in found:
        raise Refusal(_no_title(headers))
    unread = (each for at, each in enumerate(headers) if at not in found.values() and spelling(each) not in _UNUSED)
    return Columns(found, tuple(filter(None, unread)))


def told_columns(options: Iterable[str]) -> dict[str, Column]:
    """What `--map "Their header=Our column"` says; raises `Refusal` where it cannot be read."""
    return dict(map(_told, options))


def _told(option: str) -> tuple[str, Column]:
    header, equals, ours = option.rpartition("=")
    column = {spelling(each): each for each in Column}.get(spelling(ours)) or named(ours)
    if not equals or not header.strip():
        raise Refusal(f'“{option[:80]}” does not say a column. Write --map "Their header=Our column".')
    if column is None:
        raise Refusal(f"“{ours.strip()[:40]}” is none of our columns. They are {', '.join(Column)}.")
    return header.strip(), column


def _by_hand(headers: Sequence[str], told: Mapping[str, Column]) -> dict[int, Column]:
    at = {spelling(header): place for place, header in reversed(list(enumerate(headers)))}
    for header in told:
        if spelling(header) not in at:
            near = did_you_mean(spelling(header), at)
            hint = f" Did you mean “{headers[at[near]]}”?" if near else ""
            raise Refusal(f"There is no column “{header[:40]}” in this file.{hint}")
    return {at[spelling(header)]: column for header, column in told.items()}


def _the_one(headers: Sequence[str], column: Column, places: Sequence[int]) -> int:
    """The place of a column: our own name for it counts more than another; two others are a question."""
    ours = [at for at in places if spelling(headers[at]) == spelling(column)]
    chosen = ours or places
    if len(chosen) > 1:
        both = " and ".join(f"“{headers[at]}”" for at in chosen[:2])
        raise Refusal(f'{both} could both be the {column}. Say which: --map "{headers[chosen[0]]}={column}".')
    return chosen[0]


def _no_title(headers: Sequence[str]) -> str:
    if not any(headers):
        return "There is nothing in this file."
    there = ", ".join(f"“{each[:40]}”" for each in headers[:20] if each)
    return f'No column is the title. There are {there}. Say which it is: --map "Their header=Title".'
