"""Speaking for a team: who is asked what others need of it."""

from domain.dependencies import Dependency, to_ask
from domain.errors import Refusal
from domain.objectives import Objective, readable
from domain.people import Member, Role, Team, TeamId
from storage import people as members
from storage import teams as known_teams
from storage.database import Session


def spoken_for(session: Session, who: Member) -> list[TeamId]:
    """Their teams, and those without a lead where they stand in for one."""
    every = known_teams.all_of(session, who.workspace)
    loose = [team for team in every if team.lead is None]
    stands_in = any(each.id == who.id for each in _speaking(session, loose[0])) if loose else False
    mine = who.teams | who.leads | ({team.id for team in loose} if stands_in else set())
    return [team.id for team in every if team.id in mine]


def who_is_asked(session: Session, team: Team, objective: Objective) -> list[Member]:
    """Whoever speaks for the team and may read the objective; raises `Refusal` where that is nobody."""
    speaking = _speaking(session, team)
    ids = [each.slack_id for each in speaking]
    asked = [each for each in members.members(session, team.workspace, ids) if readable(each, objective)]
    if not asked:
        why = f"cannot see {objective.ref}, so Cairn does not tell them of it" if speaking else "is not here any more"
        raise Refusal(f"Whoever speaks for {team.name} {why}. Talk to them, or let more people see it.", "team")
    return asked


def spokespeople(session: Session, dependency: Dependency) -> list[Member]:
    """Whoever is asked for what is open between two teams; nobody where none may know of it any more."""
    try:
        return who_is_asked(session, dependency.team, dependency.objective)
    except Refusal:
        return []


def _speaking(session: Session, team: Team) -> list[Member]:
    """Its lead; where it has none, the champions or the admins."""
    champions = [] if team.lead else members.holders(session, team.workspace).get(Role.CHAMPION, [])
    admins = [] if team.lead else members.admins(session, team.workspace)
    return to_ask(team, champions, admins)
