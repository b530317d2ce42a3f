"""The company that lives in the workspace: people in several time zones, their channels and their groups."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox import people_file
from sandbox.records import Channel, Json, User, UserGroup

LARKSPUR = Path(__file__).with_name("larkspur.yml")
"""The people file of the company that is there unless another is asked for."""

EVERYBODY = {"name": "general", "topic": "News for everybody"}
"""The channel that every workspace has."""


@dataclass(frozen=True)
class Company:
    """Who and what a fresh workspace holds. Ids are the same every time."""

    team_id: str
    name: str
    domain: str
    app_id: str
    bot_user_id: str
    users: list[User]
    channels: list[Channel]
    groups: list[UserGroup]


def company(bot_name: str, people: Path | None = None) -> Company:
    """The company of a people file, or else Larkspur, with the app installed under this name.

    Raises NotACompany, with a sentence, where the file cannot be used.
    """
    written = people_file.read(people) if people else _larkspur()
    name = written.get("company") or "Workspace"
    domain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "workspace"
    slackbot = User("USLACKBOT", "slackbot", "Slackbot", tz="America/Los_Angeles")
    app = User(stable_id("U", "the app"), bot_name, bot_name, is_bot=True, bot_id=stable_id("B", "the app"))
    users = [_user(each, domain) for each in written["people"]]
    return Company(
        team_id=stable_id("T", name),
        name=name,
        domain=domain,
        app_id=stable_id("A", "the app"),
        bot_user_id=app.id,
        users=[*users, slackbot, app],
        channels=[_channel(each, users) for each in _channels(written)],
        groups=[_group(each) for each in written.get("groups") or []],
    )


def stable_id(prefix: str, name: str) -> str:
    """An id in Slack's shape that is always the same for the same name."""
    return f"{prefix}0{hashlib.sha256(f'{prefix} {name}'.encode()).hexdigest()[:9].upper()}"


@cache
def _larkspur() -> Json:
    return people_file.read(LARKSPUR)


def _user(written: Json, domain: str) -> User:
    handle, flags = written["handle"], written.get("flags", [])
    is_bot, manager = "bot" in flags, written.get("manager")
    return User(
        stable_id("U", handle),
        handle,
        written["name"],
        written.get("title", ""),
        written.get("tz"),
        manager and stable_id("U", manager),
        display_name=written.get("display_name") or ("" if is_bot else written["name"].split()[0]),
        email=written.get("email") or f"{handle}@{domain}.example",
        bot_id=stable_id("B", handle) if is_bot else None,
        **{flag if flag == "deleted" else f"is_{flag}": True for flag in flags},  # type: ignore[arg-type]
    )


def _channels(written: Json) -> list[Json]:
    channels: list[Json] = written.get("channels") or []
    has_general = any(each["name"] == EVERYBODY["name"] for each in channels)
    return channels if has_general else [EVERYBODY, *channels]


def _channel(written: Json, users: list[User]) -> Channel:
    """A channel; one without a list of members has everybody in it but guests, bots and those who have left."""
    everybody = [each.id for each in users if not (_is_guest(each) or each.is_bot or each.deleted)]
    members = [stable_id("U", handle) for handle in written["members"]] if "members" in written else everybody
    name, is_private = written["name"], written.get("private")
    return Channel(stable_id("C", name), name, "private" if is_private else "public", members, written.get("topic", ""))


def _is_guest(user: User) -> bool:
    return user.is_restricted or user.is_ultra_restricted


def _group(written: Json) -> UserGroup:
    members = [stable_id("U", handle) for handle in written.get("members", [])]
    return UserGroup(stable_id("S", written["handle"]), written["handle"], written["name"], members)
