"""The sandbox's page in the machine's Chromium, with Cairn at work behind it."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.walking import walk
from tests.browser.tab import Tab
from tests.conftest import Town

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

OpenTab = Callable[..., Awaitable[Tab]]


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


@pytest_asyncio.fixture
async def open_tab(browser: Browser, town: Town) -> AsyncIterator[OpenTab]:
    """Open the page as somebody; in the end nothing may have gone wrong in any of the tabs."""
    tabs: list[Tab] = []

    async def open_tab(name: str, app: str = "", **options) -> Tab:
        context = await browser.new_context(**{"viewport": {"width": 1280, "height": 860}} | options)
        context.set_default_timeout(PATIENCE)
        tab = Tab(await context.new_page(), town.person(name))
        tabs.append(tab)
        await tab.open(town.slack.page_url, app)
        return tab

    yield open_tab
    for tab in tabs:
        await tab.page.context.close()
    assert [complaint for tab in tabs for complaint in tab.complaints] == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any("browser" in report.keywords for report in skipped):
        terminalreporter.write_line("No Chromium here: the browser tests were not run.", yellow=True)
