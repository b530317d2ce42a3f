"""Fates: what becomes of each row of an import, decided from the top down, since what is under a row follows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.columns import Column, Columns, spelling
from domain.cycles import Period
from domain.entries import AS_IT_SHOWS, Entry, Notation, Problem, RowType, entry, is_address, notation
from domain.errors import Refusal
from domain.imports import (
    Fate,
    LeftOut,
    NewKeyResult,
    NewObjective,
    Plan,
    Planned,
    Refused,
    same_key_result,
    same_objective,
)
from domain.known import Known, Periods, from_days
from domain.lineage import Above, Lineage, is_key_result, is_measured, lineage
from domain.measure_cells import COMPLETE, MeasureCells, measured
from domain.objectives import Level
from domain.references import Reference, reference
from domain.sheets import Sheet
from domain.vocabulary import has_a_meaning


def plan(sheet: Sheet, columns: Columns, known: Known, told: Notation = AS_IT_SHOWS) -> Plan:
    """What becomes of each row; `told` says how its days and numbers are meant, where it does not show that."""
    written = notation(sheet.rows, columns, told)
    entries = [entry(row, columns, written) for row in sheet.rows]
    above = lineage(entries, known.standing)
    deciding = _Deciding(entries, above, known, _own_periods(entries))
    for at in above.order:
        deciding.decide(at)
    return Plan(deciding.planned(), tuple(above.order), columns.unread)


def _own_periods(entries: Iterable[Entry]) -> Periods:
    """The periods that only this file knows: their days are those of all the rows that name them."""
    named: dict[str, list[Entry]] = {}
    for each in entries:
        named.setdefault(spelling(each.period), []).append(each)
    found = {name: from_days(of[0].period, ((each.starts, each.ends) for each in of)) for name, of in named.items()}
    return {name: period for name, period in found.items() if name and period}


@dataclass(slots=True)
class _Case:
    """One row while it is decided: what speaks against it, and what it loses."""

    entry: Entry
    wrong: list[Problem]
    notes: list[str]
    under: int | None = None
    """The refused row that it goes with: the uppermost, where the cause is."""

    def refuse(self, column: Column, because: str) -> None:
        """Say what is wrong with a column, unless something has been said of it."""
        if all(problem.column is not column for problem in self.wrong):
            self.wrong.append(Problem(because, column))

    def refused(self) -> Fate | None:
        """Its fate where something is wrong with it, or only with what it is under: the cause is said once."""
        if self.wrong or self.under is None:
            return Refused(tuple(self.wrong)) if self.wrong else None
        return LeftOut(f"It goes with row {self.under}, which is refused.", under=self.under)


@dataclass(slots=True)
class _Deciding:
    entries: Sequence[Entry]
    above: Lineage
    known: Known
    own_periods: Periods
    fates: dict[int, Planned] = field(default_factory=dict)
    """By the number of the row."""
    first: dict[tuple[object, ...], list[Entry]] = field(default_factory=dict)
    """The rows that became something, by what makes them the same."""

    def planned(self) -> tuple[Planned, ...]:
        return tuple(self.fates[each.row] for each in self.entries)

    def decide(self, at: int) -> None:
        """Give one row its fate; what is above it has one."""
        each = self.entries[at]
        other = self.above.problems.get(at)
        case = _Case(each, [*each.problems, *((other,) if other else ())], list(self.above.notes.get(at, ())))
        fate = self._fate(case, self.above.types[at], self.above.above[at])
        if isinstance(fate, NewObjective | NewKeyResult):
            fate = self._unless_there_is_one(each, fate)
        self.fates[each.row] = Planned(each.row, each.title, fate, tuple(case.notes))

    def _unless_there_is_one(self, each: Entry, fate: NewObjective | NewKeyResult) -> Fate:
        """The same fate, unless an earlier row or what is here already says the same."""
        key = self._same(fate)
        if here := self.known.here.get(key):
            return _already(here)
        others = self.first.setdefault(key, [])
        if same := next((other for other in others if _is_the_same(other, each, fate)), None):
            return LeftOut(f"It says the same as row {same.row}.", same.row)
        others.append(each)
        return fate

    def _same(self, fate: NewObjective | NewKeyResult) -> tuple[object, ...]:
        if isinstance(fate, NewKeyResult):
            return same_key_result(fate.title, fate.objective)
        owner = self.known.people[fate.owner]
        return same_objective(fate.title, owner, fate.level, fate.team, fate.period.name)

    def _by_its_id(self, each: Entry) -> Reference | None:
        """What is here under the reference that is its row id, if it has its title too: numbers are alike anywhere."""
        found = reference(each.id)
        standing = self.known.standing.get(found, "") if found else ""
        return found if each.title and standing.casefold() == each.title.casefold() else None

    def _fate(self, case: _Case, type: RowType, above: Above | None) -> Fate:
        if type is RowType.OTHER:
            return LeftOut("It is neither an objective nor a key result, and Cairn keeps only these.")
        if case.entry.archived:
            return LeftOut("It is archived.", is_over=True)
        if here := self._by_its_id(case.entry):
            return _already(here)
        parent = self._parent(case, above)
        owners = self._owners(case)
        if type is RowType.KEY_RESULT:
            return self._key_result(case, parent, owners, above)
        return self._objective(case, parent, owners)

    def _objective(self, case: _Case, parent: Above | None, owners: tuple[str, ...]) -> Fate:
        each = case.entry
        if not owners:
            case.refuse(Column.OWNER, "Whose is it? Write an e-mail address.")
        level, team = self._place(case)
        period = self._period(case, parent)
        if period and self.known.is_closed(period):
            return LeftOut(f"{period.name} is closed: what is in it no longer changes.", is_over=True)
        _note_what_only_key_results_have(case)
        if (refused := case.refused()) or period is None:
            return refused or Refused(tuple(case.wrong))
        said = (bool(each.aspirational), each.description, each.tags, each.visibility, each.stage)
        return NewObjective(each.title, level, team, owners[0], owners[1:], period, parent, *said)

    def _key_result(self, case: _Case, parent: Above | None, owners: tuple[str, ...], above: Above | None) -> Fate:
        each = case.entry
        if is_key_result(parent) or isinstance(self._fate_of(parent), NewKeyResult):
            case.refuse(Column.PARENT, "A key result stands under an objective, not under a key result.")
        elif isinstance(above, int) and self._is_over(self.entries[above]):
            return LeftOut("It is left out together with its objective.")
        elif parent is None:
            case.refuse(Column.PARENT, "Which objective is it a key result of?")
        self._note_what_its_objective_says(case, parent)
        measure = each.measure or COMPLETE
        _judge(case, measure)
        if (refused := case.refused()) or parent is None:
            return refused or Refused(tuple(case.wrong))
        owner = owners[0] if owners else None
        said = (each.weight, each.description, each.tags, each.stage)
        return NewKeyResult(each.title, parent, owner, owners[1:], measure, *said)

    def _parent(self, case: _Case, above: Above | None) -> Above | None:
        """The number of the row above, or what is already here; a row that repeats another hands on to it."""
        if not isinstance(above, int):
            return above
        row = self.entries[above].row
        fate = self.fates[row].fate
        if isinstance(fate, Refused):
            case.under = row
        elif isinstance(fate, LeftOut) and fate.under:
            case.under = fate.under
        if case.under or not isinstance(fate, LeftOut):
            return row
        instead = fate.here or fate.same_as
        if instead is None:
            case.notes.append(f"Row {row}, which it is under, is left out.")
        return instead

    def _owners(self, case: _Case) -> tuple[str, ...]:
        """Those owners who are here; the first has to be."""
        owners = case.entry.owners
        if owners and owners[0] not in self.known.people:
            case.refuse(Column.OWNER, f"{_nobody(owners[0])}. Say who it is in a file: --people.")
        missing = [each for each in owners[1:] if each not in self.known.people]
        case.notes.extend(f"{_nobody(each)}, so it is left out." for each in missing)
        return tuple(each for each in owners if each in self.known.people)

    def _place(self, case: _Case) -> tuple[Level, str | None]:
        """Whose objective it is."""
        first, *others = case.entry.entities or ("",)
        found = self.known.place(first)
        also = self.known.place(others[0]) if others else None
        if found and also and found[0] is not Level.TEAM and also[0] is Level.TEAM:
            found, others = (found[0], also[1]), others[1:]
        if not first:
            case.notes.append("It names no team, so it is an individual's.")
            return Level.INDIVIDUAL, None
        if others:
            case.notes.append(f"Also of {', '.join(others)[:80]}, which is not kept: one team each.")
        if found is None:
            near = self.known.close_to(first)
            hint = f" Did you mean {near}?" if near else " Add the team first, or write Individual."
            case.refuse(Column.ENTITY, f"There is no team “{first[:40]}”.{hint}")
        return found or (Level.INDIVIDUAL, None)

    def _period(self, case: _Case, parent: Above | None) -> Period | None:
        each = case.entry
        found = self._named(each) if each.period else self._unnamed(each, parent)
        if found is None and case.under and not each.period:
            return None
        if found is None:
            said = f"“{each.period}” is no period that I know" if each.period else "It has no period"
            case.refuse(
                Column.PERIOD, f"{said}. Write one like Q4 2026, with a first and a last day if it is your own."
            )
        elif has_a_meaning(found.name) and not self.known.period(found.name):
            case.refuse(Column.PERIOD, f"In a list “{found.name}” means something else. Give the period another name.")
        elif found.ends < found.starts or (each.starts and each.ends and each.ends < each.starts):
            case.refuse(Column.ENDS, "It ends before it starts.")
        elif (each.starts or found.starts, each.ends or found.ends) != (found.starts, found.ends):
            days = f"from {found.starts.isoformat()} to {found.ends.isoformat()}"
            case.notes.append(f"Its own days are not kept: {found.name} goes {days}.")
        return found

    def _named(self, each: Entry) -> Period | None:
        return self.known.period(each.period) or self.own_periods.get(spelling(each.period))

    def _unnamed(self, each: Entry, parent: Above | None) -> Period | None:
        if each.starts and each.ends:
            return self.known.period_between(each.starts, each.ends)
        return self._period_of(parent) or self.known.current

    def _period_of(self, above: Above | None) -> Period | None:
        fate = self._fate_of(above)
        if isinstance(fate, NewKeyResult):
            fate = self._fate_of(fate.objective)
        return fate.period if isinstance(fate, NewObjective) else None

    def _fate_of(self, above: Above | None) -> Fate | None:
        return self.fates[above].fate if isinstance(above, int) else None

    def _is_over(self, each: Entry) -> bool:
        fate = self.fates[each.row].fate
        return isinstance(fate, LeftOut) and fate.is_over

    def _note_what_its_objective_says(self, case: _Case, parent: Above | None) -> None:
        """A key result has the cycle and the team of its objective."""
        each, objective = case.entry, self._fate_of(parent)
        if not is_measured(each):
            lost = f" Not kept: {', '.join(each.loose)[:80]}." if each.loose else ""
            case.notes.append(f"It says no target, so it is measured in percent, from 0% to 100%.{lost}")
        if each.aspirational is not None:
            case.notes.append("Whether it is committed or aspirational is said of its objective.")
        if not isinstance(objective, NewObjective):
            return
        period = self._named(each) if each.period else None
        if each.period and period != objective.period:
            case.notes.append(f"It is in the cycle of its objective, {objective.period.name}.")
        place = self.known.place(each.entities[0]) if each.entities else None
        if each.entities and place not in {(objective.level, objective.team), (Level.INDIVIDUAL, None)}:
            case.notes.append("It belongs where its objective does, not to a team of its own.")


def _is_the_same(one: Entry, other: Entry, fate: NewObjective | NewKeyResult) -> bool:
    """Whether two rows of one title mean one thing: not with references of two, nor key results of two row ids or that
    are measured otherwise.
    """
    ids = [each.id.casefold() for each in (one, other) if each.id]
    two = len(set(ids)) == 2
    if isinstance(fate, NewKeyResult):
        return not two and one.measure == other.measure
    return not (two and all(map(reference, ids)))


def _note_what_only_key_results_have(case: _Case) -> None:
    if case.entry.measure:
        case.notes.append("Its own target is not kept: an objective is measured by its key results.")
    if case.entry.weight is not None:
        case.notes.append("Its weight is not kept: key results have one.")


def _nobody(name: str) -> str:
    return f"Nobody here has the address {name[:80]}" if is_address(name) else f"I know nobody called “{name[:80]}”"


def _already(here: Reference) -> LeftOut:
    return LeftOut(f"It is here already, as {here}.", here=here)


def _judge(case: _Case, cells: MeasureCells) -> None:
    """Refuse what cannot be measured so, unless the cells were not even read."""
    try:
        measured(cells)
    except Refusal as refusal:
        if not case.wrong:
            case.refuse(Column[(refusal.field or "target").upper()], refusal.sentence)
