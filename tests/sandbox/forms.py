"""Small forms for the tests to open."""

import pytest
from slack_sdk.errors import SlackApiError


def plain(text):
    return {"type": "plain_text", "text": text}


def question(block_id, label, **element):
    element = {"type": "plain_text_input", "action_id": "answer", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def form(*blocks, **extra):
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Save"),
        "blocks": list(blocks) or [question("title", "Title"), {**question("why", "Why"), "optional": True}],
        **extra,
    }


def row(*elements):
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def button(text, action_id):
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": "1"}


async def refused(call):
    """The error that Slack answers a call with."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    return refusal.value.response["error"]
