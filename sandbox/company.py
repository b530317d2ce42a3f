"""The company that lives in the workspace: people in several time zones, their channels and their teams."""

import hashlib
from dataclasses import dataclass

from sandbox.records import Channel, User, UserGroup

TEAM = "Larkspur"

PEOPLE = [
    # handle, name, title, time zone, manager, teams, flags
    ("ada", "Ada Okafor", "Chief Executive", "Europe/London", None, "", "admin owner primary_owner"),
    ("bo", "Bo Lindqvist", "VP Engineering", "Europe/Stockholm", "ada", "engineering", ""),
    ("chiara", "Chiara Moretti", "VP Product", "Europe/Rome", "ada", "product", ""),
    ("diego", "Diego Fuentes", "VP Customer Success", "America/Mexico_City", "ada", "success", ""),
    ("emi", "Emi Tanaka", "Senior Engineer", "Asia/Tokyo", "bo", "engineering", ""),
    ("farid", "Farid Haddad", "Engineer", "Europe/Berlin", "bo", "engineering", ""),
    ("gita", "Gita Raghunathan", "Staff Engineer", "Asia/Kolkata", "bo", "engineering", ""),
    ("hana", "Hana Nováková", "Product Manager", "Europe/Prague", "chiara", "product", ""),
    ("imani", "Imani Wanjiru", "Product Designer", "Africa/Nairobi", "chiara", "product", ""),
    ("jonah", "Jonah Weiss", "Customer Success Manager", "America/New_York", "diego", "success", ""),
    ("kalea", "Kalea Mahoe", "Support Lead", "Pacific/Honolulu", "diego", "success", ""),
    ("lin", "Lin Xiaoyu", "People and IT", "Asia/Singapore", "ada", "", "admin"),
    ("marek", "Marek Zieliński", "Contract Researcher", "Europe/Warsaw", "chiara", "", "restricted"),
    ("noor", "Noor Aziz", "Engineer", "Asia/Karachi", "bo", "", "deleted"),
    ("deploys", "Deploys", "", None, None, "", "bot"),
]

CHANNELS = {
    # name: kind, topic, who ("*" for everybody but guests and bots)
    "general": ("public", "News for all of Larkspur", "*"),
    "kudos": ("public", "Thank somebody", "*"),
    "product": ("public", "What we build next", "ada chiara hana imani emi marek"),
    "engineering": ("public", "How we build it", "ada bo emi farid gita deploys"),
    "customer-success": ("public", "How customers fare", "ada diego jonah kalea hana"),
    "leadership": ("private", "Plans", "ada bo chiara diego lin"),
}

GROUPS = {"product": "Product", "engineering": "Engineering", "success": "Customer Success"}


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


def company(bot_name: str) -> Company:
    """Larkspur, with the app installed under this name."""
    slackbot = User("USLACKBOT", "slackbot", "Slackbot", tz="America/Los_Angeles")
    app = User(stable_id("U", "the app"), bot_name, bot_name, is_bot=True, bot_id=stable_id("B", "the app"))
    users = [_user(*row) for row in PEOPLE]
    return Company(
        team_id=stable_id("T", TEAM),
        name=TEAM,
        domain=TEAM.lower(),
        app_id=stable_id("A", "the app"),
        bot_user_id=app.id,
        users=[*users, slackbot, app],
        channels=[_channel(name, *row, users) for name, row in CHANNELS.items()],
        groups=[_group(handle, name) for handle, name in GROUPS.items()],
    )


def stable_id(prefix: str, name: str) -> str:
    """An id in Slack's shape that is always the same for the same name."""
    return f"{prefix}0{hashlib.sha256(f'{prefix} {name}'.encode()).hexdigest()[:9].upper()}"


def _user(handle: str, name: str, title: str, tz: str | None, manager: str | None, teams: str, flags: str) -> User:
    is_bot = "bot" in flags.split()
    return User(
        stable_id("U", handle),
        handle,
        name,
        title,
        tz,
        manager and stable_id("U", manager),
        display_name="" if is_bot else name.split()[0],
        email=f"{handle}@larkspur.example",
        bot_id=stable_id("B", handle) if is_bot else None,
        **{flag if flag == "deleted" else f"is_{flag}": True for flag in flags.split()},  # type: ignore[arg-type]
    )


def _channel(name: str, kind: str, topic: str, who: str, users: list[User]) -> Channel:
    everybody = [each.name for each in users if not (each.is_restricted or each.is_bot or each.deleted)]
    handles = everybody if who == "*" else who.split()
    members = [stable_id("U", handle) for handle in handles]
    return Channel(stable_id("C", name), name, "private" if kind == "private" else "public", members, topic)


def _group(handle: str, name: str) -> UserGroup:
    members = [stable_id("U", row[0]) for row in PEOPLE if handle in row[5].split()]
    return UserGroup(stable_id("S", handle), handle, name, members)
