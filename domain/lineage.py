"""Lineage: which row stands above which, and what that makes of each.

A row is above another by its row id, by the reference of something that is already here (O-12), or by a title that only
one row has. Of several parents the first is the one that counts.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from domain.columns import Column
from domain.entries import NUMBERS, Entry, Problem, RowType
from domain.references import Prefix, Reference, reference

Above = int | Reference
"""The place of an entry among the others, or something that is already here."""


_OF_A_MEASURE = {*NUMBERS, Column.KIND, Column.UNIT, Column.MILESTONES} - {Column.WEIGHT}


@dataclass(frozen=True, slots=True)
class Lineage:
    """For each entry what is above it, what it is, and what is wrong; `order` puts each after what is above it."""

    above: Sequence[Above | None]
    types: Sequence[RowType]
    order: Sequence[int]
    problems: Mapping[int, Problem]
    notes: Mapping[int, tuple[str, ...]]


@dataclass(slots=True)
class _Names:
    """What a word in a Parent column can mean."""

    entries: Sequence[Entry]
    standing: Collection[Reference]
    ids: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, each in enumerate(self.entries):
            if each.id:
                self.ids.setdefault(each.id.casefold(), at)
        often = Counter(each.title.casefold() for each in self.entries)
        places = {each.title.casefold(): at for at, each in enumerate(self.entries)}
        self.titles = {name: at for name, at in places.items() if name and often[name] == 1}

    def meant(self, word: str) -> Above | None:
        """What is meant, if anything is."""
        at = self.ids.get(word.casefold())
        if at is not None:
            return at
        named = reference(word)
        return named if named in self.standing else self.titles.get(word.casefold())


def lineage(entries: Sequence[Entry], standing: Collection[Reference]) -> Lineage:
    """What stands above each entry; `standing` is what is already here and can stand above one."""
    names = _Names(entries, standing)
    problems = _same_ids(entries, names.ids)
    above: list[Above | None] = [None] * len(entries)
    for at, each in enumerate(entries):
        if each.parents:
            above[at] = names.meant(each.parents[0])
            if above[at] is None:
                problems.setdefault(at, Problem(f"There is no row “{each.parents[0][:40]}”.", Column.PARENT))
    for circle in _circles(above):
        rows = ", ".join(str(entries[at].row) for at in sorted(circle)[:5])
        by_way_of = f", by way of rows {rows}" if len(circle) > 1 else ""
        for at in circle:
            above[at] = None
            problems[at] = Problem(f"It is above itself{by_way_of}.", Column.PARENT)
    order = _downwards(above)
    return Lineage(above, _types(entries, above, order), order, problems, _notes(entries))


def _same_ids(entries: Sequence[Entry], ids: Mapping[str, int]) -> dict[int, Problem]:
    later = ((at, ids[each.id.casefold()]) for at, each in enumerate(entries) if each.id)
    return {
        at: Problem(f"Row {entries[first].row} has this Row ID too.", Column.ROW_ID)
        for at, first in later
        if at != first
    }


def _circles(above: Sequence[Above | None]) -> list[set[int]]:
    """Every circle of entries that stand above each other; one entry is in one circle at most."""
    seen: dict[int, int] = {}
    circles = []
    for begin in range(len(above)):
        path: list[int] = []
        at: Above | None = begin
        while isinstance(at, int) and at not in seen:
            seen[at] = begin
            path.append(at)
            at = above[at]
        if isinstance(at, int) and seen[at] == begin and at in path:
            circles.append(set(path[path.index(at) :]))
    return circles


def _downwards(above: Sequence[Above | None]) -> list[int]:
    """The entries in such an order that each comes after the one above it."""
    below: dict[Above | None, list[int]] = {}
    for at, each in enumerate(above):
        below.setdefault(each if isinstance(each, int) else None, []).append(at)
    order = list(below.get(None, []))
    for at in order:
        order.extend(below.get(at, []))
    return order


def _types(entries: Sequence[Entry], above: Sequence[Above | None], order: Sequence[int]) -> list[RowType]:
    """What each entry is: what it says, or a key result where it is measured and under something.

    One that has key results under it is an objective, also where it has a target of its own.
    """
    types = [each.type or RowType.OBJECTIVE for each in entries]
    has_key_results: set[int] = set()
    for at in reversed(order):
        each, parent = entries[at], above[at]
        if each.type is None and at not in has_key_results and is_measured(each) and parent is not None:
            types[at] = RowType.KEY_RESULT
        if types[at] is RowType.KEY_RESULT and isinstance(parent, int):
            has_key_results.add(parent)
    return types


def is_measured(entry: Entry) -> bool:
    """Whether a row says how it is measured, also where that cannot be read."""
    tried = {problem.column for problem in entry.problems}
    return entry.measure is not None or bool(tried & _OF_A_MEASURE)


def _notes(entries: Sequence[Entry]) -> dict[int, tuple[str, ...]]:
    several = ((at, each.parents[1:]) for at, each in enumerate(entries) if len(each.parents) > 1)
    return {at: (f"Also under {', '.join(rest)[:80]}, which is not kept: one parent each.",) for at, rest in several}


def is_key_result(above: Above | None) -> bool:
    """Whether what stands above is a key result that is already here."""
    return isinstance(above, Reference) and above.prefix is Prefix.KEY_RESULT
