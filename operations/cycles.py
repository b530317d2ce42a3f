"""Cycles: where they stand, opened and closed by the clock or by hand, and objectives moved from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.changes import Change, What
from domain.cycles import (
    BACKLOG,
    COUNTDOWN,
    FRESH,
    Cycle,
    CycleId,
    CycleState,
    Mark,
    Step,
    can,
    custom,
    marks,
    named_quarter,
    quarter,
    quarter_after,
)
from domain.errors import NotFound, Refusal
from domain.home import Planned, Season
from domain.objectives import Objective, ObjectiveId, Stage, readable
from domain.people import Member, WorkspaceId
from domain.permissions import Verb, allow
from domain.policy import Policy
from domain.references import Reference
from domain.schedules import instant, local_day
from domain.vocabulary import has_a_meaning
from operations import objectives, people, planning, retrospectives
from storage import changes, closings, cycles, policy, teams
from storage import objectives as known
from storage.database import Session

AT = time(9, 0)
"""The hour, in the workspace's zone, at which Cairn speaks of cycles."""


@dataclass(frozen=True, slots=True)
class CycleDraft:
    """A cycle as somebody would like it."""

    name: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a cycle stands, and how many of its objectives this person may read.

    `planned` is how far its planning has come while it is planned, and that of the next one while it runs.
    """

    who: Member
    today: date
    cycle: Cycle
    drafted: int = 0
    agreed: int = 0
    without_key_results: int = 0
    scored: int = 0
    planned: Planned | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """Every cycle of the workspace, the latest first."""

    who: Member
    today: date
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class Movable:
    """An objective, and the names of the cycles that it can be moved to or carried into; `next` is the likeliest."""

    who: Member
    objective: Objective
    destinations: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An objective that was moved, and the cycle that it was in before."""

    found: objectives.Found
    before: Cycle


# reading


def standing(session: Session, who: Member, which: str | CycleId, now: datetime) -> Standing:
    """The cycle of that name or id, or without a name the current one; raises `NotFound`."""
    today = objectives.today(session, who, now)
    return _standing(session, who, _the_cycle(session, who, which, today), today)


def every(session: Session, who: Member, now: datetime) -> Every:
    """All cycles, with what somebody needs to know where each stands."""
    return Every(who, objectives.today(session, who, now), tuple(cycles.all_of(session, who.workspace)))


def season(session: Session, who: Member, day: date) -> Season:
    """What the cycles ask of somebody on this day."""
    near = cycles.not_over(session, who.workspace, day)
    coming = _coming(near, day)
    closing = [cycle for cycle in near if cycle.state(day) is CycleState.CLOSING]
    awaited = closings.awaited(session, who.workspace, [cycle.id for cycle in closing], [who.id])
    planned_now = planned(session, who.workspace, coming, day) if coming else None
    return Season(planned_now, tuple(closing), tuple(awaited[who.id]))


def planned(session: Session, workspace: WorkspaceId, cycle: Cycle, day: date) -> Planned:
    """How far the planning of a cycle has come: which teams have objectives in it that everybody may know of."""
    teams = cycles.teams_in(session, workspace, cycle.id)
    return Planned(
        cycle,
        (cycle.period.starts - day).days,
        ready=tuple(name for name, has_any in teams if has_any),
        waiting=tuple(name for name, has_any in teams if not has_any),
    )


# by hand


def may_run(session: Session, who: Member) -> bool:
    """Whether quarters open by themselves here; raises `NotAllowed` unless this person may open and close cycles."""
    allow(Verb.RUN_CYCLES, who, "")
    return policy.policy(session, who.workspace).quarters


def add(session: Session, who: Member, draft: CycleDraft, now: datetime) -> Standing:
    """Open a cycle of its own name and days; it may overlap others."""
    may_run(session, who)
    rules, today = policy.policy(session, who.workspace), objectives.today(session, who, now)
    taken = [cycle.name for cycle in cycles.all_of(session, who.workspace)]
    period = custom(draft.name, draft.first, draft.last, taken, rules.quarters)
    if period.ends < today:
        raise Refusal(f"{period.ends:%-d %B %Y} is over already, so nobody could work towards it.", "last")
    _can_be_asked_for(session, who, period.name)
    return _standing(session, who, planning.opened(session, who.workspace, period, rules), today)


def _can_be_asked_for(session: Session, who: Member, name: str) -> None:
    """Raise `Refusal` for a name that would mean something else where somebody asks for a list."""
    groups = {team.name.casefold() for team in teams.all_of(session, who.workspace)}
    if has_a_meaning(name) or name.casefold() in groups:
        raise Refusal(f"In a list “{name}” means something else, or nothing. Choose another name.", "name")


def step(session: Session, who: Member, id: CycleId, step: Step, now: datetime) -> Standing:
    """Begin to close a cycle, close it or open it again, by hand."""
    may_run(session, who)
    today = objectives.today(session, who, now)
    cycle = _the_cycle(session, who, id, today)
    can(step, cycle, today)
    if step is Step.BEGIN:
        cycles.begin_closing(session, cycle, now)
        _remind(session, who.workspace, "closing begun", replace(cycle, closing=True), now)
    elif step is Step.CLOSE:
        cycles.close(session, cycle, now)
        retrospectives.begin_all(session, who.workspace, cycle, now)
    else:
        cycles.close(session, cycle, None)
        cycles.begin_closing(session, cycle, None)
    people.refresh_homes(session, who.workspace, {who.id}, now)
    return _standing(session, who, _the_cycle(session, who, id, today), today)


# moving objectives


def to_move(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Movable:
    """An objective that this person may move, and where to."""
    objective = _to_move(session, who, which, now)
    return movable(session, who, objective, objectives.today(session, who, now))


def movable(session: Session, who: Member, objective: Objective, today: date) -> Movable:
    """An objective with the cycles that are not closed and that it is not in."""
    rules = policy.policy(session, who.workspace)
    open_now = [each for each in cycles.not_over(session, who.workspace, today) if not each.is_backlog]
    periods = {each.name: each.period for each in open_now}
    if rules.quarters:
        coming = quarter_after(quarter(today))
        periods |= {coming.name: coming}
    periods.pop(objective.cycle.name, None)
    ordered = sorted(periods.values(), key=lambda period: period.starts)
    after = [period.name for period in ordered if period.starts > objective.cycle.period.starts]
    backlog = () if objective.cycle.is_backlog else (BACKLOG.name,)
    names = (*(period.name for period in ordered), *backlog)
    return Movable(who, objective, names, next(iter((*after, *names)), BACKLOG.name))


def move(session: Session, who: Member, which: Reference | ObjectiveId, to: str, now: datetime) -> Moved:
    """Move an objective into the cycle of that name, or into the backlog; closed ones neither give nor take."""
    objective = _to_move(session, who, which, now)
    target = destination(session, who, to, now)
    if target.id == objective.cycle.id:
        raise Refusal(f"{objective.ref} is in {target.name} already.", "cycle")
    known.change(session, replace(objective, cycle=target))
    said = Change(objective.id, What.CYCLE, objective.cycle.name, target.name, who.id, now)
    changes.record(session, who.workspace, said)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    return Moved(objectives.one(session, who, objective.id, now), objective.cycle)


def backlog(session: Session, workspace: WorkspaceId) -> Cycle:
    """Where objectives wait that are for no cycle yet."""
    return cycles.opened(session, workspace, BACKLOG)


def destination(session: Session, who: Member, typed: str, now: datetime) -> Cycle:
    """The cycle of that name, if it can take objectives; the quarter of today and the one after it are opened."""
    name, today = " ".join(typed.split()), objectives.today(session, who, now)
    if name.casefold() == BACKLOG.name.casefold():
        return backlog(session, who.workspace)
    found = _named(session, who.workspace, name) or _quarter(session, who.workspace, name, today)
    if found is None:
        open_now = [each.name for each in cycles.not_over(session, who.workspace, today) if not each.is_backlog]
        offered = ", ".join([*open_now, BACKLOG.name])
        raise Refusal(f"There is no cycle called “{name[:40]}” that is open. There is {offered}.", "cycle")
    if found.is_closed(today):
        raise Refusal(f"{found.name} is closed, so nothing can be moved there.", "cycle")
    return found


# by the clock


def turn(session: Session, now: datetime, at_most: int = 10) -> int:
    """Do what is due about cycles: plan the next, count down, remind, hold retrospectives; how many were looked at.

    Of what has passed only the latest is done, and only while it is fresh. Turning twice changes nothing.
    """
    waiting = cycles.due(session, now, at_most)
    for workspace, cycle in waiting:
        rules = policy.policy(session, workspace)
        each = [(instant(day, AT, rules.zone), day, mark) for day, mark in _marks(cycle, rules)]
        passed = [(day, mark) for at, day, mark in each if at <= now]
        ahead = [at for at, *_ in each if at > now]
        if passed and local_day(now, rules.zone) - passed[-1][0] <= FRESH:
            _do(session, workspace, cycle, *passed[-1], ahead, now)
        cycles.look_again(session, cycle, min(ahead, default=None))
    return len(waiting)


def next_due(session: Session) -> datetime | None:
    """The next instant at which something is due about a cycle."""
    return cycles.next_due(session)


def _do(
    session: Session, workspace: WorkspaceId, cycle: Cycle, day: date, mark: Mark, ahead: list[datetime], now: datetime
) -> None:
    today = local_day(now, policy.policy(session, workspace).zone)
    state = cycle.state(today)
    if mark is Mark.NEXT:
        planning.open_cycle(session, workspace, today)
    elif mark is Mark.COUNTDOWN and state is CycleState.PLANNING:
        days = min((n for n in COUNTDOWN if n >= (cycle.period.starts - day).days), default=COUNTDOWN[0])
        rule = "leads and champions hear when a cycle is to be planned"
        expires = min(ahead, default=now + FRESH)
        closings.count_down(session, workspace, cycle, days, rule, expires, now)
    elif mark is Mark.CLOSING and state is CycleState.CLOSING:
        _remind(session, workspace, "closing begun", cycle, now)
    elif mark is Mark.LAST_CALL and state is CycleState.CLOSING:
        _remind(session, workspace, "closing reminder", cycle, now)
    elif mark is Mark.CLOSED and state is CycleState.CLOSED:
        retrospectives.begin_all(session, workspace, cycle, now)


def _remind(session: Session, workspace: WorkspaceId, kind: str, cycle: Cycle, now: datetime) -> None:
    """Ask everybody who owns something without a score, each once; later than the last day it is of no use."""
    if not retrospectives.may_speak(session, workspace):
        return
    zone = policy.policy(session, workspace).zone
    ends = instant(min(cycle.scored_until, date.max - timedelta(days=1)) + timedelta(days=1), time(0), zone)
    rule = "owners are asked to score their objectives when a cycle closes"
    closings.remind(session, workspace, kind, cycle, rule, ends, now)


def _marks(cycle: Cycle, rules: Policy) -> list[tuple[date, Mark]]:
    return marks(cycle, timedelta(weeks=rules.planning_weeks))


def _standing(session: Session, who: Member, cycle: Cycle, today: date) -> Standing:
    found = [each for each in known.in_cycle(session, who.workspace, cycle.period) if readable(who, each)]
    agreed = [each for each in found if each.stage is Stage.AGREED]
    near = _planned_beside(session, who.workspace, cycle, today)
    return Standing(
        who=who,
        today=today,
        cycle=cycle,
        drafted=sum(each.stage in {Stage.DRAFT, Stage.PROPOSED} for each in found),
        agreed=len(agreed),
        without_key_results=sum(not each.key_results for each in agreed),
        scored=sum(each.score is not None for each in agreed),
        planned=planned(session, who.workspace, near, today) if near else None,
    )


def _planned_beside(session: Session, workspace: WorkspaceId, cycle: Cycle, today: date) -> Cycle | None:
    """The cycle itself while it is planned; the next one that is planned while it runs or closes."""
    if cycle.is_backlog or cycle.state(today) is CycleState.CLOSED:
        return None
    if cycle.state(today) is CycleState.PLANNING:
        return cycle
    return _coming(cycles.not_over(session, workspace, today), today)


def _coming(near: Sequence[Cycle], today: date) -> Cycle | None:
    """The first of these that is planned."""
    planning_now = (each for each in near if each.state(today) is CycleState.PLANNING and not each.is_backlog)
    return next(planning_now, None)


def _the_cycle(session: Session, who: Member, which: str | CycleId, today: date) -> Cycle:
    if isinstance(which, int):
        found = cycles.by_id(session, who.workspace, {which}).get(which)
    elif not which:
        return planning.current_cycle(session, who.workspace, today)
    else:
        found = _named(session, who.workspace, which)
    if found is None:
        raise NotFound("There is no such cycle here. `/okr cycles` lists them all.")
    return found


def _named(session: Session, workspace: WorkspaceId, typed: str) -> Cycle | None:
    """The cycle of that name, however it is written: a quarter's too, as in "q4-2026"."""
    meant = named_quarter(typed)
    name = (meant.name if meant else typed).casefold()
    return next((each for each in cycles.all_of(session, workspace) if each.name.casefold() == name), None)


def _quarter(session: Session, workspace: WorkspaceId, typed: str, today: date) -> Cycle | None:
    rules, meant, running = policy.policy(session, workspace), named_quarter(typed), quarter(today)
    if not rules.quarters or meant is None or meant not in (running, quarter_after(running)):
        return None
    return planning.opened(session, workspace, meant, rules)


def _to_move(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    objective = objectives.to_change(session, who, which, now)
    if objective.score is not None:
        raise Refusal(f"{objective.ref} has its score already. Carry it over instead: `/okr carry {objective.ref}`.")
    return objective
