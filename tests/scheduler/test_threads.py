"""Comments on one objective make one thread, in the order in which they were made, whatever happens on the way."""

import pytest

from domain.outbox import Delivery
from domain.people import Member
from operations import comments
from storage import people
from storage.database import Session
from tests.examples import NOW
from tests.scheduler.conftest import Office
from tests.storage import company
from tests.storage.company import HERE
from tests.storage.outbox import row


def begun(session: Session, office: Office, channel: str | None) -> int:
    """Ada's objective, in a team with this channel or in none; its id."""
    ada = the(session, office, "ada")
    growth = company.team(session, "Growth", ada, channel=channel) if channel else None
    return company.objective(session, ada, team=growth).id


def the(session: Session, office: Office, name: str) -> Member:
    found = people.member(session, HERE, office.id(name))
    assert found
    return found


def say(session: Session, office: Office, objective: int, *each: str) -> None:
    """Bo comments."""
    for words in each:
        comments.say(session, the(session, office, "bo"), objective, words, NOW)


async def thread(office: Office, where: str, *each: str) -> None:
    """There is one thread with all of it, in order."""
    room = office.slack.channel(where).messages if where.startswith("#") else office.slack.person(where).dm
    texts = [next(words for words in each if words in office_text) for office_text in office.said(where)]
    assert texts == list(each)
    assert {message.thread_ts or message.ts for message in room} == {room[0].ts}
    assert room[0].thread_ts in {None, room[0].ts}


@pytest.mark.parametrize("where", ["ada", "#kudos"])
async def test_what_was_said_before_the_first_was_delivered_still_goes_into_its_thread(office, where):
    channel = office.id(where) if where.startswith("#") else None
    objective = await office.run(begun, office, channel)
    await office.run(say, office, objective, "One", "Two", "Three")
    for _ in range(3):
        await office.deliver()
        office.wait(2)
    await office.run(say, office, objective, "Four")
    await office.deliver()
    await thread(office, where, "One", "Two", "Three", "Four")


async def test_a_first_comment_of_which_nobody_knows_is_looked_for_before_the_next_goes_out(office):
    objective = await office.run(begun, office, None)
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.run(say, office, objective, "One", "Two")
    await office.deliver()
    await office.deliver()
    assert len(office.said("ada")) == 1, "the second one waits"
    await office.look_twice()
    await office.deliver()
    await thread(office, "ada", "One", "Two")


async def test_an_answer_whose_fate_is_unknown_is_looked_for_in_the_thread(office):
    objective = await office.run(begun, office, None)
    await office.run(say, office, objective, "One", "Two")
    await office.deliver()
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.deliver()
    await office.look_twice()
    await office.deliver()
    await thread(office, "ada", "One", "Two")


async def test_what_the_channel_does_not_take_is_told_to_whom_it_concerns(office):
    office.slack.workspace.channel_named("kudos").is_archived = True
    objective = await office.run(begun, office, office.id("#kudos"))
    await office.run(say, office, objective, "One")
    await office.deliver()
    await office.deliver()
    assert await office.state(f"comments on {objective} in {office.id('#kudos')}") is Delivery.DEAD
    assert ["One" in said for said in office.said("ada")] == [True]


async def test_an_answer_stands_on_its_own_where_the_thread_never_began(office):
    objective = await office.run(begun, office, None)
    await office.run(say, office, objective, "One", "Two")
    await office.run(lose, f"comments on {objective} in {office.id('ada')}")
    await office.deliver()
    assert ["Two" in said for said in office.said("ada")] == [True]


def lose(session: Session, key: str) -> None:
    lost = row(session, key)
    lost.state = Delivery.DEAD.value
    session.add(lost)
