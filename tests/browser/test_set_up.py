"""Setting Cairn up on the page."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_an_admin_sets_cairn_up_from_home(open_tab):
    ada = await open_tab("ada", app="home")
    await expect(ada.page.get_by_role("region", name="Home")).to_contain_text("Cairn is not set up yet.")
    await ada.picture("home before the set-up")

    await ada.press("Set up")
    form = ada.dialog("Set up Cairn")
    await form.get_by_label("Where are thanks posted?").select_option("#kudos")
    await form.get_by_label("Who is your OKR champion?").select_option("Lin Xiaoyu")
    await ada.picture("set-up form")
    await ada.press("Preview", form)
    preview = ada.dialog("Who gets what")
    await expect(preview).to_contain_text("posted in #kudos")
    await expect(preview).to_contain_text("@Lin will be OKR champion")
    await ada.picture("set-up preview")
    await ada.press("Start", preview)
    await expect(ada.dialog("Cairn is set up")).to_be_visible()
    await ada.picture("set-up done")
    await ada.press("Close", ada.dialog("Cairn is set up"))

    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await expect(ada.page.get_by_role("region", name="Home")).not_to_contain_text("Cairn is not set up yet.")
