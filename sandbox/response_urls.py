"""Response URLs: the app's way back to where somebody acted, good for a few uses within half an hour."""

import secrets
from dataclasses import dataclass

from aiohttp import web

from sandbox.bodies import NotReadable, parsed
from sandbox.errors import SlackError, invalid_arguments
from sandbox.events import Events
from sandbox.posting import posted
from sandbox.records import Json, Message
from sandbox.rules import Rules
from sandbox.screens import check_message, with_ids
from sandbox.workspace import Workspace


@dataclass
class Origin:
    user: str
    channel: str
    ts: str | None = None
    """The message that was acted on, if it was a message."""
    issued: float = 0.0
    """When, in seconds of the rules' stopwatch."""
    uses: int = 0


class ResponseUrls:
    def __init__(self, workspace: Workspace, events: Events, rules: Rules) -> None:
        self._workspace, self._events, self._rules = workspace, events, rules
        self._origins: dict[str, Origin] = {}
        self.address = ""
        """Where the sandbox serves them: set once its port is known."""

    def issue(self, user_id: str, channel_id: str, ts: str | None = None) -> str:
        """An absolute URL for what this person has just done here."""
        key = f"{self._workspace.team_id}/{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        self._origins[key] = Origin(user_id, channel_id, ts, self._rules.stopwatch())
        return f"{self.address}{key}"

    async def serve(self, request: web.Request) -> web.Response:
        """The app posts to a response URL."""
        try:
            answer = parsed(await request.read())
        except NotReadable:
            answer = None
        if not isinstance(answer, dict):
            return web.Response(status=400, text="invalid_payload")
        try:
            self.respond(request.match_info["key"], answer)
        except SlackError as refusal:
            gone = refusal.code in ("expired_url", "used_url")
            return web.json_response(refusal.answer, status=404 if gone else 400)
        return web.Response(text="ok")

    def respond(self, key: str, answer: Json) -> None:
        """Do what the app posted to a response URL. Raises SlackError when it is spent, too old or not acceptable."""
        origin = self._origins.get(key)
        if origin is None or self._rules.stopwatch() - origin.issued > self._rules.response_url_seconds:
            raise SlackError("expired_url")
        if origin.uses >= self._rules.response_url_uses:
            raise SlackError("used_url")
        origin.uses += 1
        self.answer(origin, answer)

    def answer(self, origin: Origin, answer: Json) -> None:
        """Show an answer where somebody acted: to them alone, or to the channel, or in place of the message."""
        source = self._source(origin)
        if answer.get("delete_original"):
            self._delete(source)
            return
        check_message(answer, self._rules.unsupported_blocks)
        _check_words(answer)
        if not (answer.get("text") or answer.get("blocks") or answer.get("attachments")):
            raise SlackError("no_text")
        if answer.get("replace_original") and source:
            self._replace(source, answer)
        else:
            self._post(origin, answer)

    def _source(self, origin: Origin) -> Message | None:
        """The message that was acted on, where it is the app's own: nobody else's is replaced or deleted."""
        source = self._workspace.message(origin.channel, origin.ts or "")
        return source if source and source.user == self._workspace.bot.id else None

    def _post(self, origin: Origin, answer: Json) -> None:
        in_channel = answer.get("response_type") == "in_channel"
        message = posted(self._workspace, origin.channel, answer, only_for=None if in_channel else origin.user)
        self._events.message(message)

    def _replace(self, source: Message, answer: Json) -> None:
        blocks = with_ids({"blocks": answer.get("blocks") or []})["blocks"]
        message = self._workspace.edit(
            source, text=answer.get("text") or "", blocks=blocks, edited=self._workspace.next_ts()
        )
        self._events.message(message, "message_changed")

    def _delete(self, source: Message | None) -> None:
        if source is None:
            raise SlackError("message_not_found")
        self._workspace.delete(source)
        self._events.message(source, "message_deleted")


def _check_words(answer: Json) -> None:
    """Raise SlackError where the rest of what must be words is something else."""
    for name in ("markdown_text", "thread_ts"):
        if not isinstance(answer.get(name) or "", str):
            raise invalid_arguments(f"must be a string: {name}")
