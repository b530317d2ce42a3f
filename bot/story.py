"""The story that the demo plays through the real entrances: a set-up, a key result, a Monday morning, a thank-you."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.transcript import Transcript
from sandbox import inputs
from sandbox.person import Person
from sandbox.reading import text_of
from sandbox.records import Change, Json
from sandbox.server import Sandbox

Quiet = Callable[[], Awaitable[None]]


class StoryBroke(Exception):
    """Something in the story was not as it should be."""


class Story:
    """Larkspur's first week with Cairn; every step says what must come of it, or the story breaks off."""

    def __init__(self, slack: Sandbox, transcript: Transcript, quiet: Quiet) -> None:
        self._slack, self._tell, self._quiet = slack, transcript, quiet
        self._refused: list[Json] = []
        self.ada, self.bo, self.gita, self.hana = (slack.person(name) for name in ("ada", "bo", "gita", "hana"))

    async def play(self) -> None:
        """The whole story, chapter by chapter; raises `StoryBroke`, or TimeoutError where something never came."""
        stop = self._slack.workspace.subscribe(self._notice)
        try:
            for chapter in (self.set_up, self.objectives, self.monday, self.thanks, self.slips):
                await chapter()
                await self._quiet()
                self._must(not self._refused, f"Slack would have refused {self._refused}")
        finally:
            stop()

    async def set_up(self) -> None:
        """An admin decides who gets what; until then Cairn writes to nobody else."""
        self._tell.heading(
            "Setting up", "Ada looks after the workspace; until she is done, Cairn writes to no one else."
        )
        await self.ada.open_home()
        await self._slack.until(lambda: self.ada.dm)
        await self._team("Engineering", lead="bo")
        await self._team("Product", lead="chiara")
        await self.ada.open_home()
        await self.ada.press("Set up")
        first = _next_monday(self._slack.calendar.now(), self.ada).date()
        choices = {"channel": "kudos", "champion": "lin", "first": first.isoformat()}
        await self._send(self.ada, choices, shows="Who gets what")
        await self._send(self.ada, {}, shows="Cairn is set up")
        await self.ada.close(whole_stack=True)

    async def objectives(self) -> None:
        """A company objective, a team's under it, and key results with owners."""
        self._tell.heading("Objectives and key results", "Bo sets what Engineering wants to be true by the end of it.")
        await self.ada.command("/okr add objective", "leadership")
        company = {"title": "Customers trust us with their busiest day", "level": "The company's"}
        await self._send(self.ada, company, shows="Added O-1")
        await self.ada.close()
        await self.bo.command("/okr add objective", "engineering")
        parent = _option(self.bo, "parent", "O-1")
        team = {"title": "Nobody waits for us", "level": "A team's", "team": "Engineering", "parent": parent}
        await self._send(self.bo, team, shows="Added O-2")
        await self.bo.close()
        await self._key_result("KR-1", "Checkout answers within a second", "95.5", "99.9", "%", owner="gita")
        await self._key_result("KR-2", "Nightly jobs on the new database", "0", "12", "jobs", owner="bo")
        update = "/okr update KR-1 96.2 confidence 7 note the cache is warm now"
        await self._type(self.gita, update, "engineering", answers="95.5% → 96.2%")
        await self._type(self.gita, "/okr", "engineering", answers="96.2% → 99.9%")

    async def monday(self) -> None:
        """Everybody is asked at nine on their own clock, wherever they are."""
        about = "Gita is in Kolkata, Bo in Stockholm: each is asked at 09:00 on their own clock."
        self._tell.heading("Monday morning", about)
        await self._slack.calendar.move(_next_monday(self._slack.calendar.now(), self.bo) + timedelta(minutes=5))
        self._must(len(self.gita.dm) == len(self.bo.dm) == 1, "each should have been asked once")
        await self.gita.press("Check in")
        answers = {
            "value KR-1": "97.4",
            "note KR-1": "The slowest query is gone.",
            "blocker": "Load tests wait for a staging licence.",
        }
        await self._send(self.gita, answers, shows="96.2% → 97.4%")
        await self.gita.close()
        await self.bo.command("/checkin", "engineering")
        await self._send(self.bo, {"value KR-2": "+4"}, shows="0 → 4")
        await self.bo.close()
        await self._slack.until(lambda: "Checked in" in text_of(self.gita.dm[0]))

    async def thanks(self) -> None:
        """Thanks, tied to what they helped."""
        self._tell.heading("A thank-you", "Hana noticed, and says so.")
        thanks = "/kudos @gita @bo for moving checkout over without a hitch #craft KR-1"
        await self._type(self.hana, thanks, "product", answers="Recorded")
        await self._slack.until(lambda: self._slack.channel("kudos").messages)
        await self._slack.until(lambda: "thanked you" in text_of(self.gita.dm[-1]))

    async def slips(self) -> None:
        """Bad input gets a clear sentence, and changes nothing."""
        self._tell.heading("Slips of the pen", "A clear sentence in the right place, and nothing changes.")
        await self._type(self.gita, "/okr update KR-1 lots", "engineering", answers="is not a number")
        await self._type(self.hana, "/okr update KR-1 98", "product", answers="You cannot update KR-1")
        await self._type(self.hana, "/okr lsit", "product", answers="Did you mean")
        await self._type(self.bo, "/okr team Engineering", "engineering", answers="97.4% → 99.9%")

    # a step, and what must come of it

    async def _type(self, who: Person, command: str, channel: str, answers: str) -> None:
        seen = await who.command(command, channel)
        self._must(answers in seen.text, f"{who} typed {command}, and was answered: {seen.text!r}")

    async def _send(self, who: Person, fields: dict[str, str], shows: str) -> None:
        await who.submit(fields)
        seen = text_of(who.modal)
        self._must(shows in seen, f"{who} sent {fields}, and was shown: {seen!r} {who.errors} {who.trouble}")

    async def _team(self, group: str, lead: str) -> None:
        """Take a team from a user group, and say who leads it."""
        await self.ada.open_home()
        await self.ada.press("Teams")
        await self.ada.press("team.from_group")
        await self._send(self.ada, {"group": _option(self.ada, "group", group)}, shows=group)
        await self._send(self.ada, {"lead": f"@{lead}", "channel": group.lower()}, shows=group)
        await self.ada.close(whole_stack=True)

    async def _key_result(self, ref: str, title: str, start: str, target: str, unit: str, owner: str) -> None:
        await self.bo.command("/okr add kr O-2", "engineering")
        fields = {"title": title, "start": start, "target": target, "unit": unit, "owner": f"@{owner}"}
        await self._send(self.bo, fields, shows=ref)
        await self.bo.close(whole_stack=True)

    def _notice(self, change: Change) -> None:
        if change.kind == "refused" or (change.kind == "call" and not change.detail["answer"].get("ok")):
            self._refused.append(change.detail)

    def _must(self, holds: bool, otherwise: str) -> None:
        if not holds:
            raise StoryBroke(otherwise)


def _next_monday(now: datetime, who: Person) -> datetime:
    """The next Monday at nine on this person's clock, in UTC."""
    here = now.astimezone(ZoneInfo(who.user.tz or "UTC"))
    day = here.date() + timedelta(days=7 - here.weekday())
    return datetime(day.year, day.month, day.day, 9, tzinfo=here.tzinfo).astimezone(UTC)


def _option(who: Person, field: str, begins: str) -> str:
    """The choice of a select that begins so."""
    for block in (who.modal or {}).get("blocks", ()):
        if block.get("block_id") == field:
            texts = [str(option["text"]["text"]) for option in inputs.options(block["element"])]
            return next(text for text in texts if text.startswith(begins))
    raise StoryBroke(f"{who} is offered no {field}")
