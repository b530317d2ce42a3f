"""A sound example of every block and element, with all its keys, and ways to break one thing at a time."""

from __future__ import annotations

import json
from typing import Any

from sandbox.block_kit import message_problems, view_problems

Json = Any


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*Words*") -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": False}


def option(value: str = "one", **more: Json) -> Json:
    return {"text": plain(), "value": value, "description": plain(), **more}


def group(*options: Json) -> Json:
    return {"label": plain(), "options": list(options)}


def section_with(accessory: Json) -> Json:
    return {"type": "section", "text": mrkdwn(), "accessory": accessory}


def input_of(element: Json, **more: Json) -> Json:
    return {"type": "input", "block_id": "field", "label": plain(), "element": element, **more}


def rich_text(*leaves: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


def chart(kind: str) -> Json:
    points = [{"label": "Mon", "value": 1}, {"label": "Tue", "value": -2.5}]
    axes = {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Mood"}
    return {"type": kind, "series": [{"name": "Ours", "data": points}], "axis_config": axes}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}
PICTURE = {"type": "image", "alt_text": "A cairn", "image_url": "https://example.com/cairn.png"}
BOLD = {"bold": True, "italic": False, "strike": False, "code": False, "underline": False}
DISPATCH = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}
SELECT = {"action_id": "pick", "placeholder": plain(), "confirm": CONFIRM, "focus_on_load": True}
PICKER = {"action_id": "pick", "confirm": CONFIRM, "focus_on_load": True}
FIELD = {"action_id": "type", "placeholder": plain(), "focus_on_load": True, "dispatch_action_config": DISPATCH}
FILTER = {"include": ["im", "public"], "exclude_bot_users": True, "exclude_external_shared_channels": False}

BUTTON = {
    "type": "button",
    "text": plain(),
    "value": "O-12",
    "url": "https://example.com/O-12",
    "style": "primary",
    "confirm": CONFIRM,
    "accessibility_label": "Open",
    "agent_prompt": "Open it",
    "visible_to_user_ids": ["U1"],
}
FEEDBACK = {"text": plain(), "value": "yes", "accessibility_label": "Good"}
WORKFLOW = {
    "trigger": {"url": "https://example.com/run", "customizable_input_parameters": [{"name": "a", "value": "b"}]}
}
TASK = {
    "type": "task_card",
    "task_id": "1",
    "title": "Look it up",
    "status": "complete",
    "details": rich_text({"type": "text", "text": "How"}),
    "output": rich_text({"type": "text", "text": "What"}),
    "sources": [{"type": "url", "url": "https://example.com", "text": "Where"}],
}
CARD = {
    "type": "card",
    "hero_image": PICTURE,
    "icon": PICTURE,
    "title": mrkdwn(),
    "subtitle": mrkdwn(),
    "body": mrkdwn(),
    "actions": [BUTTON],
}
CELLS = [{"type": "raw_text", "text": "KR-34"}, {"type": "raw_number", "value": 45, "text": "45 %"}]
LEAVES = [
    {"type": "text", "text": "Thanks ", "style": BOLD},
    {"type": "link", "url": "https://example.com", "text": "here", "style": BOLD},
    {"type": "user", "user_id": "U1", "style": BOLD},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 2},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#4A154B"},
    {
        "type": "date",
        "timestamp": 1767225600,
        "format": "{date_short}",
        "url": "https://example.com",
        "fallback": "then",
    },
]
RICH_TEXT = {
    "type": "rich_text",
    "block_id": "words",
    "elements": [
        {"type": "rich_text_section", "elements": LEAVES},
        {"type": "rich_text_quote", "elements": [LEAVES[0]], "border": 1},
        {"type": "rich_text_preformatted", "elements": [LEAVES[0]], "border": 0},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 8,
            "offset": 3,
            "border": 1,
            "elements": [{"type": "rich_text_section", "elements": []}],
        },
    ],
}

BLOCKS: dict[str, Json] = {
    "section": {
        "type": "section",
        "block_id": "first",
        "text": mrkdwn(),
        "fields": [plain(), mrkdwn()],
        "accessory": PICTURE,
        "expand": True,
    },
    "actions": {"type": "actions", "block_id": "do", "elements": [BUTTON]},
    "context": {"type": "context", "elements": [PICTURE, plain(), mrkdwn()]},
    "divider": {"type": "divider", "block_id": "line"},
    "header": {"type": "header", "text": plain()},
    "image": {
        "type": "image",
        "alt_text": "A cairn",
        "title": plain(),
        "slack_file": {"id": "F0123456789"},
    },
    "video": {
        "type": "video",
        "alt_text": "A talk",
        "title": plain(),
        "title_url": "https://example.com/talk",
        "thumbnail_url": "https://example.com/talk.png",
        "video_url": "https://example.com/talk.mp4",
        "description": plain(),
        "author_name": "Ada",
        "provider_name": "Example",
        "provider_icon_url": "https://example.com/icon.png",
    },
    "rich_text": RICH_TEXT,
    "input": input_of({"type": "plain_text_input"}, hint=plain(), optional=True, dispatch_action=True),
    "alert": {"type": "alert", "text": mrkdwn(), "level": "warning"},
    "markdown": {"type": "markdown", "text": "# Words"},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {"type": "feedback_buttons", "positive_button": FEEDBACK, "negative_button": FEEDBACK},
            {"type": "icon_button", "icon": "trash", "text": plain(), "value": "x", "visible_to_user_ids": ["U1"]},
        ],
    },
    "table": {
        "type": "table",
        "rows": [[*CELLS, rich_text()]],
        "column_settings": [None, {"align": "right", "is_wrapped": True}],
    },
    "data_table": {
        "type": "data_table",
        "caption": "Progress",
        "page_size": 10,
        "row_header_column_index": 1,
        "rows": [CELLS, [CELLS[0], rich_text({"type": "text", "text": "45"})]],
    },
    "line": {"type": "data_visualization", "title": "Mood", "chart": chart("line")},
    "pie": {
        "type": "data_visualization",
        "title": "Mood",
        "chart": {"type": "pie", "segments": [{"label": "Good", "value": 0.5}]},
    },
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {
        "type": "container",
        "title": plain(),
        "rich_text_title": rich_text(),
        "subtitle": mrkdwn(),
        "icon": PICTURE,
        "width": "wide",
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "divider"}],
    },
    "task_card": TASK,
    "plan": {"type": "plan", "title": "What I do", "tasks": [TASK]},
}

ELEMENTS: dict[str, Json] = {
    "button": section_with(BUTTON),
    "workflow_button": section_with(
        {"type": "workflow_button", "text": plain(), "workflow": WORKFLOW, "style": "danger"}
    ),
    "overflow": section_with({"type": "overflow", "options": [option(url="https://example.com")], "confirm": CONFIRM}),
    "checkboxes": input_of(
        {
            "type": "checkboxes",
            "options": [{"text": mrkdwn(), "value": "one"}],
            "initial_options": [{"text": mrkdwn(), "value": "one"}],
            **PICKER,
        }
    ),
    "radio_buttons": input_of(
        {"type": "radio_buttons", "options": [option(), option("two")], "initial_option": option("two"), **PICKER}
    ),
    "datepicker": input_of({"type": "datepicker", "initial_date": "2026-01-31", **SELECT}),
    "timepicker": input_of({"type": "timepicker", "initial_time": "23:59", "timezone": "Asia/Kolkata", **SELECT}),
    "datetimepicker": input_of({"type": "datetimepicker", "initial_date_time": 1767225600, **PICKER}),
    "static_select": input_of(
        {"type": "static_select", "options": [option(), option("two")], "initial_option": option("two"), **SELECT}
    ),
    "multi_static_select": input_of(
        {
            "type": "multi_static_select",
            "option_groups": [group(option()), group(option("two"))],
            "initial_options": [option("two")],
            "max_selected_items": 1,
            **SELECT,
        }
    ),
    "external_select": input_of(
        {"type": "external_select", "initial_option": option(), "min_query_length": 0, **SELECT}
    ),
    "multi_external_select": input_of(
        {"type": "multi_external_select", "initial_options": [option()], "max_selected_items": 2, **SELECT}
    ),
    "users_select": input_of({"type": "users_select", "initial_user": "U1", **SELECT}),
    "multi_users_select": input_of({"type": "multi_users_select", "initial_users": ["U1"], **SELECT}),
    "channels_select": input_of(
        {"type": "channels_select", "initial_channel": "C1", "response_url_enabled": True, **SELECT}
    ),
    "multi_channels_select": input_of({"type": "multi_channels_select", "initial_channels": ["C1"], **SELECT}),
    "conversations_select": input_of(
        {
            "type": "conversations_select",
            "initial_conversation": "C1",
            "default_to_current_conversation": True,
            "response_url_enabled": True,
            "filter": FILTER,
            **SELECT,
        }
    ),
    "multi_conversations_select": input_of(
        {"type": "multi_conversations_select", "initial_conversations": ["C1"], "filter": FILTER, **SELECT}
    ),
    "plain_text_input": input_of(
        {
            "type": "plain_text_input",
            "initial_value": "",
            "multiline": True,
            "min_length": 0,
            "max_length": 3000,
            **FIELD,
        }
    ),
    "rich_text_input": input_of(
        {"type": "rich_text_input", "initial_value": rich_text(), "min_lines": 1, "max_lines": 100, **FIELD}
    ),
    "number_input": input_of(
        {
            "type": "number_input",
            "is_decimal_allowed": True,
            "initial_value": "-1.5",
            "min_value": "-9",
            "max_value": "10",
            **FIELD,
        }
    ),
    "email_text_input": input_of({"type": "email_text_input", "initial_value": "ada@example.com", **FIELD}),
    "url_text_input": input_of({"type": "url_text_input", "initial_value": "https://example.com", **FIELD}),
    "file_input": input_of({"type": "file_input", "filetypes": ["png"], "max_files": 10}),
}

SOUND = {**BLOCKS, **ELEMENTS}


def modal(*blocks: Json, **more: Json) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Json) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


MODALS_ONLY = {"input", "alert"}


def problems_of(block: Json) -> list[tuple[str, str]]:
    """What is wrong with a block on a surface that takes it; pointers count from the block."""
    if block["type"] in MODALS_ONLY:
        found, above = view_problems(modal(block)), "/view/blocks/0"
    else:
        found, above = message_problems({"blocks": [block]}), "/blocks/0"
    return [(problem.pointer.removeprefix(above), problem.message) for problem in found]


def put(name: str, pointer: str, value: Json) -> Json:
    """A sound example in which one value is another."""
    block = json.loads(json.dumps(SOUND[name]))
    *path, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    at = block
    for step in path:
        at = at[step]
    at[last] = value
    return block


def without(name: str, *keys: str) -> Json:
    """A sound example that lacks some keys."""
    return {key: value for key, value in SOUND[name].items() if key not in keys}
