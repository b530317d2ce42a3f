"""What shows only when a manifest is looked at as a whole: names used twice, missing scopes, no way to reach the app.

Everything here is asked of a manifest whose keys may be wrong as well, so that all that is wrong is told at once; a
value of the wrong type counts as not given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit_rules import Problem
from sandbox.scopes import EVENT_SCOPES, lets_hear

Listed = list[tuple[int, Any]]
"""The items of a list with their places in it."""


def manifest_as_a_whole(manifest: object) -> Iterator[Problem]:
    """What is wrong between the parts of a manifest."""
    yield from _named_twice(manifest, "slash_commands", "command")
    yield from _named_twice(manifest, "shortcuts", "callback_id")
    yield from _commands_without_their_scope(manifest)
    yield from _events_without_their_scope(manifest)
    if _found(manifest, "settings", "socket_mode_enabled") is not True:  # with it, Slack calls no address
        yield from _settings_without_address(manifest)
        yield from _commands_without_address(manifest)


def _named_twice(manifest: object, kind: str, key: str) -> Iterator[Problem]:
    seen = []
    for index, each in _objects(manifest, "features", kind):
        name = each.get(key)
        if name is not None and name in seen:
            yield Problem(f"/features/{kind}/{index}/{key}", f'`{key}` "{name}" already exists')
        seen.append(name)


def _commands_without_their_scope(manifest: object) -> Iterator[Problem]:
    for kind in ("slash_commands", "shortcuts"):
        if _objects(manifest, "features", kind) and "commands" not in _bot_scopes(manifest):
            yield Problem(f"/features/{kind}", "needs the scope commands")


def _events_without_their_scope(manifest: object) -> Iterator[Problem]:
    for index, event in _strings(manifest, "settings", "event_subscriptions", "bot_events"):
        if not lets_hear(event, _bot_scopes(manifest)):
            at = f"/settings/event_subscriptions/bot_events/{index}"
            yield Problem(at, f"{event} needs the scope {' or '.join(EVENT_SCOPES[event])}")


def _settings_without_address(manifest: object) -> Iterator[Problem]:
    subscribed = any(_strings(manifest, "settings", "event_subscriptions", of) for of in ("bot_events", "user_events"))
    interactive = _found(manifest, "settings", "interactivity", "is_enabled") is True
    for name, needed, title in (
        ("event_subscriptions", subscribed, "Event Subscription"),
        ("interactivity", interactive, "Interactivity"),
    ):
        if needed and _found(manifest, "settings", name, "request_url") is None:
            yield Problem(f"/settings/{name}", f"{title} requires either Request URL or Socket Mode Enabled")


def _commands_without_address(manifest: object) -> Iterator[Problem]:
    for index, command in _objects(manifest, "features", "slash_commands"):
        if "url" not in command:
            yield Problem(
                f"/features/slash_commands/{index}", "Slash Command requires either URL or Socket Mode Enabled"
            )


def _bot_scopes(manifest: object) -> list[str]:
    return [scope for of in ("bot", "bot_optional") for _, scope in _strings(manifest, "oauth_config", "scopes", of)]


def _objects(manifest: object, *path: str) -> Listed:
    return [(index, item) for index, item in _listed(manifest, *path) if isinstance(item, dict)]


def _strings(manifest: object, *path: str) -> Listed:
    return [(index, item) for index, item in _listed(manifest, *path) if isinstance(item, str)]


def _listed(manifest: object, *path: str) -> Listed:
    items = _found(manifest, *path)
    return list(enumerate(items)) if isinstance(items, list) else []


def _found(value: Any, *path: str) -> Any:
    """What stands there; None where nothing does."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
