"""Typing in a composer: messages and slash commands."""

from sandbox import composer
from sandbox.errors import NoAnswer, SlackError
from sandbox.interactions import payloads
from sandbox.interactions.client import Client
from sandbox.manifest import Command
from sandbox.records import Change, Json, Message
from sandbox.response_urls import Origin


class Typing(Client):
    async def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Message | None:
        """Send what was typed in a channel's composer; a text that begins with "/" is a command (and no message).

        Raises ValueError where the person cannot post.
        """
        if text.startswith("/"):
            await self.command(user_id, channel_id, text)
            return None
        self._may_type(user_id, channel_id)
        written = composer.escaped(self._workspace, user_id, text)
        message = self._workspace.post(channel_id, user_id, written, thread_ts=thread_ts)
        self._events.message(message)
        self._events.links(message)
        await self._events.heard()
        return message

    async def command(self, user_id: str, channel_id: str, text: str) -> None:
        """Run a slash command, for example "/okr update KR-1 45". Raises ValueError where the person cannot post."""
        self._may_type(user_id, channel_id)
        self._workspace.tell(Change("typed", user_id, channel_id, detail={"text": text}))
        name, rest = [*text.split(maxsplit=1), ""][:2]
        granted = self._manifest.commands.get(name)
        if granted is None or "commands" not in self._manifest.scopes:
            self._notice(user_id, channel_id, f"{name} is not a valid command.")
        else:
            await self._run(user_id, channel_id, granted, rest.strip())

    async def _run(self, user_id: str, channel_id: str, command: Command, typed: str) -> None:
        sent = self._sent(user_id, channel_id, command, typed)
        try:
            answer = await self._ask("slash_commands", sent, takes_payload=True)
            if any(said for name, said in answer.items() if name != "response_type"):
                self._response_urls.answer(Origin(user_id, channel_id), answer)
        except NoAnswer as silence:
            self._failed(user_id, channel_id, command, silence.code)
        except SlackError as refusal:
            self._refused(user_id, sent, refusal)
            self._failed(user_id, channel_id, command, "dispatch_failed")

    def _failed(self, user_id: str, channel_id: str, command: Command, code: str) -> None:
        self._notice(user_id, channel_id, f'{command.name} failed with the error "{code}"')

    def _sent(self, user_id: str, channel_id: str, command: Command, typed: str) -> Json:
        workspace = self._workspace
        escape = command.should_escape
        text = composer.escaped(workspace, user_id, typed) if escape else composer.plain(workspace, typed)
        return {
            **payloads.command(workspace, user_id, workspace.channels[channel_id], command.name, text),
            "trigger_id": self._triggers.issue(user_id),
            "response_url": self._response_urls.issue(user_id, channel_id),
        }
