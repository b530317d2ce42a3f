"""What only a browser can show: who sees what, on which screen, and what the menus do."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_an_answer_is_seen_only_by_whoever_asked(open_tab):
    gita, bo = await open_tab("gita"), await open_tab("bo")

    await gita.say("/okr help")
    await expect(gita.latest).to_contain_text("Only visible to you")
    await gita.picture("help")
    await bo.say("Good morning")

    await expect(gita.latest).to_contain_text("Good morning")
    await expect(bo.page.get_by_role("log").get_by_role("article")).to_have_count(1)


async def test_somebody_acts_as_somebody_else(open_tab):
    tab = await open_tab("gita")

    await tab.act_as("Kalea Mahoe")
    await tab.say("Aloha")

    await expect(tab.latest).to_contain_text("Kalea")


async def test_the_menus_of_a_message_and_of_the_composer_open_forms(open_tab, town):
    await town.set_up()
    await town.person("bo").say("The migration is through", "general")
    gita = await open_tab("gita")

    await gita.latest.hover()
    await gita.press("More actions", gita.latest)
    await gita.picture("message menu")
    await gita.page.get_by_role("menuitem", name="Thank the author").click()
    await expect(gita.dialog("Say thank you")).to_contain_text("Bo Lindqvist")
    await gita.page.keyboard.press("Escape")
    await expect(gita.dialog("Say thank you")).to_have_count(0)

    await gita.press("Shortcuts")
    await gita.picture("shortcuts menu")
    await gita.page.get_by_role("menuitem", name="Add an objective").click()
    await expect(gita.dialog("Add an objective")).to_be_visible()


async def test_a_telephone_shows_the_same_conversation(open_tab, town):
    await town.set_up()
    await town.objective(town.person("gita"))
    await town.key_result(town.person("gita"))
    await town.until(town.monday(town.person("gita")))
    gita = await open_tab("gita", viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True)

    await gita.press("Channels", gita.page.locator("#top"))
    await gita.picture("phone side bar")
    await gita.go("Messages")
    await expect(gita.latest).to_contain_text("how is it going")
    await gita.picture("phone prompt")
    await gita.press("Check in", gita.latest)
    form = gita.dialog("Check-in, ")
    await form.get_by_role("textbox", name="Where is it now?").fill("12")
    await gita.picture("phone form")
    await gita.press("Save", form)
    await gita.press("Close", gita.dialog("Thank you"))

    await expect(gita.latest).to_contain_text("0 → 12 of 100")
    await gita.picture("phone receipt")
    assert await gita.page.evaluate("document.documentElement.scrollWidth") == 400


async def test_the_page_is_dark_for_those_who_like_it_so(open_tab, town):
    await town.set_up()
    await town.objective(town.person("gita"))
    await town.key_result(town.person("gita"))
    await town.person("hana").command("/kudos @gita for the migration KR-1")
    await town.quiet()
    await town.until(town.monday(town.person("gita")))
    gita = await open_tab("gita", app="messages", color_scheme="dark")

    await expect(gita.latest).to_contain_text("how is it going")
    await gita.picture("dark messages")
    await gita.go("Home")
    await expect(gita.page.get_by_role("region", name="Home")).to_contain_text("Hello Gita")
    await gita.picture("dark home")
    await gita.press("Check in")
    await expect(gita.dialog("Check-in, ")).to_be_visible()
    await gita.picture("dark form")
