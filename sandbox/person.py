"""A person at work in the sandbox, for tests and stories: they type, press, fill in, and look at what comes of it."""

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox import sight
from sandbox.interactions import Entered, Interactions, InView, Place
from sandbox.manifest import Manifest
from sandbox.payloads import view_json
from sandbox.reading import Readable, text_of
from sandbox.records import Change, Channel, Json, Message, User, View
from sandbox.seen import Screen, Seen
from sandbox.waiting import until
from sandbox.workspace import Workspace

ANSWER_SECONDS = 5.0
"""How long a person waits to see what came of a command."""


@dataclass(frozen=True)
class Room:
    """A channel as everybody sees it."""

    channel: Channel
    workspace: Workspace

    @property
    def id(self) -> str:
        return self.channel.id

    @property
    def messages(self) -> list[Message]:
        """What was said, oldest first, without anybody's ephemeral messages."""
        return self.workspace.timeline(self.channel.id)


class Person:
    """Somebody's eyes and hands. What they name, they name as they see it: by label, by text, by @handle."""

    def __init__(self, user_id: str, workspace: Workspace, interactions: Interactions, manifest: Manifest) -> None:
        self.id, self._workspace, self._interactions, self._manifest = user_id, workspace, interactions, manifest
        self._looks_at_home = False

    def __repr__(self) -> str:
        return f"<{self.user.real_name}>"

    # what they see

    @property
    def user(self) -> User:
        return self._workspace.users[self.id]

    @property
    def modal(self) -> Json | None:
        """The view in front of them, with its state; None when no modal is open."""
        view = self._workspace.modal(self.id)
        return view_json(self._workspace, view) if view else None

    @property
    def home(self) -> Json | None:
        """The app's Home as it is for them."""
        view = self._workspace.homes.get(self.id)
        return view_json(self._workspace, view) if view else None

    @property
    def errors(self) -> dict[str, str]:
        """What stands beside the fields of the open modal: label → sentence."""
        view = self._workspace.modal(self.id)
        labels = {block["block_id"]: block["label"]["text"] for block in sight.fields(view)} if view else {}
        return {labels[block_id]: sentence for block_id, sentence in view.errors.items()} if view else {}

    @property
    def trouble(self) -> str:
        """Slack's own complaint in the open modal."""
        view = self._workspace.modal(self.id)
        return view.trouble if view else ""

    @property
    def dm(self) -> list[Message]:
        """Their direct messages with the app, oldest first."""
        channel = self._workspace.dm(self.id)
        return self._workspace.timeline(channel.id, self.id) if channel else []

    def sees(self, channel: str) -> list[Message]:
        """A channel's messages, with those that only they see."""
        return self._workspace.timeline(self._workspace.channel_named(channel).id, self.id)

    @property
    def screen(self) -> Screen:
        """Everything of the app that they have open."""
        return Screen(self.modal, self.home, self.errors, self.trouble, self.dm)

    # what they do

    async def command(self, text: str, channel: str = "general", settle: float = 0.0) -> Seen:
        """Type a slash command; returns what they then see, waiting a little for the first sign of it.

        What comes later belongs to whatever they do next; with `settle`, it waits until nothing has come for so long.
        """
        with self._watching() as seen:
            await self._interactions.command(self.id, self._workspace.channel_named(channel).id, text)
            with contextlib.suppress(TimeoutError):
                await until(self._workspace, lambda: seen, ANSWER_SECONDS)
            await _quiet(seen, settle)
        return self._seen(seen)

    async def say(self, text: str, channel: str = "", thread_ts: str | None = None) -> Message | None:
        """Write a message in a channel, or to the app where none is named."""
        where = self._workspace.channel_named(channel).id if channel else await self._interactions.open_dm(self.id)
        return await self._interactions.say(self.id, where, text, thread_ts)

    async def open_home(self) -> Json | None:
        """Open the app's Home; returns what is on it."""
        await self._interactions.open_home(self.id)
        self._looks_at_home = True
        return self.home

    async def press(self, label: str, within: Message | Json | None = None) -> Seen:
        """Press the button with this text or action_id. Raises AssertionError when there is none in sight."""
        return await self._act(label, within, None)

    async def choose(self, label: str, option: Entered, within: Message | Json | None = None) -> Seen:
        """Choose in the select with this label, placeholder or action_id; options by their text, people by @handle."""
        return await self._act(label, within, option)

    async def fill(self, entered: Mapping[str, Entered]) -> None:
        """Fill in fields of the open modal, by label or block_id; choices by their text, people by @handle."""
        view = self._open_view()
        by_block = {}
        for label, value in entered.items():
            block = sight.field(view, label)
            by_block[block["block_id"]] = await self._meant(InView(view.id), block["block_id"], block["element"], value)
        self._interactions.fill(self.id, view.id, by_block)

    async def submit(self, entered: Mapping[str, Entered] | None = None) -> Seen:
        """Submit the open modal, after filling in these fields."""
        if entered:
            await self.fill(entered)
        await self._interactions.submit(self.id, self._open_view().id)
        return Seen(self._text(self._workspace.modal(self.id)), modal=self.modal)

    async def close(self, whole_stack: bool = False) -> None:
        """Cancel the open modal; `whole_stack` is the x in its corner."""
        await self._interactions.close(self.id, self._open_view().id, whole_stack)

    async def shortcut(self, name: str, message: Message | None = None) -> Seen:
        """Use a shortcut by its name or callback_id."""
        known = {each.name: each.callback_id for each in self._manifest.shortcuts}
        await self._interactions.shortcut(self.id, known.get(name, name), message)
        return Seen(self._text(self._workspace.modal(self.id)), modal=self.modal)

    async def join(self, channel: str) -> None:
        await self._interactions.join(self.id, self._workspace.channel_named(channel).id)

    async def leave(self, channel: str) -> None:
        await self._interactions.leave(self.id, self._workspace.channel_named(channel).id)

    async def invite_app(self, channel: str) -> None:
        """Add the app to a channel that they are in."""
        await self._interactions.invite_app(self.id, self._workspace.channel_named(channel).id)

    async def react(self, message: Message, emoji: str) -> None:
        await self._interactions.react(self.id, message.channel, message.ts, emoji)

    # finding what they mean

    async def _act(self, label: str, within: Message | Json | None, entered: Entered) -> Seen:
        place, block_id, element = self._find(label, within)
        value = None if entered is None else await self._meant(place, block_id, element, entered)
        with self._watching() as seen:
            await self._interactions.act(self.id, place, block_id, element["action_id"], value)
        return self._seen(seen)

    def _find(self, label: str, within: Message | Json | None) -> tuple[Place, str, Json]:
        places = [sight.place(within)] if within else sight.places(self._workspace, self.id, self._looks_at_home)
        found = sight.find(places, label)
        assert found, f"{self.user.real_name} sees no {label!r}."
        return found

    async def _meant(self, place: Place, block_id: str, element: Json, entered: Entered) -> Entered:
        """What they entered, in ids."""
        if isinstance(entered, list):
            return [str(await self._meant(place, block_id, element, each)) for each in entered]
        if not isinstance(entered, str):
            return entered
        if "users_select" in element["type"]:
            return self._workspace.user_named(entered).id
        if "channels_select" in element["type"] or "conversations_select" in element["type"]:
            return self._conversation(entered)
        if "external_select" in element["type"]:
            return await self._found(place, block_id, element["action_id"], entered)
        return entered

    async def _found(self, place: Place, block_id: str, action_id: str, typed: str) -> str:
        """What an external select offers for this text: the option that reads so, or else the first."""
        found = await self._interactions.suggestions(self.id, place, block_id, action_id, typed)
        offered = [option for _, options in found for option in options]
        assert offered, f"Nothing is offered for {typed!r}."
        exact = [each for each in offered if each["text"]["text"] == typed]
        return str((exact or offered)[0]["value"])

    def _conversation(self, name: str) -> str:
        if name.startswith("@"):
            return self._workspace.open_dm(self._workspace.user_named(name).id).id
        return self._workspace.channel_named(name).id

    def _open_view(self) -> View:
        view = self._workspace.modal(self.id)
        assert view, f"{self.user.real_name} has no modal open."
        return view

    @contextlib.contextmanager
    def _watching(self) -> Iterator[list[Change]]:
        """The changes that they see meanwhile."""
        seen: list[Change] = []
        stop = self._workspace.subscribe(lambda change: seen.append(change) if self._concerns(change) else None)
        try:
            yield seen
        finally:
            stop()

    def _concerns(self, change: Change) -> bool:
        """Whether they see this change: a message they can read, a modal or a Home of theirs."""
        if change.kind in ("modal", "home"):
            return change.user == self.id
        if change.kind not in ("message", "message_changed") or change.channel is None:
            return False
        channel = self._workspace.channels[change.channel]
        return change.user in (None, self.id) and channel in self._workspace.visible_channels(self.id)

    def _seen(self, changes: list[Change]) -> Seen:
        found = [self._workspace.message(each.channel, each.ts) for each in changes if each.channel and each.ts]
        messages = [each for each in found if each]
        blocks = [block for each in messages for block in each.shown_blocks]
        texts = [self._text(each) for each in messages]
        self._looks_at_home = self._looks_at_home and not messages
        return Seen("\n".join(texts) or self._text(self._workspace.modal(self.id)), blocks, self.modal, messages)

    def _text(self, thing: Readable) -> str:
        return text_of(thing, self._workspace.names)


async def _quiet(seen: list[Change], seconds: float) -> None:
    """Wait until nothing more has come for so long."""
    before = -1
    while seconds and before != len(seen):
        before = len(seen)
        await asyncio.sleep(seconds)
