"""What a test says to a Slack, in this process or in another: who does what, and what the app called because of it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Protocol

from sandbox.inputs import Entered
from sandbox.records import Change, Json, Message
from sandbox.seen import Screen, Seen

Within = Message | Json | None
"""Where somebody looks for a control: in this message, in this view, or (None) wherever it is in sight."""

REFUSALS: dict[type[Exception], int] = {KeyError: 404, TimeoutError: 408, AssertionError: 409, ValueError: 422}
"""What a verb raises, and the HTTP status with which the door of another process says the same."""


class Hands(Protocol):
    """Somebody at their keyboard, near or far."""

    async def command(self, text: str, channel: str = "general", settle: float = 0.0) -> Seen: ...

    async def say(self, text: str, channel: str = "", thread_ts: str | None = None) -> Message | None: ...

    async def open_home(self) -> Json | None: ...

    async def press(self, label: str, within: Within = None) -> Seen: ...

    async def choose(self, label: str, option: Entered, within: Within = None) -> Seen: ...

    async def fill(self, entered: Mapping[str, Entered]) -> None: ...

    async def submit(self, entered: Mapping[str, Entered] | None = None) -> Seen: ...

    async def close(self, whole_stack: bool = False) -> None: ...

    async def shortcut(self, name: str, message: Message | None = None) -> Seen: ...

    async def join(self, channel: str) -> None: ...

    async def leave(self, channel: str) -> None: ...

    async def invite_app(self, channel: str) -> None: ...

    async def react(self, message: Message, emoji: str) -> None: ...


class Verbs(ABC):
    """A Slack to test an app in. `by` is a handle, an id or a real name; things are called what people read on them.

    A control or a field that is not in sight raises AssertionError, a choice that is not offered ValueError, and a
    person or a channel that is not there KeyError.
    """

    @abstractmethod
    def person(self, name: str) -> Hands:
        """Somebody at their keyboard."""

    @abstractmethod
    async def look(self, by: str) -> Screen:
        """Everything of the app that they have open."""

    @abstractmethod
    async def read(self, channel: str, by: str = "") -> list[Message]:
        """What was said in a channel, oldest first; with what only they can see where `by` names somebody."""

    @abstractmethod
    async def next(self, method: str, seconds: float = 10.0) -> Change:
        """The app's first call of this Web API method that `next` has not told of yet, waited for if need be.

        Its `detail` has `arguments` and `answer`. Raises TimeoutError after `seconds`.
        """

    async def command(self, text: str, *, by: str, channel: str = "general", settle: float = 0.0) -> Seen:
        """Type a slash command; returns what they then see, waiting a little for the first sign of it.

        What comes later belongs to whatever they do next; with `settle`, it waits until nothing has come for so long
        (in seconds).
        """
        return await self.person(by).command(text, channel, settle)

    async def say(self, text: str, *, by: str, channel: str = "", thread_ts: str | None = None) -> Message | None:
        """Write a message in a channel, or to the app where none is named."""
        return await self.person(by).say(text, channel, thread_ts)

    async def open_home(self, *, by: str) -> Json | None:
        """Open the app's Home; returns what is on it."""
        return await self.person(by).open_home()

    async def press(self, label: str, *, by: str, within: Within = None) -> Seen:
        """Press the button with this text or action_id."""
        return await self.person(by).press(label, within)

    async def choose(self, label: str, option: Entered, *, by: str, within: Within = None) -> Seen:
        """Choose in the select with this label, placeholder or action_id; options by their text, people by @handle."""
        return await self.person(by).choose(label, option, within)

    async def submit(self, entered: Mapping[str, Entered] | None = None, *, by: str) -> Seen:
        """Submit the open modal, after filling in these fields, by label or block_id."""
        return await self.person(by).submit(entered)

    async def close(self, *, by: str, whole_stack: bool = False) -> None:
        """Cancel the open modal; `whole_stack` is the x in its corner."""
        await self.person(by).close(whole_stack)

    async def shortcut(self, name: str, *, by: str, message: Message | None = None) -> Seen:
        """Use a global shortcut, or one on `message`, by its name or callback_id."""
        return await self.person(by).shortcut(name, message)
