"""The weekly check-in on the page: the calendar moves, the prompt arrives, somebody answers it."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_monday_comes_and_somebody_answers_their_check_in(open_tab, town):
    await town.set_up()
    await town.objective(town.person("gita"))
    await town.key_result(town.person("gita"))
    gita = await open_tab("gita", app="messages")
    home = await open_tab("gita", app="home")

    await gita.move_calendar("Next Monday 09:00")
    await expect(gita.page.locator("#calendar")).to_contain_text("Mon 9:00 AM for you")
    await expect(gita.latest).to_contain_text("how is it going with your key result?")
    await gita.picture("check-in prompt")

    await gita.press("Check in", gita.latest)
    form = gita.dialog("Check-in, ")
    await form.get_by_role("textbox", name="Where is it now?").fill("+12")
    await form.get_by_label("How sure are you").select_option("8 – quite sure")
    await form.get_by_role("textbox", name="Note").fill("A good week")
    await form.get_by_role("textbox", name="Is anything in the way?").fill("A licence")
    await gita.picture("check-in form")
    await gita.press("Save", form)
    await expect(gita.dialog("Thank you")).to_contain_text("0 → 12 of 100")
    await gita.picture("check-in recorded")
    await gita.press("Dismiss", gita.dialog("Thank you"))

    await expect(gita.latest).to_contain_text("Checked in for")
    await expect(gita.latest).to_contain_text("A licence")
    await expect(gita.page.get_by_role("log").get_by_role("article")).to_have_count(1)
    await gita.picture("check-in receipt")
    await expect(home.page.get_by_role("region", name="Home")).to_contain_text("12 → 100")
    await expect(home.page.get_by_role("region", name="Home")).to_contain_text("is answered. Thank you")
    await home.picture("home after the check-in")


async def test_what_is_wrong_in_a_long_form_is_brought_into_sight(open_tab, town):
    await town.objective(town.person("gita"))
    for title in ("Sign-ups a week", "Answers within a day", "Pages without a typing error", "Teams on board"):
        await town.key_result(town.person("gita"), title=title)
    await town.set_up()
    await town.until(town.monday(town.person("gita")))
    gita = await open_tab("gita", app="messages")

    await gita.press("Check in", gita.latest)
    form = gita.dialog("Check-in, ")
    second = form.get_by_role("textbox", name="Where is it now?").nth(1)
    await second.fill("nearly there")
    await form.get_by_role("textbox", name="Is anything in the way?").fill("A licence")
    await expect(second).not_to_be_in_viewport()
    await gita.press("Save", form)

    await expect(second).to_be_focused()
    await expect(form.get_by_text("Where is it now?").nth(1)).to_be_in_viewport(ratio=1)
    await expect(form.get_by_role("alert")).to_be_in_viewport(ratio=1)
    await gita.picture("bad number in a long form")
