"""Teams, as they are remembered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, func, update
from sqlmodel import Session, col

from domain.people import Member, Team, TeamId, WorkspaceId
from storage import people
from storage.prepared import Plain, Prepared
from storage.rows import Unsearched, among, columns, listed, new_id, rows, run
from storage.tables import TeamMemberRow, TeamRow

_TEAM, _PLACE = columns(TeamRow), columns(TeamMemberRow)

_WHOLE = (
    sa.select(
        _TEAM.id,
        _TEAM.lead,
        _PLACE.member,
        _TEAM.name,
        _TEAM.channel,
        _TEAM.usergroup,
        _TEAM.archived_at,
    )
    .select_from(_TEAM.id.table)
    .outerjoin(_PLACE.team.table, _PLACE.team == _TEAM.id)
    .order_by(func.lower(_TEAM.name), _TEAM.id)
)
"""Teams by name: a row for each of their members."""

_HERE = _TEAM.workspace == bindparam("workspace")
_ALL = Prepared(_WHOLE.where(_HERE))
_BY_ID = Prepared(_WHOLE.where(Unsearched(_TEAM.workspace) == bindparam("workspace"), among(_TEAM.id, "ids")))
_PRESENT = Prepared(_WHOLE.where(_HERE, _TEAM.archived_at.is_(None)))

_NAMES = Prepared(
    sa.select(_TEAM.id, _TEAM.name).where(_HERE, _TEAM.archived_at.is_(None)).order_by(func.lower(_TEAM.name), _TEAM.id)
)


def all_of(session: Session, workspace: WorkspaceId, archived: bool = False) -> list[Team]:
    """The workspace's teams by name, with those that are archived or without."""
    return _whole(session, workspace, rows(session, _ALL if archived else _PRESENT, workspace=workspace))


def names(session: Session, workspace: WorkspaceId) -> dict[TeamId, str]:
    """The names of the workspace's teams that are not archived, in their order: without asking who is in them."""
    return {TeamId(id): name for id, name in rows(session, _NAMES, workspace=workspace)}


def by_id(session: Session, workspace: WorkspaceId, ids: Iterable[int]) -> dict[int, Team]:
    """The teams with these ids, archived or not, by name."""
    wanted = list(ids)
    found = rows(session, _BY_ID, workspace=workspace, ids=listed(wanted)) if wanted else []
    return {team.id: team for team in _whole(session, workspace, found)}


def add(session: Session, workspace: WorkspaceId, name: str) -> TeamId:
    """A new team without anybody in it."""
    row = TeamRow(workspace=workspace, name=name)
    session.add(row)
    session.flush()
    return TeamId(new_id(row))


def change(
    session: Session, team: Team, name: str, lead: Member | None, members: Collection[Member], channel: str | None
) -> None:
    """Give a team a name, a lead, a channel and exactly these members; one who has left may still lead it again."""
    values: dict[str, object] = {"name": name, "channel": channel}
    if lead or team.lead:
        values["lead"] = lead.id if lead else None
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


def _whole(session: Session, workspace: WorkspaceId, found: Sequence[Plain]) -> list[Team]:
    """The teams in rows of `_WHOLE`: as many questions for a thousand as for one."""
    folk = people.by_id(session, workspace, {id for row in found for id in row[1:3] if id})
    each = [list(group) for _, group in groupby(found, key=lambda row: row[0])]
    return [_team(folk, workspace, [folk[row[2]] for row in group if row[2]], *group[0]) for group in each]


def _team(
    folk: Mapping[int, Member],
    workspace: WorkspaceId,
    members: Iterable[Member],
    id: int,
    lead: int | None,
    _member: int | None,
    name: str,
    channel: str | None,
    usergroup: str | None,
    archived_at: datetime | None,
) -> Team:
    return Team(
        id=TeamId(id),
        workspace=workspace,
        name=name,
        lead=folk[lead] if lead and folk[lead].active else None,
        members=tuple(sorted(members, key=lambda member: member.name)),
        channel=channel,
        usergroup=usergroup,
        archived=archived_at is not None,
    )
