"""`python -m bot run` as a real process: it starts against whatever speaks as Slack does, or says why not."""

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from aiohttp import web

from bot.settings import MANIFEST, from_environment
from bot.starting import CannotStart
from tests.conftest import workspace
from tests.journeys.between import between, served

PATIENCE = 30
"""Seconds before a test gives up: far more than any of this takes."""


@asynccontextmanager
async def process(folder: Path, *arguments: str, **environment: str):
    """Cairn as an operator starts it, in an empty folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DATABASE_"))}
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, *(arguments or ("-m", "bot", "run"))),
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(MANIFEST.parent), "DATABASE_URL": "sqlite:///cairn.db"} | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


def tokens(slack, **others):
    known = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
    return known | others


async def refused(folder, **environment):
    """The one sentence that it ends with."""
    async with process(Path(mkdtemp(dir=folder)), **environment) as cairn:
        out, said = await asyncio.wait_for(cairn.communicate(), PATIENCE)
    sentence = said.decode().strip()
    assert cairn.returncode == 1, sentence
    assert out == b""
    assert len(sentence.splitlines()) == 1, sentence
    return sentence


async def ready(cairn):
    """Until it says that it is at work."""
    async with asyncio.timeout(PATIENCE):
        while b"at work" not in (line := await cairn.stderr.readline()):
            assert line, "It ended instead."


# it does not start


async def test_without_tokens_it_says_which_are_missing(tmp_path, slack):
    both, one, other = await asyncio.gather(
        refused(tmp_path),
        refused(tmp_path, **tokens(slack, SLACK_APP_TOKEN="")),
        refused(tmp_path, SLACK_SIGNING_SECRET="s3cret"),
    )

    assert both.startswith("SLACK_APP_TOKEN and SLACK_BOT_TOKEN must be set")
    assert one.startswith("SLACK_APP_TOKEN must be set")
    assert "SLACK_SIGNING_SECRET takes the place of SLACK_APP_TOKEN" in one
    assert other.startswith("SLACK_BOT_TOKEN must be set")


async def test_two_ways_to_be_heard_are_one_too_many(tmp_path, slack):
    sentence = await refused(tmp_path, **tokens(slack, SLACK_SIGNING_SECRET=slack.signing_secret))

    assert sentence.startswith("SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set")
    assert slack.signing_secret not in sentence


async def test_a_port_that_cannot_be_had_is_named(tmp_path, slack):
    async with served({}) as address:
        port = address.rpartition(":")[2]
        taken, none = await asyncio.gather(
            refused(tmp_path, **tokens(slack, PORT=port)), refused(tmp_path, **tokens(slack, PORT="many"))
        )

    assert taken.startswith(f"Port {port} at 127.0.0.1 cannot be listened on")
    assert none.startswith("PORT has a value that cannot be used.")


async def test_a_token_that_slack_does_not_accept_is_named(tmp_path, slack):
    bad_bot, bad_app = await asyncio.gather(
        refused(tmp_path, **tokens(slack, SLACK_BOT_TOKEN="xoxb-wrong")),
        refused(tmp_path, **tokens(slack, SLACK_APP_TOKEN="xapp-wrong")),
    )

    assert bad_bot == "Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy it again from the app's settings."
    assert bad_app == "Slack does not accept SLACK_APP_TOKEN (invalid_auth). Copy it again from the app's settings."


async def test_swapped_tokens_are_recognised(tmp_path, slack):
    swapped = tokens(slack, SLACK_BOT_TOKEN=slack.app_token, SLACK_APP_TOKEN=slack.bot_token)

    assert "Have the two been swapped?" in await refused(tmp_path, **swapped)


async def test_an_address_where_nobody_is_or_somebody_else_is_named(tmp_path, slack):
    nowhere, not_slack, no_address = await asyncio.gather(
        refused(tmp_path, **tokens(slack, SLACK_API_URL="http://127.0.0.1:9/api/")),
        refused(tmp_path, **tokens(slack, SLACK_API_URL=slack.page_url)),
        refused(tmp_path, **tokens(slack, SLACK_API_URL="slack")),
    )

    assert nowhere.startswith("Slack could not be reached at http://127.0.0.1:9/api/.")
    assert not_slack.startswith(f"{slack.page_url} did not answer as Slack does")
    assert "slack/" in no_address


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<html>Welcome</html>", "text/html"),
        ("ok", "text/plain"),
        ("[]", "application/json"),
        ("?", "application/json"),
    ],
)
async def test_a_web_site_that_is_not_slack_is_recognised(tmp_path, body, content_type):
    async def answer(_request):
        return web.Response(text=body, content_type=content_type)

    async with served({"/{path:.*}": answer}) as address:
        given = {"SLACK_BOT_TOKEN": "any", "SLACK_APP_TOKEN": "other", "SLACK_API_URL": f"{address}/api"}
        sentence = await refused(tmp_path, **given)

    assert sentence == f"{address}/api/ did not answer as Slack does (no JSON came back)."


async def test_a_scope_known_to_be_missing_is_named(tmp_path):
    async with workspace(without_scopes=["chat:write", "im:write"]) as slack:
        sentence = await refused(tmp_path, **tokens(slack))

    assert sentence.startswith("Slack has not granted chat:write, im:write.")


async def test_a_database_that_cannot_be_used_is_named(tmp_path, slack):
    nowhere, no_address = await asyncio.gather(
        refused(tmp_path, **tokens(slack, DATABASE_URL="sqlite:////nowhere/at/all.db")),
        refused(tmp_path, **tokens(slack, DATABASE_URL="somewhere")),
    )

    assert nowhere.endswith("/nowhere/at/all.db cannot be used: unable to open database file.")
    assert no_address.startswith("DATABASE_URL is no address of a database")


# it starts, and ends


async def test_it_starts_answers_and_finishes_what_is_in_flight_when_told_to_stop(tmp_path, slack):
    gita = slack.person("gita")
    async with between(slack.api_url) as network:
        network.held["views.open"] = asyncio.Event()
        async with process(tmp_path, **tokens(slack, SLACK_API_URL=network.address)) as cairn:
            await ready(cairn)
            typed = asyncio.create_task(gita.command("/okr add objective"))
            await slack.until(lambda: "views.open" in network.calls)

            cairn.send_signal(signal.SIGTERM)
            network.held["views.open"].set()
            await typed
            await asyncio.wait_for(cairn.wait(), PATIENCE)

        assert cairn.returncode == 0
    assert "What should be true" in str(gita.modal)
    assert not gita.sees("general")


async def test_it_ends_with_status_1_and_a_sentence_when_nothing_helps_any_more(tmp_path, slack):
    impatient = "from bot.cli import work; from bot.lines import Spans; work(Spans(look=0.05, patience=0.5))"
    async with process(tmp_path, "-c", impatient, **tokens(slack)) as cairn:
        await ready(cairn)
        await slack.until(lambda: slack.sockets.connections == 2)
        with slack.faults.fail("apps.connections.open", 503):
            await slack.sockets.cut()
            _, said = await asyncio.wait_for(cairn.communicate(), PATIENCE)

    assert cairn.returncode == 1
    last = said.decode().splitlines()[-1]
    assert last == "Cairn ends, to be started again: No line to Slack is open."


# against a stand-in that is not ours


class NotOurs:
    """The least that speaks Slack: two methods, and one line on which somebody types and sends a form."""

    def __init__(self):
        self.address = ""
        self.line = asyncio.get_running_loop().create_future()
        self.answers = asyncio.Queue()

    async def method(self, request):
        name = request.match_info["method"]
        if name == "auth.test":
            who = {"team_id": "T1", "team": "Elsewhere", "user_id": "U1", "bot_id": "B1", "user": "cairn", "url": "x"}
            return web.json_response({"ok": True, **who})
        if name == "apps.connections.open":
            return web.json_response({"ok": True, "url": self.address.replace("http", "ws") + "/socket"})
        if name.startswith("views."):
            return web.Response(status=404, text="<html>Not found</html>", content_type="text/html")
        return web.json_response({"ok": False, "error": "unknown_method"})

    async def socket(self, request):
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"type": "hello"})
        self.line.set_result(line)
        async for frame in line:
            await self.answers.put(json.loads(frame.data))
        return line

    async def ask(self, kind, payload):
        """What comes back for this envelope."""
        line = await self.line
        await line.send_json({
            "envelope_id": kind, "type": kind, "accepts_response_payload": True, "payload": payload
        })  # fmt: skip
        answer = await self.answers.get()
        assert answer["envelope_id"] == kind
        return answer["payload"]


@pytest.mark.parametrize("ending", ["/", ""], ids=["with a slash", "without a slash"])
async def test_it_works_against_a_stand_in_that_is_not_ours(tmp_path, ending):
    slack = NotOurs()
    async with served({"/api/{method}": slack.method, "/socket": slack.socket}) as slack.address:
        given = {"SLACK_BOT_TOKEN": "any", "SLACK_APP_TOKEN": "other", "SLACK_API_URL": f"{slack.address}/api{ending}"}
        async with process(tmp_path, **given) as cairn, asyncio.timeout(PATIENCE):
            await ready(cairn)
            typed = {"command": "/okr", "team_id": "T1", "user_id": "U2", "user_name": "zoe", "trigger_id": "1"}
            empty = await slack.ask("slash_commands", {**typed, "text": ""})
            form = await slack.ask("slash_commands", {**typed, "text": "add objective", "trigger_id": "2"})
            saved = await slack.ask("interactive", SUBMITTED)
            listed = await slack.ask("slash_commands", {**typed, "text": "", "trigger_id": "3"})
            cairn.send_signal(signal.SIGTERM)
            await cairn.wait()

    assert "You have no objectives" in empty["text"]
    assert "Something went wrong on my side" in form["text"]  # this stand-in has no windows to open
    assert saved["response_action"] == "update"
    assert "Everybody sleeps well" in listed["text"]
    assert cairn.returncode == 0


SUBMITTED = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U2", "name": "zoe", "team_id": "T1"},
    "view": {
        "id": "V1",
        "hash": "1",
        "type": "modal",
        "callback_id": "objective",
        "private_metadata": "",
        "blocks": [],
        "state": {
            "values": {
                "title": {"title": {"type": "plain_text_input", "value": "Everybody sleeps well"}},
                "level": {"level": {"type": "static_select", "selected_option": {"value": "individual"}}},
            }
        },
    },
}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"POSTS_A_MINUTE": "-5"},
        {"UNFURL_DOMAIN": "https://okr.example.com"},
        {"POSTS_A_MINUTE": "nan"},
        {"SEND_TIMEOUT": "0"},
        {"QUIET_PERIOD": "-100"},
        {"SEND_LEASE": "inf"},
        {"ANSWER_TIMEOUT": "nan"},
        {"SEND_TIMEOUT": "30", "SEND_LEASE": "59"},
    ],
)
def test_a_setting_that_makes_no_sense_is_named(nonsense, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name, value in {"SLACK_BOT_TOKEN": "xoxb-x", "SLACK_APP_TOKEN": "xapp-x", **nonsense}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart, match=f"^{list(nonsense)[-1]} has a value that cannot be used"):
        from_environment()
