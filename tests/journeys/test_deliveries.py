"""What reaches Cairn more than once, late, from elsewhere, or while something of its own is broken."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from sandbox.company import company as larkspur
from sandbox.interactions import payloads
from sandbox.reading import text_of
from tests.conftest import at_work, workspace

ELSEWHERE = "T0ELSEWHERE"


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1 with KR-1, at 40 of 100."""
    return await owner_of_a_key_result(town)


async def owner_of_a_key_result(town):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    await gita.command("/okr update KR-1 40")
    return gita


async def broken(town, table):
    """Something goes wrong in the database."""

    def lose():
        with sqlite3.connect(town.cairn.db.url.database, timeout=10) as elsewhere:
            elsewhere.execute(f"ALTER TABLE {table} RENAME TO lost")

    await asyncio.to_thread(lose)  # Cairn must be able to finish what it is writing meanwhile


# twice


async def test_a_command_that_is_delivered_twice_has_one_effect(gita, town):
    await gita.command("/okr update KR-1 +5")

    await town.slack.delivery.ask_again()

    assert "45 → 100" in (await gita.command("/okr")).text


async def test_a_form_that_is_delivered_twice_has_one_effect(gita, town):
    await gita.command("/okr add objective")
    await gita.submit({"title": "Everybody sleeps well"})

    await town.slack.delivery.ask_again()

    seen = (await gita.command("/okr")).text
    assert "O-2 Everybody sleeps well" in seen
    assert "O-3" not in seen


async def test_thanks_that_are_delivered_twice_are_said_once(gita, town):
    await town.set_up()
    await town.person("bo").command("/kudos @gita for the migration")

    await town.slack.delivery.ask_again()

    await town.quiet()
    assert len(gita.dm) == 1
    assert len(town.slack.channel("kudos").messages) == 1


async def test_a_refused_form_can_be_sent_again_as_it_is(gita, town):
    await gita.command("/okr update KR-1")
    await gita.fill({"value": "50"})
    ada = town.person("ada")
    await ada.command("/okr archive KR-1")
    await gita.submit()
    await gita.close()
    await ada.command("/okr restore KR-1")

    await gita.submit()

    assert "50 of 100" in text_of(gita.modal)


# late


async def test_a_button_from_before_a_restart_works(slack, sqlite):
    url = sqlite.fresh()
    async with at_work(slack, url) as town:
        gita = await owner_of_a_key_result(town)
        await gita.command("/okr")

    async with at_work(slack, url):
        await gita.press("Update")
        await gita.submit({"value": "60"})

        assert "40 → 60 of 100" in text_of(gita.modal)


async def test_a_form_from_before_a_restart_can_be_sent(slack, sqlite):
    url = sqlite.fresh()
    async with at_work(slack, url) as town:
        gita = await owner_of_a_key_result(town)
        await gita.command("/okr edit KR-1")

    async with at_work(slack, url):
        await gita.submit({"title": "Sign-ups every week"})

        assert "Sign-ups every week" in (await gita.command("/okr")).text


async def test_a_button_for_something_archived_meanwhile_says_so(gita, town):
    await gita.command("/okr")
    await town.person("ada").command("/okr archive KR-1")

    seen = await gita.press("Update")

    assert "KR-1 is archived" in seen.text


# from elsewhere


async def test_a_command_from_another_workspace_is_refused(gita, town):
    here = town.slack.workspace
    sent = payloads.command(here, gita.id, here.channel_named("general"), "/okr", "update KR-1 90") | {
        "team_id": ELSEWHERE
    }

    answer = await town.slack.sockets.ask("slash_commands", {**sent, "trigger_id": "1.2.3"}, takes_payload=True)

    assert answer["text"] == "Cairn here is for the members of this workspace."
    assert "40 → 100" in (await gita.command("/okr")).text


async def test_a_form_from_another_workspace_is_refused(gita, town):
    await gita.command("/okr update KR-1")
    view = gita.modal
    await gita.close()
    sent = payloads.interaction(town.slack.workspace, "view_submission", gita.id) | {"view": view}
    sent["user"] |= {"team_id": ELSEWHERE}

    answer = await town.slack.sockets.ask("interactive", sent, takes_payload=True)

    assert answer["response_action"] == "push"
    assert "members of this workspace" in text_of(answer["view"])


async def test_somebody_whom_slack_does_not_know_here_is_refused(gita, town):
    here = town.slack.workspace
    sent = payloads.command(here, gita.id, here.channel_named("general"), "/okr", "") | {"user_id": "U0STRANGER0"}

    answer = await town.slack.sockets.ask("slash_commands", {**sent, "trigger_id": "1.2.3"}, takes_payload=True)

    assert "Slack does not list you as one" in answer["text"]


async def test_a_reference_from_another_workspace_names_nothing_here(gita, town):
    company = replace(larkspur("cairn"), team_id=ELSEWHERE, name="Elsewhere")
    async with workspace(company=company) as elsewhere, at_work(elsewhere, str(town.cairn.db.url)) as there:
        bo = there.person("bo")

        assert "There is no KR-1 here." in (await bo.command("/okr update KR-1 90")).text
        assert "There is no O-1 here." in (await bo.command("/okr show O-1")).text

    assert "40 → 100" in (await gita.command("/okr")).text


# failures of our own


async def test_a_failure_of_our_own_is_one_calm_sentence_with_a_reference_that_the_log_has(gita, town, caplog):
    await broken(town, "objectives")

    seen = await gita.command("/okr")

    assert "Something went wrong on my side and nothing was changed." in seen.text
    reference = seen.text.rsplit(": ", 1)[1]
    assert len(reference) == 8
    assert reference in caplog.text


async def test_a_failure_behind_a_form_leaves_what_was_typed(gita, town):
    await gita.command("/okr add objective")
    await gita.fill({"title": "Everybody sleeps well"})
    await broken(town, "objectives")

    seen = await gita.submit()

    assert "Something went wrong on my side" in seen.text
    await gita.close()
    assert "Everybody sleeps well" in text_of(gita.modal)


async def test_a_failure_behind_a_button_opens_a_window_that_says_so(gita, town):
    await gita.command("/okr")
    await broken(town, "key_results")

    seen = await gita.press("Update")

    assert "Something went wrong on my side" in seen.text
