"""Looking in Slack for messages of which nobody knows whether they were said."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from domain.outbox import Doubt, Method, Sent, Terms
from domain.people import WorkspaceId
from scheduler.messages import KINDS
from scheduler.sending import opened
from scheduler.verdicts import Fate, Verdict, verdict
from storage import clock, doubts, paces
from storage.database import Database, Session
from storage.outbox import is_person

log = logging.getLogger("cairn.search")

Clock = Callable[[], datetime]

TOGETHER = 10
PAGE = 200
PAGES = 50
"""Ten thousand messages since it was sent: further back nobody looks."""

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
            given = (workspace, self._terms, self._stopwatch(), TOGETHER)
            for doubt in await self._db.claim(_take_up, *given):
                look = await look_for(client, doubt)
                await self._db.claim(_settle, doubt, look, self._terms, self._stopwatch(), self._calendar())
                self._wake()


async def look_for(client: AsyncWebClient, doubt: Doubt) -> Look:
    """Look for the message that carries this row's mark, in its conversation or in its thread."""
    try:
        channel = await opened(client, doubt.channel) if is_person(doubt.channel) else doubt.channel
        async for page in _pages(client, channel, doubt):
            for message in page:
                if _mark(message) == doubt.mark:
                    return Look(Sent(channel, str(message["ts"])))
        return Look()
    except _TooMuch:
        return Look(failed=Verdict(Fate.NEVER, error="too much was said since"))
    except Exception as error:
        return Look(failed=verdict(error))


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


def _mark(message: dict[str, Any]) -> str | None:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return payload.get("mark")


def _lose(session: Session, terms: Terms, stopwatch: datetime) -> int:
    return doubts.lose(session, terms, clock.now(session, stopwatch))


def _take_up(session: Session, workspace: WorkspaceId, terms: Terms, stopwatch: datetime, at_most: int) -> list[Doubt]:
    return doubts.take_up(session, workspace, terms, clock.now(session, stopwatch), at_most)


def _settle(session: Session, doubt: Doubt, look: Look, terms: Terms, stopwatch: datetime, calendar: datetime) -> None:
    """Remember what a look came to."""
    now = clock.now(session, stopwatch)
    if look.sent:
        doubts.found(session, doubt, look.sent, now)
    elif look.failed is None:
        doubts.missed(session, doubt, terms, now, calendar)
    elif look.failed.fate is Fate.NEVER:
        kind = KINDS.get(doubt.what.kind)
        doubts.cannot_look(session, doubt, bool(kind and kind.again), look.failed.error, now)
    else:
        _later(session, doubt, look.failed, terms, now)


def _later(session: Session, doubt: Doubt, failed: Verdict, terms: Terms, now: datetime) -> None:
    wait = terms.quiet if failed.rest is None else timedelta(seconds=failed.rest)
    if failed.rest is not None:
        paces.limit(session, doubt.what.workspace, Method.SEARCH, now, now + wait, terms, now)
    doubts.look_later(session, doubt, now + wait)
