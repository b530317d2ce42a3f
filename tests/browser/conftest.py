"""The sandbox's page in the machine's Chromium, with Cairn at work behind it."""

import asyncio
import os
import random
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, async_playwright, expect
from slack_bolt.app.async_app import AsyncApp

from bot.walking import walk
from sandbox.server import Sandbox
from tests.browser.tab import Tab
from tests.conftest import Town
from tests.patience import PATIENT
from tests.sandbox.conftest import MANIFEST, bolt, client_of, connected

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 10_000
"""Milliseconds that somebody waits for what they look for."""

SLOW_LINE = float(os.environ.get("SLOW_LINE", "0"))
"""Seconds by which all that a tab asks for is late, at most: what only works on a fast machine fails on a slow line."""

OpenTab = Callable[..., Awaitable[Tab]]
Post = Callable[..., Awaitable[str]]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the machine's Chromium is. Without one the tests are skipped, but never where everything must be tested."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("There is no Chromium here, and the browser tests must not be left out.", pytrace=False)
    if found is None:
        pytest.skip("There is no Chromium here.")
    return found


@pytest_asyncio.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield opened
        await opened.close()


@pytest.fixture
async def town(town: Town) -> Town:
    """Cairn at work, and a calendar that takes it along when it is moved from the page."""
    town.slack.calendar.on_move = lambda to: walk(town.cairn, town.slack.calendar, to)
    return town


async def _late(route: Route) -> None:
    await asyncio.sleep(random.uniform(0, SLOW_LINE))
    await route.continue_()


@asynccontextmanager
async def tabs(browser: Browser, slack: Sandbox) -> AsyncIterator[OpenTab]:
    """Open the page of a workspace as somebody; in the end nothing may have gone wrong in any of the tabs."""
    opened: list[Tab] = []

    async def open_tab(name: str, app: str = "", **options) -> Tab:
        context = await browser.new_context(**{"viewport": {"width": 1280, "height": 860}} | options)
        context.set_default_timeout(PATIENCE)
        if SLOW_LINE:
            await context.route("**/*", _late)
        tab = Tab(await context.new_page(), slack.person(name))
        opened.append(tab)
        await tab.open(slack.page_url, app)
        return tab

    yield open_tab
    for tab in opened:
        await tab.page.context.close()
    assert [complaint for tab in opened for complaint in tab.complaints] == []


@pytest_asyncio.fixture
async def open_tab(browser: Browser, town: Town) -> AsyncIterator[OpenTab]:
    """Open the page of the workspace in which Cairn is at work."""
    async with tabs(browser, town.slack) as open_tab:
        yield open_tab


@pytest_asyncio.fixture
async def parrot() -> AsyncIterator[Sandbox]:
    """A workspace with a small app of the tests' own, for what Cairn does not send."""
    opened = await Sandbox.start(MANIFEST, rules=PATIENT)
    yield opened
    await opened.stop()


@pytest_asyncio.fixture
async def app(parrot: Sandbox) -> AsyncIterator[AsyncApp]:
    """The small app; a test adds the listeners that it needs."""
    app = bolt(parrot)
    async with connected(app, parrot):
        yield app


@pytest_asyncio.fixture
async def open_parrot(browser: Browser, parrot: Sandbox) -> AsyncIterator[OpenTab]:
    """Open the page of the workspace with the small app."""
    async with tabs(browser, parrot) as open_tab:
        yield open_tab


@pytest.fixture
def post(parrot: Sandbox) -> Post:
    """Have the small app post to #general."""

    async def post(text: str, **content) -> str:
        general = parrot.workspace.channel_named("general").id
        answer = await client_of(parrot).chat_postMessage(channel=general, text=text, **content)
        return str(answer["ts"])

    return post
