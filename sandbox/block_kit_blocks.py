"""The blocks, each with its keys and limits; the views and messages made of them; and where each block may stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit_data import (
    CHART,
    DATA_TABLE_KEYS,
    DATA_TABLE_OPTIONS,
    TABLE_KEYS,
    TABLE_OPTIONS,
    cells_hold_little,
    header_is_raw,
    rows_are_even,
)
from sandbox.block_kit_elements import (
    ELEMENTS,
    IMAGE,
    IN_ACCESSORY,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    SOURCE,
)
from sandbox.block_kit_objects import BLOCK_ID, IMAGE_KEYS, ONE_IMAGE, RICH_TEXT, plain, text, texts
from sandbox.block_kit_rules import (
    NONE,
    ObjectRule,
    Problem,
    Rule,
    Rules,
    any_object,
    at_least_one,
    boolean,
    choice,
    https,
    many,
    one_of,
    problems_of,
    shape,
    string,
    typed,
    url,
)


def block(needs: Rules = NONE, may: Rules = NONE, *also: ObjectRule) -> Rule:
    """One layer of a message or view; `block_id` names it."""
    return typed(needs, {"block_id": BLOCK_ID, **may}, *also)


def files_are_not_dispatched(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """A file input tells the app nothing until the form is submitted."""
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        yield Problem(f"{at}/dispatch_action", "must not be true for file_input")


def header_fits_collapsing(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """Only a collapsible container starts collapsed, and only another kind has a line below its header."""
    collapsible = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not collapsible:
        yield Problem(f"{at}/default_collapsed", "requires is_collapsible")
    if value.get("has_header_divider") and collapsible:
        yield Problem(f"{at}/has_header_divider", "cannot be set when is_collapsible is true")


def tasks_are_unique(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """No two tasks of a plan share an id."""
    ids = [task["task_id"] for task in value.get("tasks", [])]
    for index, task_id in enumerate(ids):
        if task_id in ids[:index]:
            yield Problem(f"{at}/tasks/{index}/task_id", "must be unique")


EVERYWHERE: Rules = {
    "section": block(
        {},
        {
            "text": text(3000),
            "fields": many(text(2000), 1, 10),
            "accessory": one_of(ELEMENTS, IN_ACCESSORY),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "actions": block({"elements": many(one_of(ELEMENTS, IN_ACTIONS), 1, 25)}),
    "context": block({"elements": many(one_of({**texts(), "image": IMAGE}), 1, 10)}),
    "divider": block(),
    "header": block({"text": plain(150)}),
    "image": block({"alt_text": string(1, 2000)}, {"title": plain(2000), **IMAGE_KEYS}, ONE_IMAGE),
    "video": block(
        {"alt_text": string(), "title": plain(199), "thumbnail_url": url(), "video_url": https()},
        {
            "title_url": https(),
            "description": plain(199),
            "author_name": string(1, 49),
            "provider_name": string(),
            "provider_icon_url": url(),
        },
    ),
    **RICH_TEXT,
}

FORM: Rules = {
    "input": block(
        {"label": plain(2000), "element": one_of(ELEMENTS, IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        files_are_not_dispatched,
    ),
}

ALERT: Rules = {
    "alert": block({"text": text(200)}, {"level": choice("default", "info", "warning", "error", "success")}),
}

CARD: Rules = {
    "card": block(
        {},
        {
            "hero_image": one_of({"image": IMAGE}),
            "icon": one_of({"image": IMAGE}),
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "actions": many(one_of(ELEMENTS, ["button"]), 1, 2),
        },
        at_least_one("hero_image", "title", "actions", "body"),
    ),
}
CARDS: Rules = {**CARD, "carousel": block({"elements": many(one_of(CARD), 1, 10)})}

TABLE: Rules = {"table": block(TABLE_KEYS, TABLE_OPTIONS)}

TASK: Rules = {
    "task_card": block(
        {
            "task_id": string(),
            "title": string(),
            "status": choice("pending", "in_progress", "complete", "error"),
        },
        {"details": one_of(RICH_TEXT), "output": one_of(RICH_TEXT), "sources": many(one_of({"url": SOURCE}))},
    ),
}

# A container could hold files and inputs too, but an app cannot send the one, nor the other in a message.
IN_CONTAINER: Rules = {**EVERYWHERE, **TABLE}

MESSAGES_ONLY: Rules = {
    **TABLE,
    **TASK,
    "markdown": block({"text": string(1, 12_000)}),
    "context_actions": block({"elements": many(one_of(ELEMENTS, IN_CONTEXT_ACTIONS), 1, 5)}),
    "data_table": block(DATA_TABLE_KEYS, DATA_TABLE_OPTIONS, rows_are_even, header_is_raw, cells_hold_little),
    "data_visualization": block({"title": string(1, 50), "chart": CHART}),
    "plan": block({"title": string()}, {"tasks": many(one_of(TASK), 0, 50)}, tasks_are_unique),
    "container": block(
        {"child_blocks": many(one_of(IN_CONTAINER), 1, 10)},
        {
            "title": plain(150),
            "rich_text_title": one_of(RICH_TEXT),
            "subtitle": text(150),
            "icon": one_of({"image": IMAGE}),
            "width": choice("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        at_least_one("title", "rich_text_title"),
        header_fits_collapsing,
    ),
}

# What is sent: views are closed, a message's other keys are the Web API's business

NAMES: Rules = {
    "private_metadata": string(0, 3000),
    "callback_id": string(0, 255),
    "external_id": string(0, 255),
}

VIEW = one_of(
    {
        "modal": typed(
            {"title": plain(24), "blocks": many(one_of({**EVERYWHERE, **FORM, **ALERT}), 1, 100)},
            {"submit": plain(24), "close": plain(24), "clear_on_close": boolean, "notify_on_close": boolean, **NAMES},
        ),
        "home": typed({"blocks": many(one_of({**EVERYWHERE, **FORM, **CARDS}), 1, 100)}, NAMES),
    }
)

MESSAGE_BLOCKS = many(one_of({**EVERYWHERE, **CARDS, **MESSAGES_ONLY}), 0, 50)
METADATA = shape({"event_type": string(), "event_payload": any_object}, {"entities": many(any_object)})


def attachment(value: object, at: str) -> Iterator[Problem]:
    """An old-style attachment: of its many keys only the blocks have rules."""
    if isinstance(value, dict):
        yield from problems_of({"blocks": MESSAGE_BLOCKS}, value, at)
    else:
        yield from any_object(value, at)


MESSAGE: Rules = {
    "text": string(0),
    "blocks": MESSAGE_BLOCKS,
    "attachments": many(attachment, 0, 100),
    "metadata": METADATA,
}
