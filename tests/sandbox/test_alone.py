"""The sandbox on its own, as a process: for any app, in any language, driven through its JSON door."""

import asyncio
import json
import re
import signal
import socket
from contextlib import asynccontextmanager, nullcontext

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.client import Slack
from sandbox.records import Message
from tests.sandbox.alone import CAIRN, PATIENCE, SMALL, alone, process, written
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.forms import form


@asynccontextmanager
async def parrot(where):
    """A small Bolt app at work in it, written without a thought of the sandbox."""
    app = AsyncApp(client=AsyncWebClient(where["bot_token"], base_url=where["api_url"]), process_before_response=True)

    @app.command("/echo")
    async def echo(ack, command, respond):
        button = {"type": "button", "action_id": "again", "text": {"type": "plain_text", "text": "Again"}}
        await respond(
            text=command["text"], blocks=[section(command["text"]), {"type": "actions", "elements": [button]}]
        )
        await ack()

    @app.command("/form")
    async def open_form(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form())
        await ack()

    @app.action("again")
    async def again(ack, body, client):
        await client.chat_postMessage(channel=body["channel"]["id"], text="Again.")
        await ack()

    @app.view("form")
    async def submitted(ack):
        await ack(response_action="errors", errors={"title": "Not this."})

    @app.shortcut("wave")
    async def wave(ack, shortcut, client):
        await client.chat_postMessage(channel=shortcut["user"]["id"], text="Hello yourself.")
        await ack()

    @app.shortcut("repeat")
    async def repeat(ack, shortcut, client):
        await client.chat_postMessage(channel=shortcut["channel"]["id"], text=shortcut["message"]["text"])
        await ack()

    @app.event("app_home_opened")
    async def home(event, client):
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Squawk")]})

    @app.event("message")
    async def heard(event, say):
        await say(f"You said: {event['text']}")

    handler = AsyncSocketModeHandler(app, where["app_token"])
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()


def section(words):
    return {"type": "section", "text": {"type": "plain_text", "text": words}}


@pytest.fixture(scope="module")
async def where():
    async with alone() as told:
        yield told


@pytest.fixture
async def slack(where):
    """The client of a sandbox in another process, with a real app at work in it."""
    async with parrot(where), Slack.at(where["page"]) as slack:
        yield slack


# what it says


async def test_it_says_where_it_is_in_one_line_of_json_and_stops_when_told():
    async with process("--json", "--manifest", MANIFEST) as sandbox:
        told = json.loads(await asyncio.wait_for(sandbox.stdout.readline(), PATIENCE))
        sandbox.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(sandbox.communicate(), PATIENCE)

    assert {"api_url", "page", "bot_token", "app_token", "signing_secret", "channel", "user"} <= set(told)
    assert told["api_url"] == told["page"] + "api/"
    assert re.fullmatch(r"[0-9a-f]{32}", told["signing_secret"])
    assert (sandbox.returncode, out, err) == (0, b"", b"")


async def told_in_words(*options):
    """What it prints, from the page's address to where an install link leads."""
    async with process("--manifest", MANIFEST, *options) as sandbox, asyncio.timeout(PATIENCE):
        lines = []
        while not lines or "install link leads" not in lines[-1]:
            lines.append((await sandbox.stdout.readline()).decode())
    return "".join(lines)


async def test_it_names_the_page_and_the_token_of_every_workspace():
    async with alone("--second-workspace") as where:
        first, second = where["workspaces"]
        async with Slack.at(second["page"]) as slack:
            general = await slack.ask("GET", "channels/general")

    assert (first["page"], first["bot_token"]) == (where["page"], where["bot_token"])
    assert (second["name"], second["bot_token"]) == ("Tidewater", "")
    assert general["name"] == "general"


async def test_a_person_is_told_every_setting_and_what_to_do_where_there_is_no_token_yet():
    told, without = await asyncio.gather(told_in_words("--second-workspace"), told_in_words("--not-installed"))

    for setting in ("SLACK_BOT_TOKEN=xoxb-", "SLACK_CLIENT_ID=", "SLACK_CLIENT_SECRET=", "/oauth/v2/authorize"):
        assert setting in told
    assert "Another, Tidewater, is open at http://" in told
    assert "SLACK_BOT_TOKEN=" not in without
    assert "pressed Allow" in without


async def test_the_channel_and_the_user_that_it_names_can_be_tried_at_once(where):
    client = AsyncWebClient(where["bot_token"], base_url=where["api_url"])

    assert (await client.chat_postMessage(channel=where["channel"], text="Hello"))["ok"]
    assert (await client.chat_postMessage(channel=where["user"], text="Hello"))["ok"]
    assert (await client.chat_postEphemeral(channel=where["channel"], user=where["user"], text="Hello"))["ok"]


async def test_what_it_keeps_is_there_again_the_secrets_too(tmp_path):
    people, kept = written(tmp_path, SMALL), tmp_path / "workspace.db"
    async with alone("--file", kept, "--people", people) as before, Slack.at(before["page"]) as slack:
        await slack.say("Remember this", by="zoe", channel="general")
    async with alone("--file", kept) as after, Slack.at(after["page"]) as slack:
        said = await slack.read("general")
        client = AsyncWebClient(after["bot_token"], base_url=after["api_url"])
        team = await client.auth_test()

    assert [message.text for message in said] == ["Remember this"]
    same = ("bot_token", "app_token", "signing_secret", "channel", "user")
    assert [before[name] for name in same] == [after[name] for name in same]
    assert team["team"] == "Two and a Bot"


# when it cannot start


async def refused(*options):
    """The one sentence that it ends with."""
    (sentence,) = await reasons(*options)
    return sentence


async def reasons(*options):
    """The lines that it ends with."""
    async with process("--json", *options) as sandbox:
        out, said = await asyncio.wait_for(sandbox.communicate(), PATIENCE)
    assert (sandbox.returncode, out) == (1, b""), said
    return said.decode().splitlines()


async def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        taken, impossible = await asyncio.gather(
            refused("--manifest", MANIFEST, "--port", port), refused("--manifest", MANIFEST, "--port", 99_999)
        )

    assert taken == f"Port {port} is taken; --port 0 takes a free one."
    assert impossible.startswith("Port 99999 cannot be used")


async def test_a_manifest_that_is_not_there_or_cannot_be_read_is_named(tmp_path):
    missing, folder = await asyncio.gather(*(refused("--manifest", tmp_path / name) for name in ("none.yml", "")))

    assert missing == f"The manifest {tmp_path / 'none.yml'} cannot be read: No such file or directory."
    assert "Is a directory" in folder


async def test_everything_that_is_wrong_with_a_manifest_is_listed_with_its_path(tmp_path):
    (tmp_path / "words.yml").write_text("Just words")
    (tmp_path / "broken.yml").write_text("features: [")
    (tmp_path / "wrong.yml").write_text(
        "display_information: {description: Talks}\nsettings: {socket_mode: true}\nx: 1"
    )
    words, broken, wrong = await asyncio.gather(
        *(reasons("--manifest", tmp_path / f"{name}.yml") for name in ("words", "broken", "wrong"))
    )

    assert words == [f"Slack would not take the manifest {tmp_path / 'words.yml'}:", "  /: must provide an object"]
    assert broken[1].startswith("  /: is neither YAML nor JSON: ")
    assert sorted(wrong[1:]) == [
        "  /: invalid additional property: x",
        "  /display_information: missing required field: name",
        "  /settings: invalid additional property: socket_mode",
    ]


async def test_a_people_file_or_a_workspace_that_cannot_be_used_is_named(tmp_path):
    missing, bad, nowhere = await asyncio.gather(
        refused("--manifest", MANIFEST, "--people", tmp_path / "none.yml"),
        refused("--manifest", MANIFEST, "--people", written(tmp_path, "people: [{handle: ada}]")),
        refused("--manifest", MANIFEST, "--file", tmp_path / "no folder" / "workspace.db"),
    )

    assert missing == f"The people file {tmp_path / 'none.yml'} cannot be read: No such file or directory."
    assert bad.endswith("cannot be used: the person ada has no name.")
    assert nowhere.endswith("unable to open database file.")


@pytest.mark.parametrize("content", [b"half a li", b"[1]\n", b"\xff\xfe\n"])
async def test_a_ledger_that_is_none_is_named(tmp_path, content):
    (tmp_path / "ledger.jsonl").write_bytes(content)
    sentence = await refused("--manifest", MANIFEST, "--ledger", tmp_path / "ledger.jsonl")

    assert sentence.startswith(f"The ledger {tmp_path / 'ledger.jsonl'} cannot be gone on with: ")


# the client, here and there


async def test_somebody_far_away_types_presses_and_reads(slack, where):
    seen = await slack.command("/echo Good morning", by="ada")
    await slack.press("Again", by="ada", within=seen.messages[0])
    call = await again(slack)
    said = await slack.read("general")

    assert seen.text.splitlines()[0] == "Good morning"
    assert isinstance(seen.messages[0], Message)
    assert call.detail["arguments"]["text"] == "Again."
    assert call.detail["answer"]["ok"]
    assert said[-1].text == "Again."
    assert seen.messages[0].text in [message.text for message in await slack.read("general", by="ada")]
    assert seen.messages[0].ts not in [message.ts for message in said]  # only Ada can see it


async def again(slack):
    """The call of the app with which it says so; others of this module have called it before."""
    while (call := await slack.next("chat.postMessage")).detail["arguments"]["text"] != "Again.":
        pass
    return call


async def test_somebody_far_away_fills_in_a_form(slack):
    opened = await slack.command("/form", by="bo")
    await slack.submit({"Title": "Mine"}, by="bo")
    screen = await slack.look("bo")
    await slack.close(by="bo")

    assert opened.modal["callback_id"] == "form"
    assert screen.errors == {"Title": "Not this."}
    assert (await slack.look("bo")).modal is None


async def test_somebody_far_away_uses_shortcuts_and_the_app_s_own_pages(slack):
    said = await slack.say("Polly", by="emi", channel="kudos")
    await slack.shortcut("Repeat this", by="emi", message=said)
    await slack.shortcut("Wave", by="emi")
    home = await slack.open_home(by="emi")
    await slack.say("Are you there?", by="emi")
    screen = await slack.look("emi")

    assert [message.text for message in await slack.read("kudos")][-2:] == ["Polly", "Polly"]
    assert home["blocks"][0]["text"]["text"] == "Squawk"
    assert screen.home == home
    assert "Hello yourself." in [message.text for message in screen.dm]


@pytest.mark.parametrize("near", [True, False], ids=["in this process", "in another"])
async def test_what_cannot_be_done_is_refused_in_the_same_way_near_and_far(near, start, where):
    async with nullcontext(await start()) if near else Slack.at(where["page"]) as slack:
        with pytest.raises(AssertionError, match="Gita Raghunathan sees no 'Nothing'"):
            await slack.press("Nothing", by="gita")
        with pytest.raises(AssertionError, match="has no modal open"):
            await slack.submit(by="gita")
        with pytest.raises(KeyError, match="zed"):
            await slack.command("/echo", by="zed")
        with pytest.raises(ValueError, match="no global shortcut"):
            await slack.shortcut("Dance", by="gita")
        with pytest.raises(TimeoutError):
            await slack.next("pins.add", seconds=0.01)


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("people/ada/command", "{}", 422, "Please say 'text' too."),
        ("people/ada/command", "[1]", 422, "The door takes an object of JSON."),
        ("people/ada/command", "{", 422, "The door takes an object of JSON."),
        ("people/ada/dance", "{}", 404, "Nobody and nothing here is called 'dance'."),
    ],
)
async def test_the_door_says_what_it_cannot_make_sense_of(where, path, body, status, sentence):
    async with aiohttp.ClientSession() as session, session.post(where["page"] + path, data=body) as response:
        assert response.status == status
        assert await response.json() == {"refused": sentence}


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
async def test_the_door_answers_only_to_this_machine(where, headers):
    async with aiohttp.ClientSession(headers=headers) as session:
        looked = await session.get(where["page"] + "people/ada")
        typed = await session.post(where["page"] + "people/ada/command", json={"text": "/echo"})

    assert (looked.status, typed.status) == (403, 403)


# our own bot


async def test_cairn_is_at_work_in_a_sandbox_of_its_own(tmp_path):
    async with alone(manifest=CAIRN) as where, Slack.at(where["page"]) as slack:
        tokens = {"SLACK_BOT_TOKEN": where["bot_token"], "SLACK_APP_TOKEN": where["app_token"]}
        settings = {**tokens, "SLACK_API_URL": where["api_url"], "DATABASE_URL": "sqlite:///cairn.db"}
        async with process("run", module="bot", folder=tmp_path, **settings) as cairn, asyncio.timeout(PATIENCE):
            while b"at work" not in (line := await cairn.stderr.readline()):
                assert line, "It ended instead."
            await slack.command("/okr add objective", by="gita")
            await slack.submit({"title": "Nobody waits for us"}, by="gita")
            await slack.close(by="gita", whole_stack=True)
            listed = await slack.command("/okr", by="gita")

    assert "Nobody waits for us" in listed.text
