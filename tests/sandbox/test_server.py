"""The process itself: who may open its page, and how quickly it starts."""

import asyncio
import os
import signal
import sys

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from sandbox.server import is_from_this_page
from tests.sandbox.conftest import MANIFEST, client_of


@pytest.mark.parametrize(
    ("headers", "welcome"),
    [
        ({"Host": "127.0.0.1:8080"}, True),
        ({"Host": "localhost:8080"}, True),
        ({"Host": "[::1]:8080"}, True),
        ({"Host": "localhost:8080", "Origin": "http://localhost:8080"}, True),
        ({"Host": "evil.example:8080"}, False),
        ({"Host": "127.0.0.1.evil.example"}, False),
        ({"Host": "localhost:8080", "Origin": "http://evil.example"}, False),
        ({"Host": "localhost:8080", "Origin": "null"}, False),
        ({"Host": "localhost:8080", "Origin": "http://localhost:9090"}, False),
    ],
)
def test_only_this_machine_s_own_page_may_act_for_people(headers, welcome):
    assert is_from_this_page(make_mocked_request("POST", "/", headers=headers)) is welcome


async def test_two_workspaces_do_not_know_each_other(start):
    one, other = await start(), await start()
    await client_of(one).chat_postMessage(channel=one.channel("kudos").id, text="Hello")
    assert other.channel("kudos").messages == []
    assert one.bot_token != other.bot_token


async def test_it_runs_from_the_command_line_until_it_is_told_to_stop(tmp_path):
    command = [sys.executable, "-m", "sandbox", "--manifest", MANIFEST, "--file", tmp_path / "workspace.db"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=os.environ)
    said = [(await process.stdout.readline()).decode().strip() for _ in range(4)]
    told = dict(line.split("=", 1) for line in said[1:])
    header = {"Authorization": f"Bearer {told['SLACK_BOT_TOKEN']}"}
    async with aiohttp.ClientSession(headers=header) as session:
        answer = await (await session.post(told["SLACK_API_URL"] + "auth.test")).json()
    assert answer["ok"]
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
