"""A check-in as an ordinary app would keep it: SQLModel over aiosqlite, a pool, and a session for each request.

It is written as carefully as the documentation of its libraries asks: it begins with BEGIN IMMEDIATE, a commit
waits for the disk, somebody who has to wait for the writer does so for as long as it takes, and one form is answered
once. It sends no receipt, keeps no Home fresh, and asks nobody whether they may.
"""

from decimal import Decimal
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks import front_door
from benchmarks.company import HERE, NOW
from storage.database import Database
from storage.tables import CheckInRow, InboxRow, KeyResultRow, MemberRow, UpdateRow
from views.check_ins import read

POOL = 10


def engine(url: str) -> AsyncEngine:
    """A pool of connections to a SQLite file, durable and without lost updates."""
    made = create_async_engine(
        url.replace("sqlite:", "sqlite+aiosqlite:"), pool_size=POOL, max_overflow=0, pool_timeout=600
    )

    @event.listens_for(made.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=600000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made.sync_engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def app(db: Database, pool: AsyncEngine) -> AsyncApp:
    """The same app, with a handler that keeps a check-in and acknowledges."""
    made = front_door.empty(db)

    async def submitted(ack: front_door.Ack, body: dict[str, Any]) -> None:
        try:
            await _kept(pool, body)
        except IntegrityError:
            await ack()  # it has been heard before
            return
        await ack(response_action="clear")

    made.view("check_in")(submitted)
    return made


async def _kept(pool: AsyncEngine, body: dict[str, Any]) -> None:
    view, answers = body["view"], read(body["view"])
    async with AsyncSession(pool, expire_on_commit=False) as session:
        session.add(InboxRow(workspace=HERE, identity=f"view {view['id']} {view['hash']}", heard_at=NOW))
        await session.flush()
        who = select(MemberRow).where(MemberRow.workspace == HERE, MemberRow.slack_id == body["user"]["id"])
        member = (await session.exec(who)).one()
        check_in = await session.get_one(CheckInRow, answers.check_in)
        assert check_in.member == member.id
        ids = [answer.key_result for answer in answers.each]
        found = await session.exec(select(KeyResultRow).where(col(KeyResultRow.id).in_(ids)))
        key_results = {row.id: row for row in found}
        for answer in answers.each:
            row, value = key_results[answer.key_result], Decimal(answer.value)
            said: dict[str, Any] = {
                "value": value,
                "previous": row.current,
                "confidence": answer.confidence,
                "note": answer.note,
            }
            about = {"workspace": HERE, "key_result": row.id, "check_in": check_in.id, "made_by": member.id, "at": NOW}
            session.add(UpdateRow(**(said | about)))
            row.current, row.confidence, row.note, row.updated_at = value, answer.confidence, answer.note, NOW
        check_in.state, check_in.answered_at = "answered", NOW
        await session.commit()
