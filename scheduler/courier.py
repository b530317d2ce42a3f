"""The courier: takes what is in the outbox to Slack, once, in order, at Slack's pace."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from domain.landmarks import passed
from domain.outbox import Claimed, Method, Terms
from domain.people import WorkspaceId
from scheduler.drawings import Drawing, drawn
from scheduler.sending import send
from scheduler.settling import Settler
from scheduler.verdicts import Fate, Verdict
from storage import claims, clock, outbox
from storage.database import Database, Session, Unavailable

log = logging.getLogger("cairn.courier")

Clock = Callable[[], datetime]
Clients = Mapping[WorkspaceId, AsyncWebClient]

TOGETHER = 20
"""Calls to Slack at a time."""

OUTSTANDING = 240
"""Rows taken on at a time: while some are on their way to Slack, others are drawn and others kept."""

ENOUGH = 80
"""Free hands for which it is worth looking at the outbox again."""

IDLE = timedelta(seconds=1)
BRIEF = timedelta(milliseconds=20)


class Courier:
    """One loop that delivers for the workspaces whose clients it is given, and for no others.

    `calendar` says what has expired, `stopwatch` measures leases and waits; `beat` is called with each round.
    """

    def __init__(
        self,
        db: Database,
        clients: Clients,
        calendar: Clock,
        stopwatch: Clock,
        terms: Terms = Terms(),  # noqa: B008 - a frozen value
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._db, self._clients, self._terms, self._beat = db, clients, terms, beat
        self._calendar, self._stopwatch = calendar, stopwatch
        self._settler = Settler(db, terms, calendar, stopwatch, self._kept)
        self._bag: deque[tuple[AsyncWebClient, Drawing, datetime]] = deque()
        self._hands: set[asyncio.Task[None]] = set()
        self._outstanding = 0
        self._resting: dict[tuple[WorkspaceId, Method], datetime] = {}
        self._woken = asyncio.Event()
        self._wait = IDLE
        self._stopping = False

    def wake(self) -> None:
        """There may be something to deliver."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until told to stop; trouble with the database is logged and tried again."""
        while not self._stopping:
            self._woken.clear()
            try:
                taken_on = await self.round()
                self._beat()
            except Exception:
                log.exception("what is in the outbox could not be taken on")
                taken_on, self._wait = 0, IDLE
            if not taken_on:
                await self._rest()

    async def stop(self) -> None:
        """Take on nothing more, and finish what is under way."""
        self._stopping = self._settler.stopping = True
        self.wake()
        while self._hands:
            await asyncio.wait(self._hands)
        await self._settler.quiet()

    async def round(self) -> int:
        """Take on as many rows as there are hands free, and begin to deliver each; how many."""
        taken_on, self._wait = 0, IDLE
        for workspace, client in self._clients.items():
            free = OUTSTANDING - self._outstanding
            if free >= ENOUGH:
                taken_on += await self._take_on(workspace, client, free)
        return taken_on

    async def until_quiet(self) -> None:
        """Wait until nothing is left that could be delivered within the next minute."""
        while True:
            soon = self._stopwatch() + timedelta(minutes=1)
            waiting = await self._db.read(outbox.waiting, tuple(self._clients), soon)
            if not waiting:
                return
            self.wake()
            await asyncio.sleep(0.05)

    async def _take_on(self, workspace: WorkspaceId, client: AsyncWebClient, free: int) -> int:
        """What was taken on must be on its way before its lease leaves less than one call's time."""
        latest = self._stopwatch() + self._terms.lease - self._terms.timeout
        given = (workspace, self._terms, self._stopwatch(), self._calendar(), free)
        claimed, wait = await self._db.claim(_claim, *given)
        self._wait = min(self._wait, max(wait, BRIEF)) if wait is not None else self._wait
        if claimed:
            passed("after claim")
            self._outstanding += len(claimed)
            self._bag.extend((client, drawing, latest) for drawing in await self._drawn(claimed))
            self._lend_hands()
        return len(claimed)

    def _lend_hands(self) -> None:
        """As many as there is something to do for; each goes on until nothing is left in the bag."""
        for _ in range(min(TOGETHER - len(self._hands), len(self._bag))):
            hand = asyncio.create_task(self._deliver())
            self._hands.add(hand)
            hand.add_done_callback(self._rests_a_while)

    async def _deliver(self) -> None:
        while self._bag:
            client, drawing, latest = self._bag.popleft()
            self._settler.settle(drawing.row, await self._outcome(client, drawing, latest))

    def _rests_a_while(self, hand: asyncio.Task[None]) -> None:
        self._hands.discard(hand)
        if not hand.cancelled() and hand.exception():
            log.error("a delivery broke off", exc_info=hand.exception())
        self._lend_hands()

    def _kept(self, outcomes: int) -> None:
        """What became of so many rows is kept: others can be taken on."""
        self._outstanding -= outcomes
        if OUTSTANDING - self._outstanding >= ENOUGH:
            self.wake()

    async def _drawn(self, claimed: list[Claimed]) -> list[Drawing]:
        """What each comes to: read together, and where that fails one by one, so that none spoils the others."""
        try:
            return await self._db.read(drawn, claimed, self._calendar())
        except Exception:
            return [await self._drawn_alone(row) for row in claimed]

    async def _drawn_alone(self, row: Claimed) -> Drawing:
        try:
            (drawing,) = await self._db.read(drawn, [row], self._calendar())
            return drawing
        except Unavailable as error:
            return Drawing(row, verdict=_later(error.reason))
        except Exception:
            log.exception("could not draw", extra={"kind": row.what.kind, "row": row.id})
            return Drawing(row, verdict=Verdict(Fate.NEVER, error="a fault of our own"))

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), self._wait.total_seconds())
        except TimeoutError:
            return

    async def _outcome(self, client: AsyncWebClient, drawing: Drawing, latest: datetime) -> Verdict | None:
        """What became of it, or None when it is not wanted. After a fault of our own while sending nobody knows."""
        if drawing.verdict or drawing.message is None:
            return drawing.verdict
        passed("before send")
        try:
            found = await send(client, drawing, lambda: self._stopwatch() <= latest and not self._rests(drawing.row))
            passed("after send")
        except Exception:
            log.exception("could not send", extra={"kind": drawing.row.what.kind, "row": drawing.row.id})
            return Verdict(Fate.UNKNOWN, error="a fault of our own")
        if found.rest is not None and found.method is None:
            self._resting[_lane(drawing.row)] = self._stopwatch() + timedelta(seconds=found.rest)
        return found

    def _rests(self, row: Claimed) -> bool:
        """Whether Slack has asked for a rest since this was taken on."""
        until = self._resting.get(_lane(row))
        return until is not None and self._stopwatch() < until


def _lane(row: Claimed) -> tuple[WorkspaceId, Method]:
    return row.what.workspace, row.what.method


def _later(error: str) -> Verdict:
    return Verdict(Fate.LATER, error=error, unsent=True)


def _claim(
    session: Session, workspace: WorkspaceId, terms: Terms, stopwatch: datetime, calendar: datetime, at_most: int
) -> tuple[list[Claimed], timedelta | None]:
    return claims.claim(session, workspace, terms, clock.now(session, stopwatch), calendar, at_most)
