"""Looking in Slack for messages of which nobody knows whether they were said."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from domain.outbox import Delivery, Doubt, Method, Sent, Terms
from domain.people import WorkspaceId
from scheduler.drawings import in_its_thread
from scheduler.messages import KINDS
from scheduler.sending import opened
from scheduler.verdicts import UNANSWERED, UNREACHED, Fate, Verdict, verdict
from storage import clock, doubts, paces
from storage.claims import is_person
from storage.database import Database, Session

log = logging.getLogger("cairn.search")

Clock = Callable[[], datetime]

TOGETHER = 10
PAGE = 200
PAGES = 50
"""Ten thousand messages since it was sent: further back nobody looks."""

ONE_LOOK = 30.0
"""Seconds that one look may take."""

SWEEP = timedelta(minutes=1)
LONG_ENOUGH = timedelta(hours=12)
"""Where Slack could not say for so long, it counts as if it never would."""

MARGIN = timedelta(minutes=5)
"""How far Slack's clock and ours may be apart."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look came to: where it was said, or that it was not; or, with `failed`, that nobody can say."""

    sent: Sent | None = None
    failed: Verdict | None = None


class Search:
    """Sweeps up what couriers left behind, and finds out what became of it."""

    def __init__(
        self,
        db: Database,
        clients: Mapping[WorkspaceId, AsyncWebClient],
        calendar: Clock,
        stopwatch: Clock,
        terms: Terms,
        wake: Callable[[], None],
    ) -> None:
        self._db, self._clients, self._terms, self._wake = db, clients, terms, wake
        self._calendar, self._stopwatch = calendar, stopwatch

    async def sweep(self) -> None:
        """Look for rows whose courier never came back, and for the messages that are in doubt long enough."""
        if await self._db.claim(_lose, self._terms, self._stopwatch()):
            self._wake()
        for workspace, client in self._clients.items():
            await self._look_into(workspace, client)

    async def _look_into(self, workspace: WorkspaceId, client: AsyncWebClient) -> None:
        """One after the other, for no longer than a minute: what is left over is due again after its lease."""
        enough = self._stopwatch() + SWEEP
        for doubt in await self._db.claim(_take_up, workspace, self._terms, self._stopwatch(), TOGETHER):
            if self._stopwatch() > enough:
                return
            look = await look_for(client, doubt)
            await self._db.run(_settle, doubt, look, self._terms, self._stopwatch(), self._calendar())
            self._wake()


async def look_for(client: AsyncWebClient, doubt: Doubt) -> Look:
    """Look for the message that carries this row's mark, in its conversation or in its thread; files carry none."""
    if doubt.what.method is Method.UPLOAD:
        return Look(failed=Verdict(Fate.NEVER, error="no answer came back, and files cannot be looked for"))
    try:
        async with asyncio.timeout(ONE_LOOK):
            return await _looked(client, doubt)
    except _TooMuch:
        return Look(failed=Verdict(Fate.NEVER, error="too much was said since"))
    except UNANSWERED as error:
        return Look(failed=_refused(verdict(error)))
    except Exception:
        log.exception("could not look", extra={"kind": doubt.what.kind, "row": doubt.id})
        return Look(failed=Verdict(Fate.UNKNOWN, error="a fault of our own"))


async def _looked(client: AsyncWebClient, doubt: Doubt) -> Look:
    channel = await opened(client, doubt.channel) if is_person(doubt.channel) else doubt.channel
    async for page in _pages(client, channel, doubt):
        for message in page:
            if _mark(message) == doubt.mark:
                return Look(Sent(channel, str(message["ts"])))
    return Look()


def _refused(found: Verdict) -> Verdict:
    """Where Slack answers, and neither asks us to wait nor lets us look, asking again will not change it."""
    refused = found.fate is Fate.LATER and found.rest is None and found.error != UNREACHED
    return replace(found, fate=Fate.NEVER) if refused else found


class _TooMuch(Exception):
    """More was said since than anybody can look through."""


async def _pages(client: AsyncWebClient, channel: str, doubt: Doubt) -> AsyncIterator[list[dict[str, Any]]]:
    oldest = f"{(doubt.since - MARGIN).timestamp():.6f}"
    asked: dict[str, Any] = {"channel": channel, "oldest": oldest, "include_all_metadata": True, "limit": PAGE}
    ask: Callable[..., Any] = client.conversations_history
    if doubt.what.thread:
        ask, asked = client.conversations_replies, asked | {"ts": doubt.what.thread}
    for _ in range(PAGES):
        answer = await ask(**asked)
        yield answer.get("messages") or []
        asked["cursor"] = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not asked["cursor"]:
            return
    raise _TooMuch


def _mark(message: Any) -> object:
    """The mark of one of ours; anybody's message may carry anything."""
    metadata = message.get("metadata") if isinstance(message, dict) else None
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return payload.get("mark") if isinstance(payload, dict) else None


def _lose(session: Session, terms: Terms, stopwatch: datetime) -> int:
    return doubts.lose(session, terms, clock.now(session, stopwatch))


def _take_up(session: Session, workspace: WorkspaceId, terms: Terms, stopwatch: datetime, at_most: int) -> list[Doubt]:
    found = doubts.take_up(session, workspace, terms, clock.now(session, stopwatch), at_most)
    return [replace(doubt, what=in_its_thread(session, doubt.what)) for doubt in found]


def _settle(session: Session, doubt: Doubt, look: Look, terms: Terms, stopwatch: datetime, calendar: datetime) -> None:
    """Remember what a look came to; what follows from a loss is planned in the same transaction."""
    now = clock.now(session, stopwatch)
    kind = KINDS.get(doubt.what.kind)
    if look.sent:
        doubts.found(session, doubt, look.sent, now)
        return
    if look.failed is None:
        became = doubts.missed(session, doubt, terms, now, calendar)
    elif look.failed.fate is Fate.NEVER or now - doubt.since > LONG_ENOUGH:
        became = doubts.cannot_look(session, doubt, bool(kind and kind.again), look.failed.error, now, calendar)
    else:
        became = _later(session, doubt, look.failed, terms, now)
    if became is Delivery.DEAD and kind and kind.lost:
        log.warning("gave up", extra={"kind": doubt.what.kind, "row": doubt.id})
        kind.lost(session, doubt.what, "no answer came back", calendar)


def _later(session: Session, doubt: Doubt, failed: Verdict, terms: Terms, now: datetime) -> Delivery:
    wait = terms.quiet if failed.rest is None else timedelta(seconds=failed.rest)
    if failed.too_fast:
        paces.limit(session, doubt.what.workspace, Method.SEARCH, now, now + wait, terms, now)
    doubts.look_later(session, doubt, now + wait)
    return Delivery.UNKNOWN
