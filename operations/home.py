"""Everything that belongs on somebody's Home."""

from datetime import datetime

from domain.check_ins import State
from domain.home import Home, TeamWeek
from domain.objectives import readable
from domain.people import Member
from domain.schedules import local_day
from operations import cycles, planning, set_up, sight, teams
from operations import recognition as thanks
from operations.check_ins import asks_for_something
from storage import check_ins, notices, outbox, people, recognition
from storage import objectives as known
from storage.database import Session

LATEST = 5


def opened(session: Session, who: Member, now: datetime) -> None:
    """Remember that somebody uses their Home; the first admin who comes along is greeted."""
    people.home_opened(session, who, now)
    set_up.greet(session, who, now)


def home(session: Session, who: Member, now: datetime) -> Home:
    """One person's Home as of now."""
    at = sight.moment(session, who, now)
    day = local_day(now, at.policy.zone)
    workspace = people.workspace(session, who.workspace)
    opened = check_ins.current(session, who, now)
    mine = [each for each in known.in_cycle(session, who.workspace, day, owner=who) if readable(who, each)]
    return Home(
        who=who,
        moment=at,
        cycle=planning.current_cycle(session, who.workspace, day),
        is_set_up=bool(workspace and workspace.is_set_up),
        check_in=opened if opened and asks_for_something(session, who, opened) else None,
        objectives=tuple(sight.seen_by(session, who, mine)),
        teams=tuple(_weeks(session, who, now)),
        recognition=tuple(thanks.seen_by(session, who, recognition.recent(session, who.workspace, LATEST))),
        troubles=tuple(outbox.troubles(session, who.workspace, LATEST)) if who.is_admin else (),
        hints=tuple(f"{topic}: {detail}" for topic, detail, _since in notices.all_of(session, who.workspace))
        if who.is_admin
        else (),
        season=cycles.season(session, who, day),
    )


def _weeks(session: Session, who: Member, now: datetime) -> list[TeamWeek]:
    mine = teams.of(session, who)
    states = check_ins.states(session, who.workspace, {m.id for team in mine for m in team.members}, now)
    weeks = []
    for team in mine:
        asked: tuple[tuple[Member, State], ...] = tuple((m, states[m.id]) for m in team.members if m.id in states)
        weeks.append(TeamWeek(team, asked))
    return weeks
