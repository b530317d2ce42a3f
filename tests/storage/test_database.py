"""How a unit of work is run: all or nothing, as if nobody else were at work."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.errors import Refusal
from domain.references import Prefix
from storage import people, rows
from storage.database import Database, Session
from storage.tables import CounterRow
from tests.storage.company import HERE

EIGHT = range(8)
MANY = range(120)


async def known(db) -> None:
    await db.run(people.keep_workspace, HERE, "Larkspur", "UCAIRN")


def count_up(session: Session) -> int:
    """Read, think, write: the pattern that loses updates where it is not protected."""
    row = session.get(CounterRow, (HERE, "KR")) or CounterRow(workspace=HERE, prefix="KR")
    row.last += 1
    session.add(row)
    session.flush()
    return row.last


async def test_eight_at_once_who_read_and_write_back_lose_nothing(db):
    await known(db)
    counted = await asyncio.gather(*(db.run(count_up) for _ in EIGHT))
    assert sorted(counted) == [n + 1 for n in EIGHT]
    assert await db.read(lambda session: session.get(CounterRow, (HERE, "KR")).last) == 8


async def test_two_replicas_on_one_database_lose_nothing_either(db, database_url):
    await known(db)
    other = Database(database_url)
    await asyncio.gather(*((db, other)[number % 2].run(count_up) for number in EIGHT))
    await other.close()
    assert await db.read(lambda session: session.get(CounterRow, (HERE, "KR")).last) == 8


async def test_eight_at_once_get_eight_numbers(db):
    await known(db)
    numbers = await asyncio.gather(*(db.run(rows.next_number, HERE, Prefix.OBJECTIVE) for _ in EIGHT))
    assert sorted(numbers) == [n + 1 for n in EIGHT]


async def test_numbers_of_different_kinds_do_not_touch(db):
    await known(db)

    def story(session: Session) -> list[int]:
        return [rows.next_number(session, HERE, p) for p in (Prefix.OBJECTIVE, Prefix.KEY_RESULT, Prefix.OBJECTIVE)]

    assert await db.run(story) == [1, 1, 2]


async def test_a_refusal_leaves_nothing_behind(db):
    def refused(session: Session) -> None:
        people.keep_workspace(session, HERE, "Larkspur", "UCAIRN")
        raise Refusal("No.")

    with pytest.raises(Refusal):
        await db.run(refused)
    assert await db.read(people.workspace, HERE) is None


async def test_a_question_leaves_no_trace(db):
    await db.read(people.keep_workspace, HERE, "Larkspur", "UCAIRN")
    assert await db.read(people.workspace, HERE) is None


async def test_a_question_does_not_wait_for_whoever_is_writing(db):
    await known(db)
    loop, reading = asyncio.get_running_loop(), asyncio.Event()

    async def ask_meanwhile() -> str:
        await reading.wait()
        return (await db.read(people.workspace, HERE)).name

    def rename(session: Session) -> None:
        people.keep_workspace(session, HERE, "Renamed", "UCAIRN")
        loop.call_soon_threadsafe(reading.set)
        for _ in range(20_000):
            if not asked.done():
                session.exec(text("SELECT 1"))

    asked = asyncio.create_task(ask_meanwhile())
    await db.run(rename)
    assert await asked == "Larkspur"
    assert (await db.read(people.workspace, HERE)).name == "Renamed"


async def test_of_many_at_once_each_is_kept_or_refused_on_its_own(db):
    await known(db)

    def refused_at_times(session: Session, number: int) -> int:
        count_up(session)
        if number % 3 == 0:
            raise Refusal(f"Not number {number}.")
        return number

    outcomes = await asyncio.gather(*(db.run(refused_at_times, n) for n in MANY), return_exceptions=True)

    for number, outcome in zip(MANY, outcomes, strict=True):
        assert outcome == number if number % 3 else str(outcome) == f"Not number {number}."
    assert await db.read(lambda session: session.get(CounterRow, (HERE, "KR")).last) == 80


async def test_one_who_breaks_a_rule_of_the_database_spoils_nothing_for_the_others(db):
    await known(db)

    def breaks_a_rule_at_times(session: Session, number: int) -> int:
        count_up(session)
        if number == 7:
            session.add(CounterRow(workspace="T0NOBODY", prefix="KR", last=1))
        session.flush()
        return number

    outcomes = await asyncio.gather(*(db.run(breaks_a_rule_at_times, n) for n in range(20)), return_exceptions=True)

    assert [n for n, outcome in enumerate(outcomes) if outcome != n] == [7]
    assert isinstance(outcomes[7], IntegrityError)
    assert await db.read(lambda session: session.get(CounterRow, (HERE, "KR")).last) == 19


async def test_people_s_words_stand_in_no_error(db):
    def broken(session: Session) -> None:
        session.add(CounterRow(workspace="the secret plan", prefix="KR", last=1))
        session.flush()

    with pytest.raises(IntegrityError) as raised:
        await db.run(broken)
    assert "the secret plan" not in str(raised.value)


async def test_no_error_is_its_own_cause(db):
    """What writes down an error and what led to it would never come to an end."""

    def broken(session: Session) -> None:
        session.execute(text("SELECT * FROM nothing"))

    for ask in (db.run, db.claim, db.read):
        with pytest.raises(DBAPIError) as raised:
            await ask(broken)
        assert raised.value.__cause__ is not raised.value


async def test_somebody_who_no_longer_waits_is_served_all_the_same(db):
    await known(db)
    impatient = asyncio.create_task(db.run(count_up))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    assert await db.run(count_up) in {1, 2}
    await db.close()


async def test_a_bug_is_not_run_again(db):
    runs = []

    def broken(_session: Session) -> None:
        runs.append(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await db.run(broken)
    assert runs == [1]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgres://cairn:secret@db/cairn", "postgresql+asyncpg://cairn:***@db/cairn"),
        ("postgresql://db/cairn?sslmode=require", "postgresql+asyncpg://db/cairn?ssl=require"),
        ("sqlite:///cairn.db", "sqlite+aiosqlite:///cairn.db"),
    ],
)
async def test_an_address_is_understood_as_hosting_companies_write_it(written, meant):
    db = Database(written)
    assert db.url.render_as_string() == meant
    await db.close()


async def test_who_waits_for_one_that_hangs_lets_go_meanwhile_and_goes_on_once_it_is_gone(postgres):
    """Else those that a frozen replica had waiting would take its locks over, one after the other."""
    url = postgres.fresh()
    db = Database(url)
    await known(db)
    await db.run(count_up)
    waiting = "SELECT xact_start FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    hung, watching = await asyncpg.connect(url), await asyncpg.connect(url)
    async with hung.transaction():
        await hung.execute("UPDATE counters SET last = last + 10")
        counting = asyncio.create_task(db.run(count_up))
        begun = set()
        async with asyncio.timeout(30):
            while len(begun) < 2:
                begun |= {row["xact_start"] for row in await watching.fetch(waiting)}
                await asyncio.sleep(0.05)
        assert not counting.done()
    assert await counting == 12
    await asyncio.gather(hung.close(), watching.close(), db.close())


async def test_who_was_frozen_within_a_statement_keeps_its_locks_for_seconds(postgres):
    """Between preparing it and sending its values: for PostgreSQL that is neither idle nor at work."""
    url = postgres.fresh()
    db = Database(url)
    await known(db)
    await db.run(count_up)
    with ThreadPoolExecutor(1) as elsewhere:
        frozen = await asyncio.wrap_future(elsewhere.submit(_frozen_within_a_statement, url))
        async with asyncio.timeout(30):
            assert await db.run(count_up) == 2
        assert await asyncio.wrap_future(elsewhere.submit(_woken, frozen)), "it is told that it was ended"
    await db.close()


def _frozen_within_a_statement(url: str) -> asyncio.Task[None]:
    """A task whose loop stands still: its connection holds a lock, and has told half of its next statement."""
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(asyncpg.connect(url))
    loop.run_until_complete(connection.execute("BEGIN; UPDATE counters SET last = last + 10"))
    asking = loop.create_task(connection.fetch("SELECT $1::int", 1))
    loop.call_soon(loop.stop)
    loop.run_forever()
    return asking


def _woken(asking: asyncio.Task[None]) -> Exception | None:
    """What it ends in when its loop goes on."""
    loop = asking.get_loop()
    try:
        loop.run_until_complete(asking)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, ConnectionError) as ended:
        return ended
    finally:
        loop.close()
    return None
