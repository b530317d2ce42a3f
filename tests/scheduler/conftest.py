"""A courier between a real database and a real workspace, with clocks that are moved by hand."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from domain.outbox import Delivery, Outgoing, Terms
from domain.people import Member
from sandbox.reading import text_of
from sandbox.server import Sandbox
from scheduler.courier import Courier
from scheduler.fencing import fence
from scheduler.searching import Search
from storage import outbox, people, recognition
from storage.database import Database, Session
from tests import examples
from tests.databases import SQLite
from tests.examples import NOW
from tests.storage import outbox as looking
from tests.storage.company import HERE, admin, outgoing, person
from tests.storage.outbox import TERMS


@dataclass
class Office:
    """Ada, Bo and Gus, and whoever takes their post to Slack."""

    db: Database
    slack: Sandbox
    address: str = ""
    now: datetime = NOW
    calendar: datetime = NOW
    terms: Terms = TERMS

    async def deliver(self, *watched: aiohttp.TraceConfig) -> None:
        """Take on what may go now, and see it through."""
        async with aiohttp.ClientSession(trace_configs=[*watched, fence()]) as session:
            address = self.address or self.slack.api_url
            client = AsyncWebClient(self.slack.bot_token, address, 5, session=session, retry_handlers=[])
            courier = Courier(self.db, {HERE: client}, lambda: self.calendar, lambda: self.now, self.terms)
            await courier.round()
            await courier.stop()

    async def sweep(self) -> None:
        """Look for what a courier left behind, and for what became of it."""
        async with aiohttp.ClientSession() as session:
            address = self.address or self.slack.api_url
            client = AsyncWebClient(self.slack.bot_token, address, 5, session=session, retry_handlers=[])
            clocks = (lambda: self.calendar, lambda: self.now)
            await Search(self.db, {HERE: client}, *clocks, self.terms, lambda: None).sweep()

    async def look_twice(self) -> None:
        """Wait out the lease and a quiet period, look, wait once more, and look again."""
        self.wait((self.terms.lease + self.terms.quiet).total_seconds())
        await self.sweep()
        self.wait(self.terms.quiet.total_seconds())
        await self.sweep()

    def wait(self, seconds: float) -> None:
        """The stopwatch runs on."""
        self.now += timedelta(seconds=seconds)

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        """One unit of work."""
        return await self.db.run(work, *args)

    async def plan(self, *each: Outgoing) -> None:
        """Put things into the outbox."""
        for what in each:
            await self.db.run(outbox.put, what, self.now)

    async def post(self, *texts: str) -> None:
        """Put thanks into the outbox, for the recognition channel."""
        await self.db.run(post, self.slack, *texts)

    async def state(self, key: str) -> Delivery:
        """How far a thing has come."""
        return await self.db.read(looking.state, key)

    def said(self, where: str) -> list[str]:
        """The texts in a channel, or in the conversation with somebody."""
        room = self.slack.person(where).dm if not where.startswith("#") else self.slack.channel(where).messages
        return [text_of(message, self.slack.workspace.names) for message in room]

    def id(self, where: str) -> str:
        """The Slack id of a channel or a person."""
        return self.slack.channel(where).id if where.startswith("#") else self.slack.person(where).id


def post(session: Session, slack: Sandbox, *texts: str) -> None:
    """Bo thanks Ada, to be posted in the recognition channel; the key is the words."""
    ada, bo = people.members(session, HERE, [slack.person(name).id for name in ("ada", "bo")])
    for text in texts:
        given = recognition.add(session, examples.recognition(giver=bo, recipients=(ada,), reason=text), None, None)
        facts = {"recognition": given}
        outbox.put(session, outgoing(text, kind="kudos post", place=slack.channel("kudos").id, facts=facts), NOW)


def words(text: str, place: str) -> Outgoing:
    """Something to say, in words that can be told apart."""
    return outgoing(text, place=place, facts={"entries": [[text, "it says"]]})


def staff(session: Session, slack: Sandbox) -> list[Member]:
    made = [person(session, name, slack_id=slack.person(name).id) for name in ("ada", "bo")]
    people.finish_set_up(session, HERE, NOW)
    return [*made, admin(session)]


@pytest.fixture
async def office(slack: Sandbox, sqlite: SQLite) -> AsyncIterator[Office]:
    db = Database(sqlite.fresh())
    await db.run(staff, slack)
    yield Office(db, slack)
    await db.close()
