"""The log of a real process at LOG_LEVEL=DEBUG: whatever people say and do, none of their words is in it."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sqlite3
import time

import aiohttp
import pytest

from sandbox.interactions import payloads
from sandbox.rules import Rules
from tests.conftest import workspace
from tests.journeys.test_starting import PATIENCE, process

WORDS = [f"zanzibar{n}" for n in range(40)]
"""What people say: each word once, so that one that got out also says where."""


class Reading:
    """Everything that the process writes, read as it comes."""

    def __init__(self, cairn):
        self.text = ""
        self._tasks = [asyncio.create_task(self._read(pipe)) for pipe in (cairn.stdout, cairn.stderr)]

    async def _read(self, pipe):
        while line := await pipe.readline():
            self.text += line.decode()

    async def until(self, words):
        async with asyncio.timeout(PATIENCE):
            while words not in self.text:  # noqa: ASYNC110 - it comes from another process
                await asyncio.sleep(0.02)

    async def end(self):
        await asyncio.gather(*self._tasks)
        return self.text


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def rename(folder, table, to):
    with sqlite3.connect(folder / "cairn.db", timeout=10) as elsewhere:
        elsewhere.execute(f"ALTER TABLE {table} RENAME TO {to}")


@contextlib.asynccontextmanager
async def without(folder, table):
    """Something is wrong with the database."""
    await asyncio.to_thread(rename, folder, table, "lost")
    yield
    await asyncio.to_thread(rename, folder, "lost", table)


@pytest.fixture
async def slack():
    """A workspace that does not wait for long where an answer fails to come."""
    async with workspace(rules=Rules(ack_seconds=1.0, retry_delays=(0.0,))) as opened:
        yield opened


@pytest.mark.parametrize(("way", "as_json"), [("over sockets", "false"), ("over HTTP", "true")])
async def test_nobody_s_words_no_token_and_no_secret_are_in_the_log(way, as_json, tmp_path, slack):
    port = free_port()
    given = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url, "PORT": str(port)}
    given |= {"LOG_LEVEL": "DEBUG", "LOG_JSON": as_json, "PYTHONASYNCIODEBUG": "1", "SEND_TIMEOUT": "1"}
    over_http = way == "over HTTP"
    given |= {"SLACK_SIGNING_SECRET": slack.signing_secret} if over_http else {"SLACK_APP_TOKEN": slack.app_token}
    async with process(tmp_path, **given) as cairn:
        reading = Reading(cairn)
        await reading.until("at work")
        url = f"http://127.0.0.1:{port}/slack/events"
        if way == "over HTTP":
            await slack.set_request_url(url)
        await say_everything(slack, tmp_path, iter(WORDS))
        await knock(url, iter(WORDS[30:]))
        cairn.send_signal(signal.SIGTERM)
        await asyncio.wait_for(cairn.wait(), PATIENCE)
        log = await reading.end()

    assert "a failure of our own" in log  # things did go wrong, and it is told
    assert "no such table: objectives" in log
    assert way == "over sockets" or "turned a request away" in log
    found = [word for word in WORDS if word in log.lower()]
    assert not found, [line for line in log.splitlines() if "zanzibar" in line.lower()][:3]
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in log
    assert "xoxb-" not in log
    assert "xapp-" not in log


async def say_everything(slack, folder, words):
    """Through every entrance, while all is well and while something is not."""
    ada, gita, bo = (slack.person(name) for name in ("ada", "gita", "bo"))
    await objective(gita, next(words))
    async with without(folder, "objectives"):
        await gita.command(f"/okr add objective {next(words)}")
        await gita.command(f"/okr list team {next(words)}")
        await gita.open_home()
        await gita.say(next(words))
    await gita.command("/okr add objective")
    await gita.fill({"title": next(words)})
    async with without(folder, "objectives"):
        await gita.submit()
        await gita.close(whole_stack=True)
    async with without(folder, "outbox"):
        await bo.command(f"/kudos @gita for {next(words)}")
        await asyncio.sleep(1.2)  # the courier looks into it once a second
    async with without(folder, "inbox"):
        await bo.command(f"/kudos @gita for {next(words)}")
        await gita.say(next(words))
    with slack.faults.fail("*", body={"ok": False, "error": "invalid_blocks", "errors": [next(words)]}):
        await ada.command("/okr add objective")
        await bo.command(f"/kudos @gita for {next(words)}")
        await ada.open_home()
    with slack.faults.fail("*", body=next(words), status=500):
        await ada.command("/okr add objective")
        await bo.command(f"/kudos @gita for {next(words)}")
    with slack.faults.drop("*"):
        await bo.command(f"/kudos @gita for {next(words)}")
        await ada.command("/okr add objective")
        await gita.say(next(words))
    await gita.command(f"/okr update KR-{next(words)} 3")
    await odd(slack, gita, words)
    await slack.sockets.cut()
    await slack.sockets.refresh()


async def objective(who, title):
    await who.command("/okr add objective")
    await who.submit({"title": title})
    await who.close(whole_stack=True)


async def odd(slack, who, words):
    """Deliveries that no client of Slack's would send."""
    line = slack.delivery.line
    begun = payloads.interaction(slack.workspace, "view_submission", who.id)
    view = {
        "id": "V1",
        "hash": next(words),
        "type": "modal",
        "callback_id": "objective",
        "state": {"values": next(words)},
    }
    sent = [
        begun | {"view": view | {"private_metadata": next(words)}},
        begun | {"type": "block_actions", "actions": [{"action_id": next(words), "block_id": "b", "type": "button"}]},
        begun | {"type": "block_suggestion", "value": next(words)},
        begun | {"type": "shortcut", "callback_id": next(words)},
        begun | {"type": "workflow_step_edit", "callback_id": next(words)},
    ]
    for each in sent:
        with contextlib.suppress(Exception):
            await line.ask("interactive", each | {"trigger_id": "1.2.3"}, True)
    event = {"type": "message", "channel_type": "im", "user": {"id": next(words)}, "text": next(words), "ts": "1.2"}
    with contextlib.suppress(Exception):
        await line.tell({"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event}, 0, "")


async def knock(url, words):
    """Somebody at the door who is not Slack."""
    async with aiohttp.ClientSession() as session:
        for stamp, signature in ((str(int(time.time())), "v0=" + "0" * 64), ("soon", next(words)), ("1", "v0=é")):
            headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
            for body in (json.dumps({"text": next(words)}).encode(), f"text={next(words)}".encode() + b"\xff"):
                async with session.post(url, data=body, headers=headers) as answer:
                    assert answer.status in {400, 401, 404}


async def test_what_others_log_and_what_nobody_catches_is_told_without_its_words(tmp_path):
    """Libraries at their most talkative, exceptions from threads and tasks, an end that nobody expected."""
    code = """
import asyncio, logging, threading, warnings, sys
from slack_sdk.errors import SlackApiError
from bot import logs
logs.set_up("DEBUG", json=False, secrets=["hunter2hunter2"])
logs.catch_all()
others = ("slack_bolt.App", "slack_sdk.web", "aiohttp.access", "aiohttp.server", "aiosqlite", "sqlalchemy.engine", "x")
for name in others:
    logging.getLogger(name).setLevel("DEBUG")
    for level in ("debug", "info", "warning", "error"):
        getattr(logging.getLogger(name), level)("zanzibar1 %s", "zanzibar2")
log = logging.getLogger("cairn.test")
log.info("ours, with hunter2hunter2 and xoxb-1-2-3")
try:
    try:
        raise KeyError("zanzibar3")
    except KeyError as error:
        raise SlackApiError("zanzibar4", {"ok": False, "error": "zanzibar 5"}) from error
except SlackApiError:
    log.exception("it failed")
async def task():
    raise ExceptionGroup("zanzibar6", [ValueError("zanzibar7"), OSError(2, "No such file", "zanzibar8")])
async def main():
    asyncio.get_running_loop().set_debug(True)
    made = asyncio.create_task(task(), name="zanzibar9")
    await asyncio.sleep(0.01)
    del made
    asyncio.get_running_loop().call_exception_handler({"message": "zanzibar10", "what": "zanzibar11"})
asyncio.run(main())
def thread():
    raise ValueError("zanzibar12")
t = threading.Thread(target=thread); t.start(); t.join()
class Ending:
    def __del__(self):
        raise ValueError("zanzibar13")
Ending()
warnings.warn("zanzibar14")
raise RuntimeError("zanzibar15")
"""
    async with process(tmp_path, "-c", code) as ended:
        out, said = await asyncio.wait_for(ended.communicate(), PATIENCE)

    log = said.decode()
    assert out == b""
    assert "zanzibar" not in log
    assert "hunter2" not in log
    assert "ours, with [secret] and [token]" in log
    for kind in (
        "KeyError",
        "SlackApiError",
        "ExceptionGroup",
        "ValueError",
        "FileNotFoundError: No such file",
        "RuntimeError",
    ):
        assert kind in log
    assert ended.returncode == 1
    assert os.linesep in log
