"""What gets into the outbox: each thing said once, each thing shown as it now is."""

from sqlmodel import select

from domain.outbox import Delivery, Mode, Priority, Sent
from storage import claims, outbox
from storage.database import Session
from storage.tables import OutboxRow
from tests.examples import NOW
from tests.storage.company import HERE, at, outgoing, person
from tests.storage.outbox import claim, claimed_keys, confirm, row, state
from tests.storage.units import in_a_session

HOME = outgoing("home UADA", kind="home", place="home/UADA", mode=Mode.SHOW, priority=Priority.SHOW)


def put(session: Session, *each) -> None:
    person(session)
    for what in each:
        outbox.put(session, what, NOW)


@in_a_session
def test_what_is_planned_comes_out_as_it_went_in(session):
    what = outgoing(facts={"check_in": 5, "words": ["é", None]}, priority=Priority.THANKS, expires_at=at(12))
    put(session, what)
    (taken,) = claim(session)
    assert taken.what == what
    assert (taken.fence, taken.attempts, taken.version) == (1, 1, 0)
    assert len(taken.mark) == 32


@in_a_session
def test_each_message_has_a_mark_of_its_own(session):
    put(session, outgoing("one"), outgoing("two", place="UBO"))
    assert len({taken.mark for taken in claim(session)}) == 2


@in_a_session
def test_a_thing_is_said_once_for_its_key(session):
    put(session, outgoing(facts={"n": 1}), outgoing(facts={"n": 2}))
    (taken,) = claim(session)
    assert taken.what.facts == {"n": 1}
    confirm(session, taken, Sent("D1", "1.0"), NOW)

    outbox.put(session, outgoing(), NOW)
    assert claim(session) == []
    assert state(session, "hello") is Delivery.SENT


@in_a_session
def test_a_thing_that_changes_often_is_shown_once_as_it_is_last(session):
    put(session, HOME, outgoing("home UADA", kind="home", place="home/UADA", mode=Mode.SHOW, facts={"n": 2}))
    (taken,) = claim(session)
    assert taken.what.facts == {"n": 2}


@in_a_session
def test_a_thing_that_was_shown_is_shown_again_when_it_changes(session):
    put(session, HOME)
    confirm(session, *claim(session), None, NOW)
    assert claim(session) == []

    outbox.put(session, HOME, NOW)
    assert claimed_keys(session) == ["home UADA"]


@in_a_session
def test_a_change_while_it_is_being_shown_is_shown_again_afterwards(session):
    put(session, HOME)
    (first,) = claim(session)
    outbox.put(session, HOME, NOW)
    assert claim(session) == [], "it is still being shown"

    assert confirm(session, first, Sent("D1", "1.0"), NOW)
    (second,) = claim(session)
    assert second.version == first.version + 1
    assert confirm(session, second, Sent("D1", "1.0"), NOW)
    assert claim(session) == []


@in_a_session
def test_a_show_that_was_given_up_is_tried_again_when_it_changes(session):
    put(session, HOME)
    claims.give_up(session, *claim(session), Delivery.DEAD, "not_enabled", NOW)
    outbox.put(session, HOME, NOW)
    (again,) = claim(session)
    assert again.attempts == 1


@in_a_session
def test_what_is_withdrawn_before_it_goes_out_is_never_said(session):
    put(session, outgoing())
    outbox.withdraw(session, HERE, "hello", NOW)
    assert claim(session) == []
    assert state(session, "hello") is Delivery.UNWANTED


@in_a_session
def test_what_is_on_its_way_cannot_be_withdrawn(session):
    put(session, outgoing())
    (taken,) = claim(session)
    outbox.withdraw(session, HERE, "hello", NOW)
    assert confirm(session, taken, Sent("D1", "1.0"), NOW)
    assert outbox.where_said(session, HERE, "hello") == Sent("D1", "1.0")


@in_a_session
def test_nobody_can_say_where_a_message_is_that_has_not_gone_out(session):
    put(session, outgoing())
    assert outbox.where_said(session, HERE, "hello") is None
    assert outbox.where_said(session, HERE, "goodbye") is None


@in_a_session
def test_only_what_is_of_no_more_use_is_forgotten_so_that_nothing_is_said_twice(session):
    put(session, outgoing("said"), outgoing("withdrawn", place="UBO"), outgoing("waiting", place="UCHIDI"))
    outbox.withdraw(session, HERE, "withdrawn", at(1))
    said = next(taken for taken in claim(session, at_most=1))
    confirm(session, said, Sent("D1", "1.0"), at(1))

    assert outbox.clear(session, at(1), 10) == 0, "not old enough"
    assert outbox.clear(session, at(2), 10) == 1
    session.flush()
    assert {each.key for each in session.exec(select(OutboxRow))} == {"said", "waiting"}
    assert row(session, "said").state == Delivery.SENT
