"""Workspaces, members and their roles, as they are remembered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from domain.people import Kind, Member, MemberId, Profile, Role, TeamId, Workspace, WorkspaceId
from storage.rows import new_id, run, upsert
from storage.tables import MemberRow, RoleRow, TeamMemberRow, TeamRow, WorkspaceRow


def keep_workspace(session: Session, workspace: WorkspaceId, name: str, bot_user: str) -> None:
    """Remember a workspace, or its new name."""
    insert = upsert(session, WorkspaceRow).values(id=workspace, name=name, bot_user=bot_user)
    run(session, insert.on_conflict_do_update(index_elements=["id"], set_={"name": name, "bot_user": bot_user}))


def workspace(session: Session, id: WorkspaceId) -> Workspace | None:
    """The workspace, if Cairn knows it."""
    row = session.get(WorkspaceRow, id)
    return Workspace(WorkspaceId(row.id), row.name, row.bot_user, row.installer, row.set_up_at) if row else None


def workspaces(session: Session) -> list[WorkspaceId]:
    """Every workspace that has finished its set-up."""
    query = select(WorkspaceRow.id).where(col(WorkspaceRow.set_up_at).is_not(None))
    return [WorkspaceId(id) for id in session.exec(query)]


def keep_installer(session: Session, id: WorkspaceId, slack_id: str) -> None:
    """Remember who was greeted."""
    run(session, update(WorkspaceRow).where(col(WorkspaceRow.id) == id).values(installer=slack_id))


def finish_set_up(session: Session, id: WorkspaceId, at: datetime) -> None:
    """Remember that the set-up is done, and since when."""
    unfinished = (col(WorkspaceRow.id) == id, col(WorkspaceRow.set_up_at).is_(None))
    run(session, update(WorkspaceRow).where(*unfinished).values(set_up_at=at))


def member(session: Session, workspace: WorkspaceId, slack_id: str) -> Member | None:
    """The member with this Slack id, if Cairn has met them."""
    return next(iter(members(session, workspace, [slack_id])), None)


def members(session: Session, workspace: WorkspaceId, slack_ids: Collection[str]) -> list[Member]:
    """The known members among these Slack ids, in the order given."""
    query = select(MemberRow).where(MemberRow.workspace == workspace, col(MemberRow.slack_id).in_(slack_ids))
    found = {row.slack_id: row for row in session.exec(query)}
    return _whole(session, workspace, [found[id] for id in slack_ids if id in found])


def by_id(session: Session, workspace: WorkspaceId, ids: Iterable[int]) -> dict[int, Member]:
    """The members with these ids."""
    query = select(MemberRow).where(MemberRow.workspace == workspace, col(MemberRow.id).in_(set(ids)))
    return {member.id: member for member in _whole(session, workspace, list(session.exec(query)))}


def admins(session: Session, workspace: WorkspaceId) -> list[Member]:
    """Everybody who looks after Cairn here, the longest known first."""
    granted = select(RoleRow.member).where(RoleRow.workspace == workspace, RoleRow.role == Role.ADMIN)
    query = (
        select(MemberRow)
        .where(MemberRow.workspace == workspace, MemberRow.active == True, MemberRow.kind == Kind.PERSON)  # noqa: E712
        .where(col(MemberRow.workspace_admin) | col(MemberRow.id).in_(granted))
        .order_by(col(MemberRow.id))
    )
    return _whole(session, workspace, list(session.exec(query)))


def count_people(session: Session, workspace: WorkspaceId, teams: Collection[int] = ()) -> int:
    """How many active people there are, or are in these teams."""
    query = select(MemberRow.id).where(
        MemberRow.workspace == workspace,
        MemberRow.active == True,  # noqa: E712
        MemberRow.kind == Kind.PERSON,
    )
    if teams:
        query = query.where(
            col(MemberRow.id).in_(select(TeamMemberRow.member).where(col(TeamMemberRow.team).in_(teams)))
        )
    return len(session.exec(query).all())


def keep_profiles(session: Session, workspace: WorkspaceId, profiles: Iterable[Profile], zone: str) -> list[Member]:
    """Remember what Slack says of these users; those who are new or moved to another zone come back.

    `zone` is for users whose own is unknown.
    """
    wanted = {profile.slack_id: profile for profile in profiles}
    query = select(MemberRow).where(MemberRow.workspace == workspace, col(MemberRow.slack_id).in_(wanted))
    rows = {row.slack_id: row for row in session.exec(query)}
    moved = []
    for slack_id, profile in wanted.items():
        row = rows.get(slack_id) or MemberRow(workspace=workspace, slack_id=slack_id, name="", kind="", zone="")
        if row.zone != (profile.zone or row.zone or zone):
            moved.append(row)
        _describe(row, profile, zone)
        session.add(row)
    session.flush()
    return _whole(session, workspace, moved)


def zones(session: Session, workspace: WorkspaceId) -> list[str]:
    """Every zone that somebody here lives in."""
    query = select(MemberRow.zone).where(MemberRow.workspace == workspace, MemberRow.active == True).distinct()  # noqa: E712
    return list(session.exec(query))


def home_opened(session: Session, who: Member, at: datetime) -> None:
    """Remember that this person uses their Home, so that it is kept fresh."""
    run(session, update(MemberRow).where(col(MemberRow.id) == who.id).values(home_opened_at=at))


def with_homes(session: Session, workspace: WorkspaceId, ids: Iterable[int]) -> list[str]:
    """The Slack ids of those among these members who have ever opened their Home."""
    query = select(MemberRow.slack_id).where(
        MemberRow.workspace == workspace, col(MemberRow.id).in_(set(ids)), col(MemberRow.home_opened_at).is_not(None)
    )
    return list(session.exec(query))


def dm_channels(session: Session, workspace: WorkspaceId, slack_ids: Collection[str]) -> dict[str, str]:
    """The DM with each of these people that has been opened before."""
    columns = MemberRow.__table__.c  # type: ignore[attr-defined]
    query = select(columns.slack_id, columns.dm_channel).where(
        columns.workspace == workspace, columns.slack_id.in_(slack_ids), columns.dm_channel.is_not(None)
    )
    return {row.slack_id: row.dm_channel for row in session.connection().execute(query)} if slack_ids else {}


def keep_dm_channels(session: Session, workspace: WorkspaceId, channels: Mapping[str, str]) -> None:
    """Remember the DM with each of these people."""
    for slack_id, channel in channels.items():
        who = (col(MemberRow.workspace) == workspace, col(MemberRow.slack_id) == slack_id)
        run(session, update(MemberRow).where(*who).values(dm_channel=channel))


def holders(session: Session, workspace: WorkspaceId) -> dict[Role, list[Member]]:
    """Who holds each granted role."""
    rows = session.exec(select(RoleRow).where(RoleRow.workspace == workspace)).all()
    people = by_id(session, workspace, {row.member for row in rows})
    held: dict[Role, list[Member]] = defaultdict(list)
    for row in rows:
        held[Role(row.role)].append(people[row.member])
    return held


def grant(
    session: Session, workspace: WorkspaceId, held: Mapping[Role, Collection[Member]], by: Member, at: datetime
) -> None:
    """Let exactly these people hold each of these roles; grants that stay keep their author and time."""
    for role, people in held.items():
        ids = [person.id for person in people]
        mine = (col(RoleRow.workspace) == workspace, col(RoleRow.role) == role)
        run(session, delete(RoleRow).where(*mine, col(RoleRow.member).not_in(ids)))
        for id in ids:
            row = {"member": id, "role": role.value, "workspace": workspace, "granted_by": by.id, "granted_at": at}
            run(session, upsert(session, RoleRow).values(row).on_conflict_do_nothing())


def _describe(row: MemberRow, profile: Profile, zone: str) -> None:
    row.name = profile.name
    row.zone = profile.zone or row.zone or zone
    row.kind = profile.kind.value
    row.active = profile.active
    row.workspace_admin = profile.workspace_admin and profile.active


def _whole(session: Session, workspace: WorkspaceId, rows: Collection[MemberRow]) -> list[Member]:
    """The members with their roles and teams, three questions however many they are."""
    ids = [new_id(row) for row in rows]
    granted: dict[int, set[Role]] = defaultdict(set)
    teams: dict[int, set[TeamId]] = defaultdict(set)
    leads: dict[int, set[TeamId]] = defaultdict(set)
    if ids:
        for role in session.exec(select(RoleRow).where(col(RoleRow.member).in_(ids))):
            granted[role.member].add(Role(role.role))
        for place in session.exec(select(TeamMemberRow).where(col(TeamMemberRow.member).in_(ids))):
            teams[place.member].add(TeamId(place.team))
        leading = select(TeamRow).where(
            TeamRow.workspace == workspace, col(TeamRow.lead).in_(ids), col(TeamRow.archived_at).is_(None)
        )
        for team in session.exec(leading):
            leads[team.lead or 0].add(TeamId(new_id(team)))
    return [
        Member(
            id=MemberId(new_id(row)),
            workspace=workspace,
            slack_id=row.slack_id,
            name=row.name,
            zone=row.zone,
            kind=Kind(row.kind),
            active=row.active,
            workspace_admin=row.workspace_admin,
            granted=frozenset(granted[new_id(row)]),
            teams=frozenset(teams[new_id(row)]),
            leads=frozenset(leads[new_id(row)]),
        )
        for row in rows
    ]
