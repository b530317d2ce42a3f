"""The elements that people press, pick from and type into, each with its keys and limits; and where each may stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit_objects import (
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    IMAGE_KEYS,
    MENU_OPTION,
    ONE_IMAGE,
    OPTION_GROUP,
    PLACEHOLDER,
    RICH_TEXT,
    SELECT_OPTION,
    WORKFLOW,
    plain,
)
from sandbox.block_kit_rules import (
    NONE,
    ObjectRule,
    Problem,
    Rule,
    Rules,
    boolean,
    choice,
    exactly_one,
    in_order,
    integer,
    many,
    matching,
    one_of,
    shape,
    string,
    typed,
    url,
)


def element(needs: Rules = NONE, may: Rules = NONE, *also: ObjectRule) -> Rule:
    """Something to act on; `action_id` tells the app which."""
    return typed(needs, {"action_id": string(1, 255), **may}, *also)


def initial_among_options(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """What is chosen at first is one of the options, exactly as written there."""
    offered = [
        *value.get("options", []),
        *(each for group in value.get("option_groups", []) for each in group["options"]),
    ]
    chosen = {f"{at}/initial_options/{index}": option for index, option in enumerate(value.get("initial_options", []))}
    if "initial_option" in value:
        chosen[f"{at}/initial_option"] = value["initial_option"]
    for pointer, option in chosen.items():
        if option not in offered:
            yield Problem(pointer, "must be one of the options")


# Buttons

STYLE = choice("primary", "danger")
VALUE = string(1, 2000)
LABEL = string(1, 75)
VISIBLE_TO = many(string(), 1, 10)
FEEDBACK_BUTTON = shape({"text": plain(75), "value": VALUE}, {"accessibility_label": LABEL})

BUTTONS: Rules = {
    "button": element(
        {"text": plain(75)},
        {
            "value": VALUE,
            "url": url(),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": LABEL,
            "agent_prompt": string(1, 4000),
            "agent_prompt_display": string(),
            "visible_to_user_ids": VISIBLE_TO,
        },
    ),
    "icon_button": element(
        {"icon": choice("trash"), "text": plain(75)},
        {"value": VALUE, "confirm": CONFIRM, "accessibility_label": LABEL, "visible_to_user_ids": VISIBLE_TO},
    ),
    "feedback_buttons": element({"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}),
    "workflow_button": element(
        {"text": plain(75), "workflow": WORKFLOW}, {"style": STYLE, "accessibility_label": LABEL}
    ),
    "overflow": element({"options": many(MENU_OPTION, 1, 5)}, {"confirm": CONFIRM}),
}

# Things to pick from

PICKED: Rules = {"confirm": CONFIRM, "focus_on_load": boolean}
SELECT: Rules = {**PICKED, "placeholder": PLACEHOLDER}
MULTI_SELECT: Rules = {**SELECT, "max_selected_items": integer(1)}
STATIC: Rules = {"options": many(SELECT_OPTION, 1, 100), "option_groups": many(OPTION_GROUP, 1, 100)}
ONE_LIST = exactly_one("options", "option_groups")
SUGGESTIONS = shape({}, {"options": many(SELECT_OPTION, 0, 100), "option_groups": many(OPTION_GROUP, 0, 100)}, ONE_LIST)
"""What an app may offer in an external select."""
TYPED_SO_FAR: Rules = {"min_query_length": integer(0)}
CHOSEN = many(SELECT_OPTION, 1, 100)
IDS = many(string(), 1)
CONVERSATIONS: Rules = {"filter": CONVERSATION_FILTER, "default_to_current_conversation": boolean}
ANSWERABLE: Rules = {"response_url_enabled": boolean}

PICKERS: Rules = {
    "checkboxes": element(
        {"options": many(CHOICE_OPTION, 1, 10)},
        {"initial_options": many(CHOICE_OPTION, 1, 10), **PICKED},
        initial_among_options,
    ),
    "radio_buttons": element(
        {"options": many(CHOICE_OPTION, 1, 10)}, {"initial_option": CHOICE_OPTION, **PICKED}, initial_among_options
    ),
    "datepicker": element(
        {},
        {
            "initial_date": matching(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a date like 2026-01-31"),
            **SELECT,
        },
    ),
    "timepicker": element(
        {},
        {
            "initial_time": matching(r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time like 09:00"),
            "timezone": string(),
            **SELECT,
        },
    ),
    "datetimepicker": element({}, {"initial_date_time": integer(0, 9_999_999_999), **PICKED}),
}

SELECTS: Rules = {
    "static_select": element(
        {}, {**STATIC, "initial_option": SELECT_OPTION, **SELECT}, ONE_LIST, initial_among_options
    ),
    "external_select": element({}, {**TYPED_SO_FAR, "initial_option": SELECT_OPTION, **SELECT}),
    "users_select": element({}, {"initial_user": string(), **SELECT}),
    "conversations_select": element({}, {"initial_conversation": string(), **CONVERSATIONS, **ANSWERABLE, **SELECT}),
    "channels_select": element({}, {"initial_channel": string(), **ANSWERABLE, **SELECT}),
    "multi_static_select": element(
        {}, {**STATIC, "initial_options": CHOSEN, **MULTI_SELECT}, ONE_LIST, initial_among_options
    ),
    "multi_external_select": element({}, {**TYPED_SO_FAR, "initial_options": CHOSEN, **MULTI_SELECT}),
    "multi_users_select": element({}, {"initial_users": IDS, **MULTI_SELECT}),
    "multi_conversations_select": element({}, {"initial_conversations": IDS, **CONVERSATIONS, **MULTI_SELECT}),
    "multi_channels_select": element({}, {"initial_channels": IDS, **MULTI_SELECT}),
}

# Things to type into

FIELD: Rules = {
    "placeholder": PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
NUMBER = matching(r"-?[0-9]+(\.[0-9]+)?", "a number written as a string")
LINES = integer(1, 100)

INPUTS: Rules = {
    "plain_text_input": element(
        {},
        {
            "initial_value": string(0, 3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
            **FIELD,
        },
        in_order("min_length", "max_length"),
    ),
    "rich_text_input": element(
        {},
        {"initial_value": one_of(RICH_TEXT), "min_lines": LINES, "max_lines": LINES, **FIELD},
        in_order("min_lines", "max_lines"),
    ),
    "number_input": element(
        {"is_decimal_allowed": boolean},
        {"initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER, **FIELD},
        in_order("min_value", "max_value"),
    ),
    "email_text_input": element({}, {"initial_value": string(0), **FIELD}),
    "url_text_input": element({}, {"initial_value": string(0), **FIELD}),
    "file_input": element({}, {"filetypes": many(string(), 1), "max_files": integer(1, 10)}),
}

IMAGE = typed({"alt_text": string(1, 2000)}, IMAGE_KEYS, ONE_IMAGE)
SOURCE = typed({"url": url(), "text": string()})

ELEMENTS: Rules = {**BUTTONS, **PICKERS, **SELECTS, **INPUTS, "image": IMAGE}

# Where each may stand

IN_ACTIONS = ("button", "workflow_button", "overflow", *PICKERS, *SELECTS)
IN_ACCESSORY = ("image", *(name for name in IN_ACTIONS if name != "datetimepicker"))
IN_INPUT = (*INPUTS, *PICKERS, *SELECTS)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
