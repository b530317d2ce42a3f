"""Modals, as a person fills them in and as the app answers."""

import asyncio

import pytest

from sandbox.reading import text_of
from sandbox.rules import Rules
from tests.sandbox.conftest import bolt, connected
from tests.sandbox.forms import button, form, plain, question, row


async def test_a_form_comes_back_with_what_was_entered_and_closes(opened):
    ada = await opened()
    await ada.submit({"Title": "Delight customers"})
    view = opened.submitted[0]["view"]
    assert view["state"]["values"] == {
        "title": {"answer": {"type": "plain_text_input", "value": "Delight customers"}},
        "why": {"answer": {"type": "plain_text_input", "value": None}},
    }
    assert (view["callback_id"], view["root_view_id"]) == ("form", view["id"])
    assert ada.modal is None


async def test_every_kind_of_field_sends_its_own_shape(slack, opened):
    options = [{"text": plain(word), "value": word.lower()} for word in ("Company", "Team")]
    fields = {
        "Number": {"type": "number_input", "is_decimal_allowed": True},
        "Level": {"type": "static_select", "options": options},
        "Levels": {"type": "multi_static_select", "options": options},
        "Radio": {"type": "radio_buttons", "options": options},
        "Boxes": {"type": "checkboxes", "options": options, "initial_options": options[:1]},
        "Owner": {"type": "users_select"},
        "Helpers": {"type": "multi_users_select"},
        "Where": {"type": "conversations_select", "response_url_enabled": True},
        "Date": {"type": "datepicker"},
        "Time": {"type": "timepicker", "timezone": "Asia/Kolkata"},
        "At": {"type": "datetimepicker"},
        "Rich": {"type": "rich_text_input"},
    }
    ada = await opened(form(*(question(label.lower(), label, **element) for label, element in fields.items())))
    entered = {"Number": "4.5", "Level": "Company", "Levels": ["Team"], "Radio": "team", "Owner": "@bo"}
    entered |= {"Helpers": ["@emi", "@gita"], "Where": "#kudos", "Date": "2026-11-23", "Time": "09:00"}
    await ada.submit(entered | {"At": "1767225600", "Rich": "Hello"})
    values = {key: value["answer"] for key, value in opened.submitted[0]["view"]["state"]["values"].items()}
    people = [slack.person(name).id for name in ("bo", "emi", "gita")]
    kudos = slack.channel("kudos").id
    assert values == {
        "number": {"type": "number_input", "value": "4.5"},
        "level": {"type": "static_select", "selected_option": options[0]},
        "levels": {"type": "multi_static_select", "selected_options": options[1:]},
        "radio": {"type": "radio_buttons", "selected_option": options[1]},
        "boxes": {"type": "checkboxes", "selected_options": options[:1]},
        "owner": {"type": "users_select", "selected_user": people[0]},
        "helpers": {"type": "multi_users_select", "selected_users": people[1:]},
        "where": {"type": "conversations_select", "selected_conversation": kudos},
        "date": {"type": "datepicker", "selected_date": "2026-11-23"},
        "time": {"type": "timepicker", "selected_time": "09:00", "timezone": "Asia/Kolkata"},
        "at": {"type": "datetimepicker", "selected_date_time": 1767225600},
        "rich": {
            "type": "rich_text_input",
            "rich_text_value": {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello"}]}],
            },
        },
    }
    assert opened.submitted[0]["response_urls"][0]["channel_id"] == kudos


@pytest.mark.parametrize(
    ("element", "entered", "complaint"),
    [
        ({}, "", "Please complete this field."),
        ({"min_length": 3}, "ab", "Please use at least 3 characters."),
        ({"max_length": 3}, "abcd", "Please use at most 3 characters."),
        ({"type": "number_input", "is_decimal_allowed": False}, "4.5", "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "lots", "Please enter a number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "0", "max_value": "10"},
            "11",
            "Please enter a number from 0 to 10.",
        ),
        ({"type": "datepicker"}, "soon", "Please choose a date."),
    ],
)
async def test_the_client_holds_back_a_form_that_cannot_be_right(opened, element, entered, complaint):
    ada = await opened(form(question("title", "Title", **element)))
    await ada.submit({"Title": entered})
    assert ada.errors == {"Title": complaint}
    assert opened.submitted == []


async def test_errors_stand_beside_their_field_and_keep_what_was_typed(opened):
    ada = await opened(answer={"response_action": "errors", "errors": {"title": "Too plain."}})
    await ada.submit({"Title": "Grow"})
    assert ada.errors == {"Title": "Too plain."}
    assert "Title: Grow" in text_of(ada.modal)


async def test_an_error_beside_a_field_that_is_not_there_is_trouble(opened):
    ada = await opened(answer={"response_action": "errors", "errors": {"nowhere": "Lost."}})
    await ada.submit({"Title": "Grow"})
    assert (ada.errors, ada.trouble) == ({}, "We had some trouble connecting. Try again?")


async def test_an_answer_can_redraw_the_form(opened):
    redrawn = form(question("title", "Title"), question("more", "More", initial_value="Start"))
    ada = await opened(answer={"response_action": "update", "view": redrawn})
    before = ada.modal
    await ada.submit({"Title": "Grow"})
    assert text_of(ada.modal) == "A form\nTitle: Grow\nMore: Start\nSave"
    assert (ada.modal["id"], ada.modal["hash"] != before["hash"]) == (before["id"], True)


async def test_an_answer_can_put_another_form_on_top_and_going_back_shows_the_first(opened):
    ada = await opened(answer={"response_action": "push", "view": form(title=plain("Second"), callback_id="other")})
    first = ada.modal["id"]
    await ada.submit({"Title": "Grow"})
    assert (ada.modal["title"]["text"], ada.modal["previous_view_id"]) == ("Second", first)
    await ada.close()
    assert ada.modal["id"] == first


async def test_an_answer_can_clear_the_whole_stack(opened, app):
    ada = await opened(answer={"response_action": "push", "view": form(callback_id="second")})

    @app.view("second")
    async def second(ack):
        await ack(response_action="clear")

    await ada.submit({"Title": "Grow"})
    await ada.submit({"Title": "Grow"})
    assert ada.modal is None


async def test_an_answer_that_slack_does_not_accept_is_trouble(opened):
    ada = await opened(answer={"response_action": "update", "view": form({"type": "marquee"})})
    await ada.submit({"Title": "Grow"})
    assert ada.trouble == "We had some trouble connecting. Try again?"


async def test_an_app_that_does_not_answer_is_trouble(start):
    slack = await start(rules=Rules(ack_seconds=1.0))
    app, woken = bolt(slack), asyncio.Event()

    @app.command("/form")
    async def open_form(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form())
        await ack()

    @app.view("form")
    async def dawdle(ack):
        await woken.wait()
        await ack()

    async with connected(app, slack):
        ada = slack.person("ada")
        await ada.command("/form")
        await ada.submit({"Title": "Grow"})
        assert ada.trouble == "We had some trouble connecting. Try again?"
        assert "Title: Grow" in text_of(ada.modal)
        woken.set()


@pytest.mark.parametrize(
    ("asked", "whole_stack", "told"), [(False, False, []), (True, False, [False]), (True, True, [True])]
)
async def test_closing_is_told_only_to_an_app_that_asked(opened, app, asked, whole_stack, told):
    heard = []

    @app.view_closed("form")
    async def closed(ack, body):
        heard.append(body["is_cleared"])
        await ack()

    ada = await opened(form(notify_on_close=asked))
    await ada.close(whole_stack)
    assert (heard, ada.modal) == (told, None)


async def test_a_button_in_a_form_sends_what_is_entered_so_far(opened, app):
    heard = []

    @app.action("preview")
    async def preview(ack, body, client):
        heard.append(body)
        changed = form(question("title", "Title"), {"type": "section", "block_id": "s", "text": plain("Looks good")})
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=changed)
        await ack()

    ada = await opened(form(question("title", "Title"), row(button("Preview", "preview"))))
    await ada.fill({"Title": "Grow"})
    await ada.press("Preview")
    assert heard[0]["container"] == {"type": "view", "view_id": ada.modal["id"]}
    assert heard[0]["view"]["state"]["values"]["title"]["answer"]["value"] == "Grow"
    assert heard[0]["actions"][0]["value"] == "1"
    assert text_of(ada.modal) == "A form\nTitle: Grow\nLooks good\nSave"


async def test_options_can_come_from_the_app(opened, app):
    @app.options("answer")
    async def offer(ack, payload):
        await ack(options=[{"text": plain(f"{payload['value']}!"), "value": "found"}])

    ada = await opened(form(question("parent", "Parent", type="external_select", min_query_length=1)))
    await ada.submit({"Parent": "Grow"})
    chosen = opened.submitted[0]["view"]["state"]["values"]["parent"]["answer"]["selected_option"]
    assert chosen["value"] == "found"


async def test_slack_may_send_the_same_submission_twice(slack, opened):
    ada = await opened()
    await ada.submit({"Title": "Grow"})
    await slack.delivery.ask_again()
    first, second = opened.submitted
    assert first == second
