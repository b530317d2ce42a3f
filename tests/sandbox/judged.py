"""Cases on which judges of Block Kit may differ: each breaks, or just keeps, one rule and is otherwise small."""

from tests.sandbox.block_kit_examples import CARD, CONFIRM, chart, home, input_of, modal, mrkdwn, option, plain
from tests.sandbox.judges import Drawn

BUTTON = {"type": "button", "action_id": "go", "text": plain("Go")}
SELECT = {"type": "static_select", "action_id": "pick", "options": [option("one")]}
INPUT = input_of({"type": "plain_text_input", "action_id": "answer"})
GROUPED = {"option_groups": [{"label": plain(), "options": [option()]}]}
PICTURE = {"type": "image", "image_url": "https://example.com/cairn.png", "alt_text": "A cairn"}
CELL = {"type": "raw_text", "text": "45"}
DIVIDER = {"type": "divider"}
LINE = {"type": "data_visualization", "title": "Mood", "chart": chart("line")}
BARE_CARD = {"type": "card", "title": CARD["title"]}


def message(*blocks: Drawn) -> Drawn:
    return {"text": "For those who see no blocks", "blocks": list(blocks)}


def section(text: str = "Words", **more: object) -> Drawn:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: object) -> Drawn:
    return message({"type": "actions", "elements": [{**BUTTON, **more}]})


def select(**more: object) -> Drawn:
    element = {**SELECT, **more}
    return modal(input_of({key: value for key, value in element.items() if value is not None}))


def field(kind: str, **more: object) -> Drawn:
    return modal(input_of({"type": kind, "action_id": "answer", **more}))


def accessory(kind: str, **more: object) -> Drawn:
    return message(section(accessory={"type": kind, **more}))


def pie(segments: int) -> Drawn:
    return {"type": "pie", "segments": [{"label": f"Part {number}", "value": 1} for number in range(segments)]}


def table(rows: int, columns: int = 1) -> Drawn:
    return message({"type": "table", "rows": [[CELL] * columns] * rows})


CASES: dict[str, Drawn] = {
    # texts
    "a section with an empty text": message(section("")),
    "a section with 3,001 characters": message(section("x" * 3001)),
    "a section with neither text nor fields": message({"type": "section"}),
    "a section with a field of 2,001 characters": message({"type": "section", "fields": [mrkdwn("x" * 2001)]}),
    "a section with 11 fields": message({"type": "section", "fields": [mrkdwn()] * 11}),
    "a header with 151 characters": message({"type": "header", "text": plain("x" * 151)}),
    "a header in mrkdwn": message({"type": "header", "text": mrkdwn()}),
    "a context line of 3,001 characters": message({"type": "context", "elements": [mrkdwn("x" * 3001)]}),
    "a context without elements": message({"type": "context", "elements": []}),
    "two markdown blocks with 12,002 characters together": message(*[{"type": "markdown", "text": "x" * 6001}] * 2),
    # controls
    "an actions block without elements": message({"type": "actions", "elements": []}),
    "an actions block with 26 buttons": message({"type": "actions", "elements": [BUTTON] * 26}),
    "a button with 76 characters": button(text=plain("x" * 76)),
    "a button in mrkdwn": button(text=mrkdwn("Go")),
    "a button with an empty value": button(value=""),
    "a button with an address that lacks its scheme": button(url="example.com"),
    "a button in a colour of its own": button(style="purple"),
    "a confirmation without words to decline": button(confirm={k: v for k, v in CONFIRM.items() if k != "deny"}),
    "two buttons with one action_id in a block": message({"type": "actions", "elements": [BUTTON, BUTTON]}),
    "an overflow menu without an action_id": accessory("overflow", options=[option()]),
    "an overflow menu with 6 options": accessory("overflow", action_id="more", options=[option()] * 6),
    "a select without options": select(options=[]),
    "a select with 101 options": select(options=[option(str(number)) for number in range(101)]),
    "an option with 76 characters": select(options=[{"text": plain("x" * 76), "value": "1"}]),
    "an option with an empty value": select(options=[{"text": plain(), "value": ""}]),
    "an option chosen that is not among the options": select(initial_option=option("two")),
    "an option chosen that is in one of the groups": select(options=None, **GROUPED, initial_option=option()),
    "a multi-select with groups of options": field("multi_static_select", **GROUPED),
    "a multi-select from outside with the focus": field("multi_external_select", focus_on_load=True),
    "radio buttons with 11 options": field("radio_buttons", options=[option(str(number)) for number in range(11)]),
    "an input for 3,001 characters": field("plain_text_input", max_length=3001),
    "an input whose least is more than its most": field("plain_text_input", min_length=9, max_length=3),
    "a number whose least is more than its most": field(
        "number_input", is_decimal_allowed=False, min_value="9", max_value="3"
    ),
    "a date that is none": field("datepicker", initial_date="2026-02-30"),
    "a moment before 1970": field("datetimepicker", initial_date_time=-1),
    "a file input for 11 files": field("file_input", max_files=11),
    # pictures and data
    "an image with an empty description": message({**PICTURE, "alt_text": ""}),
    "an image without a description": message({"type": "image", "image_url": PICTURE["image_url"]}),
    "an image whose address lacks its scheme": message({**PICTURE, "image_url": "example.com/cairn.png"}),
    "an image from two places": message({**PICTURE, "slack_file": {"id": "F0123456789"}}),
    "a table with 101 rows": table(101),
    "a table with an empty row": table(1, columns=0),
    "a table with 21 columns": table(1, columns=21),
    "a data table with 102 rows": message({"type": "data_table", "caption": "Week", "rows": [[CELL]] * 102}),
    "a pie with 7 segments": message({**LINE, "chart": pie(7)}),
    "three charts in a message": message(LINE, LINE, LINE),
    "a card with 3 buttons": message({**BARE_CARD, "actions": [BUTTON] * 3}),
    "a card in a modal": modal(BARE_CARD),
    "a container on a Home": home({"type": "container", "title": plain(), "child_blocks": [DIVIDER]}),
    "a chart in a modal": modal(LINE),
    "an alert in a message": message({"type": "alert", "text": mrkdwn()}),
    "an alert with 201 characters": modal({"type": "alert", "text": mrkdwn("x" * 201)}),
    "a video whose title has 200 characters": message(
        {
            "type": "video",
            "alt_text": "A talk",
            "title": plain("x" * 200),
            "video_url": "https://example.com/talk",
            "thumbnail_url": "https://example.com/talk.png",
        }
    ),
    "a task on its own that is pending": message(
        {"type": "task_card", "task_id": "1", "title": "Look it up", "status": "pending"}
    ),
    "a block that there is none of": message({"type": "confetti"}),
    # wholes
    "a message with 51 blocks": message(*[DIVIDER] * 51),
    "a message with two blocks of one block_id": message({**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "a"}),
    "a modal with 101 blocks": modal(*[DIVIDER] * 101),
    "a modal without blocks": modal(),
    "a modal with a title of 25 characters": modal(DIVIDER, title=plain("x" * 25)),
    "a modal with a field and no submit": {key: each for key, each in modal(INPUT).items() if key != "submit"},
    "a modal with private_metadata of 3,001 characters": modal(DIVIDER, private_metadata="x" * 3001),
    "a modal with a callback_id of 256 characters": modal(DIVIDER, callback_id="x" * 256),
    "a modal with an external_id of 256 characters": modal(DIVIDER, external_id="x" * 256),
    "a Home with a submit": home(DIVIDER, submit=plain("Save")),
    "a Home with a field": home(INPUT),
}
