"""Members as Slack describes them, the roles that admins grant, and whose Home is to be kept fresh."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from domain.errors import NotFound, Refusal
from domain.left_alone import merged
from domain.people import GRANTED, Member, Profile, Role, RoleGrants, WorkspaceId, takes_part
from domain.permissions import Verb, allow
from domain.words import MENTION
from operations import planning
from storage import people, policy
from storage import planning as plans
from storage.database import Session


def keep_profiles(session: Session, workspace: WorkspaceId, profiles: Sequence[Profile], now: datetime) -> None:
    """Keep members as Slack describes them; who has moved to another zone is asked there from now on."""
    zone = policy.policy(session, workspace).zone
    moved = people.keep_profiles(session, workspace, profiles, zone)
    planning.follow(session, workspace, moved, now)


def the_people(session: Session, workspace: WorkspaceId, slack_ids: Collection[str], field: str) -> list[Member]:
    """The members with these Slack ids, all of whom take part; raises `Refusal` beside `field` when one does not."""
    found = people.members(session, workspace, slack_ids)
    missing = set(slack_ids) - {member.slack_id for member in found}
    if missing:
        raise Refusal("I have not met one of these people yet. Are they from another workspace?", field)
    return [takes_part(member, field) for member in found]


def anybody(session: Session, workspace: WorkspaceId, slack_id: str) -> Member:
    """The member with this Slack id, here or gone; raises `NotFound` for somebody whom Cairn has never met."""
    found = people.member(session, workspace, slack_id)
    if found is None:
        raise NotFound("I have not met that person yet. Are they from another workspace?")
    return found


def with_names(session: Session, workspace: WorkspaceId, text: str) -> str:
    """The text with people called by name where they are mentioned by their Slack id."""
    ids = set(MENTION.findall(text))
    known = {member.slack_id: member.name for member in people.members(session, workspace, list(ids))} if ids else {}
    return MENTION.sub(lambda found: f"@{known.get(found[1], found[1])}", text)


def the_owner(session: Session, who: Member, slack_id: str | None) -> Member:
    """Whoever shall own something: the person named, or else the one who asks."""
    return the_people(session, who.workspace, [slack_id], "owner")[0] if slack_id else who


def roles(session: Session, who: Member) -> dict[Role, list[Member]]:
    """Who holds each granted role, for an admin to change."""
    allow(Verb.GRANT_ROLES, who, "")
    return people.holders(session, who.workspace)


def grant(session: Session, who: Member, grants: RoleGrants, now: datetime) -> None:
    """Let exactly these people hold each role; raises `Refusal` beside the role's field when somebody cannot."""
    allow(Verb.GRANT_ROLES, who, "")
    meant = [role for role in GRANTED if role.value not in grants.alone]
    before = people.holders(session, who.workspace)
    wanted = {role: _by_then(grants, role, before.get(role, [])) for role in meant}
    held = {role: the_people(session, who.workspace, wanted[role], role.value) for role in meant}
    people.grant(session, who.workspace, held, who, now)
    concerned = {member.id for group in [*before.values(), *held.values()] for member in group}
    refresh_homes(session, who.workspace, {who.id} | concerned, now)


def _by_then(grants: RoleGrants, role: Role, holders: Sequence[Member]) -> tuple[str, ...]:
    """Who shall hold a role, also after somebody else has granted it or taken it away while the form was open."""
    given, now = grants.held.get(role, ()), [one.slack_id for one in holders]
    return merged(now, given, grants.drawn[role]) if role in grants.drawn else given


def refresh_homes(session: Session, workspace: WorkspaceId, members: Iterable[int], now: datetime) -> None:
    """Show the Homes of these members again, as far as they use them."""
    plans.show_homes(session, workspace, members, now)
