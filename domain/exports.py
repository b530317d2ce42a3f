"""Exports: tables of what somebody may see, as CSV that spreadsheet programs do not calculate and as one JSON.

The table `okrs` is in the shape that an import reads: people stand in it by their Slack ids. The others are to be read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from domain.changes import Change
from domain.check_ins import CheckIn, Update
from domain.closing import Closing
from domain.columns import Column
from domain.comments import Comment
from domain.cycles import CycleState
from domain.dependencies import Dependency
from domain.home import Moment
from domain.measures import Measure, MeasureKind
from domain.milestones import with_ticks
from domain.objectives import KeyResult, Level, Objective, Stage
from domain.people import Member, MemberId, names
from domain.recognition import Recognition
from domain.references import Reference
from domain.sheets import Cell, csv_lines, plain
from domain.status import standings, weakest

BOM = b"\xef\xbb\xbf"
"""What tells a spreadsheet program that a CSV file is UTF-8."""

STATUS = "Status"
"""How it stands on the day of the export; an import passes over it, since it is worked out."""

OKRS = (*Column, "Owner Name", "Progress", STATUS, "Confidence", "Score")
HISTORY = ("At", "What", "Reference", "Title", "Before", "After", "Out of", "Confidence", "Why", "By", "By Slack ID")
CHECK_INS = ("Day", "Person", "Slack ID", "State", "Answered at", "Blocker")
RECOGNITION = ("At", "From", "To", "Reason", "Value", "Helped")
COMMENTS = ("At", "Reference", "Title", "Comment", "By", "By Slack ID")
DEPENDENCIES = (
    *("Reference", "Key Result", "Title", "Team", "What For", "State", "Answer"),
    *("Asked at", "Asked by", "Asked by Slack ID", "Answered at", "Answered by", "Answered by Slack ID"),
)
CLOSINGS = (
    *("Reference", "Title", "Cycle", "Suggested Score", "Score", "Why", "Moved What Mattered", "Learned"),
    *("Keep, Change or Drop", "Carried to", "Carried into", "At", "By", "By Slack ID"),
)

VALUE, MILESTONE = "value", "milestone"
"""What changed of a key result when somebody updated it; each milestone that was reached or taken back is a row."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its rows come as they are read, and once."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]


Opened = Callable[[str], IO[bytes]]
"""Gives the file of a name, to be written into; whoever gave it closes it."""


def write(tables: Iterable[Table], about: Mapping[str, str], opened: Opened) -> None:
    """Write each table into a CSV file, and all of them into `cairn.json`, a row at a time."""
    whole = opened("cairn.json")
    whole.write(json.dumps(dict(about), ensure_ascii=False)[:-1].encode())
    for table in tables:
        single = opened(f"{table.name}.csv")
        single.write(BOM + csv_lines([table.headers]).encode())
        whole.write(f', "{table.name}": ['.encode())
        between = "\n"
        for row in table.rows:
            single.write(csv_lines([row]).encode())
            whole.write((between + _object(table.headers, row)).encode())
            between = ",\n"
        whole.write(b"]")
    whole.write(b"}\n")


def _object(headers: Sequence[str], row: Sequence[Cell]) -> str:
    each = {
        header: plain(cell) if isinstance(cell, Decimal) else cell for header, cell in zip(headers, row, strict=True)
    }
    return json.dumps({name: _value(cell) for name, cell in each.items()}, ensure_ascii=False)


def _value(cell: str | date) -> str:
    return cell if isinstance(cell, str) else cell.isoformat()


# Rows


def okrs(objective: Objective, key_results: Iterable[KeyResult], at: Moment) -> Iterator[tuple[Cell, ...]]:
    """An objective and these key results of it, each as the row that an import makes it of, and how it stands."""
    stands = standings(objective, at.now, at.today, at.policy) if _is_judged(objective, at) else {}
    yield _row(_about(objective) | {STATUS: (stands and weakest(objective, stands)) or ""})
    for kr in key_results:
        yield _row(_part(objective, kr) | {STATUS: stands[kr.id].status if kr.id in stands else ""})


def _is_judged(objective: Objective, at: Moment) -> bool:
    """Whether anybody asks how it stands: it counts, and its cycle has begun and is not closed."""
    runs = objective.cycle.state(at.today) in {CycleState.ACTIVE, CycleState.CLOSING}
    return runs and objective.stage is Stage.AGREED and not objective.archived


def said(update: Update, kr: KeyResult, by: Mapping[int, Member]) -> Iterator[tuple[Cell, ...]]:
    """An update of a key result, as rows of the history: its value, and each milestone that it reached or took back."""
    who = _named(by.get(update.by))
    sure = "" if update.confidence is None else Decimal(update.confidence)
    when, of = at(update.at), (str(kr.ref), kr.title)
    out_of = "" if update.out_of is None else Decimal(update.out_of)
    yield (when, VALUE, *of, update.previous, update.value, out_of, sure, update.note, *who)
    for name in update.reached:
        yield (when, MILESTONE, *of, "", name, "", "", "", *who)
    for name in update.taken_back:
        yield (when, MILESTONE, *of, name, "", "", "", "", *who)


def changed(change: Change, of: Reference, title: str, by: Mapping[int, Member]) -> tuple[Cell, ...]:
    """Another change, as a row of the history."""
    who = by.get(change.by) if change.by else None
    return (at(change.at), change.what, str(of), title, change.before, change.after, "", "", change.why, *_named(who))


def checked_in(check_in: CheckIn, who: Member) -> tuple[Cell, ...]:
    """A check-in; what it said of key results stands in the history."""
    answered = at(check_in.answered_at) if check_in.answered_at else ""
    return (check_in.day, who.name, who.slack_id, check_in.state, answered, check_in.blocker)


def thanked(given: Recognition) -> tuple[Cell, ...]:
    """Somebody's thanks."""
    helped = f"{given.helped.ref} {given.helped.title}" if given.helped else ""
    return (at(given.at), given.giver.name, names(given.recipients), given.reason, given.value or "", helped)


def talked(comment: Comment, objective: Objective) -> tuple[Cell, ...]:
    """A comment, on an objective or on the key result of it that it is about."""
    about = comment.key_result or objective
    return (at(comment.at), str(about.ref), about.title, comment.words, *_named(comment.author))


def needed(dependency: Dependency) -> tuple[Cell, ...]:
    """What a key result depends on another team for; who took it back stands where an answer's author stands."""
    kr, by = dependency.key_result, dependency.answered_by
    what = (str(dependency.ref), str(kr.ref), kr.title, dependency.team.name, dependency.words)
    answered = (at(dependency.answered_at) if dependency.answered_at else "", *(_named(by) if by else ("", "")))
    asked = (at(dependency.asked_at), *_named(dependency.asked_by))
    return (*what, dependency.state, dependency.answer, *asked, *answered)


def ended(closing: Closing, objective: Objective, by: Mapping[int, Member]) -> tuple[Cell, ...]:
    """How an objective ended, and what it was carried to as far as that may be named."""
    suggested = "" if closing.suggested is None else closing.suggested
    scored = (suggested, closing.score, closing.why, closing.mattered, closing.learned, closing.verdict)
    onward = objective.carried_to
    carried = (str(onward.ref), onward.cycle) if onward else ("", "")
    about = (str(objective.ref), objective.title, objective.cycle.name)
    return (*about, *scored, *carried, at(closing.at), *_named(by.get(closing.by)))


def at(moment: datetime) -> str:
    """A moment in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _row(said: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(said.get(header, "") for header in OKRS)


def _about(objective: Objective) -> dict[str, Cell]:
    above = objective.parent_key_result or objective.parent
    period = objective.cycle.period
    days: dict[str, Cell] = (
        {} if objective.cycle.is_backlog else {Column.STARTS: period.starts, Column.ENDS: period.ends}
    )
    return {
        Column.ROW_ID: str(objective.ref),
        Column.TYPE: "Objective",
        Column.TITLE: objective.title,
        Column.PARENT: str(above.ref) if above else "",
        Column.ENTITY: _entity(objective),
        Column.PERIOD: period.name,
        **days,
        Column.COMMITMENT: "aspirational" if objective.aspirational else "committed",
        Column.VISIBILITY: objective.visibility.value,
        Column.STAGE: objective.stage.value,
        Column.ARCHIVED: "yes" if objective.archived else "",
        Column.DESCRIPTION: objective.description,
        Column.TAGS: "\n".join(objective.tags),
        "Progress": _share(objective.progress),
        "Score": "" if objective.score is None else objective.score,
        **_owners(objective.owner, objective.co_owners),
    }


def _part(objective: Objective, kr: KeyResult) -> dict[str, Cell]:
    shared = (Column.ENTITY, Column.PERIOD, Column.STARTS, Column.ENDS, Column.VISIBILITY)
    about = _about(objective)
    return {
        **{column: about[column] for column in shared if column in about},
        Column.ROW_ID: str(kr.ref),
        Column.TYPE: "Key Result",
        Column.TITLE: kr.title,
        Column.PARENT: str(objective.ref),
        **_measure(kr.measure),
        Column.WEIGHT: kr.weight,
        Column.STAGE: kr.stage.value,
        Column.ARCHIVED: "yes" if kr.archived or objective.archived else "",
        Column.DESCRIPTION: kr.description,
        Column.TAGS: "\n".join(kr.tags),
        "Progress": _share(kr.measure.progress),
        "Confidence": "" if kr.confidence is None else Decimal(kr.confidence),
        **_owners(kr.owner, kr.contributors),
    }


def _entity(objective: Objective) -> str:
    """Whose it is; one of the company or of a person may belong to a team as well."""
    team = objective.team.name if objective.team else ""
    level = "" if objective.level is Level.TEAM else objective.level.capitalize()
    return "\n".join(filter(None, (level, team)))


def _owners(owner: Member, others: Sequence[Member]) -> dict[str, Cell]:
    everybody = (owner, *others)
    return {
        Column.OWNER: "\n".join(each.slack_id for each in everybody),
        "Owner Name": "\n".join(each.name for each in everybody),
    }


def _measure(measure: Measure) -> dict[str, Cell]:
    said: dict[str, Cell] = {Column.KIND: measure.kind.value, Column.UNIT: measure.unit}
    if measure.kind is MeasureKind.DONE:
        return said | {Column.CURRENT: "yes" if measure.current >= 1 else "no"}
    if measure.kind is MeasureKind.MILESTONES:
        return said | {Column.MILESTONES: "\n".join(_milestones(measure)), Column.CURRENT: measure.current}
    numbers: dict[str, Cell] = {Column.START: measure.start, Column.TARGET: measure.target}
    if measure.upper is not None:
        numbers[Column.UPPER] = measure.upper
    return said | numbers | ({Column.CURRENT: measure.current} if measure.measured else {})


def _milestones(measure: Measure) -> Sequence[str]:
    """One a line, ticked where it takes more than their number to know which are reached."""
    is_plain = measure.reached == measure.milestones[: len(measure.reached)]
    return measure.milestones if is_plain else with_ticks(measure.milestones, measure.reached)


def _share(progress: float | None) -> Cell:
    return "" if progress is None else Decimal(f"{progress:.4f}")


def _named(who: Member | None) -> tuple[str, str]:
    return (who.name, who.slack_id) if who else ("Cairn", "")


def everybody_in(updates: Iterable[Update], changes: Iterable[Change]) -> set[MemberId]:
    """Those whose names a piece of the history needs."""
    return {each.by for each in updates} | {each.by for each in changes if each.by}
