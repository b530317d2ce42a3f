"""Somebody whose line to the workspace is slow: what they press counts all the same."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.sandbox.forms import form, question

pytestmark = pytest.mark.browser


async def test_what_is_said_in_quick_succession_arrives_in_its_order(open_parrot):
    waits = [1, 0]

    async def late(route):
        await asyncio.sleep(waits.pop(0))
        await route.continue_()

    gita = await open_parrot("gita")
    await gita.page.route("**/do/say*", late)
    await gita.say("First")
    await gita.say("Second")
    await expect(gita.page.get_by_role("log").get_by_role("article")).to_contain_text(["First", "Second"])


async def test_a_form_that_follows_another_is_sent_while_the_page_still_draws_the_first_one_again(
    open_parrot, app, parrot
):
    answers = {}

    @app.command("/form")
    async def opened(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form(question("First", "First")))
        await ack()

    @app.view("form")
    async def submitted(ack, view):
        for block, held in view["state"]["values"].items():
            answers[block] = held["answer"]["value"]
        await ack(
            **({} if "Second" in answers else {"response_action": "update", "view": form(question("Second", "Second"))})
        )

    async def late(route):
        await asyncio.sleep(1)
        await route.continue_()

    gita = await open_parrot("gita")
    await gita.page.route("**/fragment/modals*", late)
    await gita.say("/form")
    dialog = gita.dialog("A form")
    for label in ("First", "Second"):
        await dialog.get_by_role("textbox", name=label).fill(label)
        await gita.press("Save", dialog)
    await expect(gita.page.get_by_role("dialog")).to_have_count(0)
    assert answers == {"First": "First", "Second": "Second"}
