"""Setting objectives and key results on the page, by typing and clicking."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def test_somebody_sets_a_key_result_and_updates_it(open_tab):
    gita = await open_tab("gita")
    composer = gita.page.get_by_role("textbox", name="Message #general")

    await composer.press_sequentially("/o")
    await expect(gita.page.get_by_role("option", name="/okr")).to_be_visible()
    await expect(gita.page.get_by_role("option", name="/kudos")).to_be_hidden()
    await gita.picture("command suggestions")
    await composer.press("Tab")
    await composer.press_sequentially("add objective")
    await composer.press("Enter")
    await gita.dialog("Add an objective").get_by_role("textbox", name="Objective").fill("Nobody waits for us")
    await gita.picture("objective form")
    await gita.press("Save", gita.dialog("Add an objective"))
    await gita.picture("objective saved")
    await gita.press("Add a key result", gita.dialog("Saved"))

    form = gita.dialog("Add a key result")
    await form.get_by_role("textbox", name="Key result").fill("Checkout answers within a second")
    await form.get_by_role("textbox", name="Start").fill("95.5")
    await form.get_by_role("textbox", name="Target").fill("99.9")
    await form.get_by_role("textbox", name="Unit").fill("%")
    await gita.picture("key result form")
    await gita.press("Save", form)
    await expect(gita.dialog("Saved").last).to_contain_text("95.5% → 99.9%")
    await gita.picture("key result saved")
    await gita.press("Dismiss", gita.dialog("Saved").last)
    await expect(gita.page.get_by_role("dialog")).to_have_count(0)

    await gita.say("/okr update KR-1 96.2 confidence 7 note the cache is warm")
    await expect(gita.latest).to_contain_text("95.5% → 96.2%")
    await expect(gita.latest).to_contain_text("Only visible to you")
    await gita.say("/okr")
    await expect(gita.latest).to_contain_text("96.2% → 99.9%")
    await gita.picture("my objectives")
    await gita.press("Update", gita.latest)
    await gita.dialog("Update KR-1").get_by_role("textbox", name="Where is it now?").fill("+0.8")
    await gita.dialog("Update KR-1").get_by_label("How sure are you").select_option("8 – quite sure")
    await gita.press("Save", gita.dialog("Update KR-1"))
    await expect(gita.dialog("Updated")).to_contain_text("96.2% → 97%")
    await gita.picture("key result updated")


async def test_a_bad_number_keeps_the_form_open_and_what_was_typed(open_tab, town):
    await town.objective(town.person("gita"))
    await town.key_result(town.person("gita"))
    gita = await open_tab("gita")
    await gita.say("/okr update KR-1")
    form = gita.dialog("Update KR-1")
    value, note = form.get_by_role("textbox", name="Where is it now?"), form.get_by_role("textbox", name="Note")

    await value.fill("a few")
    await note.fill("Looking good")
    await gita.press("Save", form)
    await expect(form.get_by_role("alert")).to_have_text("“a few” is not a number. Write it like 45, 1,200 or 99.5.")
    await expect(value).to_have_accessible_description(re.compile("“a few” is not a number"))
    await expect(value).to_be_focused()
    await expect(value).to_have_value("a few")
    await expect(note).to_have_value("Looking good")
    await gita.picture("bad number")

    await value.fill("45")
    await gita.press("Save", form)
    await expect(gita.dialog("Updated")).to_contain_text("0 → 45")
    await expect(gita.dialog("Updated")).to_contain_text("Looking good")


async def test_choosing_how_it_is_measured_changes_the_form_and_keeps_what_was_typed(open_tab, town):
    await town.objective(town.person("gita"))
    gita = await open_tab("gita")
    await gita.say("/okr add kr O-1")
    form = gita.dialog("Add a key result")
    await form.get_by_role("textbox", name="Key result").fill("The new checkout is out")
    await form.get_by_role("textbox", name="Target").fill("100")

    await form.get_by_label("How is it measured?").select_option("Milestones: a checklist of steps")

    await expect(form.get_by_role("textbox", name="Target")).to_have_count(0)
    await expect(form.get_by_role("textbox", name="Key result")).to_have_value("The new checkout is out")
    await form.get_by_role("textbox", name="Milestones").fill("Design agreed\nBeta\nEverybody has it")
    await gita.picture("key result by milestones")
    await gita.press("Save", form)
    await expect(gita.dialog("Saved")).to_contain_text("0 of 3 milestones, next: Design agreed")
