"""The ledger: what was accepted, whatever the app was told of it."""

import asyncio
import json
import sys

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.sandbox.conftest import MANIFEST, client_of
from tests.sandbox.test_faults import GONE

MARK = {"event_type": "mark", "event_payload": {"id": "7"}}


@pytest.fixture
def kudos(slack) -> str:
    return slack.channel("kudos").id


async def test_every_accepted_post_is_entered_with_its_mark(slack, client, kudos):
    answer = await client.chat_postMessage(channel=kudos, text="Grüße", metadata=MARK)
    (entry,) = slack.ledger.entries
    assert entry.pop("at")
    assert entry == {
        "number": 1,
        "method": "chat.postMessage",
        "channel": kudos,
        "ts": answer["ts"],
        "characters": 5,
        "metadata": MARK,
        "fate": "answered",
    }


async def test_what_was_refused_is_not_entered(slack, client, kudos):
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel="C1", text="Hello")
    slack.faults.fail("chat.postMessage", times=1)
    with pytest.raises(SlackApiError, match="internal_error"):
        await client.chat_postMessage(channel=kudos, text="Hello")
    slack.faults.drop("chat.postMessage", times=1, after_work=False)
    with pytest.raises(GONE):
        await client.chat_postMessage(channel=kudos, text="Hello")
    assert slack.ledger.entries == slack.channel("kudos").messages == []


async def test_it_tells_whose_answers_were_lost_and_whose_came_late(slack, client, kudos):
    await client.chat_postMessage(channel=kudos, text="one")
    with slack.faults.drop("chat.postMessage"), pytest.raises(GONE):
        await client.chat_postMessage(channel=kudos, text="two")
    with slack.faults.slow("chat.postMessage", seconds=0.01):
        await client.chat_postMessage(channel=kudos, text="three")
    assert [entry["fate"] for entry in slack.ledger.entries] == ["answered", "dropped", "late"]


async def test_ephemeral_posts_and_those_to_a_response_url_are_entered(slack, app, client, kudos):
    urls = []

    @app.command("/echo")
    async def echo(ack, command):
        urls.append(command["response_url"])
        await ack("Hello")

    ada = slack.person("ada")
    await ada.command("/echo", "kudos")
    await client.chat_postEphemeral(channel=kudos, user=ada.id, text="Hush")
    respond = AsyncWebhookClient(urls[0])
    await respond.send(text="There")
    await respond.send(text="Gone", delete_original=True)
    posts = [(entry["method"], entry["channel"], entry["characters"]) for entry in slack.ledger.entries]
    assert posts == [("chat.postEphemeral", kudos, 4), ("response_url", None, 5)]


async def test_it_is_read_over_http_while_the_workspace_runs(slack, client, kudos):
    for text in ("one", "two"):
        await client.chat_postMessage(channel=kudos, text=text)
    async with aiohttp.ClientSession() as session, session.get(f"{slack.page_url}ledger.jsonl") as answer:
        assert answer.content_type == "application/x-ndjson"
        assert [json.loads(line) for line in (await answer.text()).splitlines()] == slack.ledger.entries


async def test_the_file_holds_each_post_before_its_answer_arrives(start, tmp_path):
    file = tmp_path / "ledger.jsonl"
    slack = await start(ledger=file)
    slack.faults.drop("chat.postMessage")
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {slack.bot_token}"}) as session:
        with pytest.raises(GONE):
            await session.post(f"{slack.api_url}chat.postMessage", json={"channel": "#kudos", "text": "Hello"})
    (entry,) = map(json.loads, file.read_text().splitlines())
    assert entry["ts"] == slack.channel("kudos").messages[0].ts


async def test_the_next_run_goes_on_with_the_same_file(start, tmp_path):
    for _ in range(2):
        slack = await start(ledger=tmp_path / "ledger.jsonl")
        await client_of(slack).chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
        await slack.stop()
    assert [entry["number"] for entry in slack.ledger.entries] == [1, 2]


async def test_what_was_accepted_stays_written_when_the_sandbox_is_killed(tmp_path):
    file = tmp_path / "ledger.jsonl"
    command = [sys.executable, "-m", "sandbox", "--manifest", MANIFEST, "--ledger", file, "--json"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told = json.loads(await process.stdout.readline())
    client = AsyncWebClient(told["bot_token"], told["api_url"], retry_handlers=[])
    stamps = [(await client.chat_postMessage(channel=told["channel"], text="Hello"))["ts"] for _ in range(3)]
    process.kill()
    await process.wait()
    assert [json.loads(line)["ts"] for line in file.read_text().splitlines()] == stamps
