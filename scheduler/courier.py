"""The courier: takes what is in the outbox to Slack, once, in order, at Slack's pace."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from domain.outbox import Claimed, Delivery, Mode, Outgoing, Sent
from domain.people import WorkspaceId
from scheduler.messages import KINDS
from scheduler.verdicts import Fate, Verdict, verdict
from storage import outbox, people
from storage.database import Database, Session

log = logging.getLogger("cairn.courier")

Clock = Callable[[], datetime]
Clients = Mapping[WorkspaceId, AsyncWebClient]

LEASE = timedelta(seconds=60)
PACE = timedelta(seconds=1)
"""Slack takes about one message a second in a channel."""

TOGETHER = 20
ATTEMPTS = 30
"""With the longest wait between them, some four hours: enough for an outage of Slack."""

LONGEST_WAIT = timedelta(minutes=10)
IDLE = 1.0


class Courier:
    """One loop that delivers for the workspaces whose clients it is given, and for no others.

    `calendar` says what has expired, `stopwatch` measures leases and waits; each round that went well
    is told by a `beat`.
    """

    def __init__(
        self,
        db: Database,
        clients: Clients,
        calendar: Clock,
        stopwatch: Clock,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._clients = clients
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._beat = beat
        self._woken = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
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
                taken_on = 0
            if not taken_on:
                await self._rest()

    async def stop(self) -> None:
        """Take on nothing more, and finish what is under way."""
        self._stopping = True
        self.wake()
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def round(self) -> int:
        """Take on as many rows as there are hands free, and begin to deliver each; how many."""
        free = TOGETHER - len(self._under_way)
        if not free:
            return 0
        ours = tuple(self._clients)
        claimed = await self._db.claim(outbox.claim, ours, self._stopwatch(), self._calendar(), LEASE, free)
        for row in claimed:
            task = asyncio.create_task(self._deliver(row))
            self._under_way.add(task)
            task.add_done_callback(self._delivered)
        return len(claimed)

    async def sweep(self) -> None:
        """Look for rows whose courier never came back."""
        if await self._db.run(outbox.lose, self._stopwatch()):
            self.wake()

    async def until_quiet(self) -> None:
        """Wait until nothing is left that could be delivered within the next minute."""
        while True:
            soon = self._stopwatch() + timedelta(minutes=1)
            waiting = await self._db.read(outbox.waiting, tuple(self._clients), soon)
            if not waiting:
                return
            self.wake()
            await asyncio.sleep(0.05)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), IDLE)
        except TimeoutError:
            return

    def _delivered(self, task: asyncio.Task[None]) -> None:
        """Hands are free again; what could not be written down is found by the sweep once its lease is over."""
        self._under_way.discard(task)
        if not task.cancelled() and task.exception():
            log.error("what became of a delivery could not be kept", exc_info=task.exception())
        self.wake()

    async def _deliver(self, row: Claimed) -> None:
        found = await self._outcome(row)
        await self._db.run(_settle, row, found, self._stopwatch(), self._calendar())

    async def _outcome(self, row: Claimed) -> Verdict | None:
        """What became of it, or None when it is not wanted. After a fault of our own while sending nobody knows."""
        fate = Fate.NEVER
        try:
            message = await self._drawn(row.what)
            fate = Fate.UNKNOWN
            return await self._sent(row, message) if message else None
        except Exception:
            log.exception("could not draw or send", extra={"kind": row.what.kind, "row": row.id})
            return Verdict(fate, error="a fault of our own")

    async def _drawn(self, what: Outgoing) -> Any:
        kind = KINDS[what.kind]
        facts = await self._db.read(kind.load, what, self._calendar())
        return kind.draw(facts) if facts is not None else None

    async def _sent(self, row: Claimed, message: Any) -> Verdict | None:
        client, what = self._clients[row.what.workspace], row.what
        try:
            if what.kind == "home":
                await client.views_publish(user_id=what.place.removeprefix("home/"), view=message)
                return Verdict(Fate.SENT)
            if replaces := KINDS[what.kind].replaces:
                return await self._replaced(client, what, replaces(what), message)
            return await self._posted(client, row, message)
        except Exception as error:
            return verdict(error)

    async def _posted(self, client: AsyncWebClient, row: Claimed, message: Any) -> Verdict:
        try:
            channel = await self._channel(client, row.what)
        except Exception as error:
            return _not_sent(verdict(error))
        answer = await client.chat_postMessage(
            channel=channel,
            text=message["text"],
            blocks=message["blocks"],
            metadata={"event_type": "cairn_message", "event_payload": {"mark": row.mark}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return Verdict(Fate.SENT, Sent(str(answer.get("channel") or channel), str(answer["ts"])))

    async def _replaced(self, client: AsyncWebClient, what: Outgoing, key: str, message: Any) -> Verdict | None:
        """Put it in place of the message of that key; where there is none, it is not wanted."""
        before = await self._db.read(outbox.where_said, what.workspace, key)
        if before is None:
            return None
        await client.chat_update(channel=before.channel, ts=before.ts, text=message["text"], blocks=message["blocks"])
        return Verdict(Fate.SENT, before)

    async def _channel(self, client: AsyncWebClient, what: Outgoing) -> str:
        """The channel to post in; a DM is opened before its first message, so that it can be searched."""
        if what.place[:1] not in {"U", "W"}:
            return what.place
        known = await self._db.read(people.dm_channel, what.workspace, what.place)
        if known:
            return known
        opened = await client.conversations_open(users=[what.place])
        channel = str(opened["channel"]["id"])
        await self._db.run(people.keep_dm_channel, what.workspace, what.place, channel)
        return channel


def _not_sent(found: Verdict) -> Verdict:
    """What a failure means before the message itself went off: then nothing is unknown, and it may go later."""
    return replace(found, fate=Fate.LATER) if found.fate is Fate.UNKNOWN else found


def _settle(session: Session, row: Claimed, found: Verdict | None, now: datetime, calendar: datetime) -> None:
    """Remember what became of a row; what follows from a loss is planned in the same transaction."""
    if found is None:
        outbox.give_up(session, row, Delivery.UNWANTED, "", now)
    elif found.fate is Fate.SENT:
        outbox.confirm(session, row, found.sent, now)
        if row.what.mode is Mode.SAY:
            outbox.pause(session, row.what.workspace, "chat.postMessage", row.what.place, now + PACE)
    elif found.fate is Fate.UNKNOWN and row.what.mode is Mode.SAY:
        outbox.give_up(session, row, Delivery.UNKNOWN, found.error, now)
    elif found.fate is Fate.NEVER or row.attempts >= ATTEMPTS:
        _lose(session, row, found, now, calendar)
    else:
        _put_back(session, row, found, now)


def _lose(session: Session, row: Claimed, found: Verdict, now: datetime, calendar: datetime) -> None:
    lost = KINDS[row.what.kind].lost if row.what.kind in KINDS else None
    log.warning("gave up", extra={"kind": row.what.kind, "row": row.id, "error": found.error})
    if outbox.give_up(session, row, Delivery.DEAD, found.error, now) and lost:
        lost(session, row.what, found.error, calendar)


def _put_back(session: Session, row: Claimed, found: Verdict, now: datetime) -> None:
    wait = min(timedelta(seconds=2.0**row.attempts), LONGEST_WAIT)
    if found.rest is not None:
        wait = timedelta(seconds=found.rest)
        outbox.pause(session, row.what.workspace, METHOD[row.what.mode], outbox.EVERYWHERE, now + wait)
    outbox.put_back(session, row, now + wait, found.error)


METHOD = {Mode.SAY: "chat.postMessage", Mode.SHOW: "chat.update"}
