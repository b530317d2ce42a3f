"""What Cairn is about to say unasked: what is to be said, to whom and until when; not how."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, NewType

from domain.people import WorkspaceId

OutboxId = NewType("OutboxId", int)


class Mode(StrEnum):
    """A message is said once; a thing is shown again whenever it has changed, which may be repeated safely."""

    SAY = "say"
    SHOW = "show"


class Method(StrEnum):
    """The methods of Slack that take things out: each has a pace of its own, and rests on its own."""

    POST = "chat.postMessage"
    UPDATE = "chat.update"
    PUBLISH = "views.publish"
    UNFURL = "chat.unfurl"
    OPEN = "conversations.open"
    SEARCH = "conversations.history"
    UPLOAD = "files.completeUploadExternal"

    @property
    def mode(self) -> Mode:
        """Only a post and a file cannot be repeated without harm."""
        return Mode.SAY if self in {Method.POST, Method.UPLOAD} else Mode.SHOW


class Delivery(StrEnum):
    """Where a row stands on its way.

    `unknown` is what may have been said and is looked for; `skipped` is what could not be looked for and was let go.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    EXPIRED = "expired"
    UNWANTED = "unwanted"
    DEAD = "dead"


class Priority(IntEnum):
    """What goes first when Slack lets only one through."""

    ANSWER = 10
    THANKS = 20
    PROMPT = 30
    SHOW = 40
    DIGEST = 50


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to say or show.

    `place` is where it goes: a channel's or a person's Slack id. `key` is unique in the workspace: what has been
    planned under a key is never planned again. `facts` are the ids it is about, and the few facts that must not change.
    `expires_at` is on the calendar. `thread` is the `ts` of the message that it answers, if any.
    """

    workspace: WorkspaceId
    kind: str
    place: str
    key: str
    rule: str
    facts: dict[str, Any] = field(default_factory=dict)
    mode: Mode = Mode.SAY
    priority: Priority = Priority.ANSWER
    expires_at: datetime | None = None
    thread: str | None = None

    @property
    def method(self) -> Method:
        """What takes it to Slack."""
        if self.mode is Mode.SAY:
            return Method.UPLOAD if self.kind == EXPORT else Method.POST
        return _SHOWING.get(self.kind, Method.UPDATE)


EXPORT = "export"
"""The kind that is files rather than a message: nothing in Slack tells later whether they arrived."""

HOME = "home"
"""The kind that is somebody's Home."""

UNFURL = "unfurl"
"""The kind that stands below somebody's message with a link; whatever else is shown takes the place of a message."""

_SHOWING = {HOME: Method.PUBLISH, UNFURL: Method.UNFURL}


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a courier may take, and when what it never came back with is looked for.

    `timeout` is Slack's for one call; `lease` the courier's for one row, and longer; `quiet` what is waited after a
    lease, so that a message that Slack took late can be found. `posts_a_minute` is the pace to begin with; what is
    not `paced` goes as fast as it can, which only a stand-in for Slack takes.
    """

    timeout: timedelta = timedelta(seconds=10)
    lease: timedelta = timedelta(seconds=60)
    quiet: timedelta = timedelta(seconds=90)
    posts_a_minute: float = 240
    paced: bool = True


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that one courier has taken on, until its lease runs out.

    `fence` tells this claim from any later one; `version` tells what is being shown from what has changed since; `mark`
    is the random id that the message carries in Slack. `channel` is where it is posted: the DM of a person, or the
    person where there is none yet, which `opens` says to open first. `at` is when it was taken on.
    """

    id: OutboxId
    what: Outgoing
    mark: str
    fence: int
    attempts: int
    at: datetime
    version: int = 0
    channel: str = ""
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message of which nobody knows whether it was said, `since` it was first sent; `looks` were in vain so far."""

    id: OutboxId
    what: Outgoing
    mark: str
    fence: int
    since: datetime
    channel: str
    looks: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message came to rest in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be delivered, for an admin: never its words."""

    kind: str
    place: str
    state: Delivery
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox as whoever runs Cairn sees it: never its words. `since` is when it came to this state."""

    id: OutboxId
    workspace: WorkspaceId
    kind: str
    place: str
    state: Delivery
    attempts: int
    since: datetime
    error: str
