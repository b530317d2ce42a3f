"""Adjusting cycles: another name or other days, who gave it those, and cycles that are removed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from domain import adjusting as rules_for
from domain.adjusting import Held, Part, adjusted, can_be_adjusted, can_be_removed, closes_then
from domain.changes import Change, What
from domain.cycles import Cycle, CycleDraft, CycleId, Period
from domain.left_alone import by_then, pointing_out
from domain.objectives import Stage, readable
from domain.people import Member
from domain.schedules import instant
from operations import cycles, moving, people, planning, retrospectives, sight
from operations.cycles import Standing
from storage import adjusting, changes, policy
from storage import cycles as kept
from storage import objectives as known
from storage import planning as plans
from storage import retrospectives as talks
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Adjustable:
    """A cycle of which something can change, as of this day."""

    cycle: Cycle
    today: date


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A cycle as it was and where it stands now."""

    before: Cycle
    standing: Standing


def to_adjust(session: Session, who: Member, which: str | CycleId, now: datetime) -> Adjustable:
    """The cycle of that name or id, or without a name the current one, if this person may change something of it."""
    cycles.may_run(session, who)
    today = sight.today(session, who, now)
    cycle = cycles.the_cycle(session, who, which, today)
    can_be_adjusted(cycle, today)
    return Adjustable(cycle, today)


def adjust(session: Session, who: Member, id: CycleId, draft: CycleDraft, now: datetime) -> Adjusted:
    """Give a cycle another name or other days; what time asks for follows them, and what was planned for others is off.

    Raises `Refusal` beside the field that cannot be so by now.
    """
    found = to_adjust(session, who, id, now)
    cycle, today = found.cycle, found.today
    taken = [each.name for each in kept.all_of(session, who.workspace) if each.id != cycle.id]
    shown = CycleDraft(cycle.name, cycle.period.starts, cycle.period.ends)
    with pointing_out(draft, shown, (Part.FIRST, Part.LAST)):
        quarters = policy.policy(session, who.workspace).quarters
        period = adjusted(cycle, by_then(draft, shown), today, taken, quarters, _said_from(session, who, cycle))
    if period.name != cycle.name:
        cycles.can_be_asked_for(session, who, period.name)
        retrospectives.show_again(session, who.workspace, cycle, now)
    if period != cycle.period:
        _become(session, who, cycle, period, now)
    return Adjusted(cycle, cycles.standing(session, who, id, now))


def remove(session: Session, who: Member, which: str | CycleId, now: datetime) -> Cycle:
    """Remove a cycle that has not begun and holds nothing; what was put away in it waits in the backlog."""
    quarters, today = cycles.may_run(session, who), sight.today(session, who, now)
    cycle = cycles.the_cycle(session, who, which, today)
    can_be_removed(cycle, today, quarters, _held(session, who, cycle))
    _keep_archived(session, who, cycle, now)
    adjusting.remove(session, who.workspace, cycle)
    people.refresh_homes(session, who.workspace, {who.id}, now)
    return cycle


def _said_from(session: Session, who: Member, cycle: Cycle) -> date | None:
    """The day of the first check-in in the cycle since it began."""
    zone = policy.policy(session, who.workspace).zone
    said = adjusting.first_said(session, who.workspace, cycle.id, instant(cycle.period.starts, time(0), zone))
    return sight.today(session, who, said) if said else None


def _become(session: Session, who: Member, cycle: Cycle, period: Period, now: datetime) -> None:
    """Keep it with who did it, and show it to those whose work runs in a cycle, before this or from now on."""
    _show_homes(session, who, now)
    adjusting.adjust(session, who.workspace, replace(cycle, period=period, closes=closes_then(cycle, period.ends)))
    adjusting.record(session, who.workspace, *rules_for.changes(cycle, period, who.id, now))
    _show_homes(session, who, now)


def _show_homes(session: Session, who: Member, now: datetime) -> None:
    rules = policy.policy(session, who.workspace)
    people.refresh_homes(session, who.workspace, {who.id}, now)
    plans.show_homes_of(session, planning.asked(session, who.workspace, rules, now), now)


def _held(session: Session, who: Member, cycle: Cycle) -> Held:
    """What is in the cycle; of what this person may not read only that it is there."""
    if not cycle.is_opened or cycle.is_backlog:
        return Held()
    inside = known.in_cycle(session, who.workspace, cycle.period)
    seen = [each for each in inside if readable(who, each)]
    agreed = sum(each.stage is Stage.AGREED for each in seen)
    talked = bool(talks.of(session, who.workspace, cycle.id))
    return Held(agreed, len(seen) - agreed, len(seen) < len(inside), talked)


def _keep_archived(session: Session, who: Member, cycle: Cycle, now: datetime) -> None:
    """Let what was archived in the cycle be in the backlog from now on, so that it can still be brought back."""
    put_away = known.in_cycle(session, who.workspace, cycle.period, archived=True)
    if put_away:
        to = moving.backlog(session, who.workspace)
        adjusting.put_into(session, who.workspace, cycle, to)
        why = f"{cycle.name} was removed"
        each = [Change(one.id, What.CYCLE, cycle.name, to.name, who.id, now, None, why) for one in put_away]
        changes.record(session, who.workspace, *each)
