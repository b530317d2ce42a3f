"""What a workspace is made of: people, channels, user groups, messages, views, and the changes that happen to them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Value = Any
"""Whatever JSON can hold."""

Json = dict[str, Value]

ChannelKind = Literal["public", "private", "im"]


@dataclass
class User:
    """A member of the workspace: a person, a guest, somebody who has left, or a bot."""

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str | None = None
    manager: str | None = None
    display_name: str = ""
    email: str = ""
    status_text: str = ""
    status_emoji: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    bot_id: str | None = None
    deleted: bool = False
    updated: int = 0

    @property
    def shown_name(self) -> str:
        """The name that other people see."""
        return self.display_name or self.real_name


@dataclass
class Channel:
    """A conversation: public, private, or the direct messages (`im`) between one person and the app."""

    id: str
    name: str
    kind: ChannelKind = "public"
    members: list[str] = field(default_factory=list)
    topic: str = ""
    is_archived: bool = False
    created: int = 0
    user: str | None = None
    """The person at the other end of an `im`."""


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    date_delete: int = 0


@dataclass
class Message:
    """A message in a channel; an ephemeral one has a single reader, `only_for`."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    shown_at: str = ""
    """The workspace calendar's instant (ISO 8601, UTC) when it was posted: for display only."""
    bot_id: str | None = None
    metadata: Json | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    edited: str | None = None
    """The ts of the last edit."""
    only_for: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Emoji name → the ids of the people who reacted."""
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    """File objects, as Slack writes them."""
    pinned_by: str | None = None
    """Who pinned it to its channel."""

    @property
    def shown_blocks(self) -> list[Json]:
        """Its own blocks, and below them those of its attachments."""
        return [*self.blocks, *(block for each in self.attachments for block in each.get("blocks", []))]

    @property
    def in_channel(self) -> bool:
        """Whether it stands among the channel's messages: a reply does so only where it was sent there too."""
        return self.thread_ts in (None, self.ts) or self.subtype == "thread_broadcast"

    @property
    def is_ephemeral(self) -> bool:
        return self.only_for is not None


@dataclass
class View:
    """A modal on somebody's screen, or their App Home, and what they have entered in it so far."""

    id: str
    user: str
    content: Json
    """The view as the app sent it; every block has a `block_id`, every element an `action_id`."""
    hash: str
    root: str
    previous: str | None = None
    values: Json = field(default_factory=dict)
    """`state.values` in Slack's own shape: block_id → action_id → the element's value."""
    errors: dict[str, str] = field(default_factory=dict)
    """block_id → the sentence that the app's last answer put beside that field."""
    trouble: str = ""
    """Slack's own sentence when the app did not answer in time, or not as Slack expects."""

    @property
    def is_home(self) -> bool:
        return self.content.get("type") == "home"


@dataclass(frozen=True)
class Change:
    """Something that happened in the workspace, told to whoever subscribed.

    Kinds, and what `detail` holds:

    - `message`, `message_changed`, `message_deleted`, `pinned`; `reaction`: emoji, by
    - `seen`: somebody has read a channel
    - `modal`, `home`: what is on somebody's screen
    - `user`, `channel`, `group`: their id; `clock`: at
    - `typed`: the text of somebody's command
    - `acted`: what somebody did (`pressed`, `chose`, `submitted`, `closed`, `used`, `opened`) and its label
    - `call`: a Web API method, its arguments and answer
    - `event`: an event, and the attempts it took; None where it was lost
    - `refused`: what Slack would not have accepted in an answer of the app
    """

    kind: str
    user: str | None = None
    """Whose screen it concerns; None when it concerns everyone who can see the channel."""
    channel: str | None = None
    ts: str | None = None
    detail: Json = field(default_factory=dict)
