"""One call of a Web API method: its arguments, and the workspace it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.bodies import NotReadable, parsed
from sandbox.errors import SlackError, invalid_arguments
from sandbox.events import Events
from sandbox.manifest import Manifest
from sandbox.records import Channel, Json, User, Value
from sandbox.rules import Rules
from sandbox.socket_mode import SocketMode
from sandbox.triggers import Triggers
from sandbox.workspace import Workspace

__all__ = ["Call", "invalid_arguments"]

CHANNEL_SCOPES = {"public": "channels", "private": "groups", "im": "im"}


@dataclass(frozen=True)
class Call:
    """What a method is given."""

    arguments: Json
    workspace: Workspace
    manifest: Manifest
    rules: Rules
    triggers: Triggers
    events: Events
    sockets: SocketMode
    page_url: str

    # arguments, which come as JSON or as strings

    def text(self, name: str) -> str:
        """An argument as text; "" when it was not given."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """An argument that must be given. Raises SlackError."""
        if not self.text(name):
            raise invalid_arguments(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """A whole number of at least one. Raises SlackError."""
        given = self.text(name) or str(default)
        if not given.isdigit() or int(given) < 1:
            raise invalid_arguments(f"must be a positive integer: {name}")
        return int(given)

    def value(self, name: str) -> Value:
        """An argument that holds JSON, given as such or as a string; None when it was not given. Raises SlackError."""
        given = self.arguments.get(name)
        if not isinstance(given, str):
            return given
        try:
            return parsed(given) if given else None
        except NotReadable as problem:
            unreadable = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise SlackError(unreadable) from problem

    # who and where

    def user(self, user_id: str) -> User:
        """Raises SlackError(user_not_found)."""
        user = self.workspace.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def channel(self, channel_id: str) -> Channel:
        """A conversation that the app can see. Raises SlackError(channel_not_found)."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or (channel.kind != "public" and not self.is_member(channel)):
            raise SlackError("channel_not_found")
        return channel

    def is_member(self, channel: Channel) -> bool:
        return self.workspace.bot.id in channel.members

    def need_scope(self, channel: Channel, doing: str) -> None:
        """Raise SlackError unless the app may do this (`read`, `history`) in conversations of this kind."""
        self.need(f"{CHANNEL_SCOPES[channel.kind]}:{doing}")

    def need(self, scope: str) -> None:
        """Raise SlackError(missing_scope) unless the app was granted this scope."""
        if scope not in self.manifest.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(self.manifest.scopes))

    # answers

    def page(self, items: Sequence[Json], default: int = 100) -> tuple[list[Json], Json]:
        """One page of a list, and the `response_metadata` that leads to the next."""
        cursor = self.text("cursor")
        if cursor and not cursor.removeprefix("at_").isdigit():
            raise SlackError("invalid_cursor")
        start = int(cursor.removeprefix("at_") or 0)
        end = start + self.number("limit", default)
        return list(items[start:end]), {"next_cursor": f"at_{end}" if end < len(items) else ""}
