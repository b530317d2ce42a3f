"""Keeping what became of each delivery: whatever has come in meanwhile is kept in one transaction."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from domain.landmarks import passed
from domain.outbox import Claimed, Delivery, Method, Mode, Sent, Terms
from domain.people import WorkspaceId
from scheduler.messages import KINDS
from scheduler.verdicts import Fate, Verdict
from storage import claims, clock, doubts, paces
from storage.database import Database, Session, Unavailable

log = logging.getLogger("cairn.courier")

Clock = Callable[[], datetime]
Outcome = tuple[Claimed, Verdict | None]
"""A row and its verdict; None when nobody wants it any more."""

PACE = timedelta(seconds=1)
"""Slack takes about one message a second in a channel."""

ATTEMPTS = 30
"""With the longest wait between them, some four hours: enough for an outage of Slack."""

LONGEST_WAIT = timedelta(minutes=10)
GATHER = 0.01
"""Seconds in which outcomes gather before they are kept: a commit costs the same for one as for many."""

AGAIN = 1.0
"""Seconds between two tries to keep what became of deliveries while the database is away."""


class Settler:
    """Keeps outcomes in the order in which they come, many at a time; `kept` is told how many each time."""

    def __init__(
        self, db: Database, terms: Terms, calendar: Clock, stopwatch: Clock, kept: Callable[[int], None]
    ) -> None:
        self._db, self._terms, self._calendar, self._stopwatch = db, terms, calendar, stopwatch
        self._told = kept
        self._waiting: list[Outcome] = []
        self._keeping: asyncio.Task[None] | None = None
        self.stopping = False

    def settle(self, row: Claimed, found: Verdict | None) -> None:
        """Keep soon what became of this row."""
        self._waiting.append((row, found))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep())

    async def quiet(self) -> None:
        """Until all is kept that can be."""
        if self._keeping:
            await asyncio.wait([self._keeping])

    async def _keep(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER)
            together, self._waiting = self._waiting, []
            passed("before confirm")
            await self._kept(together)
            self._told(len(together))

    async def _kept(self, outcomes: list[Outcome]) -> None:
        """A lost connection to the database does not lose what is known; what cannot be kept is found by the sweep."""
        usual = [each for each in outcomes if not is_lost(*each)]
        await self._insist(settle, usual)
        for each in outcomes:
            if is_lost(*each):
                await self._insist(lose, [each])

    async def _insist(self, how: Callable[..., None], outcomes: list[Outcome]) -> None:
        while outcomes:
            try:
                run = self._db.run if how is lose else self._db.claim
                await run(how, outcomes, self._terms, self._stopwatch(), self._calendar())
                return
            except Unavailable as error:
                log.error("what became of %d deliveries cannot be kept yet: %s", len(outcomes), error.reason)
                if self.stopping:
                    return
                await asyncio.sleep(AGAIN)
            except Exception:
                log.exception("what became of a delivery could not be kept")
                if len(outcomes) == 1:
                    return
                for each in outcomes:
                    await self._insist(how, [each])
                return


def settle(
    session: Session, outcomes: Iterable[Outcome], terms: Terms, stopwatch: datetime, calendar: datetime
) -> None:
    """Remember what became of these rows, none of which is lost for good."""
    now = clock.now(session, stopwatch)
    went = [(row, found.sent) for row, found in outcomes if found and found.fate is Fate.SENT]
    claims.confirm(session, went, now)
    for workspace, theirs in _by_workspace(went).items():
        claims.remember_channels(session, workspace, theirs)
        spoken = [] if not terms.paced else [row.what.place for row, _ in theirs if row.what.mode is Mode.SAY]
        paces.pause_each(session, workspace, Method.POST, spoken, now + PACE)
    for row, found in outcomes:
        if found is None:
            claims.give_up(session, row, Delivery.UNWANTED, "", now)
        elif found.fate is Fate.UNKNOWN and row.what.mode is Mode.SAY:
            doubts.doubt(session, row, found.error, terms)
        elif found.fate is not Fate.SENT:
            _put_back(session, row, found, terms, now)


def lose(session: Session, outcomes: Iterable[Outcome], _terms: Terms, stopwatch: datetime, calendar: datetime) -> None:
    """These rows will never be sent; what follows from that is planned in the same transaction."""
    now = clock.now(session, stopwatch)
    for row, found in outcomes:
        assert found, "only a verdict loses a row"
        log.warning("gave up", extra={"kind": row.what.kind, "row": row.id, "error": found.error})
        lost = KINDS[row.what.kind].lost if row.what.kind in KINDS else None
        if claims.give_up(session, row, Delivery.DEAD, found.error, now) and lost:
            lost(session, row.what, found.error, calendar)


def is_lost(row: Claimed, found: Verdict | None) -> bool:
    """Whether it is given up: Slack never will take it, or was asked too often. A rest is no failure."""
    if found is None or found.fate is Fate.SENT or (found.fate is Fate.UNKNOWN and row.what.mode is Mode.SAY):
        return False
    failed = found.rest is None and not found.unsent
    return found.fate is Fate.NEVER or (failed and row.attempts >= ATTEMPTS)


def _put_back(session: Session, row: Claimed, found: Verdict, terms: Terms, now: datetime) -> None:
    if found.rest is None:
        wait = PACE if found.unsent else min(timedelta(seconds=2.0**row.attempts), LONGEST_WAIT)
        claims.put_back(session, row, now + wait, found.error, failed=not found.unsent)
        return
    rest, method = now + timedelta(seconds=found.rest), found.method or row.what.method
    if found.too_fast:
        paces.limit(session, row.what.workspace, method, row.at, rest, terms, now)
    else:
        paces.pause(session, row.what.workspace, method, paces.EVERYWHERE, rest)
    claims.put_back(session, row, None, found.error, failed=False)


def _by_workspace(went: list[tuple[Claimed, Sent | None]]) -> dict[WorkspaceId, list[tuple[Claimed, Sent | None]]]:
    groups = defaultdict(list)
    for row, sent in went:
        groups[row.what.workspace].append((row, sent))
    return groups
