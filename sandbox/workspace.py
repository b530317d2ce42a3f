"""The state of the workspace: who is in it, what was said, what is on whose screen; and a feed of every change."""

import secrets
import string
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace

from sandbox.archive import Archive
from sandbox.calendar import Calendar
from sandbox.company import Company
from sandbox.files import Files
from sandbox.links import Links
from sandbox.records import Change, Channel, Json, Message, User, UserGroup, Value, View

__all__ = ["Change", "Channel", "Json", "Message", "User", "UserGroup", "View", "Workspace"]

Subscriber = Callable[[Change], None]

ID_LETTERS = string.ascii_uppercase + string.digits


class Workspace:
    """Everything that Slack knows. Each accepted change is archived before anybody is told of it."""

    def __init__(self, company: Company, calendar: Calendar, archive: Archive) -> None:
        self.calendar, self.archive = calendar, archive
        # A file stays the workspace that it was, whatever company is asked for later.
        self.company = replace(company, **archive.read("company").get("team", {}))
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        """Channel id → ts → message, oldest first; ephemeral messages among the others."""
        self.modals: dict[str, list[View]] = {}
        """User id → the stack of open modals, the visible one last."""
        self.homes: dict[str, View] = {}
        self.files = Files(archive)
        self.links = Links(archive)
        self.told = 0
        self._subscribers: list[Subscriber] = []
        self._dms: dict[str, str] = {}
        self._replies: Counter[tuple[str, str]] = Counter()
        self._last_tick = 0
        self._load()

    # who and where

    @property
    def team_id(self) -> str:
        return self.company.team_id

    @property
    def bot(self) -> User:
        """The app's own member."""
        return self.users[self.company.bot_user_id]

    def user_named(self, name: str) -> User:
        """The member with this id, handle, display name or real name. Raises KeyError with the name."""
        wanted = name.removeprefix("@").casefold()
        for user in self.users.values():
            names = (user.id, user.name, user.display_name, user.real_name)
            if wanted in (each.casefold() for each in names):
                return user
        raise KeyError(name)

    def channel_named(self, name: str) -> Channel:
        """The channel with this id or name, with or without `#`. Raises KeyError with the name."""
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if wanted in (channel.id, channel.name) and (channel.kind != "im" or wanted == channel.id):
                return channel
        raise KeyError(name)

    def dm(self, user_id: str) -> Channel | None:
        """This person's direct messages with the app, if they were ever opened."""
        return self.channels.get(self._dms.get(user_id, ""))

    def open_dm(self, user_id: str) -> Channel:
        """This person's direct messages with the app, opened now if need be."""
        found = self.dm(user_id)
        if found is None:
            found = Channel(self.new_id("D"), "", "im", [user_id, self.bot.id], user=user_id)
            self.keep_channel(found)
        return found

    @property
    def names(self) -> dict[str, str]:
        """The names that people read, of members, channels and user groups, by id."""
        people = {each.id: each.shown_name for each in self.users.values()}
        groups = {each.id: each.handle for each in self.groups.values()}
        return {**people, **groups, **{each.id: each.name for each in self.channels.values()}}

    def visible_channels(self, user_id: str) -> list[Channel]:
        """The channels in this person's sidebar: public ones (not for guests), and those they are in."""
        guest = self.users[user_id].is_restricted
        open_to_all = ("public",) if not guest else ()
        return [each for each in self.channels.values() if user_id in each.members or each.kind in open_to_all]

    # what was said

    def timeline(self, channel_id: str, viewer: str | None = None) -> list[Message]:
        """A channel's messages, oldest first, with the ephemeral ones that only `viewer` sees."""
        said = self.messages.get(channel_id, {}).values()
        return [message for message in said if message.only_for in (None, viewer)]

    def message(self, channel_id: str, ts: str) -> Message | None:
        return self.messages.get(channel_id, {}).get(ts)

    def post(self, channel_id: str, user_id: str, text: str = "", **fields: Value) -> Message:
        """Say something in a channel. `fields` are those of `Message`; the ts is the workspace's next."""
        shown_at = self.calendar.now().isoformat()
        message = Message(channel_id, self.next_ts(), user_id, text, shown_at=shown_at, **fields)
        self._write_message(message)
        self._place_message(message)
        self.tell(Change("message", message.only_for, channel_id, message.ts))
        return message

    def edit(self, message: Message, **fields: Value) -> Message:
        """Change what a message says; `fields` are those of `Message`."""
        for name, value in fields.items():
            setattr(message, name, value)
        self._write_message(message)
        self.tell(Change("message_changed", message.only_for, message.channel, message.ts))
        return message

    def delete(self, message: Message) -> None:
        self.archive.write("message", f"{message.channel}/{message.ts}", None)
        del self.messages[message.channel][message.ts]
        self._replies[message.channel, message.thread_ts or ""] -= 1
        self.tell(Change("message_deleted", message.only_for, message.channel, message.ts))

    def react(self, message: Message, user_id: str, emoji: str) -> None:
        message.reactions.setdefault(emoji, []).append(user_id)
        self._write_message(message)
        self.tell(Change("reaction", None, message.channel, message.ts, {"emoji": emoji, "by": user_id}))

    def unreact(self, message: Message, user_id: str, emoji: str) -> None:
        """Take a reaction back; the emoji goes with the last of its people."""
        who = message.reactions.get(emoji, [])
        if user_id in who:
            who.remove(user_id)
        if not who:
            message.reactions.pop(emoji, None)
        self._write_message(message)
        self.tell(Change("reaction", None, message.channel, message.ts, {"emoji": emoji, "by": user_id}))

    def pin(self, message: Message, by: str | None) -> None:
        """Pin a message to its channel, or with None take the pin out."""
        message.pinned_by = by
        self._write_message(message)
        self.tell(Change("pinned", None, message.channel, message.ts))

    def pins(self, channel_id: str) -> list[Message]:
        """What is pinned to a channel, oldest message first."""
        return [message for message in self.timeline(channel_id) if message.pinned_by]

    def replies(self, message: Message, viewer: str | None = None) -> list[Message]:
        """The thread that this message begins, oldest first, without itself."""
        said = self.timeline(message.channel, viewer)
        return [each for each in said if each.thread_ts == message.ts and each.ts != message.ts]

    def reply_count(self, message: Message) -> int:
        """How many replies there are in the thread that this message begins."""
        return self._replies[message.channel, message.ts]

    # what is on whose screen

    def modal(self, user_id: str) -> View | None:
        """The modal this person is looking at."""
        stack = self.modals.get(user_id)
        return stack[-1] if stack else None

    def view(self, view_id: str) -> View | None:
        """An open modal or a Home by its id."""
        return next((view for view in self._views() if view.id == view_id), None)

    def view_called(self, external_id: str) -> View | None:
        """An open modal or a Home by the `external_id` that the app gave it."""
        return next((view for view in self._views() if view.content.get("external_id") == external_id), None)

    def show_modals(self, user_id: str, stack: list[View]) -> None:
        """Put this stack of modals on a person's screen; an empty one closes them all."""
        self.archive.write("modals", user_id, [asdict(view) for view in stack] or None)
        self.modals[user_id] = stack
        self.tell(Change("modal", user_id))

    def show_home(self, view: View) -> None:
        self.archive.write("home", view.user, asdict(view))
        self.homes[view.user] = view
        self.tell(Change("home", view.user))

    def keep_view(self, view: View) -> None:
        """Archive a view that was changed in place, and tell its person's screen."""
        if view.is_home:
            self.show_home(view)
        else:
            self.show_modals(view.user, self.modals[view.user])

    def _views(self) -> Iterable[View]:
        for stack in self.modals.values():
            yield from stack
        yield from self.homes.values()

    # keeping people and channels

    def keep_user(self, user: User) -> None:
        user.updated = int(time.time())
        self.archive.write("user", user.id, asdict(user))
        self.users[user.id] = user
        self.tell(Change("user", detail={"user": user.id}))

    def keep_channel(self, channel: Channel) -> None:
        self.archive.write("channel", channel.id, asdict(channel))
        self._place_channel(channel)
        self.tell(Change("channel", channel=channel.id))

    # the feed

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Have `subscriber` called with every change from now on; the answer ends the subscription."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def tell(self, change: Change) -> None:
        """Let every subscriber know; `told` counts them, so that who asks again knows whether they missed any."""
        self.told += 1
        for subscriber in list(self._subscribers):
            subscriber(change)

    # stamps

    def next_ts(self) -> str:
        """A message timestamp: real seconds with six decimals, later than every one before it."""
        self._last_tick = max(time.time_ns() // 1000, self._last_tick + 1)
        seconds, micros = divmod(self._last_tick, 1_000_000)
        return f"{seconds}.{micros:06d}"

    @staticmethod
    def new_id(prefix: str) -> str:
        """An id as Slack writes them: a letter, a nought, and nine capitals or digits."""
        return f"{prefix}0{''.join(secrets.choice(ID_LETTERS) for _ in range(9))}"

    # beginning

    def _write_message(self, message: Message) -> None:
        self.archive.write("message", f"{message.channel}/{message.ts}", asdict(message))

    def _place_message(self, message: Message) -> None:
        self.messages[message.channel][message.ts] = message
        self._replies[message.channel, message.thread_ts or ""] += 1

    def _place_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.messages.setdefault(channel.id, {})
        if channel.user:
            self._dms[channel.user] = channel.id

    def _load(self) -> None:
        """Resume from the archive, or move the company in where it is empty."""
        if not self.archive.read("user"):
            self._move_in()
        self.users = {key: User(**each) for key, each in self.archive.read("user").items()}
        self.groups = {key: UserGroup(**each) for key, each in self.archive.read("group").items()}
        self.homes = {key: View(**each) for key, each in self.archive.read("home").items()}
        self.modals = {key: [View(**each) for each in stack] for key, stack in self.archive.read("modals").items()}
        for record in self.archive.read("channel").values():
            self._place_channel(Channel(**record))
        for record in self.archive.read("message").values():
            message = Message(**record)
            self._place_message(message)
            self._last_tick = max(self._last_tick, int(message.ts.replace(".", "")))

    def _move_in(self) -> None:
        team = {"team_id": self.company.team_id, "name": self.company.name, "domain": self.company.domain}
        self.archive.write("company", "team", team)
        for user in self.company.users:
            self.archive.write("user", user.id, asdict(user))
        for channel in self.company.channels:
            self.archive.write("channel", channel.id, asdict(channel))
        for group in self.company.groups:
            self.archive.write("group", group.id, asdict(group))
