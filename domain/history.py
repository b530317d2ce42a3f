"""What became of a key result over time: its points for a chart, and everything that happened to it in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.changes import Change, What, first_of_key_result, first_of_objective
from domain.check_ins import Update
from domain.cycles import Cycle
from domain.measures import Measure, MeasureKind
from domain.objectives import KeyResult, KeyResultId, Objective
from domain.people import MemberId

MOST_POINTS = 20
"""Slack draws no more points than this in a line."""

FLAT = Decimal("0.25")
"""Values that keep to less than this upper part of a chart can hardly be told from each other."""

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
    """The same of a key result; where it stood is not known once its measure is of another kind, or was meanwhile."""
    then = first_of_key_result(kr, changes, at)
    first = next((update.previous for update in updates if update.key_result == kr.id), kr.measure.current)
    stayed = then[What.MEASURE] == kr.measure.kind and measured_since(kr, changes) is None
    is_known = kr.measure.kind.is_number and stayed
    aim = (
        "done or not" if then[What.MEASURE] == MeasureKind.DONE else then[What.TARGET]
    )  # "done" would read as if it was
    return Origin(by, at, then[What.TITLE], then[What.OWNER], kr.id, aim, first if is_known else None)


def measured_otherwise_since(kr: KeyResult, at: datetime, events: Sequence[Event]) -> bool:
    """Whether another kind of measure was chosen for it after an instant."""
    return any(
        isinstance(each, Change) and each.key_result == kr.id and each.what is What.MEASURE and each.at > at
        for each in events
    )


def measured_since(kr: KeyResult, events: Iterable[Event]) -> datetime | None:
    """When its value began anew because it was measured in another way from then on; None where it never did."""
    anew = (each for each in events if isinstance(each, Change) and each.what is What.VALUE)
    return max((each.at for each in anew if each.key_result == kr.id), default=None)


def comparable(kr: KeyResult, events: Sequence[Event]) -> list[Update]:
    """The updates of it that stand and whose values say something in its measure of today, in their order."""
    since = measured_since(kr, events)
    said = standing([each for each in events if isinstance(each, Update) and each.key_result == kr.id])
    return [each for each in said if kr.measure.reads(each.out_of) and (since is None or each.at >= since)]


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


def points(kr: KeyResult, cycle: Cycle, events: Sequence[Event], today: date) -> list[Point]:
    """The values of a key result on up to twenty days, evenly spread from the day it was set until today.

    Where its value began anew they begin there. Of a cycle that is over they end with its last day, or with what was
    still said of it while it was closing.
    """
    kept, since = comparable(kr, events), measured_since(kr, events)
    set_on = since.date() if since else min([kr.created_at.date(), *(update.at.date() for update in kept)])
    begins = max(cycle.period.starts, set_on)
    last = min(today, max([cycle.period.ends, *(update.at.date() for update in kept)]))
    days = _spread(min(begins, last), last)
    first = kept[0].previous if kept else kr.measure.current
    values = [first] if len(days) > 1 else [_value_on(days[0], first, kept)]
    values += [_value_on(day, first, kept) for day in days[1:]]
    return [Point(day, value, _expected(kr, cycle, begins, day)) for day, value in zip(days, values, strict=True)]


def lies_flat(measure: Measure, points: Sequence[Point]) -> bool:
    """Whether its values, drawn from 0 on as Slack draws them, would lie on each other: a way far away from 0."""
    if not measure.kind.is_way:
        return False
    drawn = [measure.start, measure.target, *(each for point in points for each in (point.value, point.expected))]
    low, high = min(drawn), max(drawn)
    return low * high > 0 and high - low < max(abs(low), abs(high)) * FLAT


def along(measure: Measure, points: Sequence[Point]) -> list[Point]:
    """The same in percent of the way from its start to its target, neither held within 0 nor within 100."""

    def part(value: Decimal) -> Decimal:
        return round(measure.at(value).reach * 100, 1)

    return [Point(point.day, part(point.value), part(point.expected)) for point in points]


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
