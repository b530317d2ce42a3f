"""What Cairn is about to say unasked: what is to be said, to whom and until when; not how."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, NewType

from domain.people import WorkspaceId

OutboxId = NewType("OutboxId", int)


class Mode(StrEnum):
    """A message is said once; a thing is shown again whenever it has changed, which may be repeated safely."""

    SAY = "say"
    SHOW = "show"


class Delivery(StrEnum):
    """Where a row stands on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
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
    `expires_at` is on the calendar.
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


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that one courier has taken on, until its lease runs out.

    `fence` tells this claim from any later one; `version` tells what is being shown from what has changed since; `mark`
    is the random id that the message carries in Slack.
    """

    id: OutboxId
    what: Outgoing
    mark: str
    fence: int
    attempts: int
    version: int = 0


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
