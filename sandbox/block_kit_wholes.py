"""What shows only when a message or view is looked at as a whole: ids, counts, sizes.

Everything here is asked once each part is sound on its own, and so may rely on the parts' shapes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sandbox.block_kit_data import text_length
from sandbox.block_kit_rules import Problem

Placed = tuple[str, dict[str, Any]]
"""A block or an element with its JSON pointer."""

VIEW_BYTES = 250_000

# Slack's reference gives no number for all of a message's blocks together; its maintainers do (slackapi/bolt-js#2509).
MESSAGE_TEXT = 12_000

VIEW_TOO_LARGE = "view_too_large"
MESSAGE_TOO_LONG = "msg_blocks_too_long"
ONE_TABLE = "only_one_table_allowed"

# At most so many blocks of these types in one message, and what is said of the next
AT_MOST = (
    (1, {"table", "data_table"}, ONE_TABLE),
    (2, {"data_visualization"}, "no more than 2 data_visualization blocks allowed"),
    (1, {"plan"}, "no more than 1 plan block allowed"),
)

BLOCKS_IN = {"carousel": "elements", "container": "child_blocks", "plan": "tasks"}
ELEMENTS_IN = ("accessory", "element", "elements", "actions")


def message_as_a_whole(payload: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong between the parts of a message."""
    placed = list(blocks_of_message(payload))
    yield from repeated_ids(placed)
    yield from too_many(placed)
    yield from misplaced_elements(placed, modal=False)
    if text_length(payload.get("blocks")) > MESSAGE_TEXT:
        yield Problem("/blocks", MESSAGE_TOO_LONG)


def view_as_a_whole(view: dict[str, Any], at: str) -> Iterator[Problem]:
    """What is wrong between the parts of a view."""
    placed = list(blocks_within(view["blocks"], f"{at}/blocks"))
    modal = view["type"] == "modal"
    yield from repeated_ids(placed)
    yield from rival_focuses(placed)
    yield from misplaced_elements(placed, modal=modal)
    if modal and "submit" not in view and any(block["type"] == "input" for _, block in placed):
        yield Problem(at, "missing required field: submit")
    if json_bytes(view) > VIEW_BYTES:
        yield Problem(at, VIEW_TOO_LARGE)


def unsupported(payload: dict[str, Any], types: Collection[str]) -> Iterator[Problem]:
    """The blocks of a message that are of these types."""
    for at, block in blocks_of_message(payload):
        if block["type"] in types:
            yield Problem(f"{at}/type", f"unsupported type: {block['type']}")


def blocks_of_message(payload: dict[str, Any]) -> Iterator[Placed]:
    """Every block of a message, its attachments' too."""
    yield from blocks_within(payload.get("blocks", []), "/blocks")
    for index, attachment in enumerate(payload.get("attachments", [])):
        yield from blocks_within(attachment.get("blocks", []), f"/attachments/{index}/blocks")


def blocks_within(blocks: list[dict[str, Any]], at: str) -> Iterator[Placed]:
    """Every block of a list, and those that it holds."""
    for index, block in enumerate(blocks):
        yield f"{at}/{index}", block
        if inner := BLOCKS_IN.get(block["type"]):
            yield from blocks_within(block.get(inner, []), f"{at}/{index}/{inner}")


def elements_within(at: str, block: dict[str, Any]) -> Iterator[Placed]:
    """Every element that stands in a block."""
    for key in ELEMENTS_IN:
        value = block.get(key, [])
        if isinstance(value, dict):
            yield f"{at}/{key}", value
        else:
            yield from ((f"{at}/{key}/{index}", element) for index, element in enumerate(value))


def repeated_ids(placed: list[Placed]) -> Iterator[Problem]:
    """No two blocks share a block_id, nor two elements of one block an action_id."""
    yield from repeated("block_id", placed)
    for at, block in placed:
        yield from repeated("action_id", elements_within(at, block))


def repeated(key: str, placed: Iterable[Placed]) -> Iterator[Problem]:
    """What carries an id that something before it had."""
    seen = set()
    for at, thing in placed:
        name = thing.get(key)
        if name in seen:
            yield Problem(f"{at}/{key}", f'`{key}` "{name}" already exists')
        elif name is not None:
            seen.add(name)


def too_many(placed: list[Placed]) -> Iterator[Problem]:
    """Blocks of which a message holds only a few."""
    for most, types, message in AT_MOST:
        alike = [at for at, block in placed if block["type"] in types]
        yield from (Problem(at, message) for at in alike[most:])


def rival_focuses(placed: list[Placed]) -> Iterator[Problem]:
    """Only one element of a view has the cursor at first."""
    focused = [at for at, block in placed for at, element in elements_within(at, block) if element.get("focus_on_load")]
    yield from (Problem(f"{at}/focus_on_load", "must be set on one element only") for at in focused[1:])


def misplaced_elements(placed: list[Placed], *, modal: bool) -> Iterator[Problem]:
    """Files are taken in modals only, and a response URL is given to an input of a modal only."""
    for at, block in placed:
        for place, element in elements_within(at, block):
            if element.get("type") == "file_input" and not modal:
                yield Problem(f"{place}/type", "unsupported type: file_input")
            if element.get("response_url_enabled") and not (modal and block["type"] == "input"):
                yield Problem(f"{place}/response_url_enabled", "must be in an input block of a modal")


def json_bytes(value: object) -> int:
    """How many bytes the JSON takes on the wire."""
    # A lone surrogate is still JSON, and must be counted rather than raise.
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
