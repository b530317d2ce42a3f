"""What Slack refuses of views and of old ways back, although it looks harmless. Time is the test's own."""

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.interactions import InView
from sandbox.rules import Rules
from tests.sandbox.conftest import bolt, connected
from tests.sandbox.forms import form, plain, question, refused
from tests.sandbox.stopwatch import Stopwatch

SECTION = [{"type": "section", "text": plain("Hello")}]
HOME = {"type": "home", "blocks": SECTION}


# the figures


@pytest.mark.parametrize(
    ("figure", "real"),
    [
        ("ack_seconds", 3.0),
        ("trigger_seconds", 3.0),
        ("retry_delays", (0.0, 60.0, 300.0)),
        ("response_url_uses", 5),
        ("response_url_seconds", 1800.0),
        ("max_connections", 10),
    ],
)
def test_unless_a_test_says_otherwise_the_figures_are_slacks(figure, real):
    assert getattr(Rules(), figure) == real


# triggers and response URLs grow old


async def test_a_trigger_is_good_for_three_seconds_and_no_longer(start):
    stopwatch = Stopwatch()
    slack = await start(rules=Rules(ack_seconds=10.0, stopwatch=stopwatch))
    app, outcomes = bolt(slack), []

    @app.command("/form")
    async def open_form(ack, command, client):
        stopwatch.seconds += float(command["text"])
        open_it = client.views_open(trigger_id=command["trigger_id"], view=form())
        outcomes.append("opened" if command["text"] == "3" and await open_it else await refused(open_it))
        await ack("Done")

    async with connected(app, slack):
        for seconds in ("3", "3.1"):
            await slack.person("ada").command(f"/form {seconds}")
    assert outcomes == ["opened", "expired_trigger_id"]


async def test_a_response_url_is_good_for_half_an_hour_and_no_longer(start):
    stopwatch = Stopwatch()
    slack = await start(rules=Rules(ack_seconds=10.0, stopwatch=stopwatch))
    app, urls = bolt(slack), []

    @app.command("/echo")
    async def hear(ack, command):
        urls.append(AsyncWebhookClient(command["response_url"]))
        await ack("ok")

    async with connected(app, slack):
        await slack.person("ada").command("/echo")
    stopwatch.seconds += 1800
    assert (await urls[0].send(text="just in time")).status_code == 200
    stopwatch.seconds += 1
    late = await urls[0].send(text="too late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


# views


async def test_a_home_that_changed_meanwhile_is_not_overwritten(slack, client):
    ada = slack.person("ada").id
    first = await client.views_publish(user_id=ada, view=HOME)
    stale = first["view"]["hash"]
    second = await client.views_publish(user_id=ada, view=HOME, hash=stale)
    assert await refused(client.views_publish(user_id=ada, view=HOME, hash=stale)) == "hash_conflict"
    await client.views_publish(user_id=ada, view=HOME, hash=second["view"]["hash"])


async def test_a_view_of_more_than_250_kilobytes_is_too_large(slack, client):
    view = {"type": "home", "blocks": [{"type": "section", "text": plain("x" * 3000)}] * 84}
    assert await refused(client.views_publish(user_id=slack.person("ada").id, view=view)) == "view_too_large"


@pytest.mark.parametrize(("length", "error"), [(3000, None), (3001, "invalid_arguments")])
async def test_private_metadata_holds_3000_characters(slack, client, length, error):
    call = client.views_publish(user_id=slack.person("ada").id, view={**HOME, "private_metadata": "x" * length})
    assert (await refused(call) if error else (await call).get("error")) == error


async def test_a_modal_is_not_a_home_nor_the_other_way_round(slack, opened, client):
    ada = await opened()
    assert await refused(client.views_publish(user_id=ada.id, view=form())) == "invalid_arguments"
    assert await refused(client.views_update(view_id=ada.modal["id"], view=HOME)) == "invalid_arguments"


async def test_a_field_with_a_new_block_id_loses_what_was_typed(opened, client):
    ada = await opened()
    await ada.fill({"Title": "Grow", "Why": "Because"})
    changed = form(question("title", "Title"), {**question("reason", "Why"), "optional": True})
    await client.views_update(view_id=ada.modal["id"], view=changed)
    values = ada.modal["state"]["values"]
    assert (values["title"]["answer"]["value"], values["reason"]["answer"]["value"]) == ("Grow", None)


async def test_a_submission_answered_with_words_is_trouble(opened, slack):
    told = []
    slack.workspace.subscribe(lambda change: told.append(change.detail) if change.kind == "refused" else None)
    ada = await opened(answer={"text": "Thanks"})
    await ada.submit({"Title": "Grow"})
    assert ada.trouble == "We had some trouble connecting. Try again?"
    assert told[0]["error"] == "invalid_response_action"


async def test_a_submission_answered_with_errors_beside_nothing_is_trouble(opened, slack):
    told = []
    slack.workspace.subscribe(lambda change: told.append(change.detail) if change.kind == "refused" else None)
    ada = await opened(answer={"response_action": "errors", "errors": {"nowhere": "Lost."}})
    await ada.submit({"Title": "Grow"})
    assert told[0]["error"] == "invalid_errors"


async def test_more_than_a_hundred_suggestions_are_none(slack, opened, app):
    offered = [{"text": plain(str(number)), "value": str(number)} for number in range(101)]

    @app.options("answer")
    async def offer(ack, payload):
        await ack(options=offered[: int(payload["value"])])

    ada = await opened(form(question("parent", "Parent", type="external_select", min_query_length=1)))
    view, ask = slack.workspace.modal(ada.id), slack.interactions.suggestions
    ((_, taken),) = await ask(ada.id, InView(view.id), "parent", "answer", "100")
    assert len(taken) == 100
    assert await ask(ada.id, InView(view.id), "parent", "answer", "101") == []
