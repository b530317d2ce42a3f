"""Check-ins and what they said, as they are remembered."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlmodel import select

from domain.check_ins import State, last_words
from storage import check_ins
from storage.tables import BlockerRow
from tests import examples
from tests.examples import NOW
from tests.storage.company import HERE, check_in, key_result, objective, owning, person
from tests.storage.units import in_a_session


def said(kr, who, opened=None, value="45", **changes):
    built = examples.update(kr, value, by=who.id, check_in=opened.id if opened else None)
    return replace(built, **changes)


@in_a_session
def test_a_check_in_is_open_from_its_own_hour_until_the_next(session):
    ada = owning(session)
    opened = check_in(session, ada)
    assert (opened.state, opened.day, opened.opens_at) == (State.OPEN, NOW.date(), NOW)

    before, last = opened.opens_at - timedelta(seconds=1), opened.closes_at - timedelta(seconds=1)
    assert check_ins.current(session, ada, before) is None
    assert check_ins.current(session, ada, last) == opened
    assert check_ins.current(session, ada, opened.closes_at) is None


@in_a_session
def test_an_answered_check_in_says_so(session):
    opened = check_in(session, owning(session))
    check_ins.settle(session, opened, State.ANSWERED, NOW)
    session.expire_all()
    kept = check_ins.check_in(session, HERE, opened.id)
    assert (kept.state, kept.answered_at) == (State.ANSWERED, NOW)


@in_a_session
def test_a_team_sees_where_those_stand_who_were_asked(session):
    ada, bo, chidi = owning(session), owning(session, "Bo"), person(session, "Chidi")
    check_in(session, ada)
    check_ins.settle(session, check_in(session, bo), State.SKIPPED, NOW)
    everybody = [ada.id, bo.id, chidi.id]
    assert check_ins.states(session, HERE, everybody, NOW) == {ada.id: State.OPEN, bo.id: State.SKIPPED}
    assert check_ins.states(session, HERE, everybody, NOW - timedelta(days=1)) == {}
    assert check_ins.states(session, HERE, [], NOW) == {}


@in_a_session
def test_the_last_word_of_a_check_in_counts_and_the_history_keeps_every_one(session):
    ada = owning(session)
    mine = objective(session, ada)
    first, second = key_result(session, mine), key_result(session, mine)
    opened = check_in(session, ada)
    words = [said(first, ada, opened, "45"), said(second, ada, opened, "10"), said(first, ada, opened, "46.5")]
    by_hand = said(first, ada, None, "50")
    for each in (*words, by_hand):
        check_ins.record(session, HERE, each)
    session.flush()

    assert {each.key_result: each.value for each in last_words(check_ins.said_in(session, opened))} == {
        first.id: Decimal("46.5"),
        second.id: Decimal(10),
    }
    kept = check_ins.history(session, HERE, first.id)
    assert [replace(each, id=0) for each in kept] == [words[0], words[2], by_hand]
    assert len({each.id for each in kept} - {0}) == len(kept), "each can be taken back by its number"


@in_a_session
def test_a_blocker_is_raised_reworded_withdrawn_and_raised_again_under_one_number(session):
    ada = owning(session)
    opened = check_in(session, ada)

    def after(words: str) -> str:
        check_ins.keep_blocker(session, ada, opened, words, NOW)
        session.flush()
        return check_ins.check_in(session, HERE, opened.id).blocker

    assert [after(words) for words in ("", "A licence", "Two licences", "", "A licence")] == [
        "",
        "A licence",
        "Two licences",
        "",
        "A licence",
    ]
    (kept,) = session.exec(select(BlockerRow))
    assert (kept.number, kept.raised_by, kept.withdrawn_at) == (1, ada.id, None)
