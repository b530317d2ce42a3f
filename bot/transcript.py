"""A story as it happens, told on the terminal: who did what, what Cairn answered, what was posted where."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from sandbox.reading import text_of
from sandbox.records import Change, Message
from sandbox.server import Sandbox
from sandbox.web.emoji import NAMES as EMOJI

CAIRN = "[bold green]Cairn[/]"

_VERBS = {"pressed": "presses", "chose": "chooses", "submitted": "sends", "closed": "closes", "opened": "opens"}
_EMOJI = re.compile(r":([a-z0-9_+-]+):")
_ID = re.compile(r"\b[UC]0[0-9A-F]{9}\b")


class Transcript:
    """Writes down everything that people would see, from the moment it is made until it is closed."""

    def __init__(self, slack: Sandbox, console: Console) -> None:
        self._slack, self._console = slack, console
        self._stop = slack.workspace.subscribe(self._write)
        self._modals: dict[str, tuple[str, ...]] = {}
        self._quiet = False

    def heading(self, title: str, about: str = "") -> None:
        """A new chapter."""
        self._console.print()
        self._console.rule(f"[bold]{escape(title)}", align="left", style="dim")
        if about:
            self._console.print(f"[dim]{escape(about)}")

    def aside(self, words: str) -> None:
        """A word about what is not written down."""
        self._console.print()
        self._console.print(f"[dim]{escape(words)}")

    @contextmanager
    def hushed(self, quiet: bool = True) -> Iterator[None]:
        """Meanwhile nothing is written down, if it shall be quiet."""
        before, self._quiet = self._quiet, quiet
        try:
            yield
        finally:
            self._quiet = before

    def close(self) -> None:
        """Write no more."""
        self._stop()

    def _write(self, change: Change) -> None:
        kinds = {
            "typed": self._typed,
            "acted": self._acted,
            "message": self._posted,
            "message_changed": self._posted,
            "modal": self._opened,
        }
        if not self._quiet and (write := kinds.get(change.kind)):
            write(change)

    def _typed(self, change: Change) -> None:
        where = self._slack.workspace.channels[change.channel or ""].name
        self._say(f"{self._person(change.user)} types in #{escape(where)}")
        self._quote(change.detail["text"])

    def _acted(self, change: Change) -> None:
        verb = _VERBS.get(change.detail["what"], change.detail["what"])
        self._say(f"{self._person(change.user)} {verb} [bold]{escape(str(change.detail['label']))}[/]")
        if change.detail["what"] == "submitted":
            self._quote("\n".join(line for line in self._modal_of(change.user).splitlines() if ": " in line))

    def _posted(self, change: Change) -> None:
        message = self._slack.workspace.message(change.channel or "", change.ts or "")
        if message is None or not (verb := self._verb(message, change.kind)):
            return
        self._say(f"{CAIRN} {verb} {escape(self._where(message))}")
        self._quote(text_of(message, self._slack.workspace.names))

    def _verb(self, message: Message, kind: str) -> str:
        """What Cairn did to a message; "" where it did nothing: somebody else's changes only as its links unfurl."""
        if message.user == self._slack.workspace.company.bot_user_id:
            return "edits its message" if kind == "message_changed" else "writes"
        return "shows what is linked" if kind == "message_changed" and message.attachments else ""

    def _opened(self, change: Change) -> None:
        """A modal is told of when it opens, and again when something stands beside its fields."""
        view = self._slack.workspace.modal(change.user or "")
        seen = (view.hash, *view.errors.values(), view.trouble) if view else ()
        if view is None or self._modals.get(view.id) == seen:
            return
        self._modals[view.id] = seen
        if view.content.get("submit") and not view.errors:
            self._say(f"{CAIRN} opens a form for {self._person(change.user)}")
            self._quote(view.content["title"]["text"])
        else:
            self._say(f"{CAIRN} shows {self._person(change.user)}")
            self._quote(self._modal_of(change.user))

    def _modal_of(self, user_id: str | None) -> str:
        return text_of(self._slack.workspace.modal(user_id or ""), self._slack.workspace.names)

    def _where(self, message: Message) -> str:
        channel = self._slack.workspace.channels[message.channel]
        if message.only_for:
            return f"in #{channel.name}, only for {self._name(message.only_for)} to see"
        if channel.user:
            return f"to {self._name(channel.user)}, where it is {self._clock(channel.user)}"
        return f"in #{channel.name}"

    def _clock(self, user_id: str) -> str:
        zone = self._slack.workspace.users[user_id].tz or "UTC"
        here: datetime = self._slack.calendar.now().astimezone(ZoneInfo(zone))
        return f"{here:%A %H:%M}"

    def _person(self, user_id: str | None) -> str:
        return f"[bold cyan]{escape(self._name(user_id))}[/]"

    def _name(self, user_id: str | None) -> str:
        return self._slack.workspace.users[user_id or ""].real_name

    def _say(self, line: str) -> None:
        self._console.print()
        self._console.print(line)

    def _quote(self, text: str) -> None:
        names = self._slack.workspace.names
        text = _EMOJI.sub(lambda found: EMOJI.get(found[1], found.group()), text)
        text = _ID.sub(lambda found: names.get(found.group(), found.group()), text)
        self._console.print(Padding(escape(text), (0, 0, 0, 4)), style="default", highlight=False, soft_wrap=False)
