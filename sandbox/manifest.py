"""What the app was granted: its manifest is a contract, and the sandbox keeps Slack's side of it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.records import Json


@dataclass(frozen=True)
class Command:
    name: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    name: str
    kind: str
    """`global` or `message`."""
    callback_id: str
    description: str


@dataclass(frozen=True)
class Manifest:
    app_name: str
    bot_name: str
    description: str
    commands: dict[str, Command]
    shortcuts: list[Shortcut]
    events: frozenset[str]
    scopes: tuple[str, ...]
    home_tab: bool
    messages_tab: bool


def read(path: Path, without: Collection[str] = ()) -> Manifest:
    """The manifest in this file, as if the installer had refused the scopes in `without`."""
    written: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    features: Json = written.get("features", {})
    scopes: Json = written.get("oauth_config", {}).get("scopes", {})
    about: Json = written["display_information"]
    tabs: Json = features.get("app_home", {})
    subscribed: Json = written.get("settings", {}).get("event_subscriptions", {})
    asked = [*scopes.get("bot", []), *scopes.get("bot_optional", [])]
    return Manifest(
        app_name=about["name"],
        bot_name=features.get("bot_user", {}).get("display_name", about["name"]),
        description=about.get("description", ""),
        commands={each["command"]: _command(each) for each in features.get("slash_commands", [])},
        shortcuts=[_shortcut(each) for each in features.get("shortcuts", [])],
        events=frozenset(subscribed.get("bot_events", [])),
        scopes=tuple(scope for scope in asked if scope not in without),
        home_tab=bool(tabs.get("home_tab_enabled")),
        messages_tab=bool(tabs.get("messages_tab_enabled")),
    )


def _command(written: Json) -> Command:
    return Command(
        written["command"],
        written.get("description", ""),
        written.get("usage_hint", ""),
        bool(written.get("should_escape")),
    )


def _shortcut(written: Json) -> Shortcut:
    return Shortcut(written["name"], written["type"], written["callback_id"], written.get("description", ""))
