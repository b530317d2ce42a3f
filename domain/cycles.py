"""Cycles: the stretch of time that a set of objectives is for. A quarter, unless somebody says otherwise."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from domain.errors import Refusal
from domain.references import reference
from domain.words import required

CycleId = NewType("CycleId", int)

CLOSING = timedelta(days=14)
"""How long after its last day a cycle can still be scored, unless the policy says otherwise."""


LONGEST = timedelta(days=731)
"""Two years: whatever takes longer is no cycle."""

DEEDS = ("edit", "remove")
"""What can be typed before the name of a cycle, so that no cycle is called so."""


class CycleState(StrEnum):
    """Where a cycle stands; what is in a closed one can be read and no longer changed."""

    PLANNING = "planning"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days, first and last included."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class CycleDraft:
    """A cycle as somebody would like it; `alone` are the fields that were left as they were drawn."""

    name: str
    first: date | None
    last: date | None
    alone: frozenset[str] = frozenset()


BACKLOG = Period("Backlog", date.max, date.max)
"""Where objectives wait that are for no cycle yet: a period that never begins."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period that objectives belong to.

    It is scored until the end of `closes`, or until somebody has closed it by hand; `closing` where somebody has begun
    to close it before its last day.
    """

    id: CycleId
    period: Period
    closes: date | None = None
    closing: bool = False
    closed: bool = False

    @property
    def name(self) -> str:
        """The cycle as people say it: "Q4 2026"."""
        return self.period.name

    @property
    def is_opened(self) -> bool:
        """Whether it is kept anywhere: a quarter that nobody has put anything into yet may not be."""
        return bool(self.id)

    @property
    def is_backlog(self) -> bool:
        """Whether it is where objectives wait that are for no cycle yet."""
        return self.period == BACKLOG

    def state(self, today: date) -> CycleState:
        """Planning until its first day, active until its last, then closing, and closed by hand or after a while."""
        if self.closed or today > self.scored_until:
            return CycleState.CLOSED
        if self.closing or today > self.period.ends:
            return CycleState.CLOSING
        return CycleState.PLANNING if today < self.period.starts else CycleState.ACTIVE

    def is_closed(self, today: date) -> bool:
        """Whether what is in it can be read but no longer changed."""
        return self.state(today) is CycleState.CLOSED

    def is_over(self, today: date) -> bool:
        """Whether nothing new is for it any more: it is only scored, or closed."""
        return self.state(today) in {CycleState.CLOSING, CycleState.CLOSED}

    def is_near(self, today: date, weeks: int) -> bool:
        """Whether it is time to plan it: it begins within so many `weeks`, or has begun."""
        return not self.is_backlog and self.period.starts - today <= timedelta(weeks=weeks)

    @property
    def scored_until(self) -> date:
        """The last day on which it can be scored."""
        if self.closes:
            return self.closes
        return self.period.ends + min(CLOSING, date.max - self.period.ends)

    def elapsed(self, today: date, since: date | None = None) -> float:
        """The part of the cycle that has passed at the start of `today`, 0.0-1.0; of what was left of it on `since`.

        Of what was set when it was over all has passed.
        """
        if today > self.period.ends:
            return 1.0
        begins = max(since or self.period.starts, self.period.starts)
        days = max((self.period.ends - begins).days + 1, 1)
        return min(max((today - begins).days / days, 0.0), 1.0)


NONE_RUNS = "No cycle runs just now. An OKR champion or an admin opens one: `/okr cycles`, then *New cycle*."
"""What to say where cycles are only opened by hand, and nobody has opened one for today."""


def none_runs(current: Cycle, quarters: bool) -> bool:
    """Whether no cycle runs: the current one was never opened, and `quarters` do not open by themselves."""
    return not (current.is_opened or quarters)


def shortest(cycles: Iterable[Cycle]) -> Cycle | None:
    """The one that people mean where several run at once: the shortest, and of those the earliest."""
    each = [(cycle.period.ends - cycle.period.starts, cycle.period.starts, cycle.id, cycle) for cycle in cycles]
    return min(each, key=lambda row: row[:3])[3] if each else None


def meant_among(cycles: Iterable[Cycle], day: date, quarters: bool) -> Cycle | None:
    """The one that people mean of those that run on a day: its quarter, where `quarters` are usual and it is one of
    them; else the shortest.
    """
    each, this = list(cycles), quarter(day)
    usual = [cycle for cycle in each if cycle.name == this.name] if quarters else []
    return shortest(usual or each)


def quarter(day: date) -> Period:
    """The calendar quarter that a day falls in."""
    number = (day.month - 1) // 3 + 1
    _, last_day = monthrange(day.year, 3 * number)
    return Period(f"Q{number} {day.year}", date(day.year, 3 * number - 2, 1), date(day.year, 3 * number, last_day))


def named_quarter(typed: str) -> Period | None:
    """The quarter that a phrase such as "Q4 2026" or "2026 q4" names, if it names one."""
    match = re.fullmatch(r"q([1-4])[ -]?(\d{4})|(\d{4})[ -]?q([1-4])", typed.strip(), re.IGNORECASE)
    if not match:
        return None
    number, year = int(match[1] or match[4]), int(match[2] or match[3])
    return quarter(date(year, 3 * number, 1)) if year else None


def meant_quarter(typed: str, today: date) -> Period | None:
    """The same, of this year where none is named: "Q1"."""
    return named_quarter(typed) or named_quarter(f"{typed} {today.year:04}")


def quarter_after(period: Period) -> Period:
    """The calendar quarter after a period; raises `Refusal` where no calendar goes on."""
    if period.ends == date.max:
        raise Refusal(f"Nothing comes after {period.name}.")
    return quarter(period.ends + timedelta(days=1))


def goes_on_in(period: Period, among: Iterable[Period]) -> Period | None:
    """The one of these in which what was for a period goes on: that begins the soonest after its end, and of those
    the one that is most nearly as long.
    """
    later = [each for each in among if each.starts > period.ends]
    long = period.ends - period.starts
    return min(later, key=lambda each: (each.starts, abs(each.ends - each.starts - long)), default=None)


def custom(name: str, first: date | None, last: date | None, taken: Iterable[str], quarters: bool) -> Period:
    """A period of somebody's own; it may overlap others. Raises `Refusal` beside the field that is wrong.

    Its name must not be among those `taken`, nor that of a quarter where `quarters` open by themselves.
    """
    return Period(free_name(name, taken, quarters), *days_between(first, last))


def free_name(name: str, taken: Iterable[str], quarters: bool) -> str:
    """The name that somebody typed, on one line, if a cycle can be called so; raises `Refusal`."""
    called = required(" ".join(name.split()), "name", "Give the cycle a name, such as “Spring 2027”.", at_most=40)
    if called.casefold() in {each.casefold() for each in (*taken, BACKLOG.name)}:
        raise Refusal(f"There is a cycle called {called} already. Choose another name.", "name")
    if quarters and named_quarter(called):
        raise Refusal(f"{called} is a calendar quarter, which opens by itself. Choose another name.", "name")
    if meant := _means_something_else(called):
        raise Refusal(
            f"Where somebody types {called} they mean {meant}. Add a word to it: “The {called} plan”.", "name"
        )
    return called


def _means_something_else(called: str) -> str:
    if reference(called):
        return "an objective or a key result"
    if re.fullmatch(r"\d{4}", called):
        return "everything in that year"
    return "to change a cycle" if called.casefold().split()[0] in DEEDS else ""


def days_between(first: date | None, last: date | None, beside: str = "last") -> tuple[date, date]:
    """The first and the last day, if a cycle can have these; raises `Refusal`, for how they lie `beside` that field."""
    if first is None or last is None:
        raise Refusal("Choose a first and a last day.", "last" if first else "first")
    if last < first:
        raise Refusal("The last day comes before the first. Change one of them.", beside)
    if last - first >= LONGEST:
        raise Refusal("That is longer than two years. A cycle that long is hard to steer by; make it shorter.", beside)
    return first, last


class Step(StrEnum):
    """What somebody may do about a cycle's state by hand, as people read it after "You cannot"."""

    BEGIN = "begin to close"
    CLOSE = "close"
    REOPEN = "reopen"


_STEPS = {
    CycleState.PLANNING: (),
    CycleState.ACTIVE: (Step.BEGIN,),
    CycleState.CLOSING: (Step.CLOSE,),
    CycleState.CLOSED: (),
}


def steps(cycle: Cycle, today: date) -> tuple[Step, ...]:
    """What can be done by hand about where a cycle stands: what was closed by hand can be opened while it is scored."""
    if cycle.is_backlog or not cycle.is_opened:
        return ()
    by_hand = cycle.closed or (cycle.closing and today <= cycle.period.ends)
    reopening = (Step.REOPEN,) if by_hand and today <= cycle.scored_until else ()
    return (*_STEPS[cycle.state(today)], *reopening)


def can(step: Step, cycle: Cycle, today: date) -> None:
    """Raise `Refusal`, saying where the cycle stands, unless that can be done about it now."""
    if step in steps(cycle, today):
        return
    stands = "is the backlog" if cycle.is_backlog else f"is {cycle.state(today)}"
    late = f" It could be scored until {cycle.scored_until:%-d %B %Y}." if step is Step.REOPEN else ""
    raise Refusal(f"{cycle.name} {stands}, so there is nothing to {step}.{late}")
