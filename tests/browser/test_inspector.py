"""The inspector in a browser: what passes shows while it passes, and the keyboard reaches everything."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_what_passes_is_watched_and_unfolded_by_keyboard(open_tab, town):
    tab = await open_tab("gita")
    await tab.page.goto(f"{town.slack.page_url}inspector")

    await town.person("gita").command("/okr")

    page = tab.page
    await expect(page.get_by_role("row", name="slash_commands")).to_contain_text("acknowledged")
    await page.get_by_role("button", name="slash_commands").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Asked")).to_contain_text('"command": "/okr"')
    await expect(page.get_by_label("Answered")).to_contain_text('"payload"')
    await tab.picture("inspector")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Asked")).to_have_count(0)


async def test_a_fault_is_set_listed_seen_at_work_and_cleared(open_tab, town):
    tab = await open_tab("gita")
    page = tab.page
    await page.goto(f"{town.slack.page_url}inspector")

    await page.get_by_label("Method; * is any").fill("views.*")
    await page.get_by_label("How often").select_option("Every time")
    await tab.press("HTTP 500", within=page.get_by_label("Faults"))
    active = page.locator("#active")
    await expect(active).to_contain_text("views.*: answered HTTP 500")

    await town.person("gita").open_home()
    await expect(page.get_by_role("row", name="views.publish").last).to_contain_text("500 internal_error")
    await tab.picture("inspector faults")

    await page.get_by_role("button", name="Clear: views.*").click()
    await expect(active).to_contain_text("Nothing goes wrong.")


async def test_only_what_is_looked_for_is_shown(open_tab, town):
    tab = await open_tab("gita")
    page = tab.page
    await town.person("gita").command("/okr")
    await page.goto(f"{town.slack.page_url}inspector")

    await page.get_by_label("Show only").fill("slash")

    await expect(page.get_by_role("row", name="slash_commands")).to_be_visible()
    await expect(page.get_by_role("row", name="apps.connections.open")).to_have_count(0)
