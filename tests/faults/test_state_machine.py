"""Whatever happens, in whatever order: each thing is said once, each word heard once, each week asked about once."""

import asyncio
import contextlib
import random
import tempfile
from collections import Counter
from collections.abc import Awaitable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import select

from bot.settings import MANIFEST
from domain import landmarks
from domain.outbox import Delivery
from domain.people import Profile
from domain.references import Prefix
from domain.set_up import SetUp
from operations import people, planning, set_up
from operations.hearing import Heard, HeardBefore, hear
from sandbox.server import Sandbox
from storage import rows
from storage.database import Database, Session
from storage.tables import CheckInRow, OutboxRow
from tests.databases import SQLite
from tests.examples import NOW
from tests.faults import report
from tests.scheduler.conftest import Office, staff, words
from tests.storage import company
from tests.storage.company import HERE

pytestmark = pytest.mark.alone

T = TypeVar("T")

SEQUENCES = report.how_many(25, 2000)
ZONES = ("Pacific/Auckland", "Asia/Kolkata", "Europe/London", "America/New_York", "Pacific/Honolulu")
NAMES = ("ada", "bo")
UNDER_WAY = {Delivery.PENDING, Delivery.SENDING, Delivery.UNKNOWN}


class Crash(BaseException):
    """The end of a process, for a courier that shares ours."""


class Company(RuleBasedStateMachine):
    """Ada and Bo own key results; two couriers, A and B, share the outbox, and anything may happen to them."""

    loop = asyncio.new_event_loop()
    databases: SQLite | None = None
    run = 0

    def do(self, what: Awaitable[T]) -> T:
        return self.loop.run_until_complete(what)

    @initialize()
    def begin(self) -> None:
        if Company.databases is None:
            Company.databases = SQLite(Path(tempfile.mkdtemp()))
            self.do(Company.databases.prepare())
        Company.run += 1
        self.said, self.heard = 0, set[int]()
        slack = self.do(Sandbox.start(MANIFEST))
        # The sandbox stamps messages with real seconds, which no stopwatch may be ahead of.
        self.office = Office(Database(Company.databases.fresh()), slack, now=NOW - timedelta(days=400))
        self.do(self.office.run(staff, slack))
        self.do(self.office.run(_owners, slack))

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.settle()
            self.do(self.office.db.close())
            self.do(self.office.slack.stop())

    # what may happen

    @rule(seconds=st.sampled_from([1, 10, 61, 160, 400]))
    def time_passes(self, seconds: int) -> None:
        self.office.wait(seconds)
        self.office.calendar += timedelta(seconds=seconds)

    @rule(hours=st.integers(1, 100))
    def days_pass(self, hours: int) -> None:
        self.office.calendar += timedelta(hours=hours)

    @rule(name=st.sampled_from(NAMES), zone=st.sampled_from(ZONES))
    def somebody_moves(self, name: str, zone: str) -> None:
        who = self.office.slack.person(name)
        moved = Profile(who.id, name, zone, company.profile(name).kind, active=True, workspace_admin=False)
        self.do(self.office.run(people.keep_profiles, HERE, [moved], self.office.calendar))

    @rule()
    def it_is_planned(self) -> None:
        self.do(self.office.run(planning.plan, self.office.calendar))

    @rule(name=st.sampled_from(NAMES))
    def something_is_to_be_said(self, name: str) -> None:
        self.said += 1
        self.do(self.office.plan(words(f"/word{self.said}", self.office.id(name))))

    @rule()
    def a_courier_goes_its_round(self) -> None:
        self.do(self.office.deliver())

    @rule()
    def two_couriers_go_their_rounds_at_once(self) -> None:
        self.do(_both(self.office))

    @rule(landmark=st.sampled_from(["after claim", "before send", "after send"]))
    def a_courier_dies(self, landmark: str) -> None:
        def stop(passed: str) -> None:
            if passed == landmark:
                raise Crash

        landmarks.stop = stop
        try:
            self.do(_until_it_dies(self.office))
        finally:
            landmarks.stop = landmarks.walk_on

    @rule()
    def what_was_left_behind_is_swept_up(self) -> None:
        self.do(self.office.sweep())

    @rule(after_work=st.booleans())
    def an_answer_will_be_lost(self, after_work: bool) -> None:
        self.office.slack.faults.drop("chat.postMessage", times=1, after_work=after_work)

    @rule(name=st.sampled_from(NAMES), after_work=st.booleans())
    def the_answer_to_a_message_is_lost(self, name: str, after_work: bool) -> None:
        self.something_is_to_be_said(name)
        self.an_answer_will_be_lost(after_work)
        self.a_courier_goes_its_round()

    @rule(method=st.sampled_from(["chat.postMessage", "conversations.open", "conversations.history"]))
    def slack_will_ask_for_a_rest(self, method: str) -> None:
        self.office.slack.faults.limit(method, retry_after=random.choice([1, 30]), times=1)

    @rule(number=st.integers(1, 4))
    def slack_says_something_perhaps_again(self, number: int) -> None:
        heard = Heard(HERE, self.office.id("ada"), f"event {number}")
        try:
            self.do(self.office.run(hear, heard, self.office.now, _count_up))
            assert number not in self.heard
        except HeardBefore:
            assert number in self.heard
        self.heard.add(number)

    # what must always be so

    @invariant()
    def nothing_is_said_twice(self) -> None:
        if hasattr(self, "office"):
            assert not [mark for mark, often in self.posts().items() if often > 1]

    @invariant()
    def every_week_is_asked_about_once(self) -> None:
        if hasattr(self, "office"):
            asked = [row for row in self.rows() if row.kind == "check-in prompt"]
            weeks = Counter((row.place, _week(self, row)) for row in asked)
            assert not [week for week, often in weeks.items() if often > 1]

    def settle(self) -> None:
        """In the end all is quiet, and everything that was to be said was said."""
        self.office.slack.faults.clear()
        for _ in range(60):
            if not [row for row in self.rows() if row.state in UNDER_WAY]:
                break
            self.time_passes(100)
            self.do(self.office.sweep())
            self.do(self.office.deliver())
        self.nothing_is_said_twice()
        posts = self.posts()
        for row in self.rows():
            assert row.state not in UNDER_WAY, (row.key, row.state, row.error)
            assert (row.state == Delivery.SENT) == bool(posts[row.mark]), (row.key, row.state, row.error)
            assert row.state != Delivery.SENT or row.ts
            assert row.state == Delivery.SENT or row.kind == "check-in prompt", (row.key, row.state, row.error)
        counted = self.do(self.office.run(rows.next_number, HERE, Prefix.OBJECTIVE)) - 1 - len(NAMES)
        assert counted == len(self.heard)

    def posts(self) -> Counter[str]:
        marks = [(each["metadata"] or {}).get("event_payload", {}) for each in self.office.slack.ledger.entries]
        return Counter(mark["mark"] for mark in marks if mark)

    def rows(self) -> list[OutboxRow]:
        return self.do(self.office.db.read(_said))


def _owners(session: Session, slack: Sandbox) -> None:
    ada, bo = (company.again(session, company.person(session, name, slack_id=slack.person(name).id)) for name in NAMES)
    for who in (ada, bo):
        company.key_result(session, company.objective(session, who))
    set_up.finish(session, company.admin(session), SetUp(None, None, (), date(2026, 11, 23)), NOW - timedelta(days=3))


def _count_up(session: Session, _who: object) -> int:
    return rows.next_number(session, HERE, Prefix.OBJECTIVE)


def _said(session: Session) -> list[OutboxRow]:
    return list(session.exec(select(OutboxRow).where(OutboxRow.mode == "say").order_by(OutboxRow.id)))


def _week(machine: Company, row: OutboxRow) -> object:
    def day(session: Session) -> date:
        opened = session.get(CheckInRow, row.facts["check_in"])
        assert opened
        return opened.day

    return machine.do(machine.office.db.read(day))


async def _both(office: Office) -> None:
    await asyncio.gather(office.deliver(), office.deliver())


async def _until_it_dies(office: Office) -> None:
    """A round that ends with its process: nobody settles what was under way."""
    with contextlib.suppress(Crash, TimeoutError):
        await asyncio.wait_for(office.deliver(), 5)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        if "_deliver" in str(task):
            task.cancel()


Company.TestCase.settings = settings(
    max_examples=SEQUENCES,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
test_whatever_happens_each_thing_is_said_and_heard_once = Company.TestCase


def test_and_it_is_told_how_often_that_was_tried():
    report.keep("Hypothesis state machine, SQLite, two couriers", f"{Company.run} sequences: 0 lost, 0 doubled")
    assert Company.run >= SEQUENCES or not report.SOAK
