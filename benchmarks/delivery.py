"""The courier against a bare loop over the same client: what leases, drawing and keeping cost a message."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from benchmarks import databases, report
from benchmarks.company import HERE, MONDAY, NOW, ZONE
from benchmarks.pairs import Side, compare
from benchmarks.report import Goal
from bot.clocks import real
from domain.outbox import Claimed, Terms
from domain.schedules import occurrence
from scheduler.courier import Courier
from scheduler.drawings import drawn
from storage import claims, outbox, planning, schedules
from storage.database import Database, Session

MESSAGES = 1_000
TOGETHER = 20
QUICKLY = Terms(posts_a_minute=100_000_000)
"""No pace: what is measured is what we cost, not how long we wait."""

GOAL = Goal(0.5, 0.65)


async def run() -> None:
    """Measure, and keep the table."""
    rows = []
    async with stand_in() as address, aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-bench", address, session=session, retry_handlers=[])
        async with databases.sqlite(MESSAGES) as file:
            rows.append(await _measured("SQLite", databases.copy(file, "delivery.db"), client))
        with databases.postgresql() as url:
            await databases.founded(url, MESSAGES)
            rows.append(await _measured("PostgreSQL", url, client))
    report.keep("delivery", f"## The courier against a bare client loop\n\n{report.table(report.HEAD, rows)}")


@contextlib.asynccontextmanager
async def stand_in() -> AsyncIterator[str]:
    """The address of a Slack that costs nothing."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.stand_in"),
        cwd=Path(__file__).parent.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


async def _measured(where: str, url: str, client: AsyncWebClient) -> list[str]:
    """A thousand check-in prompts: planned beforehand, then claimed, drawn, posted and kept; or only posted."""
    db = Database(url)
    try:
        prompts = await _prompts(db)
        ours = Side(lambda: _delivered(db, client), 1, before=lambda: _planned(db))
        theirs = Side(lambda: _posted(client, prompts), 1)
        pair = await compare(ours, theirs)
        return report.row(f"{MESSAGES} check-in prompts, {where}", pair, GOAL)
    finally:
        await db.close()


async def _planned(db: Database) -> None:
    """Nothing was sent yet, and everybody is to be asked."""
    await db.run(_forget)
    await db.run(_plan)


def _forget(session: Session) -> None:
    for statement in ("DELETE FROM outbox", "DELETE FROM pauses"):
        session.connection().execute(text(statement))
    session.connection().execute(text("UPDATE members SET dm_channel = 'D' || slack_id"))


def _plan(session: Session) -> None:
    weekly = schedules.schedule(session, HERE)
    assert weekly
    asked = planning.Asked(HERE, MONDAY)
    week = occurrence(weekly, MONDAY, ZONE)
    planned = planning.prompt_for(session, asked, weekly, week, NOW + timedelta(days=1), real())
    assert planned >= MESSAGES, planned
    surplus = "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT :many)"
    session.connection().execute(text(surplus), {"many": planned - MESSAGES})


async def _prompts(db: Database) -> list[dict[str, Any]]:
    """Every prompt as it is posted, drawn beforehand."""
    await _planned(db)

    def draw(session: Session) -> list[dict[str, Any]]:
        claimed, _ = claims.claim(session, HERE, QUICKLY, real(), NOW, MESSAGES)
        return [_call(drawing.row, drawing.message) for drawing in drawn(session, claimed, NOW)]

    prompts = await db.read(draw)
    assert len(prompts) == MESSAGES
    return prompts


def _call(row: Claimed, message: Any) -> dict[str, Any]:
    metadata = {"event_type": "cairn_message", "event_payload": {"mark": row.mark}}
    return {"channel": row.channel, "text": message["text"], "blocks": message["blocks"], "metadata": metadata}


async def _posted(client: AsyncWebClient, prompts: Iterable[dict[str, Any]]) -> None:
    waiting = iter(prompts)

    async def one_after_the_other() -> None:
        for each in waiting:
            await client.chat_postMessage(**each, unfurl_links=False, unfurl_media=False)

    await asyncio.gather(*(one_after_the_other() for _ in range(TOGETHER)))


async def _delivered(db: Database, client: AsyncWebClient) -> None:
    courier = Courier(db, {HERE: client}, lambda: NOW, real, QUICKLY)
    at_work = asyncio.create_task(courier.run())
    while await db.read(outbox.waiting, [HERE], real()):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    await courier.stop()
    await at_work
    assert await db.read(_sent) == MESSAGES


def _sent(session: Session) -> int:
    query = text("SELECT count(*) FROM outbox WHERE state = 'sent'")
    return int(session.connection().execute(query).scalar_one())
