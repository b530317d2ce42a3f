"""Teams, as they are remembered."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from domain.people import Member, Team, TeamId, WorkspaceId
from storage import people
from storage.rows import new_id, run
from storage.tables import TeamMemberRow, TeamRow


def all_of(session: Session, workspace: WorkspaceId, archived: bool = False) -> list[Team]:
    """The workspace's teams by name, with those that are archived or without."""
    query = select(TeamRow).where(TeamRow.workspace == workspace).order_by(func.lower(TeamRow.name))
    if not archived:
        query = query.where(col(TeamRow.archived_at).is_(None))
    return _whole(session, workspace, session.exec(query).all())


def by_id(session: Session, workspace: WorkspaceId, ids: Iterable[int]) -> dict[int, Team]:
    """The teams with these ids, archived or not."""
    query = select(TeamRow).where(TeamRow.workspace == workspace, col(TeamRow.id).in_(set(ids)))
    return {team.id: team for team in _whole(session, workspace, session.exec(query).all())}


def colleagues(session: Session, who: Member) -> set[int]:
    """Everybody in the teams that somebody is in or leads, the leads and they themselves included."""
    ids = who.teams | who.leads
    inside = session.exec(select(TeamMemberRow.member).where(col(TeamMemberRow.team).in_(ids))).all() if ids else []
    leads = session.exec(select(TeamRow.lead).where(col(TeamRow.id).in_(ids))).all() if ids else []
    return {who.id, *inside, *(lead for lead in leads if lead is not None)}


def add(session: Session, workspace: WorkspaceId, name: str) -> TeamId:
    """A new team without anybody in it."""
    row = TeamRow(workspace=workspace, name=name)
    session.add(row)
    session.flush()
    return TeamId(new_id(row))


def change(
    session: Session, team: Team, name: str, lead: Member | None, members: Collection[Member], channel: str | None
) -> None:
    """Give a team a name, a lead, a channel and exactly these members."""
    values = {"name": name, "lead": lead.id if lead else None, "channel": channel}
    run(session, update(TeamRow).where(col(TeamRow.id) == team.id).values(values))
    run(session, delete(TeamMemberRow).where(col(TeamMemberRow.team) == team.id))
    session.add_all(TeamMemberRow(team=team.id, member=m.id, workspace=team.workspace) for m in members)
    session.flush()


def follow_usergroup(session: Session, team: TeamId, usergroup: str) -> None:
    """Remember which user group a team was taken from."""
    run(session, update(TeamRow).where(col(TeamRow.id) == team).values(usergroup=usergroup))


def archive(session: Session, team: Team, at: datetime | None) -> None:
    """Put a team away, or bring it back with None."""
    run(session, update(TeamRow).where(col(TeamRow.id) == team.id).values(archived_at=at))


def _whole(session: Session, workspace: WorkspaceId, rows: Collection[TeamRow]) -> list[Team]:
    ids = [new_id(row) for row in rows]
    places = session.exec(select(TeamMemberRow).where(col(TeamMemberRow.team).in_(ids))).all() if ids else []
    known = people.by_id(session, workspace, {p.member for p in places} | {row.lead for row in rows if row.lead})
    inside: dict[int, list[Member]] = defaultdict(list)
    for place in places:
        inside[place.team].append(known[place.member])
    return [
        Team(
            id=TeamId(new_id(row)),
            workspace=workspace,
            name=row.name,
            lead=known.get(row.lead) if row.lead else None,
            members=tuple(sorted(inside[new_id(row)], key=lambda member: member.name)),
            channel=row.channel,
            usergroup=row.usergroup,
            archived=row.archived_at is not None,
        )
        for row in rows
    ]
