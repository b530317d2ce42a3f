"""A sandbox with a real Bolt app in it, connected over a real WebSocket."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.patience import PATIENT
from tests.sandbox.forms import form

MANIFEST = Path(__file__).parent / "manifest.yml"

StartSlack = Callable[..., Awaitable[Sandbox]]


@pytest.fixture
async def start() -> AsyncIterator[StartSlack]:
    """Start sandboxes; they stop when the test ends."""
    running: list[Sandbox] = []

    async def start(**options) -> Sandbox:
        running.append(await Sandbox.start(**{"manifest": MANIFEST, "rules": PATIENT, **options}))
        return running[-1]

    yield start
    for each in running:
        await each.stop()


@pytest.fixture
async def slack(start: StartSlack) -> Sandbox:
    """A fresh workspace."""
    return await start()


@pytest.fixture
def client(slack: Sandbox) -> AsyncWebClient:
    return client_of(slack)


@pytest.fixture
async def app(slack: Sandbox) -> AsyncIterator[AsyncApp]:
    """A Bolt app that is connected; a test adds the listeners it needs."""
    app = bolt(slack)
    async with connected(app, slack):
        yield app


@pytest.fixture
async def opened(slack, app):
    """Ada, with the app's form open; what it sends is kept in `opened.submitted`."""

    async def opened(view=None, answer=None):
        @app.command("/form")
        async def open_form(ack, command, client):
            await client.views_open(trigger_id=command["trigger_id"], view=view or form())
            await ack()

        @app.view("form")
        async def submitted(ack, body):
            opened.submitted.append(body)
            await ack(**(answer or {}))

        ada = slack.person("ada")
        await ada.command("/form")
        return ada

    opened.submitted = []
    return opened


def client_of(slack: Sandbox, token: str = "") -> AsyncWebClient:
    """slack_sdk, without its own retries."""
    return AsyncWebClient(token=token or slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def bolt(slack: Sandbox) -> AsyncApp:
    """A Bolt app that acknowledges once its listener is done."""
    return AsyncApp(client=client_of(slack), process_before_response=True)


@asynccontextmanager
async def connected(app: AsyncApp, slack: Sandbox) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app's Socket Mode connection."""
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    try:
        yield handler
    finally:
        await handler.close_async()
