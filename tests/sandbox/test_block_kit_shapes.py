"""The shapes of Block Kit: a missing, unknown or misplaced piece is refused at the right place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.block_kit_examples import (
    BLOCKS,
    BUTTON,
    CELLS,
    LEAVES,
    PICTURE,
    SOUND,
    group,
    input_of,
    mrkdwn,
    option,
    plain,
    problems_of,
    put,
    rich_text,
    without,
)

STRING = "must provide a string"
OBJECT = "must provide an object"
ENUM = "must be a valid enum value"
MEMBER = "must be one of the options"
ONE_LIST = "must define exactly one of options, option_groups"
ONE_SOURCE = "must define exactly one of image_url, slack_file"
SOME_TITLE = "must define at least one of title, rich_text_title"
SOME_CONTENT = "must define at least one of hero_image, title, actions, body"
SOME_FILTER = "must define at least one of include, exclude_bot_users, exclude_external_shared_channels"

# A value put into a sound example, and what is said of it

VALUES: list[tuple[str, str, Any, str]] = [
    # wrong types
    ("header", "/text", "Words", OBJECT),
    ("header", "/text", None, OBJECT),
    ("header", "/text", [], OBJECT),
    ("header", "/text", {"text": "Words"}, "missing required field: type"),
    ("header", "/text/type", 7, STRING),
    ("header", "/block_id", 7, STRING),
    ("section", "/text/text", 45, STRING),
    ("section", "/fields", {}, "must provide an array"),
    ("section", "/expand", "yes", "must provide a boolean"),
    ("card", "/title", "Words", OBJECT),
    ("task_card", "/title", plain(), STRING),
    ("table", "/rows/0/0", "KR-34", OBJECT),
    ("table", "/rows/0/1/value", "45", "must provide a number"),
    # words from a list
    ("button", "/accessory/style", "loud", ENUM),
    ("button", "/accessory/style", None, STRING),
    ("button", "/accessory/confirm/style", "primary ", ENUM),
    ("alert", "/level", "loud", ENUM),
    ("container", "/width", "huge", ENUM),
    ("task_card", "/status", "done", ENUM),
    ("context_actions", "/elements/1/icon", "bin", ENUM),
    ("table", "/column_settings/1/align", "middle", ENUM),
    ("rich_text", "/elements/3/style", "dashed", ENUM),
    ("rich_text", "/elements/0/elements/7/range", "all", ENUM),
    ("conversations_select", "/element/filter/include/0", "dm", ENUM),
    ("conversations_select", "/element/filter/include", ["im", "im"], "must be unique"),
    ("conversations_select", "/element/filter/include", [], "must provide at least 1 items"),
    ("plain_text_input", "/element/dispatch_action_config/trigger_actions_on/0", "on_blur", ENUM),
    ("plain_text_input", "/element/dispatch_action_config/trigger_actions_on", [], "must provide at least 1 items"),
    # forms of strings and numbers
    ("image", "/slack_file/id", "cairn.png", "must be a file id"),
    ("video", "/video_url", "http://example.com/talk.mp4", "must be a valid HTTPS URL"),
    ("video", "/title_url", "http://example.com/talk", "must be a valid HTTPS URL"),
    ("datepicker", "/element/initial_date", "31/01/2026", "must be a date like 2026-01-31"),
    ("datepicker", "/element/initial_date", "2026-13-01", "must be a date like 2026-01-31"),
    ("timepicker", "/element/initial_time", "24:00", "must be a time like 09:00"),
    ("number_input", "/element/min_value", 1, STRING),
    ("number_input", "/element/min_value", "one", "must be a number written as a string"),
    ("number_input", "/element/min_value", "10.5", "must not be greater than max_value"),
    ("rich_text_input", "/element/min_lines", 101, "must be less than 101"),
    ("multi_static_select", "/element/max_selected_items", 0, "must be greater than 0"),
    ("external_select", "/element/min_query_length", -1, "must be greater than -1"),
    ("pie", "/chart/segments/0/value", 0, "must be greater than 0"),
    ("rich_text", "/elements/0/elements/0/text", "", "must be more than 0 characters"),
    ("rich_text", "/elements/0/elements/8/value", "aubergine", "must be a colour in hexadecimal"),
    ("line", "/chart/axis_config/x_label", "x" * 51, "must be less than 51 characters"),
    ("plain_text_input", "/element/initial_value", "x" * 3001, "must be less than 3001 characters"),
    ("checkboxes", "/element/initial_options", [], "must provide at least 1 items"),
    ("data_table", "/rows/0", CELLS * 11, "no more than 20 items allowed"),
    ("table", "/column_settings", [None] * 21, "no more than 20 items allowed"),
    ("line", "/chart/series", SOUND["line"]["chart"]["series"] * 7, "no more than 6 items allowed"),
    # keys that do not exist
    ("header", "", {**BLOCKS["header"], "level": 1}, "invalid additional property: level"),
    ("divider", "", {**BLOCKS["divider"], "text": plain()}, "invalid additional property: text"),
    ("header", "/text", {**plain(), "verbatim": True}, "invalid additional property: verbatim"),
    ("section", "/text", {**mrkdwn(), "emoji": True}, "invalid additional property: emoji"),
    ("button", "/accessory", {**BUTTON, "colour": "red"}, "invalid additional property: colour"),
    ("button", "/accessory/confirm", {**BUTTON["confirm"], "icon": "x"}, "invalid additional property: icon"),
    ("static_select", "/element/options/0", option(url="https://a.b"), "invalid additional property: url"),
    ("rich_text", "/elements/0/elements/0/style", {"loud": True}, "invalid additional property: loud"),
    # keys that are needed
    ("section", "", without("section", "text", "fields"), "must define at least one of text, fields"),
    ("header", "", without("header", "text"), "missing required field: text"),
    ("input", "", without("input", "element"), "missing required field: element"),
    ("image", "", without("image", "alt_text"), "missing required field: alt_text"),
    ("image", "", without("image", "slack_file"), ONE_SOURCE),
    ("image", "/slack_file", {}, "must define exactly one of id, url"),
    ("video", "", without("video", "thumbnail_url"), "missing required field: thumbnail_url"),
    ("data_table", "", without("data_table", "caption"), "missing required field: caption"),
    ("task_card", "", without("task_card", "status"), "missing required field: status"),
    ("number_input", "/element", {"type": "number_input"}, "missing required field: is_decimal_allowed"),
    ("static_select", "/element", {"type": "static_select"}, ONE_LIST),
    ("context", "/elements/0", {**PICTURE, "slack_file": {"id": "F0123456789"}}, ONE_SOURCE),
    ("container", "", without("container", "title", "rich_text_title"), SOME_TITLE),
    ("card", "", {"type": "card", "subtitle": mrkdwn()}, SOME_CONTENT),
    ("conversations_select", "/element/filter", {}, SOME_FILTER),
    # keys that must agree
    ("static_select", "/element/initial_option", option("three"), MEMBER),
    ("radio_buttons", "/element/initial_option", option("three"), MEMBER),
    ("checkboxes", "/element/initial_options/0", option("one"), MEMBER),
    ("multi_static_select", "/element/initial_options/0", option("three"), MEMBER),
    ("file_input", "/dispatch_action", True, "must not be true for file_input"),
    ("data_table", "/rows/1", CELLS[:1], "must have 2 cells, as the header has"),
    ("data_table", "/row_header_column_index", 2, "must be less than 2"),
    ("container", "/has_header_divider", True, "cannot be set when is_collapsible is true"),
    ("plan", "/tasks", BLOCKS["plan"]["tasks"] * 51, "no more than 50 items allowed"),
]


@pytest.mark.parametrize(("name", "pointer", "value", "message"), VALUES)
def test_a_wrong_value_is_refused_where_it_stands(name: str, pointer: str, value: Any, message: str) -> None:
    block = put(name, pointer, value) if pointer else value
    assert problems_of(block) == [(pointer, message)]


LEAF = LEAVES[0]

# A value put where it does not belong: the problem lies in its type

MISPLACED: list[tuple[str, str, Any]] = [
    ("header", "/text", mrkdwn()),
    ("static_select", "/element/options/0/text", mrkdwn()),
    ("input", "/label", mrkdwn()),
    ("section", "/accessory", {"type": "slider"}),
    ("section", "/accessory", {"type": "datetimepicker"}),
    ("section", "/accessory", {"type": "plain_text_input"}),
    ("section", "/accessory", {"type": "icon_button"}),
    ("actions", "/elements/0", PICTURE),
    ("actions", "/elements/0", {"type": "plain_text_input"}),
    ("context", "/elements/0", BUTTON),
    ("context_actions", "/elements/0", BUTTON),
    ("input", "/element", BUTTON),
    ("input", "/element", {"type": "overflow"}),
    ("card", "/actions/0", PICTURE),
    ("card", "/icon", BUTTON),
    ("carousel", "/elements/0", BLOCKS["divider"]),
    ("container", "/child_blocks/0", BLOCKS["container"]),
    ("container", "/child_blocks/0", BLOCKS["input"]),
    ("plan", "/tasks/0", BLOCKS["divider"]),
    ("task_card", "/details", BLOCKS["section"]),
    ("table", "/rows/0/0", mrkdwn()),
    ("data_table", "/rows/0/0", rich_text()),
    ("pie", "/chart", {"type": "doughnut"}),
    ("rich_text", "/elements/0", LEAF),
    ("rich_text", "/elements/0/elements/0", {"type": "shout"}),
    ("rich_text", "/elements/3/elements/0", LEAF),
]


@pytest.mark.parametrize(("name", "pointer", "value"), MISPLACED)
def test_a_piece_in_the_wrong_place_is_an_unsupported_type(name: str, pointer: str, value: Any) -> None:
    assert problems_of(put(name, pointer, value)) == [(f"{pointer}/type", f"unsupported type: {value['type']}")]


# What is wrong between two keys is told of one of them

BETWEEN: list[tuple[Any, str, str]] = [
    (put("static_select", "/element/option_groups", [group(option())]), "/element", ONE_LIST),
    (
        input_of({"type": "plain_text_input", "min_length": 6, "max_length": 5}),
        "/element/min_length",
        "must not be greater than max_length",
    ),
    (
        {"type": "data_table", "caption": "Words", "rows": [[{"type": "raw_text", "text": "x" * 5001}]] * 2},
        "/rows",
        "must be less than 10001 characters",
    ),
    (
        put("line", "/chart/series/0/data/1/label", "Wed"),
        "/chart/series/0/data",
        "must have one point for each category",
    ),
    (
        put("line", "/chart/series", SOUND["line"]["chart"]["series"] * 2),
        "/chart/series/1/name",
        "must be unique",
    ),
    (put("plan", "/tasks", BLOCKS["plan"]["tasks"] * 2), "/tasks/1/task_id", "must be unique"),
    (without("container", "is_collapsible"), "/default_collapsed", "requires is_collapsible"),
]


@pytest.mark.parametrize(("block", "pointer", "message"), BETWEEN)
def test_keys_that_do_not_go_together_are_refused(block: Any, pointer: str, message: str) -> None:
    assert problems_of(block) == [(pointer, message)]
