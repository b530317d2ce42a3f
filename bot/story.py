"""The story that the demo plays through the real entrances: a set-up, a key result, a Monday morning, a thank-you."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.transcript import Transcript
from sandbox.person import Person
from sandbox.server import Sandbox

Quiet = Callable[[], Awaitable[None]]


class Story:
    """Larkspur's first week with Cairn; each chapter fails loudly where something is not as it should be."""

    def __init__(self, slack: Sandbox, transcript: Transcript, quiet: Quiet) -> None:
        self._slack, self._tell, self._quiet = slack, transcript, quiet
        self.ada, self.bo, self.gita, self.hana = (slack.person(name) for name in ("ada", "bo", "gita", "hana"))

    async def play(self) -> None:
        """The whole story, chapter by chapter."""
        for chapter in (self.set_up, self.objectives, self.monday, self.thanks, self.slips):
            await chapter()
            await self._quiet()

    async def set_up(self) -> None:
        """An admin decides who gets what; until then Cairn writes to nobody else."""
        self._tell.heading(
            "Setting up", "Ada looks after the workspace. Until she is done, Cairn writes to nobody else."
        )
        await self.ada.open_home()
        await self._slack.until(lambda: self.ada.dm)
        await self._team("Engineering", "bo")
        await self._team("Product", "chiara")
        await self.ada.open_home()
        await self.ada.press("Set up")
        first = _next_monday(self._slack.calendar.now(), self.ada)
        await self.ada.submit({"channel": "kudos", "champion": "lin", "first": first.date().isoformat()})
        await self.ada.submit()
        await self.ada.close(whole_stack=True)

    async def objectives(self) -> None:
        """A company objective, a team's under it, and key results with owners."""
        self._tell.heading(
            "Objectives and key results", "Bo sets what Engineering wants to be true by the end of the quarter."
        )
        await self.ada.command("/okr add objective", "leadership")
        await self.ada.submit({"title": "Customers trust us with their busiest day", "level": "The company's"})
        await self.ada.close()
        await self.bo.command("/okr add objective", "engineering")
        await self.bo.submit({
            "title": "Nobody waits for us",
            "level": "A team's",
            "team": "Engineering",
            "parent": _option(self.bo, "parent", "O-1"),
        })  # fmt: skip
        await self.bo.close()
        await self._key_result("Checkout answers within a second", "95.5", "99.9", "%", owner="gita")
        await self._key_result("Nightly jobs on the new database", "0", "12", "jobs", owner="bo")
        await self.gita.command("/okr update KR-1 96.2 confidence 7 note the cache is warm now", "engineering")
        await self.gita.command("/okr", "engineering")

    async def monday(self) -> None:
        """Everybody is asked at nine on their own clock, wherever they are."""
        self._tell.heading(
            "Monday morning",
            "The calendar moves to Monday. Gita is in Kolkata, Bo in Stockholm: each is asked at 09:00.",
        )
        monday = _next_monday(self._slack.calendar.now(), self.bo)
        await self._slack.calendar.move(monday + timedelta(minutes=5))
        await self._slack.until(lambda: self.gita.dm and self.bo.dm)
        await self.gita.press("Check in")
        await self.gita.submit(
            {
                "value KR-1": "97.4",
                "note KR-1": "The slowest query is gone.",
                "blocker": "Load tests wait for a staging licence.",
            }
        )
        await self.gita.close()
        await self.bo.command("/checkin", "engineering")
        await self.bo.submit({"value KR-2": "+4"})
        await self.bo.close()

    async def thanks(self) -> None:
        """Thanks, tied to what they helped."""
        self._tell.heading("A thank-you", "Hana noticed, and says so.")
        await self.hana.command("/kudos @gita @bo for moving checkout over without a hitch #craft KR-1", "product")
        await self._slack.until(lambda: self._slack.channel("kudos").messages)

    async def slips(self) -> None:
        """Bad input gets a clear sentence, and changes nothing."""
        self._tell.heading("Slips of the pen", "A clear sentence in the right place, and nothing changes.")
        await self.gita.command("/okr update KR-1 lots", "engineering")
        await self.hana.command("/okr update KR-1 98", "product")
        await self.hana.command("/okr lsit", "product")
        await self.bo.command("/okr team Engineering", "engineering")

    async def _team(self, group: str, lead: str) -> None:
        """Take a team from a user group, and say who leads it."""
        await self.ada.open_home()
        await self.ada.press("Teams")
        await self.ada.press("team.from_group")
        await self.ada.submit({"group": _option(self.ada, "group", group)})
        await self.ada.submit({"lead": f"@{lead}", "channel": group.lower()})
        await self.ada.close(whole_stack=True)

    async def _key_result(self, title: str, start: str, target: str, unit: str, owner: str) -> None:
        await self.bo.command("/okr add kr O-2", "engineering")
        await self.bo.submit({"title": title, "start": start, "target": target, "unit": unit, "owner": f"@{owner}"})
        await self.bo.close(whole_stack=True)


def _next_monday(now: datetime, who: Person) -> datetime:
    """The next Monday at nine on this person's clock, in UTC."""
    here = now.astimezone(ZoneInfo(who.user.tz or "UTC"))
    day = here.date() + timedelta(days=7 - here.weekday())
    return datetime(day.year, day.month, day.day, 9, tzinfo=here.tzinfo).astimezone(UTC)


def _option(who: Person, field: str, begins: str) -> str:
    """The choice of a select that begins so."""
    for block in (who.modal or {}).get("blocks", ()):
        if block.get("block_id") == field:
            texts = [str(option["text"]["text"]) for option in block["element"]["options"]]
            return next(text for text in texts if text.startswith(begins))
    raise AssertionError(f"{who} is offered no {field!r}.")
