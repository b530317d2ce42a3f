"""What a person has before their eyes, for whoever tests an app through them."""

from dataclasses import dataclass, field

from sandbox.records import Json, Message


@dataclass(frozen=True)
class Seen:
    """What a person sees after they did something."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    modal: Json | None = None
    messages: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class Screen:
    """Everything of the app that a person has open: the modal in front of them, the Home, and their direct messages."""

    modal: Json | None = None
    home: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    """What stands beside the fields of the open modal: label → sentence."""
    trouble: str = ""
    """Slack's own complaint in the open modal."""
    dm: list[Message] = field(default_factory=list)
