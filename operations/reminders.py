"""Reminders while a cycle closes: owners are asked for a score, and the champion hears how much has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.cycles import Cycle, CycleId, CycleState
from domain.objectives import Heading
from domain.outbox import Outgoing, Priority
from domain.people import Member, WorkspaceId, can_take_part
from domain.permissions import Verb, may
from domain.schedules import instant
from operations import retrospectives, telling
from storage import closings, outbox, policy
from storage import cycles as known_cycles
from storage import retrospectives as talks
from storage.database import Session
from storage.people import members

RULE = "owners are asked to score their objectives when a cycle closes"
CHAMPIONS = "whoever runs the OKR programme hears how much has no score yet before a cycle is closed"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is asked to score, and until when."""

    who: Member
    cycle: Cycle
    awaited: tuple[Heading, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Unscored:
    """How many objectives of a cycle have no score: of how many teams, and how many beside those of teams."""

    cycle: Cycle
    objectives: int
    teams: int
    beside: int


def remind(
    session: Session, workspace: WorkspaceId, kind: str, cycle: Cycle, now: datetime, by_hand: bool = False
) -> None:
    """Ask everybody who owns something without a score, each once; later than the last day it is of no use.

    What is begun `by_hand` can be called off and begun again, so it is asked each time, and by the clock all the same.
    """
    if not telling.may_speak(session, workspace):
        return
    occasion = f"{now.isoformat()} " if by_hand else ""
    closings.remind(session, workspace, kind, cycle, RULE, _ends(session, workspace, cycle), now, occasion)


def call_off(session: Session, workspace: WorkspaceId, cycle: Cycle, now: datetime) -> None:
    """Where people were asked how a cycle ended that goes on after all, let that stand there instead."""
    closings.call_off(session, workspace, cycle, "closing begun", "closing called off", RULE, now)


def tell_who_runs_it(session: Session, workspace: WorkspaceId, cycle: Cycle, now: datetime) -> None:
    """Tell the champions, or where there are none an admin, how much has no score; once for each cycle."""
    if not telling.may_speak(session, workspace) or unscored(session, workspace, cycle) is None:
        return
    for slack_id in retrospectives.who_runs_it(session, workspace):
        said = Outgoing(
            workspace=workspace,
            kind="unscored",
            place=slack_id,
            key=f"unscored {cycle.id} {slack_id}",
            rule=CHAMPIONS,
            facts={"cycle": cycle.id},
            priority=Priority.DIGEST,
            expires_at=_ends(session, workspace, cycle),
        )
        outbox.put(session, said, now)


def unscored(session: Session, workspace: WorkspaceId, cycle: Cycle) -> Unscored | None:
    """How much of a cycle has no score, of what everybody may know of; None where everything has."""
    left = {each.team: each.objectives - each.scored for each in talks.groups(session, workspace, cycle.id)}
    teams = [number for team, number in left.items() if team and number]
    total = sum(left.values())
    return Unscored(cycle, total, len(teams), left.get(None, 0)) if total else None


def to_tell(session: Session, who: Member, cycle: CycleId, today: date) -> Unscored | None:
    """The same for somebody who still runs cycles, as long as it closes."""
    found = known_cycles.by_id(session, who.workspace, {cycle}).get(cycle)
    if found is None or found.state(today) is not CycleState.CLOSING or not may(Verb.RUN_CYCLES, who):
        return None
    return unscored(session, who.workspace, found)


def to_remind(
    session: Session, workspace: WorkspaceId, cycle: CycleId, slack_ids: Sequence[str], today: date
) -> Mapping[str, Reminder]:
    """What each of these people (by Slack id) has yet to score in a cycle, as long as it closes."""
    found = known_cycles.by_id(session, workspace, {cycle}).get(cycle)
    if found is None or found.state(today) is not CycleState.CLOSING:
        return {}
    folk = [who for who in members(session, workspace, slack_ids) if can_take_part(who)]
    theirs = closings.awaited(session, workspace, [cycle], [who.id for who in folk])
    return {who.slack_id: Reminder(who, found, tuple(theirs[who.id]), today) for who in folk if theirs[who.id]}


def _ends(session: Session, workspace: WorkspaceId, cycle: Cycle) -> datetime:
    """The instant after which it cannot be scored."""
    zone = policy.policy(session, workspace).zone
    return instant(min(cycle.scored_until, date.max - timedelta(days=1)) + timedelta(days=1), time(0), zone)
