"""A workspace that is kept in a file goes on where it stopped, however it stopped."""

import shutil
from datetime import timedelta

import pytest

from tests.sandbox.conftest import bolt, client_of, connected
from tests.sandbox.forms import button, form, row


@pytest.fixture
def file(tmp_path):
    return tmp_path / "workspace.db"


async def test_a_later_start_resumes(start, file):
    first = await start(file=file)
    ada, kudos = first.person("ada"), first.channel("kudos")
    posted = await client_of(first).chat_postMessage(channel=kudos.id, text="Hello")
    await client_of(first).views_publish(user_id=ada.id, view={"type": "home", "blocks": [row(button("Hi", "hi"))]})
    await first.interactions.change_profile(ada.id, tz="Asia/Tokyo")
    await first.calendar.move(first.calendar.now() + timedelta(days=3))
    later = first.calendar.now()
    await first.stop()

    second = await start(file=file)
    assert [each.text for each in second.channel("kudos").messages] == ["Hello"]
    assert second.person("ada").user.tz == "Asia/Tokyo"
    assert second.person("ada").home["blocks"][0]["elements"][0]["action_id"] == "hi"
    assert second.calendar.now() >= later
    assert (second.bot_token, second.app_token) == (first.bot_token, first.app_token)
    assert second.workspace.next_ts() > posted["ts"]


async def test_what_was_acknowledged_survives_a_killed_process(start, file, tmp_path):
    running = await start(file=file)
    await client_of(running).chat_postMessage(channel=running.channel("kudos").id, text="Hello")
    crashed = tmp_path / "crashed.db"
    for suffix in ("", "-wal"):
        shutil.copy(f"{file}{suffix}", f"{crashed}{suffix}")
    found = await start(file=crashed)
    assert [each.text for each in found.channel("kudos").messages] == ["Hello"]


async def test_a_button_from_before_a_restart_still_works(start, file):
    first = await start(file=file)
    await client_of(first).chat_postMessage(
        channel=first.person("ada").id, text="Press", blocks=[row(button("Open", "open"))]
    )
    await first.stop()

    second = await start(file=file)
    app = bolt(second)

    @app.action("open")
    async def opened(ack, body, client, respond):
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await respond("Opened", replace_original=True)
        await ack()

    async with connected(app, second):
        seen = await second.person("ada").press("Open")
    assert seen.modal["callback_id"] == "form"
    assert [each.text for each in second.person("ada").dm] == ["Opened"]


async def test_an_open_form_survives_with_what_was_entered(start, file):
    first = await start(file=file)
    app = bolt(first)

    @app.command("/form")
    async def open_form(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form())
        await ack()

    async with connected(app, first):
        ada = first.person("ada")
        await ada.command("/form")
        await ada.fill({"Title": "Grow"})
    await first.stop()
    second = await start(file=file)
    assert second.person("ada").modal["state"]["values"]["title"]["answer"]["value"] == "Grow"


async def test_without_a_file_every_start_is_fresh(start):
    first, second = await start(), await start()
    await client_of(first).chat_postMessage(channel=first.channel("kudos").id, text="Hello")
    assert second.channel("kudos").messages == []
