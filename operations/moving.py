"""Moving objectives from one cycle to another, or into the backlog."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.changes import Change, What
from domain.cycles import BACKLOG, NONE_RUNS, Cycle, Period, goes_on_in, meant_quarter, quarter, quarter_after
from domain.errors import Refusal
from domain.objectives import Objective, ObjectiveId
from domain.people import Member, WorkspaceId
from domain.references import Reference
from operations import finding, people, planning, sight
from operations.cycles import named
from storage import changes, cycles, policy
from storage import objectives as known
from storage.database import Session


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

    found: finding.Found
    before: Cycle


def to_move(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Movable:
    """An objective that this person may move, and where to."""
    objective = _to_move(session, who, which, now)
    return movable(session, who, objective, sight.today(session, who, now))


def movable(session: Session, who: Member, objective: Objective, today: date) -> Movable:
    """An objective with the cycles that are not over and that it is not in; raises `Refusal` where there is none."""
    was = objective.cycle
    others = [each for each in _open(session, who, today) if each.name != was.name]
    names = (*(period.name for period in others), *(() if was.is_backlog else (BACKLOG.name,)))
    if not names:
        raise Refusal(f"There is no cycle that {objective.ref} could be moved to. {NONE_RUNS}")
    goes_on = goes_on_in(was.period, others)
    return Movable(who, objective, names, goes_on.name if goes_on else names[0])


def _open(session: Session, who: Member, today: date) -> list[Period]:
    """The cycles that something can be for, the earliest first: those that are not over, and two quarters."""
    rules, every = policy.policy(session, who.workspace), cycles.all_of(session, who.workspace)
    here, there = quarter(today), {each.name for each in every}
    usual = [here, quarter_after(here)] if rules.quarters else []
    periods = [each.period for each in every if not each.is_backlog and not each.is_over(today)]
    periods += [each for each in usual if each.name not in there]
    return sorted(periods, key=lambda period: (period.starts, period.ends))


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
    return Moved(finding.written(session, who, objective.id, now), objective.cycle)


def backlog(session: Session, workspace: WorkspaceId) -> Cycle:
    """Where objectives wait that are for no cycle yet."""
    return cycles.opened(session, workspace, BACKLOG)


def destination(session: Session, who: Member, typed: str, now: datetime) -> Cycle:
    """The cycle of that name, if it can take objectives; the quarter of today and the one after it are opened."""
    name, today = " ".join(typed.split()), sight.today(session, who, now)
    if name.casefold() == BACKLOG.name.casefold():
        return backlog(session, who.workspace)
    found = named(session, who.workspace, name, today) or _quarter(session, who.workspace, name, today)
    if found is None:
        raise Refusal(f"There is no cycle called “{name[:40]}” that is open. {_offered(session, who, today)}", "cycle")
    if found.is_closed(today):
        raise Refusal(f"{found.name} is closed, so nothing can be moved there.", "cycle")
    if found.is_over(today):
        raise Refusal(
            f"{found.name} is over: what is in it is scored now, and nothing goes there any more. "
            f"{_offered(session, who, today)}",
            "cycle",
        )
    return found


def _offered(session: Session, who: Member, today: date) -> str:
    """What there is to choose from, in a sentence."""
    open_now = [each.name for each in _open(session, who, today)]
    return f"There are {', '.join(open_now)} and {BACKLOG.name}." if open_now else f"There is {BACKLOG.name}."


def _quarter(session: Session, workspace: WorkspaceId, typed: str, today: date) -> Cycle | None:
    rules, meant, running = policy.policy(session, workspace), meant_quarter(typed, today), quarter(today)
    if not rules.quarters or meant is None or meant not in (running, quarter_after(running)):
        return None
    return planning.opened(session, workspace, meant, rules)


def _to_move(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    objective = sight.to_change(session, who, which, now)
    if objective.score is not None:
        raise Refusal(f"{objective.ref} has its score already. Carry it over instead: `/okr carry {objective.ref}`.")
    return objective
