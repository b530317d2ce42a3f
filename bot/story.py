"""The story that the demo plays through the real entrances: a set-up, a quarter from beginning to end, and this one."""

from datetime import datetime, timedelta

from bot.larkspur import DOWN, THIS_QUARTER, number
from bot.last_quarter import LastQuarter, the_one_before
from bot.telling import StoryBroke, Telling, next_monday, option, ref_of
from domain.cycles import quarter
from sandbox.reading import text_of

__all__ = ["Story", "StoryBroke", "begins"]


def begins(today: datetime) -> datetime:
    """When the story begins, so that it ends today, or a little later where the quarter has only just begun."""
    last = the_one_before(quarter(today.date()))
    return datetime(last.starts.year, last.starts.month, last.starts.day, 12, tzinfo=today.tzinfo)


class Story:
    """Larkspur's first two quarters with Cairn; every step says what must come of it, or the story breaks off."""

    def __init__(self, telling: Telling, today: datetime) -> None:
        self._told, self._today = telling, today
        self._quarter = quarter(today.date())
        self.ada, self.bo, self.gita, self.hana = (telling.who(name) for name in ("ada", "bo", "gita", "hana"))
        self._refs: dict[str, str] = {}
        self._aim = ""

    async def play(self) -> None:
        """The whole story, chapter by chapter; raises `StoryBroke`, or TimeoutError where something never came."""
        last = LastQuarter(self._told, the_one_before(self._quarter))
        before = (self.set_up, last.objectives, last.mondays, last.close)
        now = (self.objectives, self.monday, self.thanks, self.questions, self.slips, self.until_today)
        with self._told.watched():
            for chapter in (*before, *now):
                await chapter()
                await self._told.chapter_ends()

    async def set_up(self) -> None:
        """An admin decides who gets what; until then Cairn writes to nobody else."""
        self._told.transcript.heading(
            "Setting up", "Ada looks after the workspace; until she is done, Cairn writes to no one else."
        )
        await self.ada.open_home()
        await self._told.slack.until(lambda: self.ada.dm)
        await self._team("Engineering", lead="bo")
        await self._team("Product", lead="chiara")
        with self._told.transcript.hushed():
            await self._team("Customer Success", lead="diego")
        await self.ada.open_home()
        await self.ada.press("Set up")
        first = next_monday(self._told.slack.calendar.now(), self.ada).date()
        choices = {"channel": "kudos", "champion": "lin", "first": first.isoformat()}
        await self._told.send(self.ada, choices, shows="Who gets what")
        await self._told.send(self.ada, {}, shows="Cairn is set up")
        await self.ada.close(whole_stack=True)

    async def objectives(self) -> None:
        """What goes on is there already; Bo adds what is new below what the company wants."""
        self._told.transcript.heading(self._quarter.name, "What was kept goes on. Bo adds what Engineering wants now.")
        tree = await self._told.type(self.bo, "/okr tree", "engineering", answers="Customers trust us")
        top = next(word.strip("*") for word in tree.split() if word.strip("*").startswith("O-"))
        fields = {"title": "Every page answers at once", "level": "A team's", "team": "Engineering"}
        self._aim = await self._told.add_objective(self.bo, fields, top)
        await self._key_result("Checkout answers within a second", "95.5", "99.9", "%", owner="gita")
        await self._key_result("Nightly jobs on the new database", "0", "12", "jobs", owner="bo")
        with self._told.transcript.hushed():
            await self._ones_own()
        ref = self._refs["Checkout answers within a second"]
        update = f"/okr update {ref} 96.2 confidence 7 note the cache is warm now"
        await self._told.type(self.gita, update, "engineering", answers="95.5% → 96.2%")
        await self._told.type(self.gita, "/okr", "engineering", answers="96.2% → 99.9%")

    async def monday(self) -> None:
        """Everybody is asked at nine on their own clock, wherever they are."""
        about = "Gita is in Kolkata, Bo in Stockholm: each is asked at 09:00 on their own clock."
        self._told.transcript.heading("Monday morning", about)
        calendar = self._told.slack.calendar
        said = len(self.gita.dm), len(self.bo.dm)
        await calendar.move(next_monday(calendar.now(), self.bo) + timedelta(minutes=5))
        asked = len(self.gita.dm) - said[0], len(self.bo.dm) - said[1]
        self._told.must(asked == (1, 1), f"each should have been asked once, not {asked} times")
        await self.gita.press("Check in", within=self.gita.dm[-1])
        ref = self._refs["Checkout answers within a second"]
        answers = {
            f"value {ref}": "97.4",
            f"note {ref}": "The slowest query is gone.",
            "blocker": "Load tests wait for a staging licence.",
        }
        await self._told.send(self.gita, answers, shows="96.2% → 97.4%")
        await self.gita.close()
        await self.bo.command("/checkin", "engineering")
        jobs = self._refs["Nightly jobs on the new database"]
        await self._told.send(self.bo, {f"value {jobs}": "+4"}, shows="0 → 4")
        await self.bo.close()
        await self._told.slack.until(lambda: "Checked in" in text_of(self.gita.dm[-1]))

    async def thanks(self) -> None:
        """Thanks, tied to what they helped."""
        self._told.transcript.heading("A thank-you", "Hana noticed, and says so.")
        ref = self._refs["Checkout answers within a second"]
        thanks = f"/kudos @gita @bo for moving checkout over without a hitch #craft {ref}"
        await self._told.type(self.hana, thanks, "product", answers="Recorded")
        await self._told.slack.until(lambda: self._told.slack.channel("kudos").messages)
        await self._told.slack.until(lambda: "thanked you" in text_of(self.gita.dm[-1]))

    async def questions(self) -> None:
        """Why it matters, how it went, and how it stands, for whoever asks."""
        self._told.transcript.heading("Questions", "Why does this matter? How did it go? How do we stand?")
        ref = self._refs["Checkout answers within a second"]
        await self._told.type(self.gita, f"/okr why {ref}", "engineering", answers="Customers trust us")
        await self._told.type(self.gita, f"/okr history {ref}", "engineering", answers="The slowest query is gone.")
        await self._told.slack.until(lambda: "so far" in str(self.gita.dm[-1].blocks))
        await self._told.type(self.ada, "/okr list company", "leadership", answers="Customers trust us")
        await self._told.type(self.ada, "/okr cycle", "leadership", answers=self._quarter.name)

    async def slips(self) -> None:
        """Bad input gets a clear sentence, and changes nothing."""
        self._told.transcript.heading("Slips of the pen", "A clear sentence in the right place, and nothing changes.")
        ref = self._refs["Checkout answers within a second"]
        await self._told.type(self.gita, f"/okr update {ref} lots", "engineering", answers="is not a number")
        await self._told.type(self.hana, f"/okr update {ref} 98", "product", answers=f"You cannot update {ref}")
        await self._told.type(self.hana, "/okr lsit", "product", answers="Did you mean")
        await self._told.type(self.bo, "/okr team Engineering", "engineering", answers="97.4% → 99.9%")

    async def until_today(self) -> None:
        """The weeks until today, each with its Monday."""
        with self._told.transcript.hushed():
            answers = {name: await self._answers(name) for name in THIS_QUARTER}
            week = 1
            while (monday := self._told.coming_monday()) <= self._today:
                await self._told.slack.calendar.move(monday)
                for name, each in answers.items():
                    values = {ref: weeks[min(week, len(weeks) - 1)] for ref, weeks in each.items()}
                    await self._told.check_in(self._told.who(name), values, {})
                week += 1
            if self._told.slack.calendar.now() < self._today:
                await self._told.slack.calendar.move(self._today)

    async def _answers(self, name: str) -> dict[str, tuple[str, ...]]:
        """What somebody answers week by week, by the reference of each of their key results."""
        mine = await self._told.type(self._told.who(name), "/okr", "general", answers="KR-")
        return {ref_of(title, mine): weeks for title, weeks in THIS_QUARTER[name].items()}

    # a step, and what must come of it

    async def _team(self, group: str, lead: str) -> None:
        """Take a team from a user group, and say who leads it."""
        await self.ada.open_home()
        await self.ada.press("Teams")
        await self.ada.press("team.from_group")
        await self._told.send(self.ada, {"group": option(self.ada, "group", group)}, shows=group)
        channel = group.lower().replace(" ", "-")
        await self._told.send(self.ada, {"lead": f"@{lead}", "channel": channel}, shows=group)
        await self.ada.close(whole_stack=True)

    async def _ones_own(self) -> None:
        """Below what Engineering wants is what Gita wants of herself."""
        ref = await self._told.add_objective(
            self.gita, {"title": "Slow pages find me before our customers do"}, self._aim
        )
        await self._told.add_key_result(
            self.gita, ref, number("Slow pages that a customer told us of", 9, 1, "a month", DOWN), "gita"
        )

    async def _key_result(self, title: str, start: str, target: str, unit: str, owner: str) -> None:
        fields = {"title": title, "start": start, "target": target, "unit": unit}
        self._refs[title] = await self._told.add_key_result(self.bo, self._aim, fields, owner)
