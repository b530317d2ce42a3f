"""Giving thanks on the page, and watching them arrive in another tab."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
async def town(town):
    """Cairn set up, and Gita's KR-1 to tie thanks to."""
    await town.set_up()
    await town.objective(town.person("gita"))
    await town.key_result(town.person("gita"))
    return town


async def test_thanks_from_home_reach_everybody_who_helped(open_tab):
    hana, gita = await open_tab("hana", app="home"), await open_tab("gita", app="messages")

    await hana.press("Say thank you")
    form = hana.dialog("Say thank you")
    who = form.get_by_role("combobox", name="Who helped?")
    for name in ("gita", "bo li"):
        await who.press_sequentially(name)
        await hana.picture("choosing people")
        await who.press("Enter")
    await who.press("Escape")
    await form.get_by_role("textbox", name="What did they do?").fill("The migration went through without a hitch")
    await form.get_by_label("Which objective or key result did it help?").select_option(label="KR-1 Sign-ups a week")
    await hana.picture("thanks form")
    await hana.press("Give thanks", form)
    await expect(hana.dialog("Thank you")).to_contain_text("Recorded.")
    await hana.picture("thanks recorded")
    await hana.press("Dismiss", hana.dialog("Thank you"))

    await expect(gita.latest).to_contain_text("Hana thanked you, together with @Bo")
    await expect(gita.latest).to_contain_text("helped KR-1 Sign-ups a week")
    await gita.picture("thanks told")
    await gita.go("kudos")
    await expect(gita.latest).to_contain_text("The migration went through without a hitch")
    await gita.picture("thanks posted")


async def test_thanks_typed_in_a_channel_arrive_live(open_tab):
    hana, gita = await open_tab("hana"), await open_tab("gita")
    composer = hana.page.get_by_role("textbox", name="Message #general")

    await composer.press_sequentially("/kudos @gi")
    await expect(hana.page.get_by_role("option", name="Gita Raghunathan")).to_be_visible()
    await hana.picture("people suggestions")
    await composer.press("Enter")
    await composer.press_sequentially("for the migration KR-1")
    await composer.press("Enter")

    await expect(hana.latest).to_contain_text("Recorded. Your thanks will be posted in #kudos and told to @Gita.")
    await hana.picture("thanks typed")
    await expect(gita.page.get_by_role("link", name="Messages").get_by_label("1 unread")).to_be_visible()
    await gita.picture("unread thanks")
    await gita.go("Messages")
    await expect(gita.latest).to_contain_text("the migration")
