"""The views.* methods, and what Slack refuses there."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.rules import Rules
from tests.sandbox.conftest import bolt, connected
from tests.sandbox.forms import button, form, plain, refused, row


@pytest.fixture
async def trigger(slack, app):
    """Trigger ids, fresh from a command of Ada's."""
    ids = []

    @app.command("/echo")
    async def hear(ack, command):
        ids.append(command["trigger_id"])
        await ack("ok")

    async def trigger():
        await slack.person("ada").command("/echo")
        return ids.pop()

    return trigger


async def test_a_trigger_opens_one_modal(client, trigger):
    once = await trigger()
    await client.views_open(trigger_id=once, view=form())
    assert await refused(client.views_open(trigger_id=once, view=form())) == "exchanged_trigger_id"


async def test_a_trigger_is_not_spent_on_a_form_that_is_refused(client, trigger):
    once = await trigger()
    assert await refused(client.views_open(trigger_id=once, view=form(title=plain("x" * 25)))) == "invalid_arguments"
    await client.views_open(trigger_id=once, view=form())


async def test_a_trigger_must_be_one(client):
    assert await refused(client.views_open(trigger_id="please", view=form())) == "invalid_trigger_id"
    assert await refused(client.views_open(trigger_id="12.34.abcdef", view=form())) == "expired_trigger_id"


async def test_a_trigger_soon_expires(start):
    slack = await start(rules=Rules(trigger_seconds=-1))
    app, errors = bolt(slack), []

    @app.command("/form")
    async def open_form(ack, command, client):
        errors.append(await refused(client.views_open(trigger_id=command["trigger_id"], view=form())))
        await ack("Sorry")

    async with connected(app, slack):
        await slack.person("ada").command("/form")
    assert errors == ["expired_trigger_id"]


async def test_only_a_trigger_from_within_a_form_can_push(client, trigger):
    assert await refused(client.views_push(trigger_id=await trigger(), view=form())) == "invalid_trigger_id"


async def test_a_stack_holds_three(slack, opened, app):
    errors = []

    @app.action("deeper")
    async def deeper(ack, body, client):
        push = client.views_push(trigger_id=body["trigger_id"], view=form(row(button("Deeper", "deeper"))))
        if len(slack.workspace.modals[body["user"]["id"]]) < 3:
            await push
        else:
            errors.append(await refused(push))
        await ack()

    ada = await opened(form(row(button("Deeper", "deeper"))))
    for _ in range(3):
        await ada.press("Deeper")
    assert errors == ["push_limit_reached"]
    assert len(slack.workspace.modals[ada.id]) == 3


async def test_a_stale_hash_does_not_overwrite(client, opened):
    ada = await opened()
    view_id, stale = ada.modal["id"], ada.modal["hash"]
    await client.views_update(view_id=view_id, hash=stale, view=form())
    assert await refused(client.views_update(view_id=view_id, hash=stale, view=form())) == "hash_conflict"


async def test_a_form_that_is_gone_cannot_be_updated(client, opened):
    ada = await opened()
    view_id = ada.modal["id"]
    await ada.close()
    assert await refused(client.views_update(view_id=view_id, view=form())) == "not_found"


async def test_an_external_id_finds_its_view_and_is_nobody_elses(client, opened, trigger):
    ada = await opened(form(external_id="mine"))
    await client.views_update(external_id="mine", view=form(title=plain("Found"), external_id="mine"))
    assert ada.modal["title"]["text"] == "Found"
    again = client.views_open(trigger_id=await trigger(), view=form(external_id="mine"))
    assert await refused(again) == "duplicate_external_id"


async def test_a_form_with_blocks_that_slack_refuses_says_where(client, trigger):
    with pytest.raises(SlackApiError) as refusal:
        await client.views_open(trigger_id=await trigger(), view=form({"type": "marquee"}))
    assert "/view/blocks/0/type" in refusal.value.response["response_metadata"]["messages"][0]
