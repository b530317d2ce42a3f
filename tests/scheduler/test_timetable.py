"""The ticks: what time does, again and again."""

from datetime import date, timedelta

from sqlmodel import select

from domain.set_up import SetUp
from operations import set_up
from scheduler.courier import Courier
from scheduler.timetable import KEEP_HEARD, KEEP_SETTLED, SLICE, Timetable
from storage import inbox, outbox
from storage.tables import InboxRow, OutboxRow
from tests.examples import NOW
from tests.scheduler.conftest import words
from tests.storage.company import HERE, admin, owning
from tests.storage.outbox import planned


def timetable(office) -> Timetable:
    courier = Courier(office.db, {}, lambda: office.calendar, lambda: office.now)
    return Timetable(office.db, courier, None, None, lambda: office.calendar, lambda: office.now)


async def test_everything_that_is_due_is_planned_in_one_tick(office):
    def begin(session) -> None:
        for number in range(12):
            owning(session, f"P{number}", zone=f"Etc/GMT{number:+d}")
        set_up.finish(session, admin(session), SetUp(None, None, (), date(2026, 11, 23)), NOW - timedelta(days=3))

    await office.run(begin)
    office.calendar = NOW + timedelta(days=1)
    for _ in range(2):
        await timetable(office).plan()
    assert len(await office.db.read(planned, "check-in prompt")) == 12


async def test_what_is_of_no_more_use_is_forgotten_and_nothing_else(office):
    def fill(session) -> None:
        for number in range(SLICE + 3):
            inbox.first_time(session, HERE, f"old {number}", NOW - KEEP_HEARD - timedelta(seconds=1))
        inbox.first_time(session, HERE, "new", NOW - KEEP_HEARD + timedelta(seconds=1))
        for key, at in (("old", NOW - KEEP_SETTLED - timedelta(seconds=1)), ("new", NOW)):
            outbox.put(session, words(key, "UADA"), at)
            outbox.withdraw(session, HERE, key, at)

    await office.run(fill)
    await timetable(office).tidy()

    def kept(session) -> tuple[list[str], list[str]]:
        return [*session.exec(select(InboxRow.identity))], [*session.exec(select(OutboxRow.key))]

    assert await office.db.read(kept) == (["new"], ["new"])
