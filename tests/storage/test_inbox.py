"""What has been heard from Slack, so that nothing takes effect twice."""

import asyncio
from datetime import timedelta

import pytest

from domain.errors import Refusal
from storage import inbox
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import HERE
from tests.storage.units import in_a_session


@in_a_session
def test_a_delivery_is_new_once(session):
    assert inbox.first_time(session, HERE, "Ev1", NOW)
    assert not inbox.first_time(session, HERE, "Ev1", NOW)
    assert inbox.first_time(session, HERE, "Ev2", NOW)


async def test_of_several_copies_at_once_one_is_new(db):
    heard = await asyncio.gather(*(db.run(inbox.first_time, HERE, "Ev1", NOW) for _ in range(5)))
    assert sorted(heard) == [False, False, False, False, True]


async def test_a_refusal_lets_the_same_delivery_be_heard_again(db):
    def refused(session: Session) -> None:
        assert inbox.first_time(session, HERE, "Ev1", NOW)
        raise Refusal("Not like this.")

    with pytest.raises(Refusal):
        await db.run(refused)
    assert await db.run(inbox.first_time, HERE, "Ev1", NOW)


@in_a_session
def test_what_is_old_is_forgotten_a_slice_at_a_time(session):
    for number, age in enumerate((30, 28, 27, 1)):
        inbox.first_time(session, HERE, f"Ev{number}", NOW - timedelta(hours=age))
    before = NOW - timedelta(hours=26)

    assert [inbox.forget(session, before, 2), inbox.forget(session, before, 2)] == [2, 1]
    assert inbox.forget(session, before, 2) == 0
    assert [inbox.first_time(session, HERE, f"Ev{number}", NOW) for number in range(4)] == [True, True, True, False]
