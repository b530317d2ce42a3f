"""Shortcuts, and the app's own tabs: Home and Messages."""

from sandbox.interactions import payloads
from sandbox.interactions.client import Client
from sandbox.records import Message


class Tabs(Client):
    async def shortcut(self, user_id: str, callback_id: str, message: Message | None = None) -> None:
        """Use a global shortcut, or a message shortcut on `message`. Raises ValueError when there is none such."""
        self._may_act(user_id)
        kind = "message" if message else "global"
        if (kind, callback_id) not in [(each.kind, each.callback_id) for each in self._manifest.shortcuts]:
            raise ValueError(f"The app has no {kind} shortcut {callback_id!r}.")
        sent = payloads.interaction(self._workspace, "message_action" if message else "shortcut", user_id)
        sent |= {"callback_id": callback_id, "trigger_id": self._triggers.issue(user_id)}
        if message:
            channel = self._workspace.channels[message.channel]
            sent |= payloads.on_message(self._workspace, channel, message)
            sent["response_url"] = self._response_urls.issue(user_id, message.channel, message.ts)
        self._did(
            user_id, "used", next(each.name for each in self._manifest.shortcuts if each.callback_id == callback_id)
        )
        await self._tell_app(sent)

    async def open_home(self, user_id: str) -> None:
        """Open the app's Home tab. Raises ValueError when it has none."""
        self._may_act(user_id)
        if not self._manifest.home_tab:
            raise ValueError("The app has no Home tab.")
        self._did(user_id, "opened", "Home")
        self._events.home_opened(user_id, "home", self._workspace.open_dm(user_id).id)
        await self._events.heard()

    async def open_dm(self, user_id: str) -> str:
        """Open the direct messages with the app; returns the channel's id. Raises ValueError when they are off."""
        self._may_act(user_id)
        if not self._manifest.messages_tab:
            raise ValueError("The app takes no direct messages.")
        channel = self._workspace.open_dm(user_id)
        self._events.home_opened(user_id, "messages", channel.id)
        await self._events.heard()
        return channel.id
