"""The steps that a story is made of: somebody types, somebody fills in a form, and what must come of it."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.transcript import Transcript
from sandbox import inputs
from sandbox.inputs import Entered
from sandbox.person import Person
from sandbox.reading import text_of
from sandbox.records import Change, Json
from sandbox.server import Sandbox

Quiet = Callable[[], Awaitable[None]]

_ADDED = re.compile(r"Added ((?:O|KR)-\d+)")


class StoryBroke(Exception):
    """Something in the story was not as it should be."""


class Telling:
    """Whoever tells a story at Larkspur: each step says what must come of it, or the story breaks off."""

    def __init__(self, slack: Sandbox, transcript: Transcript, quiet: Quiet) -> None:
        self.slack, self.transcript, self.quiet = slack, transcript, quiet
        self._refused: list[Json] = []

    def who(self, name: str) -> Person:
        """Somebody at Larkspur."""
        return self.slack.person(name)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While it is told, whatever Slack would refuse is noted."""
        stop = self.slack.workspace.subscribe(self._notice)
        try:
            yield
        finally:
            stop()

    async def chapter_ends(self) -> None:
        """Wait until everything is said; raises `StoryBroke` where Slack would have refused any of it."""
        await self.quiet()
        self.must(not self._refused, f"Slack would have refused {self._refused}")

    def must(self, holds: bool, otherwise: str) -> None:
        """Raise `StoryBroke`, saying what went otherwise, unless it holds."""
        if not holds:
            raise StoryBroke(otherwise)

    async def type(self, who: Person, command: str, channel: str, answers: str) -> str:
        """Somebody types a command, and reads an answer in which this stands."""
        seen = await who.command(command, channel)
        self.must(answers in seen.text, f"{who} typed {command}, and was answered: {seen.text!r}")
        return seen.text

    async def send(self, who: Person, fields: Mapping[str, Entered], shows: str) -> str:
        """Somebody sends the form that is open, and is shown something in which this stands."""
        await who.submit(fields)
        seen = text_of(who.modal)
        self.must(shows in seen, f"{who} sent {fields}, and was shown: {seen!r} {who.errors} {who.trouble}")
        return seen

    async def add_objective(self, who: Person, fields: dict[str, str], parent: str = "") -> str:
        """Somebody sets an objective, perhaps below another; its reference."""
        await who.command("/okr add objective", "general")
        above = {"parent": option(who, "parent", parent)} if parent else {}
        shown = await self.send(who, fields | above, shows="Added O-")
        await who.close(whole_stack=True)
        return added(shown)

    async def add_key_result(self, who: Person, to: str, fields: dict[str, str], owner: str) -> str:
        """Somebody sets a key result below an objective, for somebody to look after; its reference."""
        await who.command(f"/okr add kr {to}", "general")
        if "kind" in fields:
            await who.choose("kind", fields["kind"])
        shown = await self.send(who, fields | {"owner": f"@{owner}"}, shows="Added KR-")
        await who.close(whole_stack=True)
        return added(shown)

    async def check_in(self, who: Person, values: Mapping[str, Entered], notes: dict[str, str]) -> None:
        """Somebody answers what they are asked about, where they have something to say."""
        await who.command("/checkin", "general")
        offered = {block.get("block_id") for block in (who.modal or {}).get("blocks", ())}
        said: dict[str, Entered] = {f"value {ref}": value for ref, value in values.items()}
        said |= {f"note {ref}": note for ref, note in notes.items()}
        await self.send(who, {field: text for field, text in said.items() if field in offered}, shows="is recorded")
        await who.close(whole_stack=True)

    def coming_monday(self) -> datetime:
        """The evening of the next Monday in UTC, when it has been morning everywhere."""
        now = self.slack.calendar.now()
        day = now.date() + timedelta(days=7 - now.weekday())
        return datetime(day.year, day.month, day.day, 20, tzinfo=UTC)

    def _notice(self, change: Change) -> None:
        if change.kind == "refused" or (change.kind == "call" and not change.detail["answer"].get("ok")):
            self._refused.append(change.detail)


def added(shown: str) -> str:
    """The reference of what was just added, as the answer says."""
    found = _ADDED.search(shown)
    if found is None:
        raise StoryBroke(f"nothing was added: {shown!r}")
    return found[1]


def ref_of(title: str, shown: str) -> str:
    """The reference of the key result of this title in what somebody was shown."""
    found = re.search(r"\*?(KR-\d+)\*? " + re.escape(title), shown)
    if found is None:
        raise StoryBroke(f"there is no {title!r} in {shown!r}")
    return found[1]


def next_monday(now: datetime, who: Person) -> datetime:
    """The next Monday at nine on this person's clock, in UTC."""
    here = now.astimezone(ZoneInfo(who.user.tz or "UTC"))
    day = here.date() + timedelta(days=7 - here.weekday())
    return datetime(day.year, day.month, day.day, 9, tzinfo=here.tzinfo).astimezone(UTC)


def option(who: Person, field: str, begins: str) -> str:
    """The choice of a select, in groups or not, that begins so and not with more of a number."""
    for block in (who.modal or {}).get("blocks", ()):
        if block.get("block_id") == field:
            for each in inputs.options(block["element"]):
                if re.match(re.escape(begins) + r"(?!\d)", each["text"]["text"]):
                    return str(each["text"]["text"])
    raise StoryBroke(f"{who} is offered no {field}")
