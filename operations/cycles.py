"""Cycles: where they stand, opened and closed by the clock or by hand, and objectives moved from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.adjusting import MOST_SHOWN, CycleChange
from domain.closing import awaits_a_score
from domain.cycles import (
    BACKLOG,
    NONE_RUNS,
    Cycle,
    CycleDraft,
    CycleId,
    CycleState,
    Step,
    can,
    custom,
    meant_quarter,
    none_runs,
    quarter,
    quarter_after,
)
from domain.errors import NotFound, Refusal
from domain.home import Planned, Season
from domain.objectives import Heading, Stage, readable
from domain.people import Member, WorkspaceId
from domain.permissions import Verb, allow
from domain.vocabulary import has_a_meaning
from operations import finding, people, planning, proposals, reminders, retrospectives, sight
from storage import adjusting, closings, cycles, policy, teams
from storage import objectives as known
from storage import people as members
from storage.cycles import UNOPENED
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a cycle stands, and how many of its objectives this person may read.

    `planned` is how far its planning has come while it is planned, and that of the next one while it runs. `changes`
    are the latest of it, the last first, each with who made it.
    """

    who: Member
    today: date
    cycle: Cycle
    drafted: int = 0
    agreed: int = 0
    without_key_results: int = 0
    scored: int = 0
    planned: Planned | None = None
    changes: tuple[tuple[CycleChange, Member], ...] = ()


@dataclass(frozen=True, slots=True)
class Every:
    """Every cycle of the workspace, the latest first."""

    who: Member
    today: date
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """Somebody's objectives of today, and those of the cycles that close that wait for a score."""

    found: finding.Found
    awaited: tuple[Heading, ...]


# reading


def mine(session: Session, who: Member, now: datetime) -> Mine:
    """What is theirs now, and what of theirs the cycles that close wait for."""
    day = sight.today(session, who, now)
    every = known.unclosed(session, who, day)
    running = [each for each in every if day <= each.cycle.period.ends]
    owned = [each for each in every if who.id in each.stake.owners and awaits_a_score(each, day)]
    return Mine(finding.among(session, who, running, day, now), tuple(each.heading for each in owned))


def standing(session: Session, who: Member, which: str | CycleId, now: datetime) -> Standing:
    """The cycle of that name or id, or without a name the current one; raises `NotFound`."""
    today = sight.today(session, who, now)
    return _standing(session, who, the_cycle(session, who, which, today), today)


def every(session: Session, who: Member, now: datetime) -> Every:
    """All cycles, with what somebody needs to know where each stands; this quarter and the next where they open by
    themselves, also while nobody has put anything into them.
    """
    today, every = sight.today(session, who, now), cycles.all_of(session, who.workspace)
    here, taken = quarter(today), {each.name for each in every}
    usual = [here, quarter_after(here)] if policy.policy(session, who.workspace).quarters else []
    unopened = [Cycle(UNOPENED, each) for each in usual if each.name not in taken]
    found = sorted([*every, *unopened], key=lambda each: each.period.starts, reverse=True)
    return Every(who, today, tuple(found))


def season(session: Session, who: Member, day: date) -> Season:
    """What the cycles ask of somebody on this day."""
    near = cycles.not_over(session, who.workspace, day)
    coming = _coming(session, who.workspace, near, day)
    closing = [cycle for cycle in near if cycle.state(day) is CycleState.CLOSING]
    planned_now = planned(session, who.workspace, coming, day) if coming else None
    theirs = closings.taking_part(session, who.workspace, [cycle.id for cycle in closing], who.id)
    mine = tuple(cycle for cycle in closing if cycle.id in theirs)
    return Season(planned_now, mine, _awaited(session, who, closing))


def _awaited(session: Session, who: Member, closing: Sequence[Cycle]) -> tuple[Heading, ...]:
    """What of theirs has no score yet in these cycles."""
    return tuple(closings.awaited(session, who.workspace, [each.id for each in closing], [who.id])[who.id])


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
    rules, today = policy.policy(session, who.workspace), sight.today(session, who, now)
    taken = [cycle.name for cycle in cycles.all_of(session, who.workspace)]
    period = custom(draft.name, draft.first, draft.last, taken, rules.quarters)
    if period.ends < today:
        raise Refusal(f"{period.ends:%-d %B %Y} is over already, so nobody could work towards it.", "last")
    can_be_asked_for(session, who, period.name)
    return _standing(session, who, planning.opened(session, who.workspace, period, rules), today)


def can_be_asked_for(session: Session, who: Member, name: str) -> None:
    """Raise `Refusal` for a name that would mean something else where somebody asks for a list."""
    groups = {team.name.casefold() for team in teams.all_of(session, who.workspace)}
    if has_a_meaning(name) or name.casefold() in groups:
        raise Refusal(f"In a list “{name}” means something else, or nothing. Choose another name.", "name")


def step(session: Session, who: Member, id: CycleId, step: Step, now: datetime) -> Standing:
    """Begin to close a cycle, close it or open it again, by hand; one that runs again is scored anew at its end."""
    may_run(session, who)
    today = sight.today(session, who, now)
    cycle = the_cycle(session, who, id, today)
    can(step, cycle, today)
    if step is Step.BEGIN:
        cycles.begin_closing(session, cycle, now)
        reminders.remind(session, who.workspace, "closing begun", replace(cycle, closing=True), now, by_hand=True)
    elif step is Step.CLOSE:
        cycles.close(session, cycle, now)
        retrospectives.begin_all(session, who.workspace, cycle, now)
        proposals.lapse_in(session, who.workspace, cycle, now)
    else:
        cycles.close(session, cycle, None)
        cycles.begin_closing(session, cycle, None)
        if replace(cycle, closing=False, closed=False).state(today) is CycleState.ACTIVE:
            closings.open_again(session, who.workspace, cycle)
            reminders.call_off(session, who.workspace, cycle, now)
    people.refresh_homes(session, who.workspace, {who.id}, now)
    return _standing(session, who, the_cycle(session, who, id, today), today)


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
        changes=_changes(session, who, cycle),
    )


def _changes(session: Session, who: Member, cycle: Cycle) -> tuple[tuple[CycleChange, Member], ...]:
    found = adjusting.history(session, who.workspace, cycle.id, MOST_SHOWN)
    folk = members.by_id(session, who.workspace, {each.by for each in found}, known=[who])
    return tuple((each, folk[each.by]) for each in found)


def _planned_beside(session: Session, workspace: WorkspaceId, cycle: Cycle, today: date) -> Cycle | None:
    """The cycle itself while it is planned; the next one that is planned while it runs or closes."""
    if cycle.is_backlog or cycle.state(today) is CycleState.CLOSED:
        return None
    if cycle.state(today) is CycleState.PLANNING:
        return cycle
    return _coming(session, workspace, cycles.not_over(session, workspace, today), today)


def _coming(session: Session, workspace: WorkspaceId, near: Sequence[Cycle], today: date) -> Cycle | None:
    """The first of these that is planned, once it is time to plan it."""
    weeks = policy.policy(session, workspace).planning_weeks
    planning_now = (each for each in near if each.state(today) is CycleState.PLANNING and each.is_near(today, weeks))
    return next(planning_now, None)


def the_cycle(session: Session, who: Member, which: str | CycleId, today: date) -> Cycle:
    """The cycle of that name or id, or without a name the current one; raises `NotFound`."""
    if isinstance(which, int):
        found: Cycle | None = cycles.by_id(session, who.workspace, {which}).get(which)
    elif not which:
        return _current(session, who, today)
    else:
        found = named(session, who.workspace, which, today) or _unopened(session, who, which, today)
    if found is None:
        raise NotFound("There is no such cycle here. `/okr cycles` lists them all.")
    return found


def _current(session: Session, who: Member, today: date) -> Cycle:
    """The cycle of today; raises `NotFound` where none runs and none opens by itself."""
    found = planning.current_cycle(session, who.workspace, today)
    if none_runs(found, policy.policy(session, who.workspace).quarters):
        raise NotFound(NONE_RUNS)
    return found


def _unopened(session: Session, who: Member, typed: str, today: date) -> Cycle | None:
    """What the form for an objective offers though nobody has put anything into it: two quarters, and the backlog."""
    meant, here = meant_quarter(typed, today), quarter(today)
    offered = [here, quarter_after(here)] if policy.policy(session, who.workspace).quarters else []
    if meant in offered:
        return Cycle(UNOPENED, meant)
    return Cycle(UNOPENED, BACKLOG) if typed.strip().casefold() == BACKLOG.name.casefold() else None


def named(session: Session, workspace: WorkspaceId, typed: str, today: date) -> Cycle | None:
    """The cycle of that name, however it is written: a quarter's too, as in "q4-2026" or, of this year, "q4".

    Where none is called so any more, the one that was.
    """
    meant = meant_quarter(typed, today)
    names = {typed.casefold(), (meant.name if meant else typed).casefold()}
    found = next((each for each in cycles.all_of(session, workspace) if each.name.casefold() in names), None)
    return found or adjusting.once_called(session, workspace, meant.name if meant else typed)
