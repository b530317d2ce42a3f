"""Whole messages and views: surfaces, counts, ids and sizes, and the body with which Slack refuses them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.block_kit import Problem, message_problems, refusal, view_problems
from tests.sandbox.block_kit_examples import (
    BLOCKS,
    BUTTON,
    ELEMENTS,
    home,
    input_of,
    modal,
    mrkdwn,
    plain,
    section_with,
)

DIVIDER = {"type": "divider"}


def words(count: int) -> Any:
    return {"type": "section", "text": mrkdwn("x" * count)}


# Surfaces

EVERYWHERE = {"section", "actions", "context", "divider", "header", "image", "rich_text", "video"}
MESSAGE = EVERYWHERE | {"card", "carousel", "container", "context_actions", "markdown", "task_card", "plan"}
DATA = {"table", "data_table", "line", "pie"}
SURFACES = {
    "message": MESSAGE | DATA,
    "modal": EVERYWHERE | {"input", "alert"},
    "home": EVERYWHERE | {"input", "card", "carousel"},
}
SENT = {
    "message": lambda block: message_problems({"blocks": [block]}),
    "modal": lambda block: view_problems(modal(block)),
    "home": lambda block: view_problems(home(block)),
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_block_is_taken_only_where_slack_shows_it(name: str, surface: str) -> None:
    found = SENT[surface](BLOCKS[name])
    if name in SURFACES[surface]:
        assert found == []
    else:
        assert [problem.message for problem in found] == [f"unsupported type: {BLOCKS[name]['type']}"]


def test_files_are_taken_in_modals_only() -> None:
    assert view_problems(modal(ELEMENTS["file_input"])) == []
    assert view_problems(home(ELEMENTS["file_input"])) == [
        Problem("/view/blocks/0/element/type", "unsupported type: file_input")
    ]


def test_a_response_url_is_given_to_an_input_of_a_modal_only() -> None:
    select = {"type": "channels_select", "response_url_enabled": True}
    refused = "must be in an input block of a modal"
    assert view_problems(modal(input_of(select))) == []
    assert view_problems(modal(section_with(select))) == [
        Problem("/view/blocks/0/accessory/response_url_enabled", refused)
    ]
    assert view_problems(home(input_of(select))) == [Problem("/view/blocks/0/element/response_url_enabled", refused)]


# Views

VIEWS: list[tuple[Any, str, str]] = [
    (modal(DIVIDER, title=plain("x" * 25)), "/view/title/text", "must be less than 25 characters"),
    (modal(DIVIDER, submit=plain("x" * 25)), "/view/submit/text", "must be less than 25 characters"),
    (modal(DIVIDER, close=plain("x" * 25)), "/view/close/text", "must be less than 25 characters"),
    (modal(DIVIDER, close="Cancel"), "/view/close", "must provide an object"),
    (modal(DIVIDER, title=mrkdwn()), "/view/title/type", "unsupported type: mrkdwn"),
    (modal(DIVIDER, private_metadata="x" * 3001), "/view/private_metadata", "must be less than 3001 characters"),
    (modal(DIVIDER, callback_id="x" * 256), "/view/callback_id", "must be less than 256 characters"),
    (modal(DIVIDER, external_id="x" * 256), "/view/external_id", "must be less than 256 characters"),
    (modal(DIVIDER, notify_on_close="yes"), "/view/notify_on_close", "must provide a boolean"),
    (modal(DIVIDER, submit_disabled=True), "/view", "invalid additional property: submit_disabled"),
    (modal(), "/view/blocks", "must provide at least 1 items"),
    (modal(*[DIVIDER] * 101), "/view/blocks", "no more than 100 items allowed"),
    ({"type": "modal", "blocks": [DIVIDER]}, "/view", "missing required field: title"),
    ({"type": "modal", "title": plain(), "blocks": [BLOCKS["input"]]}, "/view", "missing required field: submit"),
    (home(DIVIDER, title=plain()), "/view", "invalid additional property: title"),
    (home(DIVIDER, submit=plain()), "/view", "invalid additional property: submit"),
    (home(), "/view/blocks", "must provide at least 1 items"),
    (home(*[DIVIDER] * 101), "/view/blocks", "no more than 100 items allowed"),
    (home(DIVIDER, private_metadata="x" * 3001), "/view/private_metadata", "must be less than 3001 characters"),
    ({"type": "workflow_step", "blocks": [DIVIDER]}, "/view/type", "unsupported type: workflow_step"),
    ({"blocks": [DIVIDER]}, "/view", "missing required field: type"),
]


@pytest.mark.parametrize(("view", "pointer", "message"), VIEWS)
def test_a_broken_view_is_refused_as_invalid_arguments(view: Any, pointer: str, message: str) -> None:
    assert refusal(view_problems(view)) == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": [f"[ERROR] {message} [json-pointer:{pointer}]"]},
    }


def test_a_view_just_within_its_limits_is_accepted() -> None:
    names = {"private_metadata": "x" * 3000, "callback_id": "x" * 255, "external_id": "x" * 255}
    short = plain("x" * 24)
    full = modal(*[DIVIDER] * 100, title=short, submit=short, close=short, clear_on_close=True, **names)
    assert view_problems(full) == []
    assert view_problems(home(*[DIVIDER] * 100, **names)) == []
    assert view_problems(home(DIVIDER, **dict.fromkeys(names, ""))) == []


def test_only_one_element_of_a_view_has_the_cursor() -> None:
    focused = [input_of({"type": "plain_text_input", "focus_on_load": True}, block_id=name) for name in "ab"]
    assert view_problems(modal(focused[0])) == []
    assert view_problems(modal(*focused)) == [
        Problem("/view/blocks/1/element/focus_on_load", "must be set on one element only")
    ]


def test_a_view_is_measured_in_bytes_of_json() -> None:
    blocks = [{"type": "section", "text": mrkdwn("é" * 1400)}] * 86
    room = 250_000 - len(json.dumps(home(*blocks, words(1)), ensure_ascii=False, separators=(",", ":")).encode())
    assert view_problems(home(*blocks, words(1 + room))) == []
    refused = refusal(view_problems(home(*blocks, words(2 + room))))
    assert refused is not None
    assert refused["error"] == "view_too_large"


# Ids


def test_a_block_id_is_used_once_in_a_payload() -> None:
    twins = [{"type": "divider", "block_id": "line"}] * 2
    repeated = '`block_id` "line" already exists'
    assert message_problems({"blocks": twins}) == [Problem("/blocks/1/block_id", repeated)]
    assert view_problems(home(*twins)) == [Problem("/view/blocks/1/block_id", repeated)]
    inside = {"type": "container", "title": plain(), "child_blocks": twins[:1]}
    assert message_problems({"blocks": [twins[0], inside]}) == [
        Problem("/blocks/1/child_blocks/0/block_id", repeated),
    ]


def test_an_action_id_is_used_once_in_a_block_but_again_in_the_next() -> None:
    press = {**BUTTON, "action_id": "press"}
    once, twice = ({"type": "actions", "elements": [press] * count} for count in (1, 2))
    assert message_problems({"blocks": [once, once]}) == []
    assert message_problems({"blocks": [twice]}) == [
        Problem("/blocks/0/elements/1/action_id", '`action_id` "press" already exists')
    ]


# Messages

MESSAGES: list[tuple[Any, str, str, str]] = [
    ({"blocks": [DIVIDER] * 51}, "invalid_blocks", "/blocks", "no more than 50 items allowed"),
    ({"blocks": {}}, "invalid_blocks_format", "/blocks", "must provide an array"),
    ({"blocks": ["Hello"]}, "invalid_blocks", "/blocks/0", "must provide an object"),
    ({"blocks": [{"type": "poll"}]}, "invalid_blocks", "/blocks/0/type", "unsupported type: poll"),
    ({"text": 45}, "invalid_arguments", "/text", "must provide a string"),
    (
        {"metadata": {"event_type": "x"}},
        "invalid_metadata_format",
        "/metadata",
        "missing required field: event_payload",
    ),
    ({"attachments": [7]}, "invalid_attachments", "/attachments/0", "must provide an object"),
    ({"attachments": [{}] * 101}, "too_many_attachments", "/attachments", "no more than 100 items allowed"),
    (
        {"attachments": [{"color": "#fff", "blocks": [{"type": "poll"}]}]},
        "invalid_attachments",
        "/attachments/0/blocks/0/type",
        "unsupported type: poll",
    ),
    ({"blocks": [words(3000)] * 4 + [words(1)]}, "msg_blocks_too_long", "/blocks", "msg_blocks_too_long"),
    (
        {"blocks": [BLOCKS["table"], BLOCKS["data_table"]]},
        "invalid_attachments",
        "/blocks/1",
        "only_one_table_allowed",
    ),
    (
        {"blocks": [BLOCKS["pie"]] * 3},
        "invalid_blocks",
        "/blocks/2",
        "no more than 2 data_visualization blocks allowed",
    ),
    (
        {"blocks": [{"type": "plan", "title": "x"}] * 2},
        "invalid_blocks",
        "/blocks/1",
        "no more than 1 plan block allowed",
    ),
]


@pytest.mark.parametrize(("payload", "error", "pointer", "message"), MESSAGES)
def test_a_broken_message_is_refused_by_its_name(payload: Any, error: str, pointer: str, message: str) -> None:
    assert refusal(message_problems(payload)) == {
        "ok": False,
        "error": error,
        "response_metadata": {"messages": [f"[ERROR] {message} [json-pointer:{pointer}]"]},
    }


SOUND_MESSAGES: list[Any] = [
    {"text": "Hello"},
    {"text": "", "blocks": []},
    {"text": "Hello", "blocks": None, "attachments": None},
    {"channel": "C1", "thread_ts": "1.2", "unfurl_links": False, "blocks": [DIVIDER] * 50},
    {"blocks": [words(3000)] * 4},
    {"blocks": [BLOCKS["pie"]] * 2 + [BLOCKS["table"]]},
    {"attachments": [{"color": "#fff", "fallback": "x", "blocks": [DIVIDER]}]},
    {"text": "x", "metadata": {"event_type": "check_in", "event_payload": {"id": 7}}},
]


@pytest.mark.parametrize("payload", SOUND_MESSAGES)
def test_a_sound_message_is_not_refused(payload: Any) -> None:
    assert refusal(message_problems(payload)) is None


def test_every_problem_is_told_at_once() -> None:
    found = message_problems({"blocks": [DIVIDER, {"type": "poll"}, {"type": "header", "text": plain("")}]})
    assert [str(problem) for problem in found] == [
        "[ERROR] unsupported type: poll [json-pointer:/blocks/1/type]",
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/2/text/text]",
    ]
