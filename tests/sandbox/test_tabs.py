"""Shortcuts, and the app's Home."""

import pytest

from sandbox.reading import text_of
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, client_of
from tests.sandbox.forms import button, form, refused, row


async def test_shortcuts_bring_a_trigger(slack, app):
    heard = []

    @app.shortcut("wave")
    @app.shortcut("repeat")
    async def used(ack, body, client):
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    ada = slack.person("ada")
    seen = await ada.shortcut("Wave")
    assert seen.modal["callback_id"] == "form"
    await ada.close()
    said = await ada.say("Well done", "general")
    await ada.shortcut("Repeat this", said)
    assert [each["type"] for each in heard] == ["shortcut", "message_action"]
    assert "response_url" not in heard[0]
    assert (heard[1]["message"]["text"], heard[1]["message_ts"]) == ("Well done", said.ts)


async def test_a_shortcut_that_the_manifest_does_not_declare_is_not_there(slack):
    with pytest.raises(ValueError, match="no global shortcut"):
        await slack.person("ada").shortcut("Dance")


async def test_a_home_is_published_and_its_button_knows_its_view(slack, app, client):
    home = {"type": "home", "blocks": [row(button("Refresh", "refresh"))]}
    heard = []

    @app.event("app_home_opened")
    async def opened(event, client):
        heard.append(event)
        await client.views_publish(user_id=event["user"], view=home)

    @app.action("refresh")
    async def refresh(ack, body):
        heard.append(body)
        await ack()

    ada = slack.person("ada")
    assert text_of(await ada.open_home()) == "[Refresh]"
    await ada.press("Refresh")
    assert (heard[0]["tab"], "view" in heard[0]) == ("home", False)
    assert heard[1]["view"]["type"] == "home"
    stale = client.views_publish(user_id=ada.id, view=home, hash="0.0")
    assert await refused(stale) == "hash_conflict"
    assert slack.person("bo").home is None


async def test_without_a_home_tab_nothing_is_published(tmp_path):
    written = tmp_path / "manifest.yml"
    written.write_text(MANIFEST.read_text().replace("home_tab_enabled: true", "home_tab_enabled: false"))
    slack = await Sandbox.start(written)
    try:
        publish = client_of(slack).views_publish(user_id=slack.person("ada").id, view={"type": "home", "blocks": []})
        assert await refused(publish) == "not_enabled"
    finally:
        await slack.stop()
