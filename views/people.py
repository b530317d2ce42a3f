"""People: what Slack says of them, and the form in which an admin grants roles."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from domain.people import GRANTED, Kind, Member, Profile, Role, RoleGrants
from views import forms
from views.blocks import View, context, input_block, modal, multi_users_select
from views.text import one_line

ROLES_FORM = "roles"

SLACKBOT = "USLACKBOT"

_MAY = {
    Role.CHAMPION: "Runs the programme: teams, settings, hand-overs, and the company's objectives.",
    Role.SPONSOR: "Stands behind the company's objectives, and may change them.",
    Role.HR: "Looks after recognition: may change what thanks are for.",
    Role.ADMIN: "Looks after Cairn: may change everything. Workspace admins are admins without being named here.",
}


def profile(user: Mapping[str, Any]) -> Profile:
    """Slack's user object as a profile; somebody from another workspace counts as an account that nobody uses."""
    stranger = bool(user.get("is_stranger"))
    return Profile(
        slack_id=str(user.get("id", "")),
        name=_name(user),
        zone=_zone(user.get("tz")),
        kind=Kind.BOT if stranger else _kind(user),
        active=not user.get("deleted") and not stranger,
        workspace_admin=any(user.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
    )


def roles_form(granted: Mapping[Role, Sequence[Member]]) -> View:
    """Who holds each role that an admin grants."""
    fields = [
        input_block(role, role.label, multi_users_select(_ids(granted.get(role, ())), "Nobody"), True, _MAY[role])
        for role in GRANTED
    ]
    note = context(
        "Everybody is a member, and whoever leads a team is a manager: those roles follow on their own. `/okr help "
        "roles` says who may do what; no role opens what is private."
    )
    return modal("Roles", [*fields, note], "Save", ROLES_FORM, forms.marked({}, fields))


def read_roles(view: forms.Json) -> RoleGrants:
    """Who shall hold each role, as it was filled in."""
    held = {role: forms.people(view, role) for role in GRANTED}
    return RoleGrants(held, forms.staying(view, GRANTED), forms.lists_drawn(view, GRANTED))


def _name(user: Mapping[str, Any]) -> str:
    """What colleagues see: the display name, else the real one, else the account's."""
    profile = user.get("profile") if isinstance(user.get("profile"), Mapping) else {}
    said = [(profile or {}).get("display_name"), (profile or {}).get("real_name"), user.get("real_name")]
    names = (one_line(each) for each in [*said, user.get("name"), user.get("id")] if isinstance(each, str))
    return next(filter(None, names), "Somebody")


def _zone(tz: object) -> str | None:
    """The zone, if it is one that can be reckoned with."""
    if not isinstance(tz, str) or not tz:
        return None
    try:
        return ZoneInfo(tz).key
    except (KeyError, ValueError, OSError):
        return None


def _kind(user: Mapping[str, Any]) -> Kind:
    if user.get("id") == SLACKBOT or user.get("is_bot") or user.get("is_workflow_bot"):
        return Kind.BOT
    return Kind.GUEST if user.get("is_restricted") or user.get("is_ultra_restricted") else Kind.PERSON


def _ids(members: Sequence[Member]) -> list[str]:
    return [member.slack_id for member in members]
