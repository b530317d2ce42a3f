"""What people see, as plain text; and how a test finds what it presses."""

import asyncio

import pytest

from sandbox.reading import readable, text_of
from tests.sandbox.forms import button, form, plain, question, row

NAMES = {"U1": "Ada", "C1": "kudos", "S1": "product"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U1> &amp; <@U2>", "@Ada & @U2"),
        ("<#C1|old> <#C2|>", "#kudos #C2"),
        ("<!subteam^S1> <!here>", "@product @here"),
        ("<https://a.example|a link> <https://b.example>", "a link https://b.example"),
        ("<!date^1767225600^{date}|1 January>", "1 January"),
    ],
)
def test_markup_reads_as_words(written, read):
    assert readable(written, NAMES) == read


def test_blocks_read_from_top_to_bottom():
    leaves = [{"type": "text", "text": "Well done "}, {"type": "user", "user_id": "U1"}]
    blocks = [
        {"type": "header", "text": plain("News")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Hi*"}, "accessory": button("More", "more")},
        {"type": "section", "fields": [plain("one"), plain("two")]},
        {"type": "divider"},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": leaves}]},
        {"type": "context", "elements": [plain("small print")]},
        row(button("Yes", "yes"), button("No", "no")),
    ]
    lines = ["News", "*Hi*", "[More]", "one", "two", "Well done @Ada", "small print", "[Yes]", "[No]"]
    assert text_of(blocks, NAMES).split("\n") == lines


ODD = "a < b > c <x> <@U1> &amp; d"


def test_only_mrkdwn_has_markup_and_all_else_is_read_to_the_letter():
    leaf = {"type": "rich_text_section", "elements": [{"type": "text", "text": ODD}]}
    link = {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://a.example", "text": ODD}]}
    blocks = [
        {"type": "header", "text": plain(ODD)},
        {"type": "rich_text", "elements": [leaf, link]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": ODD}]]},
        {"type": "image", "alt_text": ODD, "image_url": "https://a.example/a.png"},
        {"type": "context", "elements": [plain(ODD)]},
        row(button(ODD, "odd")),
        {"type": "section", "text": {"type": "mrkdwn", "text": "a &lt; b <@U1>"}},
    ]
    assert text_of(blocks, NAMES).split("\n") == [*[ODD] * 6, f"[{ODD}]", "a < b @Ada"]


def test_what_somebody_entered_is_read_to_the_letter():
    values = {"title": {"answer": {"type": "plain_text_input", "value": ODD}}}
    view = form(question("title", ODD)) | {"state": {"values": values}}
    assert f"{ODD}: {ODD}" in text_of(view, NAMES)


def test_a_list_reads_line_by_line():
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": word}]} for word in ("one", "two")]
    assert text_of([{"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": items}]}]) == "one\ntwo"


def test_a_form_reads_with_what_is_in_it():
    values = {
        "title": {"answer": {"type": "plain_text_input", "value": "Grow"}},
        "owners": {"answer": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}},
    }
    owners = question("owners", "Owners", type="multi_users_select")
    view = form(question("title", "Title"), question("why", "Why"), owners) | {"state": {"values": values}}
    assert text_of(view, NAMES) == "A form\nTitle: Grow\nWhy\nOwners: @Ada, @U2\nSave"


async def test_what_is_pressed_is_the_newest_thing_in_sight(slack, app, client):
    pressed = []

    @app.action("yes")
    async def yes(ack, body):
        pressed.append(body["message"]["ts"])
        await ack()

    ada = slack.person("ada")
    ask = {"channel": ada.id, "text": "Well?", "blocks": [row(button("Yes", "yes"))]}
    posts = [await client.chat_postMessage(**ask), await client.chat_postMessage(**ask)]
    await ada.press("Yes")
    await ada.press("yes", within=ada.dm[0])
    assert pressed == [posts[1]["ts"], posts[0]["ts"]]
    with pytest.raises(AssertionError, match="sees no 'Maybe'"):
        await ada.press("Maybe")


async def test_a_choice_in_a_message_is_sent_with_its_state(slack, app, client):
    heard = []

    @app.action("size")
    async def size(ack, body):
        heard.append((body["actions"][0]["selected_option"]["value"], body["state"]["values"]["row"]["size"]))
        await ack()

    options = [{"text": plain(word), "value": word[0]} for word in ("Small", "Large")]
    select = {"type": "static_select", "action_id": "size", "placeholder": plain("Size"), "options": options}
    ada = slack.person("ada")
    await client.chat_postMessage(channel=ada.id, text="Which?", blocks=[row(select)])
    await ada.choose("Size", "Large")
    assert heard == [("L", {"type": "static_select", "selected_option": options[1]})]
    with pytest.raises(ValueError, match="no option"):
        await ada.choose("Size", "Medium")


async def test_an_overflow_menu_sends_what_was_picked(slack, app, client):
    heard = []

    @app.action("more")
    async def more(ack, body):
        heard.append(body["actions"][0]["selected_option"]["value"])
        await ack()

    menu = {"type": "overflow", "action_id": "more", "options": [{"text": plain("Edit"), "value": "e"}]}
    ada = slack.person("ada")
    section = {"type": "section", "block_id": "row", "text": plain("Grow"), "accessory": menu}
    await client.chat_postMessage(channel=ada.id, text="Grow", blocks=[section])
    await ada.choose("more", "Edit")
    assert heard == ["e"]


async def test_the_feed_tells_the_story(slack, app, client):
    @app.action("yes")
    @app.command("/echo")
    @app.event("app_home_opened")
    async def answer(ack):
        await ack()

    story = []
    slack.workspace.subscribe(
        lambda change: story.append(list(change.detail.values())) if change.kind in ("typed", "acted") else None
    )
    ada = slack.person("ada")
    await client.chat_postMessage(channel=ada.id, text="Well?", blocks=[row(button("Yes", "yes"))])
    await ada.press("Yes")
    await slack.interactions.command(ada.id, slack.channel("general").id, "/echo hello")
    await ada.open_home()
    assert story == [["pressed", "Yes"], ["/echo hello"], ["opened", "Home"]]


async def test_a_test_can_wait_for_a_call(slack, client):
    post = client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
    call, _ = await asyncio.gather(slack.next("chat.postMessage"), post)
    assert call.detail["arguments"]["text"] == "Hello"
    assert call.detail["answer"]["ok"]


async def test_waiting_in_vain_says_what_was_seen_last(slack):
    with pytest.raises(TimeoutError, match="last seen: 0"):
        await slack.until(lambda: 0, seconds=0.05)
