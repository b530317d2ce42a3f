"""What the app was granted: its manifest is a contract, and the sandbox keeps Slack's side of it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.block_kit_rules import Problem
from sandbox.manifest_rules import manifest_problems
from sandbox.records import Json, Value


class ManifestError(ValueError):
    """Slack would not make an app of this manifest; `problems` are all the reasons, each with its path."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        lines = [f"  {problem.pointer or '/'}: {problem.message}" for problem in problems]
        super().__init__("\n".join([f"Slack would not take {path.name}:", *lines]))
        self.problems = problems


@dataclass(frozen=True)
class Command:
    name: str
    description: str
    usage_hint: str
    should_escape: bool
    url: str
    """Where Slack sends it without Socket Mode."""


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
    unfurl_domains: tuple[str, ...]
    """The hosts whose links the app unfurls, and those below them."""
    scopes: tuple[str, ...]
    home_tab: bool
    messages_tab: bool
    socket_mode: bool
    events_url: str
    interactivity_url: str
    options_url: str
    """Where the options of an external select are asked for; "" for the same place as interactivity."""
    redirect_urls: tuple[str, ...]


def read(path: Path, without: Collection[str] = ()) -> Manifest:
    """The manifest in this file, YAML or JSON, as if the installer had refused the scopes in `without`.

    Raises ManifestError with everything in it that Slack would not take.
    """
    written = _parsed(path)
    if problems := manifest_problems(written):
        raise ManifestError(path, problems)
    return _manifest(written, without)


def _parsed(path: Path) -> Value:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as unreadable:
        raise ManifestError(path, [Problem("", f"is neither YAML nor JSON: {unreadable}")]) from unreadable


def _manifest(written: Json, without: Collection[str]) -> Manifest:
    features: Json = written.get("features", {})
    oauth: Json = written.get("oauth_config", {})
    scopes: Json = oauth.get("scopes", {})
    about: Json = written["display_information"]
    tabs: Json = features.get("app_home", {})
    settings: Json = written.get("settings", {})
    subscribed: Json = settings.get("event_subscriptions", {})
    interactivity: Json = settings.get("interactivity", {})
    asked = [*scopes.get("bot", []), *scopes.get("bot_optional", [])]
    return Manifest(
        app_name=about["name"],
        bot_name=features.get("bot_user", {}).get("display_name", about["name"]),
        description=about.get("description", ""),
        commands={each["command"]: _command(each) for each in features.get("slash_commands", [])},
        shortcuts=[_shortcut(each) for each in features.get("shortcuts", [])],
        events=frozenset(subscribed.get("bot_events", [])),
        unfurl_domains=tuple(features.get("unfurl_domains", [])),
        scopes=tuple(scope for scope in asked if scope not in without),
        home_tab=bool(tabs.get("home_tab_enabled")),
        messages_tab=bool(tabs.get("messages_tab_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        events_url=subscribed.get("request_url", ""),
        interactivity_url=interactivity.get("request_url", ""),
        options_url=interactivity.get("message_menu_options_url", ""),
        redirect_urls=tuple(oauth.get("redirect_urls", [])),
    )


def _command(written: Json) -> Command:
    return Command(
        written["command"],
        written.get("description", ""),
        written.get("usage_hint", ""),
        bool(written.get("should_escape")),
        written.get("url", ""),
    )


def _shortcut(written: Json) -> Shortcut:
    return Shortcut(written["name"], written["type"], written["callback_id"], written.get("description", ""))
