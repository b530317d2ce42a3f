"""What became of a key result over time: its points for a chart, and everything that happened to it in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.changes import Change, What, first_of_key_result, first_of_objective
from domain.check_ins import Update
from domain.cycles import Cycle
from domain.measures import MeasureKind
from domain.objectives import KeyResult, KeyResultId, Objective
from domain.people import MemberId

MOST_POINTS = 20
"""Slack draws no more points than this in a line."""

_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Point:
    """What a key result was at when a day had ended, and where a steady pace would have brought it."""

    day: date
    value: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True)
class Origin:
    """How a key result was set to begin with, or without one an objective: with what, in words.

    `value` is where a number stood, None where that is not known any more.
    """

    by: MemberId
    at: datetime
    title: str
    owner: str
    key_result: KeyResultId | None = None
    target: str = ""
    value: Decimal | None = None
    cycle: str = ""


Event = Update | Change | Origin
"""Something that happened."""


def when(event: Event) -> datetime:
    """The instant at which it happened."""
    return event.at


def standing(updates: Sequence[Update]) -> list[Update]:
    """The updates that nobody has taken back."""
    return [update for update in updates if update.undone_at is None]


def in_order(updates: Sequence[Update], changes: Sequence[Change], origins: Sequence[Origin] = ()) -> list[Event]:
    """Everything that happened, the latest first; whatever was set comes before all else of that instant."""
    return sorted([*reversed(updates), *reversed(changes), *origins], key=when, reverse=True)


def set_at_first(objective: Objective, changes: Sequence[Change], by: MemberId, at: datetime) -> Origin:
    """How an objective was set, which all its changes (oldest first) were made to since."""
    then = first_of_objective(objective, changes, at)
    return Origin(by, at, then[What.TITLE], then[What.OWNER], cycle=then[What.CYCLE])


def measured_at_first(
    kr: KeyResult, changes: Sequence[Change], updates: Sequence[Update], by: MemberId, at: datetime
) -> Origin:
    """The same of a key result; where it stood is not known once its measure is of another kind."""
    then = first_of_key_result(kr, changes, at)
    first = next((update.previous for update in updates if update.key_result == kr.id), kr.measure.current)
    is_known = kr.measure.kind.is_number and then[What.MEASURE] == kr.measure.kind
    return Origin(by, at, then[What.TITLE], then[What.OWNER], kr.id, then[What.TARGET], first if is_known else None)


def measured_otherwise_since(kr: KeyResult, at: datetime, events: Sequence[Event]) -> bool:
    """Whether another kind of measure, or other milestones, were chosen for it after an instant."""
    kinds = {What.MEASURE, What.TARGET} if kr.measure.milestones else {What.MEASURE}
    return any(
        isinstance(each, Change) and each.key_result == kr.id and each.what in kinds and each.at > at for each in events
    )


def is_first_measure(update: Update, kr: KeyResult | None, events: Sequence[Event]) -> bool:
    """Whether an update gave the first value to what was only to be measured: until then there was none to move."""
    if kr is None or update.value == update.previous:
        return False
    others = [each for each in events if isinstance(each, Change) and each.key_result == kr.id]
    later = [each for each in others if each.what is What.MEASURE and each.at >= update.at]
    kind = min(later, key=when).before if later else kr.measure.kind
    earlier = (each for each in events if isinstance(each, Update) and each.key_result == kr.id)
    return kind == MeasureKind.BASELINE and not any(
        each.value != each.previous and each.at < update.at and not (each.undone_at and each.undone_at <= update.at)
        for each in earlier
    )


def points(kr: KeyResult, cycle: Cycle, updates: Sequence[Update], today: date) -> list[Point]:
    """The values of a key result on up to twenty days, evenly spread from the day it was set until today.

    Of a cycle that is over they end with its last day, or with what was still said of it while it was closing.
    """
    kept = standing(updates)
    begins = max(cycle.period.starts, min([kr.created_at.date(), *(update.at.date() for update in kept)]))
    last = min(today, max([cycle.period.ends, *(update.at.date() for update in kept)]))
    days = _spread(min(begins, last), last)
    first = kept[0].previous if kept else kr.measure.current
    values = [first] if len(days) > 1 else [_value_on(days[0], first, kept)]
    values += [_value_on(day, first, kept) for day in days[1:]]
    return [Point(day, value, _expected(kr, cycle, begins, day)) for day, value in zip(days, values, strict=True)]


def sparkline(values: Sequence[Decimal]) -> str:
    """Values as a line of bars, the lowest of them the lowest bar: "▁▂▅█"."""
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    if low == high:
        return _BARS[0] * len(values)
    return "".join(_BARS[int((value - low) / (high - low) * (len(_BARS) - 1))] for value in values)


def _spread(first: date, last: date) -> list[date]:
    """At most twenty days from the first to the last, a week apart where that is enough."""
    apart = max(7, -(-(last - first).days // (MOST_POINTS - 1)))
    days = [first + timedelta(days=n) for n in range(0, (last - first).days, apart)]
    return [*days, last]


def _value_on(day: date, first: Decimal, updates: Sequence[Update]) -> Decimal:
    return next((update.value for update in reversed(updates) if update.at.date() <= day), first)


def _expected(kr: KeyResult, cycle: Cycle, begins: date, day: date) -> Decimal:
    goal = kr.measure.way_in if kr.measure.kind.is_kept else kr.measure.target
    if goal is None:
        return kr.measure.target
    part = Decimal(str(cycle.elapsed(day + timedelta(days=1), begins)))
    return kr.measure.start + (goal - kr.measure.start) * part
