"""Slash commands, as a person types them and as the app receives them."""

import asyncio

import pytest

from sandbox.rules import Rules
from tests.sandbox.conftest import bolt, connected


@pytest.fixture
async def echo(app):
    """The app repeats what it was sent."""

    @app.command("/echo")
    async def again(ack, command):
        await ack(command["text"])

    @app.command("/raw")
    async def raw(ack, command):
        await ack(command["text"])


@pytest.mark.usefixtures("echo")
async def test_a_command_is_answered_to_its_writer_alone(slack):
    ada, bo = slack.person("ada"), slack.person("bo")
    seen = await ada.command("/echo KR-1 45")
    assert seen.text == "KR-1 45"
    assert seen.messages[0] in ada.sees("general")
    assert bo.sees("general") == []
    assert slack.channel("general").messages == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@bo well done", "<@{bo}> well done"),
        ("@Bo Lindqvist, well done", "<@{bo}>, well done"),
        ("thanks @bo.", "thanks <@{bo}>."),
        ("<@{bo}> and <@{bo}|bo>", "<@{bo}> and <@{bo}>"),
        ("mail bo@bo", "mail bo@bo"),
        ("@nobody at all", "@nobody at all"),
        ("see #kudos", "see <#{kudos}|kudos>"),
        ("see #leadership", "see <#{leadership}|>"),
        ("@product shipped", "<!subteam^{product}> shipped"),
        ("@here now", "<!here> now"),
        ("read https://example.com/a?b=1&c=2 now", "read <https://example.com/a?b=1&amp;c=2> now"),
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U000000000>", "&lt;@U000000000&gt;"),
        ("<https://evil.example|https://bank.example>", "&lt;<https://evil.example>|<https://bank.example>&gt;"),
    ],
)
@pytest.mark.usefixtures("echo")
async def test_what_is_typed_arrives_as_slack_would_send_it(slack, typed, sent):
    names = {"bo": slack.person("bo").id, "product": slack.workspace.company.groups[0].id}
    names |= {name: slack.channel(name).id for name in ("kudos", "leadership")}
    call = await slack.person("ada").command("/echo " + typed.format(**names))
    assert call.messages[0].text == sent.format(**names)


@pytest.mark.usefixtures("echo")
async def test_somebody_outside_a_private_channel_cannot_name_it(slack):
    seen = await slack.person("emi").command("/echo #leadership")
    assert seen.messages[0].text == "#leadership"


@pytest.mark.usefixtures("echo")
async def test_a_command_that_does_not_escape_gets_bare_names(slack):
    seen = await slack.person("ada").command(f"/raw <@{slack.person('bo').id}> & co")
    assert seen.messages[0].text == "@bo & co"


async def test_a_command_that_the_manifest_does_not_declare_is_no_command(slack, app):
    @app.command("/foo")
    async def foo(ack):
        await ack("never")

    seen = await slack.person("ada").command("/foo")
    assert seen.text == "/foo is not a valid command."


async def test_a_command_says_where_it_was_typed(slack, app):
    heard = []

    @app.command("/echo")
    async def hear(ack, command):
        heard.append(command["channel_name"])
        await ack("ok")

    ada = slack.person("ada")
    await ada.command("/echo", channel="kudos")
    await ada.command("/echo", channel="leadership")
    await ada.command("/echo", channel=slack.workspace.open_dm(ada.id).id)
    assert heard == ["kudos", "privategroup", "directmessage"]


async def test_a_public_answer_is_seen_by_everybody(slack, app):
    @app.command("/echo")
    async def loud(ack):
        await ack(text="Hear, hear", response_type="in_channel")

    await slack.person("ada").command("/echo")
    assert slack.channel("general").messages[-1].text == "Hear, hear"


async def test_an_answer_that_slack_does_not_accept_is_not_seen_but_that_it_failed(slack, app, caplog):
    @app.command("/echo")
    async def broken(ack):
        await ack(text="x", blocks=[{"type": "marquee"}])

    refused = []
    slack.workspace.subscribe(lambda change: refused.append(change.detail) if change.kind == "refused" else None)
    ada = slack.person("ada")
    await slack.interactions.command(ada.id, slack.channel("general").id, "/echo")
    assert [message.text for message in ada.sees("general")] == ['/echo failed with the error "dispatch_failed"']
    assert refused[0]["error"] == "invalid_blocks"
    assert "/blocks/0/type" in refused[0]["response_metadata"]["messages"][0]


async def test_an_app_that_is_too_slow_shows_slacks_own_words(start):
    slack = await start(rules=Rules(ack_seconds=0.2))
    app, woken = bolt(slack), asyncio.Event()

    @app.command("/echo")
    async def dawdle(ack):
        await woken.wait()
        await ack("too late")

    async with connected(app, slack):
        seen = await slack.person("ada").command("/echo")
        woken.set()
    assert seen.text == '/echo failed with the error "operation_timeout"'


async def test_an_app_that_is_not_there_shows_slacks_own_words(start):
    slack = await start(rules=Rules(ack_seconds=0.05))
    seen = await slack.person("ada").command("/echo")
    assert seen.text == '/echo failed with the error "dispatch_failed"'
