"""Larkspur's last quarter, lived through the real entrances: set, checked in on every Monday, closed and carried on."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta

from bot.larkspur import LAST_QUARTER, Aim
from bot.telling import Telling
from domain.cycles import Period, quarter
from sandbox.inputs import Entered

OBJECTIVES_TOLD = (0, 2, 5)
"""One of each level is written down."""

MONDAYS_TOLD = 1
"""How many Mondays are written down; the others are like them."""


class LastQuarter:
    """Three levels of objectives and what became of them."""

    def __init__(self, telling: Telling, period: Period) -> None:
        self._told, self._period = telling, period
        self._aims: dict[str, Aim] = {}
        self._answers: dict[str, dict[str, tuple[tuple[Entered, ...], str]]] = defaultdict(dict)

    async def objectives(self) -> None:
        """The company's, its teams' below them, and one person's below a team's."""
        self._told.transcript.heading(
            self._period.name, "Ada, Chiara, Bo and Diego set what they want to be true by the end of it."
        )
        for place, aim in enumerate(LAST_QUARTER):
            with self._told.transcript.hushed(place not in OBJECTIVES_TOLD):
                await self._set(aim)
        self._told.transcript.aside("… and three more, set in the same way.")
        await self._told.type(self._told.who("ada"), "/okr tree", "leadership", answers="Nobody waits for us")

    async def mondays(self) -> None:
        """Every Monday everybody is asked, and answers in a minute."""
        self._told.transcript.heading("Every Monday", "Ten people are asked at nine on their own clock, and answer.")
        week = 0
        while (monday := self._told.coming_monday()) <= self._last_evening:
            with self._told.transcript.hushed(week >= MONDAYS_TOLD):
                await self._told.slack.calendar.move(monday)
                await self._monday(week)
                await self._told.quiet()
            week += 1
        self._told.transcript.aside(f"… and so on, on {week - MONDAYS_TOLD} more Mondays.")

    async def close(self) -> None:
        """The quarter is over: whoever owns an objective says how it ended, and what goes on."""
        self._told.transcript.heading("Closing", f"{self._period.name} is over. What became of it, and what goes on?")
        await self._told.slack.calendar.move(self._last_evening + timedelta(days=1))
        for place, (ref, aim) in enumerate(self._aims.items()):
            with self._told.transcript.hushed(place > 0):
                await self._close(ref, aim)
        await self._told.slack.calendar.move(self._last_evening + timedelta(days=2))
        talked = self._told.slack.channel("engineering").messages
        self._told.must(any("Retrospective" in each.text for each in talked), "nobody talked about what was learned")

    @property
    def _last_evening(self) -> datetime:
        return datetime.combine(self._period.ends, time(20), tzinfo=UTC)

    async def _set(self, aim: Aim) -> None:
        """An objective with its key results."""
        ref = await self._told.add_objective(self._told.who(aim.by), dict(aim.fields), aim.parent)
        self._aims[ref] = aim
        for wanted in aim.key_results:
            kr = await self._told.add_key_result(self._told.who(aim.by), ref, dict(wanted.fields), wanted.owner)
            self._answers[wanted.owner][kr] = (wanted.weeks, wanted.note)

    async def _monday(self, week: int) -> None:
        for name, each in self._answers.items():
            values = {ref: weeks[min(week, len(weeks) - 1)] for ref, (weeks, _) in each.items()}
            notes = {ref: note for ref, (_, note) in each.items() if week % 4 == 0}
            await self._told.check_in(self._told.who(name), values, notes)

    async def _close(self, ref: str, aim: Aim) -> None:
        who = self._told.who(aim.by)
        await who.command(f"/okr close {ref}", "general")
        said = {"score": aim.score, "why": aim.why, "learned": aim.learned, "mattered": aim.mattered}
        carried = aim.verdict != "drop"
        await self._told.send(who, said | {"verdict": aim.verdict}, shows="stays as it is" if carried else "score")
        if carried:
            await self._told.send(who, {}, shows="carried from")
        await who.close(whole_stack=True)


def the_one_before(period: Period) -> Period:
    """The quarter before this one."""
    return quarter(period.starts - timedelta(days=1))
