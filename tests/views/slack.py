"""What Slack makes of a view: whether it takes it, what it sends back, and what in it pings or links."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, settings

from sandbox import inputs
from sandbox.block_kit import message_problems, view_problems
from views.blocks import Message, View

ANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
"""For drawings of whole views: each example is large, and how long one takes says nothing."""

_CONTROL = re.compile(r"<[^>]*>?")
_OURS = re.compile(r"<@U\d{3}>|<#[CG]\d{3}>|<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[\w: ]+ UTC>")


def filled(view: View, entered: Mapping[str, Any] | None = None) -> View:
    """The view as it comes back: untouched but for what was entered, by field."""
    # Slack names the blocks that we did not.
    blocks = [{"block_id": f"slack {place}", **block} for place, block in enumerate(view["blocks"])]
    values = inputs.state(blocks, {})
    for field, value in (entered or {}).items():
        element = inputs.control(blocks, field, field)
        values[field][field] = inputs.chosen(element, value)
    # Through JSON, as it comes.
    returned: View = json.loads(json.dumps({**view, "blocks": blocks, "state": {"values": values}}))
    return returned


def fields(view: View) -> dict[str, Any]:
    """The element of each field of a form."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def words_of(drawn: object) -> str:
    """Everything that a person reads in some blocks, joined."""
    return "\n".join(_texts(drawn))


def pressed(drawn: object) -> list[tuple[str, str]]:
    """Everything that can be pressed, with what it sends: buttons, and the options of menus."""
    found = []
    for each in _objects(drawn):
        if each.get("type") == "button":
            found.append((each["action_id"], each.get("value", "")))
        if each.get("type") == "overflow":
            found += [(each["action_id"], option["value"]) for option in each["options"]]
    return found


def assert_slack_takes(drawn: Message | View) -> None:
    """Slack shows it, it says something in words, and nothing that was typed pings, links or formats."""
    is_view = "type" in drawn
    assert (view_problems if is_view else message_problems)(dict(drawn)) == []
    if not is_view:
        assert 0 < len(str(drawn["text"])) <= 4_000
    for text in _marked_up(drawn):
        for control in _CONTROL.findall(text):
            assert _OURS.fullmatch(control), control


def _marked_up(drawn: Any) -> Iterator[str]:
    """Every text in which Slack looks for markup."""
    if "type" not in drawn:
        yield drawn["text"]
    for each in _objects(drawn):
        if each.get("type") == "mrkdwn":
            assert each["verbatim"] is True
            yield each["text"]


def _texts(drawn: object) -> Iterator[str]:
    for each in _objects(drawn):
        if isinstance(each.get("text"), str):
            yield each["text"]


def _objects(drawn: object) -> Iterator[dict[str, Any]]:
    """Every JSON object, however deep."""
    if isinstance(drawn, dict):
        yield drawn
        yield from (each for value in drawn.values() for each in _objects(value))
    elif isinstance(drawn, list):
        yield from (each for value in drawn for each in _objects(value))
