"""Members of a workspace, the roles they hold and the teams they belong to."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.errors import Refusal
from domain.words import required

WorkspaceId = NewType("WorkspaceId", str)
MemberId = NewType("MemberId", int)
TeamId = NewType("TeamId", int)


class Kind(StrEnum):
    """What sort of account this is in Slack."""

    PERSON = "person"
    GUEST = "guest"
    BOT = "bot"


class Role(StrEnum):
    """What somebody is to the OKR programme; one person may be several things."""

    MEMBER = "member"
    MANAGER = "manager"
    CHAMPION = "champion"
    SPONSOR = "sponsor"
    HR = "hr"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role as people read it."""
        return {"hr": "HR", "sponsor": "Executive sponsor", "champion": "OKR champion"}.get(self, self.capitalize())


GRANTED = (Role.CHAMPION, Role.SPONSOR, Role.HR, Role.ADMIN)
"""Roles that an admin gives by hand; the others follow from what people do."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace with Cairn in it; `installer` is the Slack id of the admin who was greeted."""

    id: WorkspaceId
    name: str
    bot_user: str
    installer: str | None = None
    set_up_at: datetime | None = None

    @property
    def is_set_up(self) -> bool:
        """Whether an admin has finished the set-up; until then Cairn writes to nobody else."""
        return self.set_up_at is not None


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of one of its users."""

    slack_id: str
    name: str
    zone: str | None
    kind: Kind
    active: bool
    workspace_admin: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A person in one workspace, as everyone else may know them; `zone` is an IANA name."""

    id: MemberId
    workspace: WorkspaceId
    slack_id: str
    name: str
    zone: str
    kind: Kind
    active: bool
    workspace_admin: bool = False
    granted: frozenset[Role] = frozenset()
    teams: frozenset[TeamId] = frozenset()
    leads: frozenset[TeamId] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held: the granted ones, and those that follow from Slack and from leading a team."""
        held = set(self.granted) | {Role.MEMBER}
        if self.workspace_admin:
            held.add(Role.ADMIN)
        if self.leads:
            held.add(Role.MANAGER)
        return frozenset(held)

    @property
    def is_admin(self) -> bool:
        """Whether this person looks after Cairn here."""
        return Role.ADMIN in self.roles


@dataclass(frozen=True, slots=True)
class Team:
    """Some people with a lead and, usually, a channel; a lead who has left leads it again should they come back."""

    id: TeamId
    workspace: WorkspaceId
    name: str
    lead: Member | None = None
    members: tuple[Member, ...] = ()
    channel: str | None = None
    usergroup: str | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team as somebody would like it; people by their Slack ids. What a form left `alone` is named, and stays.

    `drawn` are the lists that the form was shown with.
    """

    name: str
    lead: str | None = None
    members: tuple[str, ...] = ()
    channel: str | None = None
    usergroup: str | None = None
    alone: frozenset[str] = frozenset()
    drawn: Mapping[str, Container[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoleGrants:
    """Who shall hold each granted role; people by their Slack ids. What a form left `alone` is named, and stays.

    `drawn` is who held each when the form was shown.
    """

    held: dict[Role, tuple[str, ...]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    drawn: Mapping[str, Container[str]] = field(default_factory=dict)


def drafted(team: Team) -> TeamDraft:
    """A team as somebody would have written it down."""
    members = tuple(member.slack_id for member in team.members)
    return TeamDraft(team.name, team.lead.slack_id if team.lead else None, members, team.channel, team.usergroup)


def team_name(typed: str) -> str:
    """The name of a team, tidied; raises `Refusal` when it is empty or too long."""
    return required(typed, "name", "Give the team a name.", at_most=80)


def can_take_part(member: Member) -> bool:
    """Whether Cairn may write to this account at all: somebody active who is not a bot."""
    return member.active and member.kind is not Kind.BOT


def takes_part(member: Member, field: str) -> Member:
    """The member, if they can be asked and thanked; raises `Refusal` beside `field` when not."""
    if member.kind is Kind.BOT:
        raise Refusal(f"{member.name} is an app. Choose a person.", field)
    if not member.active:
        raise Refusal(f"{member.name} has left this workspace. Choose somebody who is here.", field)
    return member


def names(folk: Iterable[Member | Team]) -> str:
    """The names in a sentence: "Ada, Bo and Chidi"."""
    each = [one.name for one in folk]
    return " and ".join(filter(None, [", ".join(each[:-1]), *each[-1:]]))
