"""What the calendar brings, as of now: what each message that time sends tells; None where it is not wanted."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from domain.check_ins import CheckIn, CheckInId, State
from domain.cycles import Cycle, CycleId, CycleState
from domain.home import Planned
from domain.objectives import KeyResultId, ObjectiveId
from domain.outbox import Outgoing
from domain.people import TeamId
from domain.schedules import local_day
from operations import check_ins, cycles, forgotten, reminders, retrospectives, status
from scheduler.kinds import reader
from storage import check_ins as known_check_ins
from storage import cycles as known_cycles
from storage import policy
from storage.database import Session


def prompts(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[check_ins.Sheet | None]:
    """What there is the most of, all at once on a Monday morning: as many questions for a hundred as for one."""
    asked = {CheckInId(what.facts["check_in"]): what.place for what in whats}
    sheets = check_ins.to_prompt(session, whats[0].workspace, asked, now)
    return [sheets.get(CheckInId(what.facts["check_in"])) for what in whats]


def sheet(session: Session, what: Outgoing, now: datetime) -> check_ins.Sheet | None:
    """A check-in as it stands, for whoever is asked."""
    who = reader(session, what)
    return check_ins.sheet(session, who, CheckInId(what.facts["check_in"]), now) if who else None


def over(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[CheckIn | None]:
    """Check-ins that nobody has answered, once they have closed: as many questions for a hundred as for one."""
    found = known_check_ins.check_ins(session, whats[0].workspace, [_check_in(what) for what in whats])
    closed = {id: each for id, each in found.items() if each.state is State.OPEN and each.closes_at <= now}
    return [closed.get(_check_in(what)) for what in whats]


def _check_in(what: Outgoing) -> CheckInId:
    return CheckInId(what.facts["check_in"])


def question(session: Session, what: Outgoing, now: datetime) -> status.Question | None:
    """What the owner of something that is green and does not move is asked."""
    who = reader(session, what)
    return status.question(session, who, KeyResultId(what.facts["key_result"]), now) if who else None


def planned(session: Session, what: Outgoing, now: datetime) -> Planned | None:
    """How far the planning of a cycle has come, until it begins; what was planned for another day is told no more."""
    day = local_day(now, policy.policy(session, what.workspace).zone)
    cycle = known_cycles.by_id(session, what.workspace, {what.facts["cycle"]}).get(what.facts["cycle"])
    if cycle is None or cycle.state(day) is not CycleState.PLANNING or not reader(session, what):
        return None
    if what.facts.get("begins") not in {None, cycle.period.starts.isoformat()}:
        return None
    return cycles.planned(session, what.workspace, cycle, day)


def to_score(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[reminders.Reminder | None]:
    """What a whole company is asked on one morning: as many questions for a hundred as for one."""
    workspace = whats[0].workspace
    day = local_day(now, policy.policy(session, workspace).zone)
    by_cycle: dict[CycleId, list[str]] = defaultdict(list)
    for what in whats:
        by_cycle[CycleId(what.facts["cycle"])].append(what.place)
    asked = {cycle: reminders.to_remind(session, workspace, cycle, places, day) for cycle, places in by_cycle.items()}
    return [asked[what.facts["cycle"]].get(what.place) for what in whats]


def goes_on(session: Session, what: Outgoing, now: datetime) -> Cycle | None:
    """A cycle that somebody had begun to close and has opened again, for as long as it runs."""
    day = local_day(now, policy.policy(session, what.workspace).zone)
    cycle = known_cycles.by_id(session, what.workspace, {what.facts["cycle"]}).get(what.facts["cycle"])
    return cycle if cycle and cycle.state(day) is CycleState.ACTIVE else None


def unscored(session: Session, what: Outgoing, now: datetime) -> reminders.Unscored | None:
    """How much of a cycle has no score, for whoever runs the programme."""
    who, day = reader(session, what), local_day(now, policy.policy(session, what.workspace).zone)
    return reminders.to_tell(session, who, CycleId(what.facts["cycle"]), day) if who else None


def forgotten_ones(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[forgotten.Forgotten | None]:
    """What may have been forgotten, as many questions for a hundred as for one."""
    asked = {ObjectiveId(what.facts["objective"]): what.place for what in whats}
    found = forgotten.waiting(session, whats[0].workspace, asked, now)
    return [found.get(ObjectiveId(what.facts["objective"])) for what in whats]


def targets_awaited(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[forgotten.Forgotten | None]:
    """What has been measured and has no target, as many questions for a hundred as for one."""
    asked = {KeyResultId(what.facts["key_result"]): what.place for what in whats}
    found = forgotten.without_target(session, whats[0].workspace, asked, now)
    return [found.get(KeyResultId(what.facts["key_result"])) for what in whats]


def talk(session: Session, what: Outgoing, _now: datetime) -> retrospectives.Talk | None:
    """What a retrospective begins with."""
    team = what.facts["team"]
    about = TeamId(team) if team else None
    return retrospectives.talk(session, what.workspace, CycleId(what.facts["cycle"]), about)


def note(session: Session, what: Outgoing, _now: datetime) -> retrospectives.Note | None:
    """What is said of one objective in a retrospective."""
    facts = what.facts
    return retrospectives.note(session, what.workspace, CycleId(facts["cycle"]), ObjectiveId(facts["objective"]))
