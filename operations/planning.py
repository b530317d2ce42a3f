"""What falls due: planned for everybody whose clock shows the same, in a few statements."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.cycles import Cycle, Period, meant_among, quarter, quarter_after
from domain.landmarks import passed
from domain.people import Member, MemberId, WorkspaceId
from domain.policy import Policy
from domain.schedules import Schedule, current, following, local_day
from storage import cycles, people, planning, policy, schedules
from storage.database import Session

STILL_WELCOME = timedelta(hours=36)
"""A prompt that could not be sent within this time after it fell due is not sent at all; the Home still shows it."""


def plan(session: Session, now: datetime, at_most: int = 10) -> int:
    """Open and announce every check-in that has fallen due; for how many zones. Planning twice changes nothing."""
    waiting = schedules.due(session, now, at_most)
    for workspace, schedule, zone in waiting:
        _open(session, workspace, schedule, zone, now)
        schedules.keep_due(session, workspace, schedule.id, zone, following(schedule, zone, now).opens)
    return len(waiting)


def next_due(session: Session) -> datetime | None:
    """The next instant at which anything falls due."""
    return schedules.next_due(session)


def follow(session: Session, workspace: WorkspaceId, moved: Sequence[Member], now: datetime) -> None:
    """Plan for people in the zones they have moved to, even if this week's hour has passed there."""
    schedule = schedules.schedule(session, workspace)
    if schedule is None or not moved:
        return
    start(session, workspace, schedule, {member.zone for member in moved}, now)
    for member in moved:
        _open(session, workspace, schedule, member.zone, now, member.id)


def start(session: Session, workspace: WorkspaceId, schedule: Schedule, zones: set[str], now: datetime) -> None:
    """Begin to plan a schedule in the zones where it is not planned yet."""
    for zone in schedules.zones_without(session, schedule.id, zones):
        opened = current(schedule, zone, now)
        first = opened if opened and opened.opens + STILL_WELCOME > now else following(schedule, zone, now)
        schedules.keep_due(session, workspace, schedule.id, zone, first.opens)


def open_cycles(session: Session, now: datetime) -> None:
    """Open this quarter's cycle, and when it is time to plan it the next one's, wherever it is wanted and missing."""
    for workspace in people.workspaces(session):
        open_cycle(session, workspace, local_day(now, policy.policy(session, workspace).zone))


def open_cycle(session: Session, workspace: WorkspaceId, day: date) -> Cycle:
    """The workspace's cycle of that day, the quarter opened if it was not, and the next once it is being planned."""
    rules = policy.policy(session, workspace)
    if rules.quarters:
        period = quarter(day)
        its = opened(session, workspace, period, rules).period
        if day > min(its.ends, period.ends) - timedelta(weeks=rules.planning_weeks):
            opened(session, workspace, quarter_after(period), rules)
    return current_cycle(session, workspace, day)


def opened(session: Session, workspace: WorkspaceId, period: Period, rules: Policy) -> Cycle:
    """The workspace's cycle of that period, opened if it was not; it is scored for as long as the policy says."""
    closing = min(timedelta(days=rules.closing_days), date.max - period.ends)
    return cycles.opened(session, workspace, period, period.ends + closing)


def current_cycle(session: Session, workspace: WorkspaceId, day: date) -> Cycle:
    """The cycle that people mean on that day: the quarter where quarters open by themselves and it runs or was never
    opened, else the shortest that runs; the quarter, however it stands, where none does.
    """
    running, usual = cycles.running(session, workspace, day), quarter(day)
    quarters = policy.policy(session, workspace).quarters
    found = meant_among(running, day, quarters)
    if found and (found.name == usual.name or not quarters):
        return found
    its = cycles.found(session, workspace, usual)
    return found if found and its.is_opened else its


def asked(session: Session, workspace: WorkspaceId, rules: Policy, now: datetime) -> planning.Asked:
    """Everybody who is asked to check in: owners of key results in an open cycle, in the pilot teams if any."""
    return planning.Asked(workspace, local_day(now, rules.zone), rules.pilot_teams)


def _open(
    session: Session,
    workspace: WorkspaceId,
    schedule: Schedule,
    zone: str,
    now: datetime,
    member: MemberId | None = None,
) -> None:
    occurrence = current(schedule, zone, now)
    if occurrence is None:
        return
    rules = policy.policy(session, workspace)
    open_cycle(session, workspace, occurrence.day)
    whom = planning.Asked(workspace, occurrence.day, rules.pilot_teams, zone, member)
    planning.open_for(session, whom, schedule, occurrence)
    passed("mid plan")
    planning.prompt_for(session, whom, schedule, occurrence, occurrence.opens + STILL_WELCOME, now)
    planning.close_prompts(session, whom, schedule, occurrence, now)
    planning.show_homes_of(session, whom, now)
