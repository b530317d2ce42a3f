"""Where a control is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InMessage:
    """A control in a message."""

    channel: str
    ts: str


@dataclass(frozen=True)
class InView:
    """A control in an open modal or a Home."""

    view_id: str


Place = InMessage | InView
