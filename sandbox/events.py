"""The Events API: what the app is told of, if it subscribed to it, and told again until it has heard."""

import asyncio
import contextlib
import secrets
import time

from sandbox.delivery import Delivery
from sandbox.errors import NoAnswer
from sandbox.links import links_of
from sandbox.manifest import Manifest
from sandbox.payloads import message_json, user_json, view_json
from sandbox.records import Change, Channel, Json, Message, User
from sandbox.rules import Rules
from sandbox.scopes import lets_hear
from sandbox.workspace import Workspace

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}
MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}


class Events:
    """Each method tells the app of one kind of event, in the background."""

    def __init__(self, workspace: Workspace, manifest: Manifest, delivery: Delivery, rules: Rules) -> None:
        self._workspace, self._manifest, self._delivery = workspace, manifest, delivery
        self._ack_seconds = rules.ack_seconds
        self._under_way: set[asyncio.Task[None]] = set()

    def grant(self, manifest: Manifest) -> None:
        """From now on the app hears of what this manifest subscribes to."""
        self._manifest = manifest

    async def heard(self) -> None:
        """Return when the app has acknowledged every event, or had its time to; at once if no app is there."""
        if self._under_way and self._delivery.line.is_up:
            await asyncio.wait(set(self._under_way), timeout=self._ack_seconds)

    async def stop(self) -> None:
        """Forget what has not been delivered."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    # what there is to tell

    def message(self, message: Message, subtype: str | None = None) -> None:
        """A message was posted, or with a subtype `message_changed`, `message_deleted`. Ephemeral ones are not told."""
        channel = self._workspace.channels[message.channel]
        if message.is_ephemeral or self._workspace.bot.id not in channel.members:
            return
        written = message_json(self._workspace, message)
        where = {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
        if subtype:
            which = "previous_message" if subtype == "message_deleted" else "message"
            written = {"type": "message", "subtype": subtype, which: written, "hidden": True, "ts": message.ts}
        self._tell(MESSAGE_EVENTS[channel.kind], {**written, **where})
        if not subtype and channel.kind != "im" and f"<@{self._workspace.bot.id}>" in message.text:
            self._tell("app_mention", {**written, "type": "app_mention", "channel": channel.id})

    def links(self, message: Message) -> None:
        """`link_shared`: a person has posted links of the app's domains, also where the app is not."""
        found = links_of(self._manifest.unfurl_domains, message.text)
        if not found or not self._hears("link_shared"):
            return
        shared = self._workspace.links.share(message.channel, message.ts, [each["url"] for each in found])
        is_there = self._workspace.bot.id in self._workspace.channels[message.channel].members
        where = {"channel": message.channel, "is_bot_user_member": is_there, "message_ts": message.ts}
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        source = {"unfurl_id": shared.unfurl_id, "source": "conversations_history"}
        told = {"type": "link_shared", "user": message.user, **where, **thread, **source, "links": found}
        self._tell("link_shared", told)

    def membership(self, kind: str, user_id: str, channel: Channel, inviter: str | None = None) -> None:
        """`member_joined_channel` or `member_left_channel`."""
        letter = "C" if channel.kind == "public" else "G"
        told = {"user": user_id, "channel": channel.id, "channel_type": letter, "team": self._workspace.team_id}
        self._tell(kind, {"type": kind, **told, **({"inviter": inviter} if inviter else {})})

    def user(self, kind: str, user: User) -> None:
        """`user_change` or `team_join`."""
        with_email = "users:read.email" in self._manifest.scopes
        self._tell(kind, {"type": kind, "user": user_json(self._workspace, user, with_email)})

    def reaction(self, message: Message, user_id: str, emoji: str, kind: str = "reaction_added") -> None:
        """`reaction_added` or `reaction_removed`."""
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        told = {"user": user_id, "reaction": emoji, "item": item, "item_user": message.user}
        self._tell(kind, {"type": kind, **told})

    def home_opened(self, user_id: str, tab: str, channel_id: str) -> None:
        """The person opened the app's Home (`home`) or its messages (`messages`)."""
        home = self._workspace.homes.get(user_id)
        shown = {"view": view_json(self._workspace, home)} if home and tab == "home" else {}
        told = {"type": "app_home_opened", "user": user_id, "channel": channel_id, "tab": tab}
        self._tell("app_home_opened", {**told, **shown})

    def app_uninstalled(self) -> None:
        self._tell("app_uninstalled", {"type": "app_uninstalled"})

    def tokens_revoked(self, people: list[str], bot: bool) -> None:
        """The tokens of these people, and perhaps the bot's, are good no longer."""
        tokens = {"oauth": people, "bot": [self._workspace.bot.id] if bot else []}
        self._tell("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})

    # telling it

    def _tell(self, subscription: str, event: Json) -> None:
        if self._hears(subscription):
            task = asyncio.create_task(self._deliver({"event_ts": self._workspace.next_ts(), **event}))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _hears(self, subscription: str) -> bool:
        return subscription in self._manifest.events and lets_hear(subscription, self._manifest.scopes)

    async def _deliver(self, event: Json) -> None:
        attempts = None
        with contextlib.suppress(NoAnswer):
            attempts = await self._delivery.tell(self._callback(event))
            if event["type"] == "link_shared":
                self._workspace.links.hear(event["unfurl_id"])
        self._workspace.tell(Change("event", detail={"event": event, "attempts": attempts}))

    def _callback(self, event: Json) -> Json:
        team_id, company = self._workspace.team_id, self._workspace.company
        install = {"enterprise_id": None, "team_id": team_id, "user_id": company.bot_user_id, "is_bot": True}
        return {
            "token": "sandbox",
            "team_id": team_id,
            "context_team_id": team_id,
            "context_enterprise_id": None,
            "api_app_id": company.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{**install, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": f"4-{secrets.token_urlsafe(24)}",
        }
