"""Slack's user objects as members, and the roles that an admin grants."""

from typing import Any

import pytest

from domain.people import GRANTED, Kind, Role
from tests.examples import ADA
from tests.views.slack import fields
from views import people

USER = {
    "id": "U001",
    "name": "ada",
    "deleted": False,
    "tz": "Europe/London",
    "real_name": "Ada Lovelace",
    "is_bot": False,
    "profile": {"real_name": "Ada Lovelace", "display_name": "Ada"},
}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, Kind.PERSON),
        ({"is_restricted": True}, Kind.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Kind.GUEST),
        ({"is_bot": True}, Kind.BOT),
        ({"is_workflow_bot": True}, Kind.BOT),
        ({"id": "USLACKBOT"}, Kind.BOT),
        ({"is_stranger": True}, Kind.BOT),
    ],
)
def test_what_sort_of_account_it_is(change: dict[str, Any], kind: Kind) -> None:
    assert people.profile({**USER, **change}).kind is kind


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("Asia/Kolkata", "Asia/Kolkata"),
        (None, None),
        ("", None),
        ("Mars/Olympus", None),
        ("../etc/passwd", None),
        ("America", None),
        (7, None),
    ],
)
def test_a_zone_that_cannot_be_reckoned_with_is_none(tz: object, zone: str | None) -> None:
    assert people.profile({**USER, "tz": tz}).zone == zone


def test_somebody_without_a_zone_at_all() -> None:
    assert people.profile({"id": "U002", "name": "bo"}).zone is None


@pytest.mark.parametrize(
    ("profile", "real_name", "name"),
    [
        ({"display_name": "Ada", "real_name": "Ada L"}, "Ada Lovelace", "Ada"),
        ({"display_name": "", "real_name": "Ada L"}, "Ada Lovelace", "Ada L"),
        ({"display_name": "  "}, "Ada Lovelace", "Ada Lovelace"),
        ({}, None, "ada"),
        (None, None, "ada"),
    ],
)
def test_people_are_called_what_their_colleagues_see(profile: Any, real_name: str | None, name: str) -> None:
    assert people.profile({**USER, "profile": profile, "real_name": real_name}).name == name


def test_who_has_left_is_not_active_and_neither_is_a_stranger() -> None:
    assert people.profile(USER).active
    assert not people.profile({**USER, "deleted": True}).active
    assert not people.profile({**USER, "is_stranger": True}).active


@pytest.mark.parametrize("flag", ["is_admin", "is_owner", "is_primary_owner"])
def test_admins_and_owners_look_after_the_workspace(flag: str) -> None:
    assert people.profile({**USER, flag: True}).workspace_admin
    assert not people.profile(USER).workspace_admin


def test_each_granted_role_has_a_field_with_those_who_hold_it() -> None:
    shown = fields(people.roles_form({Role.CHAMPION: [ADA]}))
    assert set(shown) == set(GRANTED)
    assert shown["champion"]["initial_users"] == ["U001"]
