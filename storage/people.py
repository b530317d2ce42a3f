"""Workspaces, members and their roles, as they are remembered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, select

from domain.people import Kind, Member, MemberId, Profile, Role, TeamId, Workspace, WorkspaceId
from storage import policy
from storage.prepared import Prepared
from storage.rows import Folded, Listed, Unsearched, among, among_words, columns, listed, new_id, rows, run, upsert
from storage.tables import MemberRow, RoleRow, TeamMemberRow, TeamRow, WorkspaceRow

_HERE = columns(WorkspaceRow)
_MEMBER, _ROLE, _PLACE, _TEAM = columns(MemberRow), columns(RoleRow), columns(TeamMemberRow), columns(TeamRow)


def whole(member: Any) -> tuple[Any, ...]:
    """The columns of a member with their roles, their teams, and the teams that they lead: what `met` takes."""
    return (
        member.id,
        member.workspace,
        member.slack_id,
        member.name,
        member.zone,
        member.kind,
        member.active,
        member.workspace_admin,
        sa.select(Listed(_ROLE.role)).where(_ROLE.member == member.id).scalar_subquery(),
        sa.select(Listed(_PLACE.team)).where(_PLACE.member == member.id).scalar_subquery(),
        sa.select(Listed(_TEAM.id)).where(_TEAM.lead == member.id, _TEAM.archived_at.is_(None)).scalar_subquery(),
    )


_WORKSPACE = Prepared(
    sa.select(_HERE.id, _HERE.name, _HERE.bot_user, _HERE.installer, _HERE.set_up_at).where(_HERE.id == bindparam("id"))
)
_WHOLE = sa.select(*whole(_MEMBER)).where(_MEMBER.workspace == bindparam("workspace"))
_CALLED = _WHOLE.where(_MEMBER.slack_id == bindparam("slack_id"))
_ONE = Prepared(_CALLED)
_ACTING = Prepared(_CALLED.add_columns(policy.changes_in(_MEMBER.workspace)))
_NAMED = Prepared(_WHOLE.where(among_words(_MEMBER.slack_id, "slack_ids")))
_DMS = Prepared(
    sa.select(_MEMBER.slack_id, _MEMBER.dm_channel)
    .where(_MEMBER.workspace == bindparam("workspace"), among_words(_MEMBER.slack_id, "slack_ids"))
    .where(_MEMBER.dm_channel.is_not(None))
)
_BY_ID = Prepared(
    sa.select(*whole(_MEMBER)).where(Unsearched(_MEMBER.workspace) == bindparam("workspace"), among(_MEMBER.id, "ids"))
)
_EVERYBODY = Prepared(_WHOLE.where(_MEMBER.active.is_(True), _MEMBER.kind != Kind.BOT.value).order_by(_MEMBER.id))
_ADMINS = Prepared(
    _WHOLE.where(
        _MEMBER.active.is_(True),
        _MEMBER.kind == Kind.PERSON.value,
        _MEMBER.workspace_admin
        | _MEMBER.id.in_(
            sa.select(_ROLE.member).where(_ROLE.workspace == bindparam("workspace"), _ROLE.role == Role.ADMIN.value)
        ),
    ).order_by(_MEMBER.id)
)


def keep_workspace(session: Session, workspace: WorkspaceId, name: str, bot_user: str) -> None:
    """Remember a workspace, or its new name."""
    insert = upsert(session, WorkspaceRow).values(id=workspace, name=name, bot_user=bot_user)
    run(session, insert.on_conflict_do_update(index_elements=["id"], set_={"name": name, "bot_user": bot_user}))


def workspace(session: Session, id: WorkspaceId) -> Workspace | None:
    """The workspace, if Cairn knows it."""
    found = (Workspace(WorkspaceId(id), *about) for id, *about in rows(session, _WORKSPACE, id=id))
    return next(found, None)


def workspaces(session: Session) -> list[WorkspaceId]:
    """Every workspace that has finished its set-up."""
    query = select(WorkspaceRow.id).where(col(WorkspaceRow.set_up_at).is_not(None))
    return [WorkspaceId(id) for id in session.exec(query)]


def every_workspace(session: Session) -> list[Workspace]:
    """Every workspace that Cairn knows, set up or not."""
    found = session.exec(select(WorkspaceRow).order_by(WorkspaceRow.id))
    return [Workspace(WorkspaceId(row.id), row.name, row.bot_user, row.installer, row.set_up_at) for row in found]


def keep_installer(session: Session, id: WorkspaceId, slack_id: str) -> None:
    """Remember who was greeted."""
    run(session, update(WorkspaceRow).where(col(WorkspaceRow.id) == id).values(installer=slack_id))


def finish_set_up(session: Session, id: WorkspaceId, at: datetime) -> None:
    """Remember that the set-up is done, and since when."""
    unfinished = (col(WorkspaceRow.id) == id, col(WorkspaceRow.set_up_at).is_(None))
    run(session, update(WorkspaceRow).where(*unfinished).values(set_up_at=at))


def member(session: Session, workspace: WorkspaceId, slack_id: str) -> Member | None:
    """The member with this Slack id, if Cairn has met them."""
    return next((met(*row) for row in rows(session, _ONE, workspace=workspace, slack_id=slack_id)), None)


def acting(session: Session, workspace: WorkspaceId, slack_id: str) -> Member | None:
    """The same for whoever acts: the workspace's settings come along, since whatever they do asks for them next."""
    for *who, changes in rows(session, _ACTING, workspace=workspace, slack_id=slack_id):
        policy.remember(session, workspace, changes)
        return met(*who)
    return None


def members(session: Session, workspace: WorkspaceId, slack_ids: Collection[str]) -> list[Member]:
    """The known members among these Slack ids, in the order given."""
    each = (met(*row) for row in rows(session, _NAMED, workspace=workspace, slack_ids=listed(set(slack_ids))))
    found = {member.slack_id: member for member in each}
    return [found[id] for id in slack_ids if id in found]


def only_ones_called(session: Session, workspace: WorkspaceId, names: Sequence[str]) -> dict[str, str]:
    """The Slack ids of those who alone have one of these first names, which are in small letters; at most ten names."""
    wanted = [name for name in names if "%" not in name and "_" not in name][:10]
    name = Folded(_MEMBER.name)
    called = sa.or_(sa.false(), *(sa.or_(name == each, name.like(f"{each} %")) for each in wanted))
    found = session.connection().execute(
        sa.select(_MEMBER.slack_id, _MEMBER.name).where(
            _MEMBER.workspace == workspace, _MEMBER.active.is_(True), _MEMBER.kind != Kind.BOT.value, called
        )
    )
    ids: dict[str, list[str]] = {}
    for slack_id, whole_name in found:
        ids.setdefault(whole_name.casefold().partition(" ")[0], []).append(slack_id)
    return {first: each[0] for first, each in ids.items() if len(each) == 1}


def everybody(session: Session, workspace: WorkspaceId) -> list[Member]:
    """Everybody who is here and no bot, the longest known first."""
    return [met(*row) for row in rows(session, _EVERYBODY, workspace=workspace)]


def by_id(
    session: Session, workspace: WorkspaceId, ids: Iterable[int], known: Iterable[Member] = ()
) -> dict[int, Member]:
    """The members with these ids; those who are known already are not asked for again."""
    wanted = set(ids)
    found: dict[int, Member] = {member.id: member for member in known if member.id in wanted}
    missing = wanted - found.keys()
    asked = rows(session, _BY_ID, workspace=workspace, ids=listed(missing)) if missing else []
    return found | {member.id: member for member in (met(*row) for row in asked)}


def admins(session: Session, workspace: WorkspaceId) -> list[Member]:
    """Everybody who looks after Cairn here, the longest known first."""
    return [met(*row) for row in rows(session, _ADMINS, workspace=workspace)]


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
    kept = {row.slack_id: row for row in session.exec(query)}
    moved = []
    for slack_id, profile in wanted.items():
        row = kept.get(slack_id) or MemberRow(workspace=workspace, slack_id=slack_id, name="", kind="", zone="")
        if row.zone != (profile.zone or row.zone or zone):
            moved.append(row)
        _describe(row, profile, zone)
        session.add(row)
    session.flush()
    found = by_id(session, workspace, [new_id(row) for row in moved])
    return [found[new_id(row)] for row in moved]


def zones(session: Session, workspace: WorkspaceId) -> list[str]:
    """Every zone that somebody here lives in."""
    query = select(MemberRow.zone).where(MemberRow.workspace == workspace, MemberRow.active == True).distinct()  # noqa: E712
    return list(session.exec(query))


def home_opened(session: Session, who: Member, at: datetime) -> None:
    """Remember that this person uses their Home, so that it is kept fresh."""
    run(session, update(MemberRow).where(col(MemberRow.id) == who.id).values(home_opened_at=at))


def dm_channels(session: Session, workspace: WorkspaceId, slack_ids: Collection[str]) -> dict[str, str]:
    """The DM with each of these people that has been opened before."""
    found = rows(session, _DMS, workspace=workspace, slack_ids=listed(set(slack_ids))) if slack_ids else ()
    return dict(found)


def keep_dm_channels(session: Session, workspace: WorkspaceId, channels: Mapping[str, str]) -> None:
    """Remember the DM with each of these people."""
    for slack_id, channel in channels.items():
        who = (col(MemberRow.workspace) == workspace, col(MemberRow.slack_id) == slack_id)
        run(session, update(MemberRow).where(*who).values(dm_channel=channel))


def holders(session: Session, workspace: WorkspaceId) -> dict[Role, list[Member]]:
    """Who holds each granted role."""
    grants = session.exec(select(RoleRow).where(RoleRow.workspace == workspace)).all()
    people = by_id(session, workspace, {row.member for row in grants})
    held: dict[Role, list[Member]] = defaultdict(list)
    for row in grants:
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


def met(
    id: int,
    workspace: str,
    slack_id: str,
    name: str,
    zone: str,
    kind: str,
    active: bool,
    workspace_admin: bool,
    granted: str | None,
    teams: str | None,
    leads: str | None,
) -> Member:
    """The member in the columns of `whole`."""
    return Member(
        id=MemberId(id),
        workspace=WorkspaceId(workspace),
        slack_id=slack_id,
        name=name,
        zone=zone,
        kind=Kind(kind),
        active=active,
        workspace_admin=workspace_admin,
        granted=frozenset(map(Role, granted.split(","))) if granted else frozenset(),
        teams=_ids(teams),
        leads=_ids(leads),
    )


def _describe(row: MemberRow, profile: Profile, zone: str) -> None:
    row.name = profile.name
    row.zone = profile.zone or row.zone or zone
    row.kind = profile.kind.value
    row.active = profile.active
    row.workspace_admin = profile.workspace_admin and profile.active


def _ids(listed: str | None) -> frozenset[TeamId]:
    return frozenset(TeamId(int(id)) for id in listed.split(",")) if listed else frozenset()
