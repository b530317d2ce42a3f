"""How fast each method may go in a workspace: counted together by all who send, kept through restarts."""

from datetime import timedelta

from domain.outbox import Method, Mode
from storage import claims, outbox, paces, people
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, outgoing, person
from tests.storage.outbox import TERMS, claimed_keys
from tests.storage.units import in_a_session

SECOND = timedelta(seconds=1)


def plan(session: Session, number: int) -> None:
    """So many things to say, each in a place of its own."""
    person(session)
    person(session, workspace=ELSEWHERE)
    for each in range(number):
        outbox.put(session, outgoing(f"word {each}", place=f"C{each}"), NOW)


def taken(session: Session, now=NOW) -> int:
    return len(claims.claim(session, HERE, TERMS, now, now, 500)[0])


@in_a_session
def test_two_couriers_together_let_go_no_more_than_one_would(session):
    plan(session, 60)
    assert [taken(session), taken(session)] == [24, 0], "a tenth of the 240 that go in a minute"
    assert taken(session, NOW + SECOND) == 4


@in_a_session
def test_a_courier_learns_how_long_it_has_to_wait_for_the_next(session):
    plan(session, 60)
    _, wait = claims.claim(session, HERE, TERMS, NOW, NOW, 500)
    assert wait
    assert timedelta(seconds=0.2) < wait < timedelta(seconds=0.3)
    assert taken(session, NOW + wait) == 1


@in_a_session
def test_nobody_waits_for_the_pace_where_there_is_nothing_more_to_say(session):
    plan(session, 5)
    claimed, wait = claims.claim(session, HERE, TERMS, NOW, NOW, 500)
    assert (len(claimed), wait) == (5, None)


@in_a_session
def test_what_is_said_does_not_use_up_what_may_be_shown(session):
    plan(session, 60)
    for each in range(3):
        outbox.put(session, outgoing(f"home {each}", kind="home", place=f"home/U{each}", mode=Mode.SHOW), NOW)
    assert taken(session) == 24 + 3


@in_a_session
def test_a_word_that_it_is_too_fast_stops_this_method_for_everybody_here_and_halves_its_pace(session):
    plan(session, 60)
    outbox.put(session, outgoing("home", kind="home", place="home/U1", mode=Mode.SHOW), NOW)
    outbox.put(session, outgoing("elsewhere", workspace=ELSEWHERE), NOW)
    paces.limit(session, HERE, Method.POST, NOW, NOW + 10 * SECOND, TERMS, NOW)

    assert claimed_keys(session, NOW + 9 * SECOND) == ["home", "elsewhere"]
    assert taken(session, NOW + 10 * SECOND) == 12, "at half the pace for ten seconds, and never more than a burst"
    assert taken(session, NOW + 11 * SECOND) in {2, 3}


@in_a_session
def test_a_channel_that_rests_holds_up_only_itself_and_only_what_is_posted(session):
    plan(session, 2)
    outbox.put(session, outgoing("receipt", kind="check-in receipt", place="C7", mode=Mode.SHOW), NOW)
    paces.pause_each(session, HERE, Method.POST, ["C0", "C7"], NOW + SECOND)
    assert claimed_keys(session) == ["word 1", "receipt"]
    assert claimed_keys(session, NOW + SECOND) == ["word 0"]


@in_a_session
def test_a_conversation_is_opened_first_as_long_as_slack_lets_us_open_some(session):
    person(session)
    for each in range(8):
        outbox.put(session, outgoing(f"word {each}", place=f"U{each}"), NOW)
    people.keep_dm_channels(session, HERE, {"UADA": "D1"})
    outbox.put(session, outgoing("known", place="UADA"), NOW)

    claimed, _ = claims.claim(session, HERE, TERMS, NOW, NOW, 500)

    assert [each.opens for each in claimed] == [True] * 4 + [False] * 5
    assert {each.what.key: each.channel for each in claimed}["known"] == "D1"
    assert {each.what.key: each.channel for each in claimed}["word 7"] == "U7", "Slack opens it with the message"


@in_a_session
def test_pauses_that_are_over_are_forgotten(session):
    plan(session, 1)
    paces.pause_each(session, HERE, Method.POST, ["C1", "C2"], NOW)
    paces.pause(session, HERE, Method.POST, "C3", NOW + SECOND)
    assert paces.forget_pauses(session, NOW + SECOND) == 2
