"""Adjusting cycles: what of one can become otherwise where it stands, and when it can be removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.cycles import Cycle, CycleDraft, CycleId, CycleState, Period, days_between, free_name, named_quarter
from domain.errors import Refusal
from domain.people import MemberId

MOST_SHOWN = 5
"""Changes of a cycle that are shown where it stands: the latest."""


class Part(StrEnum):
    """What of a cycle can change; the value is its field in the form."""

    NAME = "name"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class CycleChange:
    """One change of a cycle, from `before` to `after` in words, by a member."""

    cycle: CycleId
    part: Part
    before: str
    after: str
    by: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What is in a cycle: objectives and drafts that the asker may read, and whether there are any others.

    `talked` where a retrospective of it was begun.
    """

    objectives: int = 0
    drafts: int = 0
    others: bool = False
    talked: bool = False


def parts(cycle: Cycle, today: date) -> tuple[Part, ...]:
    """What of a cycle can change: all until its last day, its name while it closes, nothing once it is closed.

    While it closes its days stay, since people have been asked how it ended; the backlog has neither.
    """
    if cycle.is_backlog or not cycle.is_opened:
        return ()
    of_state = {CycleState.CLOSING: (Part.NAME,), CycleState.CLOSED: ()}
    return of_state.get(cycle.state(today), tuple(Part))


def can_be_adjusted(cycle: Cycle, today: date) -> None:
    """Raise `Refusal`, saying why, where nothing of the cycle can change."""
    if parts(cycle, today):
        return
    if cycle.is_backlog:
        raise Refusal("The backlog has no days, and keeps its name.")
    if not cycle.is_opened:
        raise Refusal(
            f"{cycle.name} is not open yet. It opens by itself when it is time to plan it, and can change then."
        )
    raise Refusal(f"{cycle.name} is closed, so it can be read but no longer changed.")


def adjusted(
    cycle: Cycle, draft: CycleDraft, today: date, taken: Iterable[str], quarters: bool, said_from: date | None
) -> Period:
    """The cycle's period as it is drafted; what does not differ is not asked about. Raises `Refusal` beside its field.

    `taken` are the names of the others; `said_from` is the day of the first check-in since the cycle began.
    """
    can_be_adjusted(cycle, today)
    was = cycle.period
    name = was.name if draft.name.strip() == was.name else _renamed(cycle, draft.name, taken, quarters)
    if (draft.first, draft.last) == (was.starts, was.ends):
        return Period(name, was.starts, was.ends)
    touched = Part.FIRST if draft.last == was.ends else Part.LAST
    if touched not in parts(cycle, today):
        raise Refusal(f"{was.name} is closing, so its days stay. Leave them as they are.", touched)
    first, last = days_between(draft.first, draft.last, beside=touched)
    if last < today:
        raise Refusal(f"{last:%-d %B %Y} is over already. Choose today or a later day.", Part.LAST)
    if said_from and was.starts <= said_from < first:
        raise Refusal(
            "People have checked in before that day, and what they said belongs to this cycle. Choose an earlier day.",
            Part.FIRST,
        )
    return Period(name, first, last)


def closes_then(cycle: Cycle, ends: date) -> date | None:
    """The last day for scoring a cycle that ends on that day: as long after its end as it was."""
    if cycle.closes is None:
        return None
    return date.fromordinal(min(cycle.closes.toordinal() + (ends - cycle.period.ends).days, date.max.toordinal()))


def changes(cycle: Cycle, after: Period, by: MemberId, at: datetime) -> list[CycleChange]:
    """Everything that differs between a cycle and what it becomes."""
    then, now = _told(cycle.period), _told(after)
    return [CycleChange(cycle.id, part, then[part], now[part], by, at) for part in Part if then[part] != now[part]]


def is_removable(cycle: Cycle, today: date) -> bool:
    """Whether it can be removed where it stands: it has not begun."""
    return cycle.is_opened and not cycle.is_backlog and cycle.state(today) is CycleState.PLANNING


def can_be_removed(cycle: Cycle, today: date, quarters: bool, held: Held) -> None:
    """Raise `Refusal` unless the cycle has not begun, would not open again by itself, and holds nothing."""
    if cycle.is_backlog:
        raise Refusal("The backlog stays: it is where objectives wait.")
    if not is_removable(cycle, today):
        stands = cycle.state(today) if cycle.is_opened else "not open"
        raise Refusal(f"{cycle.name} is {stands}. Only a cycle that is planned can be removed.")
    if quarters and named_quarter(cycle.name):
        raise Refusal(f"{cycle.name} is a calendar quarter and would open again by itself. {_SWITCH}")
    if inside := _inside(held):
        raise Refusal(
            f"{cycle.name} holds {inside}. Archive that first, or move it to another cycle or the backlog, as in "
            f"`/okr move O-12 to backlog`. `/okr list all {cycle.name}` shows it."
        )
    if held.others:
        raise Refusal(
            f"{cycle.name} holds what only some people may see. Whoever has something in it finds that with "
            f"`/okr list me {cycle.name}`, and can move it to another cycle or archive it."
        )
    if held.talked:
        raise Refusal(f"There is a retrospective of {cycle.name} already, so it stays.")


_SWITCH = "Say first, in `/okr settings`, that quarters do not open by themselves."


def _renamed(cycle: Cycle, typed: str, taken: Iterable[str], quarters: bool) -> str:
    name = free_name(typed, taken, quarters)
    if quarters and named_quarter(cycle.name):
        raise Refusal(f"{cycle.name} is a calendar quarter and would open again beside this. {_SWITCH}", Part.NAME)
    return name


def _told(period: Period) -> dict[Part, str]:
    return {
        Part.NAME: period.name,
        Part.FIRST: f"{period.starts:%-d %B %Y}",
        Part.LAST: f"{period.ends:%-d %B %Y}",
    }


def _inside(held: Held) -> str:
    each = ((held.objectives, "objective", "objectives"), (held.drafts, "draft or proposal", "drafts and proposals"))
    return " and ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in each if number)
