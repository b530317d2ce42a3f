"""What did not arrive can be listed, sent again and let go, on both databases."""

import pytest

from domain.errors import NotFound, Refusal
from domain.outbox import Delivery, Outgoing
from storage import claims, dead_letters, outbox, people
from tests.examples import NOW
from tests.storage import outbox as looking
from tests.storage.company import ELSEWHERE, HERE
from tests.storage.outbox import claim, state
from tests.storage.units import in_a_session


def put(session, key: str, state: Delivery = Delivery.PENDING, workspace=HERE) -> int:
    """A row under this key that has come this far; its id."""
    people.keep_workspace(session, workspace, "Larkspur", "UCAIRN")
    outbox.put(
        session, Outgoing(workspace, "kudos", f"U{key}", key, "you were thanked", {"words": "for being kind"}), NOW
    )
    session.flush()
    if state is not Delivery.PENDING:
        (taken,) = [taken for taken in claim(session) if taken.what.key == key]
    if state not in {Delivery.PENDING, Delivery.SENDING}:
        claims.give_up(session, taken, state, "channel_not_found", NOW)
    return looking.row(session, key).id


@in_a_session
def test_the_list_says_what_did_not_arrive_and_never_its_words(session):
    id = put(session, "a", Delivery.DEAD)
    put(session, "b")

    (letter,) = dead_letters.listed(session, Delivery.DEAD, 5)

    assert (letter.id, letter.kind, letter.place, letter.error) == (id, "kudos", "Ua", "channel_not_found")
    assert (letter.attempts, letter.since, letter.workspace) == (1, NOW, HERE)
    assert "kind" not in str(letter).replace("kind='kudos'", "")
    assert {each.place for each in dead_letters.listed(session, None, 5)} == {"Ua", "Ub"}
    assert len(dead_letters.listed(session, None, 1)) == 1


@in_a_session
def test_the_outbox_is_counted_by_state_and_kind(session):
    for key in "abc":
        put(session, key, Delivery.DEAD)
    put(session, "d")

    assert dead_letters.counts(session) == {(Delivery.DEAD, "kudos"): 3, (Delivery.PENDING, "kudos"): 1}


@in_a_session
def test_what_was_dead_goes_out_afresh_under_its_old_key(session):
    first, _ = put(session, "a", Delivery.DEAD), put(session, "b", Delivery.DEAD)

    assert dead_letters.requeue(session, [first], NOW) == 1

    assert (state(session, "a"), state(session, "b")) == (Delivery.PENDING, Delivery.DEAD)
    (taken,) = claim(session)
    assert (taken.what.key, taken.attempts) == ("a", 1)
    assert looking.row(session, "a").error == ""


@in_a_session
def test_everything_dead_goes_out_afresh_and_nothing_else(session):
    others = set(Delivery) - {Delivery.PENDING, Delivery.DEAD}
    for each in sorted(others):
        put(session, each, each)
    put(session, "here", Delivery.DEAD)
    put(session, "there", Delivery.DEAD, ELSEWHERE)

    assert dead_letters.requeue(session, None, NOW) == 2

    assert dead_letters.counts(session) == {(Delivery.PENDING, "kudos"): 2} | {(each, "kudos"): 1 for each in others}


@in_a_session
def test_only_the_dead_are_sent_again(session):
    dead, unknown = put(session, "a", Delivery.DEAD), put(session, "b", Delivery.UNKNOWN)

    with pytest.raises(Refusal, match=f"Only what is dead or was skipped can be sent again: {unknown} is unknown."):
        dead_letters.requeue(session, [dead, unknown], NOW)
    with pytest.raises(NotFound, match="There is no 888, 999 in the outbox"):
        dead_letters.requeue(session, [999, dead, 888], NOW)

    assert state(session, "a") is Delivery.DEAD


@pytest.mark.parametrize("settled", [Delivery.DEAD, Delivery.UNKNOWN, Delivery.PENDING])
@in_a_session
def test_what_is_dropped_is_never_sent(session, settled):
    id = put(session, "a", settled)

    assert dead_letters.drop(session, [id], NOW) == 1

    assert state(session, "a") is Delivery.UNWANTED
    assert claim(session) == []


@pytest.mark.parametrize("settled", [Delivery.SENDING, Delivery.SENT, Delivery.EXPIRED])
@in_a_session
def test_what_is_under_way_or_over_is_not_dropped(session, settled):
    dead, other = put(session, "a", Delivery.DEAD), put(session, "b", settled)

    with pytest.raises(Refusal, match=f"{other} is {settled}"):
        dead_letters.drop(session, [dead, other], NOW)

    assert state(session, "a") is Delivery.DEAD
