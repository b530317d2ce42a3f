"""Teams: made in a form or taken from a user group, edited, archived; and found by the name that somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain import words
from domain.errors import NotFound, Refusal
from domain.left_alone import by_then
from domain.people import Member, Team, TeamDraft, TeamId, can_take_part, drafted, team_name
from domain.permissions import Stake, Verb, allow
from domain.vocabulary import has_a_meaning
from operations import people
from storage import people as members
from storage import teams
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Teams:
    """Every team, for somebody who looks after some of them."""

    who: Member
    teams: tuple[Team, ...]


def everyone(session: Session, who: Member) -> Teams:
    """Every team, the archived ones too, for those who look after teams."""
    if not who.leads:
        allow(Verb.ADD_TEAM, who, "")
    return Teams(who, tuple(teams.all_of(session, who.workspace, archived=True)))


def may_add(_session: Session, who: Member) -> None:
    """Raise `NotAllowed` unless this person may add teams."""
    allow(Verb.ADD_TEAM, who, "")


def named(session: Session, who: Member, typed: str) -> Team:
    """The team that somebody means by these words; raises `NotFound`, with a suggestion where there is one."""
    known = teams.all_of(session, who.workspace)
    wanted = " ".join(typed.split()).casefold()
    exact = [team for team in known if team.name.casefold() == wanted]
    close = exact or [team for team in known if team.name.casefold().startswith(wanted)]
    if len(close) == 1:
        return close[0]
    if close:
        raise Refusal(f"“{typed}” could be {' or '.join(team.name for team in close)}. Which one is it?")
    guess = words.did_you_mean(wanted, {team.name.casefold(): team for team in known})
    meant = next((team.name for team in known if team.name.casefold() == guess), None)
    raise NotFound(f"There is no team called “{typed[:80]}”." + (f" Did you mean {meant}?" if meant else ""))


def the_team(session: Session, who: Member, id: int | None) -> Team:
    """The team that somebody chose; raises `Refusal` beside "team" where it is not there any more."""
    team = teams.by_id(session, who.workspace, [id]).get(id) if id is not None else None
    if team is None or team.archived:
        raise Refusal("That team is not there any more. Choose another one.", "team")
    return team


def of(session: Session, who: Member) -> list[Team]:
    """The teams that somebody is in or leads, by name."""
    mine = teams.by_id(session, who.workspace, who.teams | who.leads)
    return [team for team in mine.values() if not team.archived]


def to_change(session: Session, who: Member, id: TeamId) -> Team:
    """The team, if this person may change it."""
    team = teams.by_id(session, who.workspace, [id]).get(id)
    if team is None:
        raise NotFound("That team is gone.")
    allow(Verb.EDIT_TEAM, _with_archived(who, team), team.name, Stake(team=id))
    return team


def add(session: Session, who: Member, draft: TeamDraft, now: datetime) -> Team:
    """Make a team."""
    allow(Verb.ADD_TEAM, who, "")
    name = _free_name(session, who, draft.name)
    team = Team(teams.add(session, who.workspace, name), who.workspace, name)
    if draft.usergroup:
        teams.follow_usergroup(session, team.id, draft.usergroup)
    return _drafted(session, who, team, draft, now)


def take(session: Session, who: Member, draft: TeamDraft, now: datetime) -> Team:
    """Make a team of a user group: its people without apps and without those who have left; the first leads it."""
    found = members.members(session, who.workspace, draft.members)
    able = [member.slack_id for member in found if can_take_part(member)]
    lead = draft.lead if draft.lead in able else None
    taken = TeamDraft(draft.name, lead, tuple(able), draft.channel, draft.usergroup)
    return add(session, who, taken, now)


def change(session: Session, who: Member, id: TeamId, draft: TeamDraft, now: datetime) -> Team:
    """Give a team another name, lead, channel or other members."""
    team = to_change(session, who, id)
    if team.archived:
        raise Refusal(f"{team.name} is archived. Restore it first if it is still wanted.")
    return _drafted(session, who, team, by_then(draft, drafted(team)), now)


def archive(session: Session, who: Member, id: TeamId, now: datetime) -> Team:
    """Put a team away; its objectives stay."""
    team = to_change(session, who, id)
    teams.archive(session, team, now)
    return team


def restore(session: Session, who: Member, id: TeamId, now: datetime) -> Team:
    """Bring an archived team back."""
    team = to_change(session, who, id)
    _free_name(session, who, team.name, team.id)
    teams.archive(session, team, None)
    return team


def _with_archived(who: Member, team: Team) -> Member:
    """The same person, still the lead of a team that has been archived: they may bring it back."""
    leads = team.lead is not None and team.lead.id == who.id
    return replace(who, leads=who.leads | {team.id}) if leads else who


def _drafted(session: Session, who: Member, team: Team, draft: TeamDraft, now: datetime) -> Team:
    name = team.name if draft.name == team.name else _free_name(session, who, draft.name, team.id)
    lead = people.the_people(session, who.workspace, [draft.lead], "lead")[0] if draft.lead else None
    gone = {member.slack_id for member in team.members if not can_take_part(member)}
    inside = people.the_people(session, who.workspace, [id for id in draft.members if id not in gone], "members")
    if lead and lead.id not in {member.id for member in inside}:
        inside.append(lead)
    teams.change(session, team, name, lead, inside, draft.channel)
    people.refresh_homes(session, who.workspace, {who.id} | {member.id for member in [*team.members, *inside]}, now)
    return teams.by_id(session, who.workspace, [team.id])[team.id]


def _free_name(session: Session, who: Member, typed: str, mine: TeamId | None = None) -> str:
    name = team_name(typed)
    taken: Sequence[Team] = teams.all_of(session, who.workspace)
    if any(team.name.casefold() == name.casefold() and team.id != mine for team in taken):
        raise Refusal(f"There is already a team called {name}.", "name")
    if has_a_meaning(name):
        raise Refusal(f"In a list “{name}” means something else, or nothing. Choose another name.", "name")
    return name
