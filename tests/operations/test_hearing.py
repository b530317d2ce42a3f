"""Each thing that Slack says has its effect once."""

import pytest

from domain.errors import NotAllowed, Refusal
from operations.hearing import Heard, HeardBefore, Stranger, ask, hear
from storage import inbox, people
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, person
from tests.storage.units import in_a_session

HEARD = Heard(HERE, "UADA", "Ev1")


def rename(session, who, name: str) -> str:
    people.keep_workspace(session, who.workspace, name, "UCAIRN")
    return name


def refuse(_session, _who) -> None:
    raise Refusal("Not like this.")


def name(session, who) -> str:
    return people.workspace(session, who.workspace).name


async def test_the_same_delivery_twice_has_its_effect_once(db):
    await db.run(person)
    assert await db.run(hear, HEARD, NOW, rename, "First") == "First"
    with pytest.raises(HeardBefore):
        await db.run(hear, HEARD, NOW, rename, "Second")
    assert await db.read(ask, HEARD, name) == "First"


async def test_a_refused_delivery_leaves_no_trace_and_may_come_again(db):
    await db.run(person)
    with pytest.raises(Refusal):
        await db.run(hear, HEARD, NOW, refuse)
    assert await db.run(hear, HEARD, NOW, rename, "First") == "First"


async def test_a_delivery_of_a_stranger_may_come_again_once_they_are_known(db):
    await db.run(person, "Bo")
    with pytest.raises(Stranger):
        await db.run(hear, HEARD, NOW, rename, "First")
    await db.run(person, "Ada")
    assert await db.run(hear, HEARD, NOW, rename, "First") == "First"


@in_a_session
def test_a_question_leaves_no_trace(session):
    person(session)
    assert ask(session, HEARD, name) == ask(session, HEARD, name) == "Larkspur"
    assert inbox.first_time(session, HERE, "Ev1", NOW)


@in_a_session
def test_who_has_left_is_told_so(session):
    person(session, active=False)
    with pytest.raises(NotAllowed, match="Your account here is deactivated"):
        hear(session, HEARD, NOW, rename, "First")
    with pytest.raises(NotAllowed, match="Your account here is deactivated"):
        ask(session, HEARD, name)


@in_a_session
def test_somebody_from_another_workspace_is_a_stranger_here(session):
    person(session, workspace=ELSEWHERE)
    with pytest.raises(Stranger):
        ask(session, HEARD, name)
    assert ask(session, Heard(ELSEWHERE, "UADA", "Ev1"), name) == "Larkspur"
