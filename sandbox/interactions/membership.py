"""Coming and going: channels joined and left, people who arrive, change and leave."""

from sandbox.interactions.client import Client
from sandbox.records import User, Value


class Membership(Client):
    async def join(self, user_id: str, channel_id: str) -> None:
        """Join a channel. Raises ValueError when it is closed to this person."""
        self._may_act(user_id)
        channel = self._workspace.channels[channel_id]
        if channel not in self._workspace.visible_channels(user_id) or channel.kind != "public":
            raise ValueError("This channel can only be joined by invitation.")
        self._add(user_id, channel_id)
        await self._events.heard()

    async def invite(self, user_id: str, channel_id: str, inviter: str) -> None:
        """Be added to a channel by somebody who is in it. Raises ValueError when they are not."""
        if inviter not in self._workspace.channels[channel_id].members:
            raise ValueError("Only members can invite.")
        self._add(user_id, channel_id, inviter)
        await self._events.heard()

    async def invite_app(self, user_id: str, channel_id: str) -> None:
        """Add the app to a channel. Raises ValueError when the person is not in it."""
        await self.invite(self._workspace.bot.id, channel_id, user_id)

    async def leave(self, user_id: str, channel_id: str) -> None:
        channel = self._workspace.channels[channel_id]
        if user_id in channel.members:
            channel.members.remove(user_id)
            self._workspace.keep_channel(channel)
            self._workspace.post(channel_id, user_id, f"<@{user_id}> has left the channel", subtype="channel_leave")
            if self._app_is_in(channel_id) or user_id == self._workspace.bot.id:
                self._events.membership("member_left_channel", user_id, channel)
            await self._events.heard()

    async def archive_channel(self, channel_id: str) -> None:
        """Archive a channel: it can be read, and nobody can post."""
        channel = self._workspace.channels[channel_id]
        channel.is_archived = True
        self._workspace.keep_channel(channel)

    async def change_profile(self, user_id: str, **fields: Value) -> None:
        """Change fields of `User`, for example `tz="Asia/Tokyo"` or `display_name="Al"`."""
        user = self._workspace.users[user_id]
        for name, value in fields.items():
            setattr(user, name, value)
        self._workspace.keep_user(user)
        self._events.user("user_change", user)
        await self._events.heard()

    async def arrive(self, name: str, real_name: str, **fields: Value) -> str:
        """Somebody joins the company, and with it #general; returns their id."""
        user = User(self._workspace.new_id("U"), name, real_name, **fields)
        self._workspace.keep_user(user)
        self._events.user("team_join", user)
        if not user.is_restricted:
            self._add(user.id, self._workspace.channel_named("general").id)
        await self._events.heard()
        return user.id

    async def deactivate(self, user_id: str) -> None:
        """Somebody leaves the company. Slack tells it as a change of their profile."""
        for channel in self._workspace.channels.values():
            if user_id in channel.members and channel.kind != "im":
                channel.members.remove(user_id)
                self._workspace.keep_channel(channel)
        await self.change_profile(user_id, deleted=True)

    def _add(self, user_id: str, channel_id: str, inviter: str | None = None) -> None:
        channel = self._workspace.channels[channel_id]
        if user_id in channel.members:
            return
        channel.members.append(user_id)
        self._workspace.keep_channel(channel)
        self._workspace.post(channel_id, user_id, f"<@{user_id}> has joined the channel", subtype="channel_join")
        if self._app_is_in(channel_id):
            self._events.membership("member_joined_channel", user_id, channel, inviter)

    def _app_is_in(self, channel_id: str) -> bool:
        return self._workspace.bot.id in self._workspace.channels[channel_id].members
