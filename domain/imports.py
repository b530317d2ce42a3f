"""Imports: what is to become of each row of a sheet that somebody brings along.

Every row has exactly one fate: it becomes an objective or a key result, is left out, or is refused. What it loses on
its way (a second parent, a second team) is said in its notes. `domain.fates.plan` decides without touching anything, so
a dry run and the import itself say the same.

How the parts work together: `bot.sheets.read` makes rows of a file, `sheets.headed` finds the header,
`columns.columns` says where each column stands, `entries.entry` reads one row by itself, `lineage.lineage` puts the
rows under each other, `fates.plan` decides. The import itself then fills `known.Known` from the workspace, writes
nothing while `Plan.refused` holds a row, lets `measures.py` judge each `MeasureCells`, and stages the fates in the
order of `Plan.downwards`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from domain.cycles import Period
from domain.entries import Problem, is_address
from domain.lineage import Above
from domain.measure_cells import MeasureCells, measured
from domain.measures import shown
from domain.objectives import Level, Stage, Visibility
from domain.references import Reference


@dataclass(frozen=True, slots=True)
class NewObjective:
    """It becomes an objective; people by e-mail, `above` is the number of a row or what is already here."""

    title: str
    level: Level
    team: str | None
    owner: str
    co_owners: tuple[str, ...]
    period: Period
    above: Above | None
    aspirational: bool = False
    description: str = ""
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.EVERYONE
    stage: Stage = Stage.AGREED


@dataclass(frozen=True, slots=True)
class NewKeyResult:
    """It becomes a key result of `objective`: the number of a row, or an objective that is already here.

    People by e-mail; without an owner it is its objective's.
    """

    title: str
    objective: Above
    owner: str | None
    contributors: tuple[str, ...]
    measure: MeasureCells
    weight: Decimal | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    stage: Stage = Stage.AGREED


@dataclass(frozen=True, slots=True)
class LeftOut:
    """It is not for Cairn, repeats the row `same_as`, is `here` already, or goes with the refused row `under` which it
    stands; `is_over` with its key results.
    """

    because: str
    same_as: int | None = None
    here: Reference | None = None
    is_over: bool = False
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be added, for every reason that was found."""

    problems: tuple[Problem, ...]


Fate = NewObjective | NewKeyResult | LeftOut | Refused


@dataclass(frozen=True, slots=True)
class Planned:
    """One row, its fate, and what is lost on the way to it."""

    row: int
    title: str
    fate: Fate
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of a sheet in its order, and the headers that nothing was read from."""

    rows: tuple[Planned, ...]
    downwards: tuple[int, ...] = ()
    """The places in `rows` in such an order that what is above a row comes before it."""
    unread: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Planned, ...]:
        """The rows that cannot be added; while there is one, nothing is."""
        return tuple(each for each in self.rows if isinstance(each.fate, Refused))


def same_objective(title: str, owner: str, level: Level, team: str | None, period: str) -> tuple[object, ...]:
    """What makes two objectives the same: title, owner (by Slack id), entity and period, as in Viva Goals."""
    return title.casefold(), owner, level, team, period


def same_key_result(title: str, objective: Above) -> tuple[object, ...]:
    """What makes two key results the same: title and objective; in one file also row id and measure."""
    return title.casefold(), objective


def sentences(planned: Planned, called: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """What becomes of a row, as people read it: its fate first, then what is lost.

    `called` are the names of those whom a file names by their Slack id, in small letters.
    """
    name = f"Row {planned.row}" + (f" “{planned.title[:60]}”" if planned.title else "")
    return [*(f"{name} {each}" for each in _fate(planned.fate, called)), *(f"{name}: {note}" for note in planned.notes)]


def _fate(fate: Fate, called: Mapping[str, str]) -> list[str]:
    match fate:
        case NewObjective():
            of = fate.team or ("the company" if fate.level is Level.COMPANY else _somebody(fate.owner, called))
            return [f"becomes an objective of {of} in {fate.period.name}{_under(fate.above)}."]
        case NewKeyResult():
            said = f"{_under(fate.objective)}{_measured(fate.measure)}{_share(fate)}{_owned(fate.owner, called)}"
            return [f"becomes a key result{said}."]
        case LeftOut():
            return [f"is left out. {fate.because}"]
        case Refused():
            return [f"is refused. {problem.column}: {problem.because}" for problem in fate.problems]


def _somebody(owner: str, called: Mapping[str, str]) -> str:
    """Whom a file names: who is named by a Slack id is called by name, e-mail addresses stay as they are written."""
    return called.get(owner, owner.upper()) if is_address(owner) and "@" not in owner else owner


def _owned(owner: str | None, called: Mapping[str, str]) -> str:
    return f", owned by {_somebody(owner, called)}" if owner else ""


def _share(fate: NewKeyResult) -> str:
    return "" if fate.weight is None else f", weight {shown(fate.weight)}"


def _under(above: Above | None) -> str:
    if above is None:
        return ""
    return f" under row {above}" if isinstance(above, int) else f" under {above}"


def _measured(measure: MeasureCells) -> str:
    now = f", now {_now(measure, measure.current)}" if measure.current is not None else ""
    if measure.target is None:
        return f", {measure.kind}{now}"
    begins = f" from {shown(measure.start, measure.unit)}" if measure.start is not None else ""
    and_upper = f" and {shown(measure.upper, measure.unit)}" if measure.upper is not None else ""
    to = " to" if begins else ""
    return f", {measure.kind}{begins}{to} {shown(measure.target, measure.unit)}{and_upper}{now}"


def _now(measure: MeasureCells, current: Decimal) -> str:
    if measure.kind.is_number:
        return shown(current, measure.unit)
    return measured(measure).told(current)
