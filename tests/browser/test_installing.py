"""Installing an app in a browser: the page, its two buttons, and the way back to the app."""

import pytest
from playwright.async_api import expect

from sandbox.server import Sandbox
from tests.browser.conftest import PATIENCE
from tests.browser.tab import SCREENSHOTS
from tests.sandbox.installing import OPTIONS, installable

pytestmark = pytest.mark.browser


@pytest.fixture
async def slack():
    running = await Sandbox.start(**OPTIONS)
    yield running
    await running.stop()


@pytest.fixture
async def page(browser):
    context = await browser.new_context(viewport={"width": 900, "height": 760})
    context.set_default_timeout(PATIENCE)
    yield await context.new_page()
    await context.close()


async def test_a_person_chooses_their_workspace_and_allows_the_app_in(slack, page, tmp_path):
    tidewater = slack.seen_from("Tidewater")
    async with installable(slack, tmp_path) as app:
        await page.goto(f"{app.address}/slack/install")
        await page.get_by_role("link", name="Add to Slack").click()
        await expect(page.get_by_role("heading", name="Heron would like to join Larkspur")).to_be_visible()
        await page.get_by_role("link", name="Tidewater").click()
        await expect(page.get_by_role("heading", name="Heron would like to join Tidewater")).to_be_visible()
        await page.get_by_label("You are").select_option(label="Rosa Quispe · admin")
        await page.screenshot(path=SCREENSHOTS / "install.png")
        await page.get_by_role("button", name="Allow").click()
        await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        assert (await tidewater.person("ana").command("/echo hello")).text == "Tidewater tidewater: hello"
    assert slack.bot_token == ""


async def test_a_person_cancels(slack, page, tmp_path):
    async with installable(slack, tmp_path) as app:
        await page.goto(f"{app.address}/slack/install")
        await page.get_by_role("link", name="Add to Slack").click()
        await page.get_by_role("button", name="Cancel").click()
        await expect(page.get_by_text("access_denied")).to_be_visible()
    assert slack.bot_token == ""


async def test_the_page_of_one_workspace_leads_to_the_other(slack, page):
    await page.goto(slack.page_url)
    await page.get_by_role("navigation", name="Workspaces").get_by_role("link", name="Tidewater").click()
    await expect(page).to_have_title("general · Tidewater")
