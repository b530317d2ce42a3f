"""How things leave the outbox: in order, one at a time in each place, leased, fenced and in time."""

import asyncio
from datetime import timedelta

import pytest

from domain.outbox import Delivery, Mode, Priority, Sent
from storage import claims, doubts, outbox, paces
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, at, outgoing, person
from tests.storage.outbox import LEASE, TERMS, claim, claimed_keys, confirm, put_back, row, state
from tests.storage.units import in_a_session

LATER = NOW + timedelta(minutes=5)
SENT = Sent("D1", "1.0")


def put(session: Session, *each) -> None:
    person(session)
    person(session, workspace=ELSEWHERE)
    for what in each:
        outbox.put(session, what, NOW)


@in_a_session
def test_one_goes_at_a_time_in_each_place_in_the_order_they_were_planned(session):
    put(session, *(outgoing(f"{place} {n}", place=place) for n in (1, 2, 3) for place in ("C1", "UBO")))
    for n in (1, 2, 3):
        taken = claim(session)
        assert [each.what.key for each in taken] == [f"C1 {n}", f"UBO {n}"]
        assert claim(session) == [], "both places are being written to"
        for each in taken:
            confirm(session, each, SENT, NOW)


@in_a_session
def test_the_same_place_in_another_workspace_is_another_place(session):
    put(session, outgoing(place="C1"), outgoing(place="C1", workspace=ELSEWHERE))
    assert len(claim(session)) == 2


@in_a_session
def test_what_matters_more_goes_first(session):
    put(
        session,
        outgoing("home", place="home/U1", priority=Priority.SHOW),
        outgoing("prompt", place="U1", priority=Priority.PROMPT),
        outgoing("answer", place="U2", priority=Priority.ANSWER),
    )
    assert claimed_keys(session) == ["answer", "prompt", "home"]


@in_a_session
def test_no_more_are_taken_on_than_asked_for(session):
    put(session, *(outgoing(place, place=place) for place in ("U1", "U2", "U3")))
    assert [len(claim(session, at_most=2)), len(claim(session, at_most=2))] == [2, 1]


@in_a_session
def test_what_is_put_back_waits_and_holds_up_what_comes_after_it_in_its_place(session):
    put(session, outgoing("first"), outgoing("second"), outgoing("elsewhere", place="UBO"))
    first, _other = claim(session)
    assert put_back(session, first, LATER, "ratelimited")
    assert claim(session, LATER - timedelta(seconds=1)) == []

    (again,) = claim(session, LATER)
    assert (again.what.key, again.attempts, again.fence) == ("first", 2, 2)


@pytest.mark.parametrize("resting", ["UADA", paces.EVERYWHERE])
@in_a_session
def test_a_place_that_rests_is_left_alone_until_then(session, resting):
    put(session, outgoing())
    paces.pause(session, HERE, "chat.postMessage", resting, LATER)
    assert claim(session, LATER - timedelta(seconds=1)) == []
    assert claimed_keys(session, LATER) == ["hello"]


@in_a_session
def test_a_rest_elsewhere_holds_up_nobody_here(session):
    put(session, outgoing())
    paces.pause(session, ELSEWHERE, "chat.postMessage", paces.EVERYWHERE, LATER)
    paces.pause(session, HERE, "chat.postMessage", "UBO", LATER)
    assert claimed_keys(session) == ["hello"]


@in_a_session
def test_a_rest_is_never_cut_short_by_a_later_shorter_one(session):
    put(session, outgoing())
    for until in (LATER, NOW + timedelta(seconds=1)):
        paces.pause(session, HERE, "chat.postMessage", "UADA", until)
    assert claim(session, LATER - timedelta(seconds=1)) == []


@in_a_session
def test_what_comes_too_late_expires_on_the_calendar_whatever_the_stopwatch_says(session):
    put(session, outgoing("news", expires_at=at(12)), outgoing("always", place="UBO"))
    assert [taken.what.key for taken in claim(session, NOW, calendar=at(12))] == ["always"]
    assert state(session, "news") is Delivery.EXPIRED


@in_a_session
def test_what_is_in_time_on_the_calendar_goes(session):
    put(session, outgoing("news", expires_at=at(12)))
    assert len(claim(session, NOW + timedelta(days=9), calendar=at(11, 59))) == 1


@in_a_session
def test_a_courier_that_comes_back_too_late_changes_nothing(session):
    put(session, outgoing(mode=Mode.SHOW))
    (old,) = claim(session)
    assert doubts.lose(session, TERMS, NOW + LEASE) == 1
    (new,) = claim(session, NOW + LEASE)

    assert not confirm(session, old, Sent("D9", "9.9"), LATER)
    assert not put_back(session, old, LATER, "late")
    assert not claims.give_up(session, old, Delivery.DEAD, "late", LATER)
    assert state(session, "hello") is Delivery.SENDING
    assert confirm(session, new, SENT, LATER)
    assert outbox.where_said(session, HERE, "hello") == SENT


@in_a_session
def test_a_lease_that_still_runs_is_not_lost(session):
    put(session, outgoing())
    claim(session)
    assert doubts.lose(session, TERMS, NOW + LEASE - timedelta(seconds=1)) == 0
    assert state(session, "hello") is Delivery.SENDING


@in_a_session
def test_what_is_shown_may_be_shown_again_when_its_courier_never_came_back(session):
    put(session, outgoing(mode=Mode.SHOW))
    claim(session)
    doubts.lose(session, TERMS, NOW + LEASE)
    assert claimed_keys(session, LATER) == ["hello"]
    assert outbox.troubles(session, HERE, 5) == []


@in_a_session
def test_troubles_are_listed_latest_first_by_kind_place_and_error(session):
    put(session, *(outgoing(f"to {place}", place=place) for place in ("U1", "U2", "U3", "U4")))
    fates = (Delivery.DEAD, Delivery.SKIPPED, Delivery.UNWANTED)
    for minute, (taken, fate) in enumerate(zip(claim(session), fates, strict=False)):
        claims.give_up(session, taken, fate, "is_archived", at(10, minute))

    found = outbox.troubles(session, HERE, 5)
    assert [(each.place, each.state, each.error, each.at) for each in found] == [
        ("U2", Delivery.SKIPPED, "is_archived", at(10, 1)),
        ("U1", Delivery.DEAD, "is_archived", at(10, 0)),
    ]
    assert len(outbox.troubles(session, HERE, 1)) == 1


@in_a_session
def test_what_waits_is_counted_as_far_as_it_may_go_soon(session):
    put(session, outgoing("a", place="U1"), outgoing("b", place="U2"), outgoing("c", place="U3"))
    first, second, _third = claim(session)
    put_back(session, first, LATER, "later")
    confirm(session, second, SENT, NOW)
    assert outbox.waiting(session, [HERE], LATER) == 1, "the one that is being sent"
    assert outbox.waiting(session, [HERE], LATER + timedelta(seconds=1)) == 2


@in_a_session
def test_a_message_remembers_where_it_came_to_rest(session):
    put(session, outgoing())
    confirm(session, *claim(session), Sent("D7", "7.5"), LATER)
    kept = row(session, "hello")
    assert (kept.channel, kept.ts, kept.settled_at, kept.lease_until) == ("D7", "7.5", LATER, None)


@in_a_session
def test_a_courier_takes_on_nothing_of_a_workspace_that_it_does_not_serve(session):
    put(session, outgoing("ours"), outgoing("theirs", workspace=ELSEWHERE))
    taken, _wait = claims.claim(session, HERE, TERMS, NOW, NOW, 5)
    assert [each.what.key for each in taken] == ["ours"]
    assert outbox.waiting(session, [ELSEWHERE], LATER) == 1


async def test_couriers_at_once_never_take_on_the_same_row_nor_two_of_one_place(db):
    def plan(session: Session) -> None:
        put(session, *(outgoing(f"{n} {place}", place=f"C{place}") for n in range(3) for place in range(12)))

    await db.run(plan)
    at_once = await asyncio.gather(*(db.claim(claims.claim, HERE, TERMS, NOW, NOW, 5) for _ in range(6)))
    taken = [each for several, _wait in at_once for each in several]
    assert len({each.id for each in taken}) == len(taken) == len({each.what.place for each in taken})

    rest, _wait = await db.claim(claims.claim, HERE, TERMS, NOW, NOW, 50)
    assert sorted(each.what.key for each in [*taken, *rest]) == sorted(f"0 {place}" for place in range(12))
