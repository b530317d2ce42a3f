"""What people put on a message: reactions and pins."""

from sandbox.interactions.client import Client
from sandbox.records import Message


class Marks(Client):
    async def react(self, user_id: str, channel_id: str, ts: str, emoji: str) -> None:
        """React to a message; the same reaction twice counts once."""
        self._may_act(user_id)
        message = self._workspace.messages[channel_id][ts]
        if user_id in message.reactions.get(emoji, []):
            return
        self._workspace.react(message, user_id, emoji)
        await self._told("reaction_added", message, user_id, emoji)

    async def unreact(self, user_id: str, channel_id: str, ts: str, emoji: str) -> None:
        """Take a reaction back. Nothing happens where there is none."""
        message = self._workspace.messages[channel_id][ts]
        if user_id not in message.reactions.get(emoji, []):
            return
        self._workspace.unreact(message, user_id, emoji)
        await self._told("reaction_removed", message, user_id, emoji)

    def pin(self, user_id: str, channel_id: str, ts: str) -> None:
        """Pin a message to its channel. Raises ValueError for somebody who is not in it."""
        self._workspace.pin(self._pinnable(user_id, channel_id, ts), user_id)

    def unpin(self, user_id: str, channel_id: str, ts: str) -> None:
        """Take the pin out again. Raises ValueError for somebody who is not in the channel."""
        self._workspace.pin(self._pinnable(user_id, channel_id, ts), None)

    def _pinnable(self, user_id: str, channel_id: str, ts: str) -> Message:
        self._may_act(user_id)
        if user_id not in self._workspace.channels[channel_id].members:
            raise ValueError("Only members can pin.")
        return self._workspace.messages[channel_id][ts]

    async def _told(self, kind: str, message: Message, user_id: str, emoji: str) -> None:
        if self._workspace.bot.id in self._workspace.channels[message.channel].members:
            self._events.reaction(message, user_id, emoji, kind)
        await self._events.heard()
