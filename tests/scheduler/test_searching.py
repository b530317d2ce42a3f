"""Messages of which nobody knows whether they were said: they are looked for, and said exactly once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.outbox import Delivery
from storage import claims, doubts, outbox, people
from storage.database import Database
from tests.conftest import workspace
from tests.examples import NOW
from tests.scheduler.conftest import Office, post, staff, words
from tests.storage import company
from tests.storage.company import HERE
from tests.storage.outbox import TERMS

LEASE, QUIET = TERMS.lease.total_seconds(), TERMS.quiet.total_seconds()


def refused(office, method: str, code: str, times: int | None = None) -> None:
    office.slack.faults.fail(method, status=200, body={"ok": False, "error": code}, times=times)


def calls(office, method: str) -> int:
    return sum(1 for each in office.slack.traffic if each.name == method)


async def test_a_message_whose_answer_was_lost_is_found_and_not_said_again(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    assert await office.state("/okr") is Delivery.UNKNOWN

    await office.look_twice()
    await office.deliver()

    assert await office.state("/okr") is Delivery.SENT
    assert len(office.said("ada")) == 1
    assert (await office.db.read(outbox.where_said, HERE, "/okr")).ts == office.slack.person("ada").dm[0].ts


async def test_a_message_that_never_arrived_is_said_again_once_it_was_missing_twice(office):
    office.slack.faults.drop("chat.postMessage", times=1, after_work=False)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()

    office.wait(LEASE + QUIET)
    await office.sweep()
    await office.deliver()
    assert office.said("ada") == [], "it was missing once: Slack's history may lag behind"

    office.wait(QUIET)
    await office.sweep()
    await office.deliver()
    assert len(office.said("ada")) == 1
    assert await office.state("/okr") is Delivery.SENT


async def test_nobody_looks_before_the_lease_and_a_quiet_period_are_over(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()

    office.wait(LEASE + QUIET - 1)
    await office.sweep()
    assert calls(office, "conversations.history") == 0

    office.wait(1)
    await office.sweep()
    assert calls(office, "conversations.history") == 1


async def test_a_message_that_slack_took_late_is_found_by_the_second_look(office):
    """The first look comes too early, as when Slack's history lags behind."""
    office.slack.faults.drop("chat.postMessage", times=1)
    office.slack.faults.fail("conversations.history", status=200, body={"ok": True, "messages": []}, times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    await office.look_twice()
    await office.deliver()
    assert len(office.said("ada")) == 1
    assert await office.state("/okr") is Delivery.SENT


@pytest.mark.parametrize(
    ("text", "kind"), [("{", "application/json"), ("Log in", "text/html"), ("Log in", "text/plain")]
)
async def test_an_answer_that_is_not_slacks_is_no_answer(office, text, kind):
    instead = {"status": 200, "body": text, "content_type": kind}
    office.slack.faults.fail("chat.postMessage", **instead, times=1, after_work=True)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    assert await office.state("/okr") is Delivery.UNKNOWN
    await office.look_twice()
    await office.deliver()
    assert len(office.said("ada")) == 1


@pytest.mark.parametrize("code", ["internal_error", "fatal_error"])
async def test_an_error_that_may_have_come_too_late_is_looked_into(office, code):
    refused(office, "chat.postMessage", code, times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    assert await office.state("/okr") is Delivery.UNKNOWN
    await office.look_twice()
    await office.deliver()
    assert len(office.said("ada")) == 1


async def test_what_comes_after_it_in_its_place_waits_until_its_fate_is_known(office):
    office.slack.faults.drop("chat.postMessage", times=1, after_work=False)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    await office.plan(words("/kudos", office.id("ada")), words("/checkin", office.id("bo")))
    await office.deliver()
    assert office.said("ada") == []
    assert len(office.said("bo")) == 1

    await office.look_twice()
    for _ in range(2):
        await office.deliver()
        office.wait(1)
    first, second = office.said("ada")
    assert "/okr" in first
    assert "/kudos" in second


async def test_a_message_whose_courier_died_before_it_went_is_said(office):
    await office.plan(words("/okr", office.id("ada")))
    await office.db.claim(claims.claim, HERE, TERMS, office.now, office.calendar, 5)
    office.wait(LEASE)
    await office.sweep()
    assert await office.state("/okr") is Delivery.UNKNOWN
    await office.look_twice()
    await office.deliver()
    assert len(office.said("ada")) == 1


async def test_a_confirmation_that_comes_late_still_counts_while_nobody_has_taken_the_row_on(office):
    await office.plan(words("/okr", office.id("ada")))
    (taken,), _ = await office.db.claim(claims.claim, HERE, TERMS, office.now, office.calendar, 5)
    office.wait(LEASE)
    await office.sweep()
    await office.db.claim(claims.confirm, [(taken, None)], office.now)
    assert await office.state("/okr") is Delivery.SENT


async def test_an_answer_in_a_thread_is_looked_for_in_the_thread(office):
    await office.plan(words("question", office.id("ada")))
    await office.deliver()
    began = office.slack.person("ada").dm[0].ts
    office.wait(2)
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.plan(replace(words("/okr", office.id("ada")), thread=began))
    await office.deliver()
    await office.look_twice()
    await office.deliver()
    assert await office.state("/okr") is Delivery.SENT
    assert [message.thread_ts for message in office.slack.person("ada").dm if message.thread_ts] == [began]
    assert calls(office, "conversations.replies") == 1


async def test_it_is_found_among_hundreds_that_were_said_since(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    channel = office.slack.person("ada").dm[0].channel
    for number in range(450):
        office.slack.workspace.post(channel, office.id("ada"), f"and another thing ({number})")
    await office.look_twice()
    assert await office.state("/okr") is Delivery.SENT
    assert calls(office, "conversations.history") == 3


async def test_while_slack_cannot_say_nothing_is_said_again(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.plan(words("/okr", office.id("ada")))
    await office.deliver()
    with office.slack.faults.fail("conversations.history", status=503):
        for _ in range(3):
            await office.look_twice()
            await office.deliver()
    assert await office.state("/okr") is Delivery.UNKNOWN

    await office.look_twice()
    assert await office.state("/okr") is Delivery.SENT
    assert len(office.said("ada")) == 1


async def test_looking_keeps_to_the_rest_that_slack_asks_for(office):
    office.slack.faults.drop("chat.postMessage", times=2)
    office.slack.faults.limit("conversations.history", retry_after=300, times=1)
    await office.plan(words("/okr", office.id("ada")), words("/kudos", office.id("bo")))
    await office.deliver()
    office.wait(LEASE + QUIET)
    await office.sweep()
    asked = calls(office, "conversations.history")
    office.wait(299)
    await office.sweep()
    assert calls(office, "conversations.history") == asked
    office.wait(1)
    await office.sweep()
    assert [await office.state(key) for key in ("/okr", "/kudos")] == [Delivery.SENT] * 2


async def test_what_never_arrived_is_not_said_when_it_is_too_late_by_then(office):
    office.slack.faults.drop("chat.postMessage", times=1, after_work=False)
    await office.plan(replace(words("news", office.id("ada")), expires_at=NOW + timedelta(hours=1)))
    await office.deliver()
    office.calendar = NOW + timedelta(hours=2)
    await office.look_twice()
    await office.deliver()
    assert await office.state("news") is Delivery.EXPIRED
    assert office.said("ada") == []


async def test_what_is_never_answered_is_given_up_in_the_end_and_shown(office):
    office.slack.faults.drop("chat.postMessage", after_work=False)
    await office.plan(words("/okr", office.id("ada")))
    for _ in range(doubts.DOUBTS):
        await office.deliver()
        await office.look_twice()
    await office.deliver()
    assert await office.state("/okr") is Delivery.DEAD
    (trouble,) = await office.db.read(outbox.troubles, HERE, 5)
    assert (trouble.kind, trouble.place, trouble.error) == ("help", office.id("ada"), "no answer came back")


async def test_a_refusal_that_will_not_change_is_not_asked_for_for_ever(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    refused(office, "conversations.history", "access_denied")
    key = await prompted(office)
    await office.deliver()
    await office.look_twice()
    assert await office.state(key) is Delivery.SKIPPED
    assert calls(office, "conversations.history") == 1


async def test_where_slack_cannot_say_for_half_a_day_it_counts_as_if_it_never_would(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    key = await prompted(office)
    await office.deliver()
    with office.slack.faults.fail("conversations.history", status=503):
        for _ in range(14):
            office.wait(3600)
            await office.sweep()
    assert await office.state(key) is Delivery.SKIPPED


async def test_a_message_with_the_oddest_metadata_is_just_another_message(office):
    office.slack.faults.drop("chat.postMessage", times=1)
    await office.plan(words("/okr", office.id("ada")), words("/kudos", office.id("bo")))
    await office.deliver()
    odd = [{"metadata": "odd"}, {"metadata": {"event_payload": ["odd"]}}, "odd", {"metadata": {"event_payload": None}}]
    answer = {"ok": True, "messages": odd}
    office.slack.faults.fail("conversations.history", status=200, body=answer, times=1)
    await office.look_twice()
    await office.deliver()
    assert [len(office.said(name)) for name in ("ada", "bo")] == [1, 1]


async def test_thanks_that_are_given_up_in_the_end_are_told_to_their_giver(office):
    office.slack.faults.drop("chat.postMessage", after_work=False)
    await office.post("the migration")
    for _ in range(doubts.DOUBTS):
        await office.deliver()
        await office.look_twice()
    assert await office.state("the migration") is Delivery.DEAD
    office.slack.faults.clear()
    await office.deliver()
    assert "Slack would not let me post them" in office.said("bo")[0]


# where Slack does not let us look


@pytest.fixture
async def blind_office(sqlite):
    """An office in a workspace that grants no reading of what was said."""
    scopes = {"im:history", "channels:history", "groups:history"}
    async with workspace(without_scopes=scopes) as slack:
        db = Database(sqlite.fresh())
        await db.run(staff, slack)
        yield Office(db, slack)
        await db.close()


async def prompted(office) -> str:
    """Ada's check-in has opened, and she is to be asked."""

    def plan(session) -> str:
        ada = people.member(session, HERE, office.id("ada"))
        company.key_result(session, company.objective(session, ada))
        opened = company.check_in(session, ada)
        what = words(f"check-in prompt {opened.id}", office.id("ada"))
        outbox.put(session, replace(what, kind="check-in prompt", facts={"check_in": opened.id}), office.now)
        return what.key

    return await office.db.run(plan)


async def test_without_leave_to_look_a_prompt_is_let_go_and_counted(blind_office):
    blind_office.slack.faults.drop("chat.postMessage", times=1, after_work=False)
    key = await prompted(blind_office)
    await blind_office.deliver()
    await blind_office.look_twice()
    await blind_office.deliver()
    assert blind_office.said("ada") == []
    assert await blind_office.state(key) is Delivery.SKIPPED
    (trouble,) = await blind_office.db.read(outbox.troubles, HERE, 5)
    assert (trouble.kind, trouble.state, trouble.error) == ("check-in prompt", Delivery.SKIPPED, "missing_scope")


async def test_without_leave_to_look_thanks_are_rather_posted_twice_than_never(blind_office):
    blind_office.slack.faults.drop("chat.postMessage", times=1, after_work=False)
    await blind_office.db.run(post, blind_office.slack, "the migration")
    await blind_office.deliver()
    await blind_office.look_twice()
    await blind_office.deliver()
    assert len(blind_office.said("#kudos")) == 1
    assert await blind_office.state("the migration") is Delivery.SENT


# after a backup was restored


async def test_what_a_restored_backup_takes_for_unsent_is_looked_for_first(office):
    await office.plan(words("/okr", office.id("ada")), words("/kudos", office.id("bo")))
    await office.db.run(_only, "/okr")
    await office.deliver()
    assert [len(office.said(name)) for name in ("ada", "bo")] == [1, 0]
    await office.db.run(_as_in_the_backup)

    assert await office.db.run(doubts.doubt_unsent, office.now) == 2
    await office.deliver()
    await office.sweep()
    await office.look_twice()
    await office.deliver()
    assert [len(office.said(name)) for name in ("ada", "bo")] == [1, 1]


def _only(session, key: str) -> None:
    """The others wait for another hour."""
    session.connection().execute(
        outbox.ROW.update().where(outbox.C.key != key).values(not_before=NOW + timedelta(seconds=1))
    )


def _as_in_the_backup(session) -> None:
    session.connection().execute(
        outbox.ROW.update().values(
            state="pending", fence=0, attempts=0, lease_until=None, look_at=None, doubts=0, send_started_at=None
        )
    )
