"""Talking to each other on the page: threads, reactions, pins, links, what is unread; and getting about by keyboard."""

import re

import pytest
from playwright.async_api import expect

from tests.sandbox.conftest import client_of

pytestmark = pytest.mark.browser


async def test_a_thread_stands_beside_the_channel(open_parrot, parrot, post):
    root = await post("How was your week?")
    general = parrot.workspace.channel_named("general").id
    gita, bo = await open_parrot("gita"), await open_parrot("bo")

    await gita.latest.hover()
    await gita.latest.get_by_role("link", name="Reply in thread").click()
    thread = gita.page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("textbox", name="Reply").press_sequentially("Long, but good")
    await gita.page.keyboard.press("Enter")
    await expect(thread).to_contain_text("1 reply")

    await expect(bo.latest).to_contain_text("1 reply")
    await bo.latest.get_by_role("link", name="1 reply").click()
    await client_of(parrot).chat_postMessage(channel=general, text="Noted", thread_ts=root)
    await expect(bo.page.get_by_role("complementary", name="Thread")).to_contain_text("Noted")
    await expect(bo.page.get_by_role("log", name="Messages in").get_by_role("article")).to_have_count(1)
    await bo.picture("thread")
    await bo.page.reload()
    await expect(bo.page.get_by_role("complementary", name="Thread")).to_contain_text("2 replies")
    await bo.page.get_by_role("textbox", name="Reply").press("Escape")
    await expect(bo.page.get_by_role("complementary", name="Thread")).to_have_count(0)


async def test_reactions_are_given_counted_and_taken_back(open_parrot, parrot, post):
    await post("The beta is out")
    gita, bo = await open_parrot("gita"), await open_parrot("bo")

    await gita.latest.hover()
    await gita.latest.locator(".toolbar").get_by_role("button", name="Add a reaction").click()
    await gita.picture("reaction menu")
    await gita.page.get_by_role("menuitem", name="tada").click()
    await expect(bo.latest.get_by_role("button", name="Gita reacted with :tada:")).to_have_text("🎉1")
    await bo.latest.get_by_role("button", name="Gita reacted with :tada:").click()
    await bo.react(bo.latest, "heart")
    both = bo.latest.get_by_role("button", name="You and Gita reacted with :tada:")
    await expect(both).to_have_attribute("aria-pressed", "true")
    await bo.picture("reactions")
    await both.click()
    await expect(bo.latest.get_by_role("button", name=re.compile("Gita reacted"))).to_have_text("🎉1")


async def test_what_is_pinned_is_found_again_and_a_link_leads_to_it(open_parrot, parrot, post):
    ts = await post("The plan for the quarter")
    for number in range(40):
        await post(f"Small talk {number}")
    gita = await open_parrot("gita", permissions=["clipboard-read", "clipboard-write"])
    plan = gita.page.get_by_role("log").get_by_role("article").first

    await gita.menu(plan, "Pin to this conversation")
    await expect(plan).to_contain_text("Pinned by you")
    await gita.menu(plan, "Copy link")
    await expect(gita.page.get_by_text("The link is copied.")).to_be_visible()
    general = parrot.workspace.channel_named("general").id
    link = await gita.page.evaluate("navigator.clipboard.readText()")
    assert link == (await client_of(parrot).chat_getPermalink(channel=general, message_ts=ts))["permalink"]

    await gita.page.get_by_role("link", name="1 pinned").click()
    await expect(gita.page.get_by_role("complementary", name="Pins")).to_contain_text("The plan for the quarter")
    await gita.picture("pins")
    await gita.page.goto(link)
    await expect(gita.page.locator(".pointed")).to_contain_text("The plan for the quarter")
    await expect(gita.page.locator(".pointed")).to_be_in_viewport()
    await gita.picture("linked message")


async def test_what_is_unread_stays_so_until_it_is_seen_even_after_a_reload(open_parrot, parrot, post):
    await post("Seen")
    gita = await open_parrot("gita")
    await gita.go("kudos")
    await post("New to Gita")
    general = gita.page.get_by_role("link", name="general")
    await expect(general.get_by_label("1 unread")).to_be_visible()
    await gita.page.reload()
    await expect(general.get_by_label("1 unread")).to_be_visible()

    await gita.go("general")
    line = gita.page.get_by_role("separator").filter(has_text="New")
    await expect(line).to_be_visible()
    await expect(gita.page.locator(".new + .message")).to_contain_text("New to Gita")
    await gita.picture("new messages")
    await gita.go("kudos")
    await expect(general.get_by_label("unread")).to_have_count(0)


async def test_everything_is_reached_by_keyboard(open_parrot, post):
    await post("Good morning")
    gita = await open_parrot("gita")

    await gita.page.keyboard.press("Control+k")
    jump = gita.dialog("Jump to")
    await expect(jump.get_by_role("combobox")).to_be_focused()
    await gita.page.keyboard.type("eng")
    await gita.picture("jump to")
    await gita.page.keyboard.press("Enter")
    await gita.arrive(gita.page.get_by_role("heading", name="engineering"))

    await gita.page.keyboard.press("Control+k")
    await expect(jump.get_by_role("combobox")).to_be_focused()
    await gita.page.keyboard.press("Escape")
    await expect(jump).to_have_count(0)
    composer = gita.page.get_by_role("textbox", name="Message #engineering")
    await composer.press("ArrowUp")
    await expect(composer).to_have_value("")
    await gita.page.keyboard.press("Tab")
    outline = await gita.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


async def test_a_note_for_one_person_can_be_dismissed(open_parrot):
    gita = await open_parrot("gita")
    await gita.say("/nothing")
    await expect(gita.latest).to_contain_text("is not a valid command")
    await gita.press("Dismiss", gita.latest)
    await expect(gita.page.get_by_role("log").get_by_role("article")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "look"),
    [("dark thread", {"color_scheme": "dark"}), ("phone thread", {"viewport": {"width": 400, "height": 800}})],
)
async def test_a_thread_is_read_in_the_dark_and_on_a_telephone(open_parrot, parrot, post, name, look):
    root = await post("How was your week? :wave:")
    general = parrot.workspace.channel_named("general").id
    await client_of(parrot).chat_postMessage(channel=general, text="Tell us *here*.", thread_ts=root)
    await parrot.person("bo").react(parrot.workspace.message(general, root), "heart")
    gita = await open_parrot("gita", **look)

    await gita.menu(gita.latest, "Pin to this conversation")
    await gita.picture(f"{name} before")
    await gita.page.get_by_role("link", name="1 reply").click()
    await expect(gita.page.get_by_role("complementary", name="Thread")).to_contain_text("Tell us here.")
    await gita.picture(name)
    await gita.page.get_by_role("link", name="Close Thread").click()
    await gita.page.get_by_role("link", name="People", exact=True).click()
    await expect(gita.page.get_by_role("complementary", name="People")).to_be_visible()
    await gita.picture(f"{name} people")
    assert await gita.page.evaluate("document.documentElement.scrollWidth") == look.get("viewport", {}).get(
        "width", 1280
    )
