"""Setting Cairn up: greeted once, previewed, confirmed; nobody else is written to before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.left_alone import by_then
from domain.outbox import Outgoing
from domain.people import Member, Role, Team
from domain.permissions import Verb, allow
from domain.policy import Policy
from domain.schedules import Schedule, ScheduleId, local_day
from domain.set_up import Preview, SetUp, checked
from operations import notices, people, planning
from storage import outbox, policy, schedules, teams
from storage import people as members
from storage import planning as plans
from storage.database import Session


def greet(session: Session, who: Member, now: datetime) -> None:
    """Greet the first admin who comes along, once: Slack does not say who installed an app."""
    workspace = members.workspace(session, who.workspace)
    if not who.is_admin or workspace is None or workspace.installer or workspace.is_set_up:
        return
    members.keep_installer(session, who.workspace, who.slack_id)
    greeting = Outgoing(
        workspace=who.workspace,
        kind="greeting",
        place=who.slack_id,
        key="greeting",
        rule="whoever installs Cairn is greeted once",
    )
    outbox.put(session, greeting, now)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: the teams, what has been chosen so far, and what day it is for the one who chooses."""

    teams: tuple[Team, ...]
    policy: Policy
    today: date
    champion: Member | None


def choices(session: Session, who: Member, now: datetime) -> Choices:
    """What the form for the set-up offers."""
    allow(Verb.SET_UP, who, "")
    known = tuple(teams.all_of(session, who.workspace))
    return Choices(known, policy.policy(session, who.workspace), local_day(now, who.zone), _champion(session, who))


def preview(
    session: Session, who: Member, chosen: SetUp, everyone: bool, channel_problem: str | None, now: datetime
) -> Preview:
    """Who would get what; raises `Refusal` beside the field that does not hold."""
    allow(Verb.SET_UP, who, "")
    chosen = _by_then(session, who, chosen)
    everyone = not chosen.pilot_teams if "pilot_teams" in chosen.alone else everyone
    checked(chosen, everyone, local_day(now, who.zone), policy.policy(session, who.workspace).first_check_in)
    if chosen.champion:
        people.the_people(session, who.workspace, [chosen.champion], "champion")
    kept = replace(chosen, pilot_teams=() if everyone else chosen.pilot_teams)
    rules = Policy(zone=who.zone, pilot_teams=kept.pilot_teams)
    ids = plans.people_asked(session, planning.asked(session, who.workspace, rules, now))
    asked = members.by_id(session, who.workspace, ids)
    everybody = members.count_people(session, who.workspace, kept.pilot_teams)
    return Preview(kept, tuple(asked[id] for id in ids), everybody - len(ids), channel_problem)


def finish(session: Session, who: Member, chosen: SetUp, now: datetime) -> SetUp:
    """Start: from now on Cairn may write to people, and the first check-in is planned.

    Done again it changes what is chosen otherwise, and leaves the rest, this week's check-ins among it, as it is.
    """
    allow(Verb.SET_UP, who, "")
    chosen = _by_then(session, who, chosen)
    before, begun = policy.policy(session, who.workspace), members.workspace(session, who.workspace)
    settings: dict[str, object] = {"recognition_channel": chosen.channel, "pilot_teams": chosen.pilot_teams}
    settings |= {"first_check_in": chosen.first_check_in, "check_in_weekday": chosen.first_check_in.weekday()}
    if begun is None or not begun.is_set_up:
        settings["zone"] = who.zone
    if before.asked_since is None or before.asked_since > local_day(now, who.zone):
        settings["asked_since"] = chosen.first_check_in
    policy.change(session, who.workspace, settings, who, now)
    if "champion" not in chosen.alone:
        _appoint(session, who, chosen.champion, now)
    members.finish_set_up(session, who.workspace, now)
    if chosen.first_check_in != before.first_check_in:
        _schedule(session, who, chosen, now)
    for topic in ("recognition channel", *(["no recognition channel"] if chosen.channel else [])):
        notices.mended(session, who.workspace, topic)
    notices.tell_all(session, who.workspace, now)
    people.refresh_homes(session, who.workspace, [admin.id for admin in members.admins(session, who.workspace)], now)
    return chosen


def _by_then(session: Session, who: Member, chosen: SetUp) -> SetUp:
    """The decisions, with what this admin has left alone as it is decided by then."""
    rules, champion = policy.policy(session, who.workspace), _champion(session, who)
    decided = SetUp(
        channel=rules.recognition_channel,
        champion=champion.slack_id if champion else None,
        pilot_teams=rules.pilot_teams,
        first_check_in=rules.first_check_in or chosen.first_check_in,
    )
    # No pilot teams means everyone, which is no list to merge with, nor one that two lists should come to.
    both = by_then(chosen if decided.pilot_teams else replace(chosen, drawn={}), decided)
    return both if both.pilot_teams or "pilot_teams" in chosen.alone else replace(both, pilot_teams=chosen.pilot_teams)


def _appoint(session: Session, who: Member, champion: str | None, now: datetime) -> None:
    """Whoever was the only champion before makes way; several, granted as roles, stay beside the new one."""
    before = _champion(session, who)
    stay = [each for each in members.holders(session, who.workspace).get(Role.CHAMPION, []) if each != before]
    new = people.the_people(session, who.workspace, [champion], "champion") if champion else []
    members.grant(session, who.workspace, {Role.CHAMPION: {*stay, *new}}, who, now)


def _champion(session: Session, who: Member) -> Member | None:
    """The champion, where there is exactly one."""
    held = members.holders(session, who.workspace).get(Role.CHAMPION, [])
    return held[0] if len(held) == 1 else None


def _schedule(session: Session, who: Member, chosen: SetUp, now: datetime) -> None:
    rules = policy.policy(session, who.workspace)
    wanted = Schedule(ScheduleId(0), rules.check_in_weekday, rules.check_in_at, chosen.first_check_in)
    kept = schedules.keep(session, who.workspace, wanted)
    schedules.forget_dues(session, kept.id)
    planning.open_cycle(session, who.workspace, local_day(now, rules.zone))
    planning.start(session, who.workspace, kept, set(members.zones(session, who.workspace)), now)
