"""Several people at once, and what time it is for each of them."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_everybodys_local_time_is_in_view_and_moves_with_the_clock(open_tab):
    gita = await open_tab("gita")
    people = gita.page.get_by_role("complementary", name="People")

    await expect(people.get_by_role("listitem")).to_have_count(13)
    await expect(people.get_by_role("listitem").first).to_contain_text("Pacific/Honolulu UTC−10")
    await gita.move_calendar("Next Monday 09:00")
    me = people.get_by_role("listitem").filter(has_text="Gita Raghunathan")
    await expect(me).to_contain_text("Mon 9:00 AM")
    await expect(me).to_contain_text("Asia/Kolkata UTC+5:30")
    await expect(people.get_by_role("listitem").filter(has_text="Bo Lindqvist")).to_contain_text("Mon 4:30 AM")
    await gita.picture("people")
    await gita.page.get_by_role("link", name="Close People").click()
    await expect(people).to_have_count(0)


async def test_two_people_are_watched_side_by_side(open_tab, town):
    await town.set_up()
    await town.objective(town.person("gita"))
    await town.key_result(town.person("gita"))
    tab = await open_tab("hana")
    gita, hana = town.person("gita").id, town.person("hana").id
    await tab.page.goto(f"{town.slack.page_url}beside?left={hana}&right={gita}")
    left, right = (
        tab.page.frame_locator(f"iframe[title='What {name} sees']") for name in ("Hana Nováková", "Gita Raghunathan")
    )

    field = left.get_by_role("textbox", name="Message")
    await field.press_sequentially("/kudos @gita for the migration KR-1")
    await field.press("Enter")
    await expect(right.get_by_role("log").get_by_role("article").last).to_contain_text("Hana thanked you")
    await expect(left.get_by_role("log")).to_contain_text("Recorded.")
    await tab.move_calendar("Next Monday 09:00")
    await expect(right.get_by_role("log")).to_contain_text("how is it going with your key result?")
    await expect(right.locator("#calendar")).to_contain_text("Mon")
    await tab.picture("side by side")
