"""What people do in the client: type, press, choose, fill in, submit, close, come and go.

The page and the tests use the same functions. Each tells the app as Slack does and returns once the app has answered
or its time is up; what came of it is then in the workspace. Ids are Slack ids; `place` says where a control is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.records import Json, Message, Value

Entered = str | list[str] | None
"""What a person puts into a control: text, an option's value or an id; a list of them where several may be chosen."""


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


class Interactions:
    """The hands of every person in the workspace."""

    # typing

    async def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Message | None:
        """Send what was typed in a channel's composer; a text that begins with "/" is a command (and no message)."""
        raise NotImplementedError

    async def command(self, user_id: str, channel_id: str, text: str) -> None:
        """Run a slash command, for example "/okr update KR-1 45"."""
        raise NotImplementedError

    # buttons and choices

    async def act(self, user_id: str, place: Place, block_id: str, action_id: str, entered: Entered = None) -> None:
        """Press a button, or make a choice in a select, date picker, overflow … outside an input block."""
        raise NotImplementedError

    async def suggestions(self, user_id: str, place: Place, block_id: str, action_id: str, typed: str) -> list[Json]:
        """The options that an external select offers for what was typed."""
        raise NotImplementedError

    # modals

    def fill(self, user_id: str, view_id: str, entered: Mapping[str, Entered]) -> None:
        """Put values into a modal's input blocks, by block_id. Nothing is sent."""
        raise NotImplementedError

    async def submit(self, user_id: str, view_id: str) -> None:
        """Submit the modal with what is filled in. Afterwards it is closed, updated, pushed upon, or shows errors."""
        raise NotImplementedError

    async def close(self, user_id: str, view_id: str, whole_stack: bool = False) -> None:
        """Cancel this modal; `whole_stack` is the x in its corner."""
        raise NotImplementedError

    # shortcuts and the app's own pages

    async def shortcut(self, user_id: str, callback_id: str, message: Message | None = None) -> None:
        """Use a global shortcut, or a message shortcut on `message`."""
        raise NotImplementedError

    async def open_home(self, user_id: str) -> None:
        """Open the app's Home tab."""
        raise NotImplementedError

    async def open_dm(self, user_id: str) -> str:
        """Open the direct messages with the app; returns the channel's id."""
        raise NotImplementedError

    # comings and goings

    async def join(self, user_id: str, channel_id: str) -> None:
        raise NotImplementedError

    async def leave(self, user_id: str, channel_id: str) -> None:
        raise NotImplementedError

    async def invite_app(self, user_id: str, channel_id: str) -> None:
        """Add the app to a channel."""
        raise NotImplementedError

    async def react(self, user_id: str, channel_id: str, ts: str, emoji: str) -> None:
        raise NotImplementedError

    async def change_profile(self, user_id: str, **fields: Value) -> None:
        """Change fields of `User`, for example `tz="Asia/Tokyo"` or `display_name="Al"`."""
        raise NotImplementedError

    async def arrive(self, name: str, real_name: str, **fields: Value) -> str:
        """Somebody joins the company; returns their id."""
        raise NotImplementedError

    async def deactivate(self, user_id: str) -> None:
        raise NotImplementedError
