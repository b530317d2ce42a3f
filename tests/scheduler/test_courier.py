"""The courier: what is in the outbox comes to Slack once, in order, at Slack's pace."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from domain import landmarks
from domain.outbox import Delivery, Mode, Priority
from domain.recognition import Thanks
from operations import recognition
from sandbox.faults import Faults
from scheduler.settling import ATTEMPTS
from storage import outbox, people, policy
from storage.database import Unavailable
from tests.examples import NOW
from tests.scheduler.conftest import words
from tests.storage.company import HERE, outgoing, person


async def test_what_is_planned_is_said_once(office):
    await office.plan(words("/okr", office.id("ada")))
    for _ in range(3):
        await office.deliver()
        office.wait(60)
    assert len(office.said("ada")) == 1
    assert await office.state("/okr") is Delivery.SENT


async def test_every_message_carries_a_mark_that_says_nothing(office):
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    (message,) = office.slack.person("ada").dm
    assert message.metadata["event_type"] == "cairn_message"
    assert [len(value) for value in message.metadata["event_payload"].values()] == [32]


async def test_a_channel_gets_one_message_a_second_in_order(office):
    await office.post("first", "second", "third")
    heard = []
    for seconds in (0, 0.9, 0.1, 0.9, 0.1):
        office.wait(seconds)
        await office.deliver()
        heard.append(len(office.said("#kudos")))
    assert heard == [1, 1, 2, 2, 3]
    said = zip(("first", "second", "third"), office.said("#kudos"), strict=True)
    assert all(words_ in text for words_, text in said)


async def test_different_people_do_not_wait_for_each_other(office):
    await office.plan(words("/okr", office.id("ada")), words("/kudos", office.id("bo")))
    await office.deliver()
    assert [len(office.said(name)) for name in ("ada", "bo")] == [1, 1]


async def test_when_slack_asks_for_a_rest_everybody_rests_that_long(office):
    office.slack.faults.limit("chat.postMessage", retry_after=30, times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    await office.plan(words("/kudos", office.id("bo")))
    office.wait(29)
    await office.deliver()
    assert office.said("ada") == office.said("bo") == []

    office.wait(1)
    await office.deliver()
    assert [len(office.said(name)) for name in ("ada", "bo")] == [1, 1]
    assert await office.state("/okr") is Delivery.SENT


@pytest.mark.parametrize("fault", [partial(Faults.drop, after_work=False), partial(Faults.fail, status=503)])
async def test_a_conversation_that_could_not_be_opened_leaves_the_message_to_be_said_later(office, fault):
    fault(office.slack.faults, "conversations.open", times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    assert await office.state("/okr") is Delivery.PENDING
    office.wait(60)
    await office.deliver()
    assert len(office.said("ada")) == 1


async def test_while_slack_cannot_be_reached_everything_waits_longer_and_longer(office):
    office.address = "http://127.0.0.1:9/api/"
    await office.post("thanks")
    for seconds in (0, 2, 4, 8):
        office.wait(seconds)
        await office.deliver()
        assert await office.state("thanks") is Delivery.PENDING
    office.address = ""
    office.wait(15.9)
    await office.deliver()
    assert office.said("#kudos") == []
    office.wait(0.1)
    await office.deliver()
    assert len(office.said("#kudos")) == 1


async def test_after_some_hours_a_message_is_given_up_visibly(office):
    office.address = "http://127.0.0.1:9/api/"
    await office.post("thanks")
    for _ in range(ATTEMPTS):
        await office.deliver()
        office.wait(600)
    assert await office.state("thanks") is Delivery.DEAD
    assert [each.error for each in await office.db.read(outbox.troubles, HERE, 5)] == ["Slack could not be reached"]


async def test_a_dead_channel_is_given_up_at_once_and_holds_up_nobody(office):
    office.slack.workspace.channel_named("kudos").is_archived = True
    await office.post("dead")
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    assert await office.state("dead") is Delivery.DEAD
    assert len(office.said("ada")) == 1


async def test_thanks_that_could_not_be_posted_are_told_to_their_giver_and_an_admin(office):
    office.slack.workspace.channel_named("kudos").is_archived = True

    def thank(session) -> None:
        bo = people.member(session, HERE, office.id("bo"))
        policy.change(session, HERE, {"recognition_channel": office.id("#kudos")}, bo, NOW)
        recognition.give(session, bo, Thanks((office.id("ada"),), "shipping the beta"), NOW)

    await office.run(thank)
    for _ in range(3):
        await office.deliver()
        office.wait(1)
    assert "shipping the beta" in office.said("ada")[0]
    (told,) = office.said("bo")
    assert "recorded, but Slack would not let me post them" in told


async def test_who_has_left_is_not_written_to(office):
    def leave(session) -> None:
        person(session, "ada", slack_id=office.id("ada"), active=False)

    await office.plan(words("/okr", office.id("ada")))
    await office.run(leave)
    await office.deliver()
    assert office.said("ada") == []
    assert await office.state("/okr") is Delivery.UNWANTED


async def test_what_comes_too_late_is_not_said(office):
    await office.plan(replace(words("news", office.id("ada")), expires_at=NOW + timedelta(hours=1)))
    office.calendar = NOW + timedelta(hours=1)
    await office.deliver()
    assert office.said("ada") == []
    assert await office.state("news") is Delivery.EXPIRED


async def test_a_home_is_drawn_again_whenever_it_changes(office):
    ada = office.id("ada")
    shown = outgoing(f"home {ada}", kind="home", place=f"home/{ada}", mode=Mode.SHOW, priority=Priority.SHOW)
    office.slack.faults.drop("views.publish", times=1)
    for _ in range(2):
        await office.plan(shown)
        for _ in range(2):
            await office.deliver()
            office.wait(10)
        assert await office.state(f"home {ada}") is Delivery.SENT
    assert office.slack.person("ada").home["type"] == "home"


async def test_a_message_that_cannot_be_drawn_is_given_up_and_the_next_one_goes(office):
    await office.plan(outgoing("broken", place=office.id("ada")), words("/okr", office.id("bo")))
    await office.deliver()
    assert await office.state("broken") is Delivery.DEAD
    assert [each.error for each in await office.db.read(outbox.troubles, HERE, 5)] == ["a fault of our own"]
    assert len(office.said("bo")) == 1


async def test_two_couriers_at_once_say_everything_once(office):
    names = ("ada", "bo", "chiara", "diego", "emi", "farid")
    await office.run(lambda session: [people_known(session, office, name) for name in names])
    await office.plan(*(words(f"/{name}", office.id(name)) for name in names))
    await asyncio.gather(office.deliver(), office.deliver(), office.deliver())
    assert [len(office.said(name)) for name in names] == [1] * len(names)


def people_known(session, office, name: str) -> None:
    person(session, name, slack_id=office.id(name))


async def test_while_slack_opens_no_more_conversations_messages_go_to_the_people_themselves(office):
    office.slack.faults.limit("conversations.open", retry_after=600)
    await office.plan(words("/okr", office.id("ada")))
    for _ in range(2):
        await office.deliver()
        office.wait(2)
    assert len(office.said("ada")) == 1
    assert await office.state("/okr") is Delivery.SENT
    assert (await office.db.read(people.dm_channels, HERE, [office.id("ada")])).keys() == {office.id("ada")}
    assert [each.status for each in office.slack.traffic if each.name == "conversations.open"] == ["429"]


async def test_what_was_taken_on_too_long_ago_is_not_begun_and_goes_later(office):
    """A courier that was frozen past its lease must not send what another has sent since."""
    await office.plan(words("/okr", office.id("ada")))
    began = office.now

    def passing(landmark: str) -> None:
        if landmark == "after claim":
            office.now = began + office.terms.lease

    landmarks.stop = passing
    try:
        await office.deliver()
    finally:
        landmarks.stop = landmarks.walk_on
    assert office.said("ada") == []
    assert await office.state("/okr") is Delivery.PENDING
    office.wait(1)
    await office.deliver()
    assert len(office.said("ada")) == 1


async def test_a_rest_is_no_failure_however_often_slack_asks_for_one(office):
    office.slack.faults.limit("chat.postMessage", retry_after=1, times=ATTEMPTS + 2)
    await office.plan(words("/okr", office.id("ada")))
    for _ in range(ATTEMPTS + 2):
        await office.deliver()
        office.wait(12)
    assert await office.state("/okr") is Delivery.PENDING
    office.address = "http://127.0.0.1:9/api/"
    await office.deliver()
    assert await office.state("/okr") is Delivery.PENDING
    office.address = ""
    office.wait(60)
    await office.deliver()
    assert len(office.said("ada")) == 1


@contextlib.contextmanager
def nothing_can_be_opened(file: Path) -> Iterator[None]:
    """A folder stands where the database was: whoever has it open goes on, and nobody else can open it."""
    aside = file.with_suffix(".aside")
    file.rename(aside)
    file.mkdir()
    yield
    file.rmdir()
    aside.rename(file)


async def test_what_cannot_be_read_for_a_while_is_not_given_up(office):
    """A database that can be written to and not read, as when no file can be opened any more."""
    await office.plan(words("/okr", office.id("ada")))

    with nothing_can_be_opened(Path(office.db.url.database)):
        with pytest.raises(Unavailable):
            await office.state("/okr")
        for _ in range(ATTEMPTS + 2):
            await office.deliver()
            office.wait(1)
    await office.deliver()
    assert len(office.said("ada")) == 1


async def test_while_the_token_is_refused_everything_rests_and_nothing_is_lost(office):
    office.slack.faults.fail("*", status=200, body={"ok": False, "error": "account_inactive"}, times=1)
    await office.plan(words("/okr", office.id("ada")), words("/kudos", office.id("ada")), words("/x", office.id("bo")))
    await office.deliver()
    for _ in range(3):
        office.wait(61)
        await office.deliver()
    assert [len(office.said(name)) for name in ("ada", "bo")] == [2, 1]
