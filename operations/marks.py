"""What the days of a cycle ask for, done by the clock."""

from datetime import date, datetime, time

from domain.cycles import Cycle, CycleState
from domain.marks import COUNTDOWN, FRESH, Mark, marks
from domain.people import WorkspaceId
from domain.schedules import instant, local_day
from operations import forgotten, planning, proposals, reminders, retrospectives
from storage import closings, cycles, policy
from storage.database import Session

AT = time(9, 0)
"""The hour, in the workspace's zone, at which Cairn speaks of cycles."""


def turn(session: Session, now: datetime, at_most: int = 10) -> int:
    """Do what is due about cycles: plan the next, count down, remind, hold retrospectives; how many were looked at.

    Of what has passed only the latest day's is done, and only while it is fresh. Turning twice changes nothing.
    """
    waiting = cycles.due(session, now, at_most)
    for workspace, cycle in waiting:
        rules = policy.policy(session, workspace)
        each = [(instant(day, AT, rules.zone), day, mark) for day, mark in marks(cycle, rules)]
        passed = [(day, mark) for at, day, mark in each if at <= now]
        ahead = [at for at, *_ in each if at > now]
        latest = passed[-1][0] if passed else date.min
        for mark in [mark for day, mark in passed if day == latest and local_day(now, rules.zone) - day <= FRESH]:
            _do(session, workspace, cycle, mark, ahead, now)
        cycles.look_again(session, cycle, min(ahead, default=None))
    return len(waiting)


def next_due(session: Session) -> datetime | None:
    """The next instant at which something is due about a cycle."""
    return cycles.next_due(session)


def _do(
    session: Session, workspace: WorkspaceId, cycle: Cycle, mark: Mark, ahead: list[datetime], now: datetime
) -> None:
    rules = policy.policy(session, workspace)
    today = local_day(now, rules.zone)
    state = cycle.state(today)
    if mark is Mark.NEXT:
        planning.open_cycle(session, workspace, today)
    elif mark is Mark.COUNTDOWN and state is CycleState.PLANNING:
        _count_down(session, workspace, cycle, today, min(ahead, default=now + FRESH), now)
    elif mark is Mark.FORGOTTEN and state is CycleState.ACTIVE:
        forgotten.ask(session, workspace, cycle, now - rules.stale_after, now)
    elif mark is Mark.CLOSING and state is CycleState.CLOSING:
        reminders.remind(session, workspace, "closing begun", cycle, now)
    elif mark is Mark.LAST_CALL and state is CycleState.CLOSING:
        reminders.remind(session, workspace, "closing reminder", cycle, now)
        reminders.tell_who_runs_it(session, workspace, cycle, now)
    elif mark is Mark.CLOSED and state is CycleState.CLOSED:
        retrospectives.begin_all(session, workspace, cycle, now)
        proposals.lapse_in(session, workspace, cycle, now)


def _count_down(
    session: Session, workspace: WorkspaceId, cycle: Cycle, today: date, expires: datetime, now: datetime
) -> None:
    left = (cycle.period.starts - today).days
    days = min((n for n in COUNTDOWN if n >= left), default=COUNTDOWN[0])
    rule = "leads and champions hear when a cycle is to be planned"
    closings.count_down(session, workspace, cycle, days, rule, expires, now)
