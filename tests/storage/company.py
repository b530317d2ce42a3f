"""People and what they work towards, put into a database as they stand in `tests.examples`."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.check_ins import CheckIn
from domain.cycles import Cycle, quarter
from domain.objectives import KeyResult, Level, Objective
from domain.outbox import Outgoing
from domain.people import Kind, Member, Profile, Role, Team, WorkspaceId
from domain.recognition import Recognition
from domain.schedules import Occurrence, Schedule, ScheduleId, occurrence
from storage import check_ins, cycles, key_results, objectives, people, planning, recognition, schedules, teams
from storage.database import Session
from tests import examples
from tests.examples import NOW, TODAY

HERE = WorkspaceId("T1")
ELSEWHERE = WorkspaceId("T2")

WEEKLY = Schedule(ScheduleId(0), weekday=0, at=time(9), first=date(2026, 11, 2))


def profile(handle: str, **changes: Any) -> Profile:
    """What Slack says of somebody; their Slack id follows from their handle."""
    built = Profile(f"U{handle.upper()}", handle, "Europe/London", Kind.PERSON, active=True, workspace_admin=False)
    return replace(built, **changes)


def person(session: Session, handle: str = "Ada", workspace: WorkspaceId = HERE, **changes: Any) -> Member:
    """Somebody in a workspace."""
    described = profile(handle, **changes)
    people.keep_workspace(session, workspace, "Larkspur", "UCAIRN")
    people.keep_profiles(session, workspace, [described], "UTC")
    return again(session, examples.member(slack_id=described.slack_id, workspace=workspace))


def admin(session: Session, handle: str = "Gus", workspace: WorkspaceId = HERE) -> Member:
    """Somebody who looks after a workspace."""
    return person(session, handle, workspace, workspace_admin=True)


def again(session: Session, who: Member) -> Member:
    """The same person as they are now."""
    found = people.member(session, who.workspace, who.slack_id)
    assert found
    return found


def with_role(session: Session, who: Member, role: Role) -> Member:
    """The same person with another role."""
    held = people.holders(session, who.workspace).get(role, [])
    people.grant(session, who.workspace, {role: [*held, who]}, who, NOW)
    return again(session, who)


def team(session: Session, name: str, lead: Member, *members: Member, channel: str | None = None) -> Team:
    """A team with a lead and members."""
    id = teams.add(session, lead.workspace, name)
    teams.change(session, Team(id, lead.workspace, name), name, lead, {lead, *members}, channel)
    return teams.by_id(session, lead.workspace, [id])[id]


def cycle(session: Session, workspace: WorkspaceId = HERE, day: date = TODAY) -> Cycle:
    """The quarter that a day falls in, opened."""
    return cycles.opened(session, workspace, quarter(day))


def objective(session: Session, owner: Member, title: str = "Nobody waits for us", **changes: Any) -> Objective:
    """Somebody's objective, without key results."""
    in_ = changes.pop("cycle", None) or cycle(session, owner.workspace)
    built = examples.objective(title=title, owner=owner, cycle=in_, level=Level.INDIVIDUAL, key_results=())
    return objectives.add(session, replace(built, **changes), owner, NOW - timedelta(days=50))


def key_result(session: Session, under: Objective, owner: Member | None = None, **changes: Any) -> KeyResult:
    """A key result, at 40 of 100."""
    built = examples.key_result(objective=under.id, owner=owner or under.owner, **changes)
    return key_results.add(session, built, under.owner, NOW - timedelta(days=50))


def owning(session: Session, handle: str = "Ada", workspace: WorkspaceId = HERE, **changes: Any) -> Member:
    """Somebody who owns a key result, and so is asked to check in."""
    who = person(session, handle, workspace, **changes)
    key_result(session, objective(session, who))
    return who


def schedule(session: Session, workspace: WorkspaceId = HERE, weekly: Schedule = WEEKLY) -> Schedule:
    """The weekly check-in, Mondays at nine."""
    return schedules.keep(session, workspace, weekly)


def week(weekly: Schedule, zone: str = "Europe/London", day: date = TODAY) -> Occurrence:
    """This week's occurrence."""
    return occurrence(weekly, day, zone)


def check_in(session: Session, who: Member) -> CheckIn:
    """This week's check-in of somebody who owns a key result, opened."""
    weekly = schedule(session, who.workspace)
    asked = planning.Asked(who.workspace, TODAY, member=who.id)
    planning.open_for(session, asked, weekly, week(weekly, who.zone))
    found = check_ins.current(session, who, NOW)
    assert found
    return found


def thanks(session: Session, giver: Member, *recipients: Member, under: Objective | None = None) -> Recognition:
    """Somebody's thanks."""
    built = examples.recognition(giver=giver, recipients=recipients)
    id = recognition.add(session, built, under, None)
    found = recognition.recognition(session, giver.workspace, id)
    assert found
    return found


def outgoing(key: str = "hello", workspace: WorkspaceId = HERE, **changes: Any) -> Outgoing:
    """Something to say to Ada."""
    return replace(Outgoing(workspace, "help", "UADA", key, "a test asks for it"), **changes)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """An instant in November 2026, in UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
