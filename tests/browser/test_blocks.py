"""Blocks that Cairn does not send yet, from a small app: charts, long tables, cards, long menus."""

import base64

import pytest
from aiohttp import ClientSession
from playwright.async_api import expect

from tests.sandbox.forms import form, plain

pytestmark = pytest.mark.browser

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGMILagFIgYIBQAipgUJss2FFAAAAABJRU5ErkJggg=="
)

MONTHS = ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def series(name, *values):
    return {
        "name": name,
        "data": [{"label": month, "value": value} for month, value in zip(MONTHS, values, strict=True)],
    }


def chart(kind, title, *lines, **axes):
    drawing = {"type": kind, "series": list(lines), "axis_config": {"categories": MONTHS, **axes}}
    return {"type": "data_visualization", "title": title, "chart": drawing}


SIGN_UPS = series("Sign-ups", 120, 180, 175, 240, 310, 420)
TARGET = series("Target", 100, 160, 220, 280, 340, 400)
LINE = chart("line", "Sign-ups a month", SIGN_UPS, TARGET, y_label="People")
BAR = chart("bar", "Confidence by team", series("Product", 7, 7, 6, 8, 8, 9), series("Success", -1, 2, 5, 4, 6, 7))
AREA = chart("area", "Check-ins", series("Answered", 8, 9, 12, 11, 14, 13), series("Skipped", 3, 2, 1, 2, 0, 1))
PIE = {
    "type": "data_visualization",
    "title": "Objectives by status",
    "chart": {
        "type": "pie",
        "segments": [{"label": each, "value": n} for each, n in (("On track", 12), ("At risk", 5), ("Off track", 2))],
    },
}


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("charts", {}),
        ("dark charts", {"color_scheme": "dark"}),
        ("phone charts", {"viewport": {"width": 400, "height": 860}}),
    ],
)
async def test_charts_are_drawn_and_told(open_parrot, post, name, look):
    await post("How the quarter went", blocks=[LINE, BAR])
    await post("And more", blocks=[AREA, PIE])
    gita = await open_parrot("gita", **look)

    charts = gita.page.get_by_role("log").get_by_role("img", name="chart of")
    await expect(charts).to_have_count(4)
    table = gita.page.get_by_role("table", name="Sign-ups a month")
    await expect(table.get_by_role("row", name="Dec 420 400")).to_be_attached()
    await gita.picture(name)
    await charts.first.scroll_into_view_if_needed()
    await gita.picture(f"{name} above")
    assert await gita.page.evaluate("document.documentElement.scrollWidth") == look.get("viewport", {}).get(
        "width", 1280
    )


async def test_a_long_table_is_read_page_by_page_and_stays_where_it_is(open_parrot, post):
    rows = [
        [{"type": "raw_text", "text": f"KR-{n}"}, {"type": "raw_number", "value": n, "text": f"{n} %"}]
        for n in range(13)
    ]
    head = [{"type": "raw_text", "text": "Key result"}, {"type": "raw_text", "text": "Progress"}]
    await post("Progress", blocks=[{"type": "data_table", "caption": "Progress", "rows": [head, *rows]}])
    gita = await open_parrot("gita")
    table = gita.page.get_by_role("table", name="Progress")

    await expect(table.get_by_role("row")).to_have_count(6)
    await gita.press("Next rows")
    await expect(table.get_by_role("row", name="KR-5 5 %")).to_be_visible()
    await post("Something else is said")
    await expect(gita.latest).to_contain_text("Something else")
    await expect(table.get_by_role("row", name="KR-5 5 %")).to_be_visible()
    await gita.picture("long table")
    await gita.press("Next rows")
    await expect(table.get_by_role("row")).to_have_count(4)


BUTTON = {"type": "button", "text": plain("Open"), "action_id": "open"}
LOGO = {"type": "image", "image_url": "https://example.com/logo.png", "alt_text": "A cairn in the fog"}
CARD = {
    "type": "card",
    "hero_image": LOGO,
    "title": plain("KR-34 Sign-ups"),
    "subtitle": plain("Gita Raghunathan"),
    "body": plain("Up by a third since July."),
    "actions": [BUTTON],
}
MARKDOWN = """# The week in review
Sign-ups went **well**, support _less so_; see [the plan](https://example.com).

1. Ship the beta
   - [x] write the notes
   - [ ] tell the customers
2. Rest

| Team | Score | Mood |
|:-----|------:|:----:|
| Product | 0.7 | :sunny: |
| Success | 0.55 | :umbrella: |

> The way is made by walking.

```python
score = current / target
```
"""
WORDS = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Thanks, "},
                {"type": "emoji", "name": "tada"},
                {"type": "text", "text": " bold", "style": {"bold": True}},
                {"type": "text", "text": " and gone", "style": {"strike": True}},
                {"type": "text", "text": " in "},
                {"type": "color", "value": "#2C6E5A"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": n}]} for n in ("one", "two")
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Small steps."}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "make demo"}]},
    ],
}
FOLDED = {
    "type": "container",
    "title": plain("Details"),
    "subtitle": plain("Two things"),
    "is_collapsible": True,
    "default_collapsed": True,
    "child_blocks": [{"type": "section", "text": plain("Folded away")}, {"type": "actions", "elements": [BUTTON]}],
}


async def test_words_and_tables_read_like_slack(open_parrot, post):
    await post("Words", blocks=[{"type": "markdown", "text": MARKDOWN}, WORDS])
    gita = await open_parrot("gita")

    await expect(gita.latest.get_by_role("img", name="to do")).to_be_visible()
    await expect(gita.latest.get_by_role("row", name="Success 0.55")).to_be_visible()
    await gita.picture("words")


async def test_buttons_in_cards_and_folded_containers_reach_the_app(open_parrot, parrot, post, app):
    pressed = []

    @app.action("open")
    async def opened(ack, body):
        pressed.append(body["actions"][0]["type"])
        await ack()

    @app.action("feedback")
    async def judged(ack, body):
        pressed.append(body["actions"][0]["value"])
        await ack()

    thumbs = [{"text": plain(words), "value": words} for words in ("Good", "Bad")]
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": thumbs[0],
        "negative_button": thumbs[1],
    }
    carousel = {"type": "carousel", "elements": [CARD, {**CARD, "title": plain("KR-35 Answers")}, CARD]}
    await post("Cards", blocks=[carousel, FOLDED, {"type": "context_actions", "elements": [feedback]}])
    gita = await open_parrot("gita")

    await gita.press("Open", gita.latest.get_by_role("listitem").first)
    await parrot.until(lambda: pressed == ["button"])
    await expect(gita.latest.get_by_text("Folded away")).to_be_hidden()
    await gita.latest.get_by_text("Two things").click()
    await gita.press("Open", gita.latest.locator(".inside"))
    await parrot.until(lambda: pressed == ["button", "button"])
    await gita.press("Good", gita.latest)
    await gita.picture("cards")
    await parrot.until(lambda: pressed == ["button", "button", "Good"])


def menu(label, kind, **more):
    element = {"type": kind, "action_id": "choice", **more}
    return {"type": "input", "block_id": label, "label": plain(label), "element": element}


async def test_one_of_a_hundred_options_is_found_by_typing(open_parrot, app, parrot):
    towns = [{"text": plain(f"Town {n:03}"), "value": f"town-{n}"} for n in range(1, 101)]
    chosen = {}

    @app.command("/form")
    async def opened(ack, command, client):
        fields = [menu("Town", "static_select", options=towns), menu("River", "external_select", min_query_length=1)]
        await client.views_open(trigger_id=command["trigger_id"], view=form(*fields))
        await ack()

    @app.options("choice")
    async def offered(ack, payload):
        names = [name for name in ("Danube", "Drava", "Rhine") if name.lower().startswith(payload["value"].lower())]
        offered = [{"text": plain(name), "value": name} for name in names]
        await ack(option_groups=[{"label": plain("To the sea"), "options": offered}])

    @app.view("form")
    async def submitted(ack, view):
        for block, held in view["state"]["values"].items():
            chosen[block] = held["choice"]["selected_option"]["value"]
        await ack()

    gita = await open_parrot("gita")
    await gita.say("/form")
    dialog = gita.dialog("A form")
    town = dialog.get_by_role("combobox", name="Town")
    await town.press_sequentially("02")
    await expect(gita.page.get_by_role("option", name="Town")).to_have_count(11)
    await gita.picture("hundred options")
    await town.press("ArrowDown")
    await town.press("Enter")
    await expect(dialog.locator(".token")).to_contain_text("Town 020")

    river = dialog.get_by_role("combobox", name="River")
    await river.press_sequentially("d")
    await expect(gita.page.get_by_role("option")).to_have_count(2)
    await expect(gita.page.get_by_text("To the sea")).to_be_visible()
    field = await dialog.locator(".picker").last.bounding_box()
    listed = await gita.page.locator("[role=listbox]:popover-open").bounding_box()
    assert min(abs(listed["y"] - field["y"] - field["height"]), abs(listed["y"] + listed["height"] - field["y"])) < 8
    await gita.picture("options of the app")
    await gita.page.get_by_role("option", name="Drava").click()
    await gita.press("Save", dialog)
    await expect(gita.page.get_by_role("dialog")).to_have_count(0)
    assert chosen == {"Town": "town-20", "River": "Drava"}


async def test_a_list_says_where_nothing_is_found_and_stays_with_its_field(open_parrot, app):
    towns = [{"text": plain(f"Town {n}"), "value": f"town-{n}"} for n in range(1, 4)]
    several = menu("Towns", "multi_static_select", options=towns)
    below = [{"type": "section", "text": plain(f"Line {n}\nand another")} for n in range(40)]

    @app.command("/form")
    async def opened(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form(*below[:3], several, *below))
        await ack()

    gita = await open_parrot("gita")
    await gita.say("/form")
    dialog = gita.dialog("A form")
    field, listed = dialog.get_by_role("combobox"), gita.page.locator("[role=listbox]:popover-open")
    await field.press_sequentially("river")
    await expect(listed).to_have_text("Town 1Town 2Town 3Nothing was found.")
    await expect(listed.get_by_text("Nothing was found.")).to_be_visible()
    await expect(gita.page.get_by_role("option")).to_have_count(0)
    await gita.picture("nothing found")

    async def gap():
        picker, shown = await dialog.locator(".picker").bounding_box(), await listed.bounding_box()
        return round(
            min(abs(shown["y"] - picker["y"] - picker["height"]), abs(shown["y"] + shown["height"] - picker["y"]))
        )

    before = await dialog.locator(".picker").bounding_box()
    await dialog.get_by_text("Line 4").hover()
    await gita.page.mouse.wheel(0, 60)
    await gita.page.wait_for_function(
        "y => document.querySelector('dialog .picker, [role=dialog] .picker').getBoundingClientRect().y < y",
        arg=before["y"] - 30,
    )
    assert await gap() < 8
    await gita.page.mouse.wheel(0, 2_000)
    await expect(listed).to_have_count(0)

    await field.fill("2")
    await expect(gita.page.get_by_role("option")).to_have_text("Town 2")
    await expect(gita.page.get_by_text("Nothing was found.")).to_have_count(0)


async def test_a_file_is_handed_over_fetched_by_the_app_and_shown(open_parrot, app, parrot, tmp_path):
    picture = tmp_path / "cairn.png"
    picture.write_bytes(PNG)
    fetched = {}

    @app.command("/form")
    async def opened(ack, command, client):
        field = {"type": "file_input", "action_id": "choice", "filetypes": ["png"], "max_files": 2}
        block = {"type": "input", "block_id": "Picture", "label": plain("Picture"), "element": field}
        await client.views_open(trigger_id=command["trigger_id"], view=form(block))
        await ack()

    @app.view("form")
    async def submitted(ack, view, client):
        (file,) = view["state"]["values"]["Picture"]["choice"]["files"]
        token = {"Authorization": f"Bearer {parrot.bot_token}"}
        async with ClientSession(headers=token) as session, session.get(file["url_private"]) as answer:
            fetched[file["name"]] = await answer.read()
        blocks = [{"type": "image", "slack_file": {"id": file["id"]}, "alt_text": "Our cairn"}]
        general = parrot.workspace.channel_named("general").id
        await client.chat_postMessage(channel=general, text="Our cairn", blocks=blocks)
        await ack()

    gita = await open_parrot("gita")
    await gita.say("/form")
    dialog = gita.dialog("A form")
    await dialog.get_by_label("Picture").set_input_files(picture)
    await expect(dialog.get_by_role("button", name="Remove cairn.png")).to_be_visible()
    await gita.picture("file form")
    await gita.press("Save", dialog)

    shown = gita.latest.get_by_role("img", name="Our cairn")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 2
    assert fetched == {"cairn.png": PNG}
    async with ClientSession() as stranger, stranger.get(f"{parrot.page_url}files/F0/x.png") as answer:
        assert answer.status == 403
