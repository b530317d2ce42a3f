"""What holds for any JSON at all, and what another judge says of our sound examples."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from sandbox.block_kit import message_problems, refusal, view_problems
from tests.sandbox.block_kit_examples import (
    BLOCKS,
    BUTTON,
    SOUND,
    home,
    input_of,
    modal,
    option,
    plain,
    problems_of,
    put,
    section_with,
)

TYPES = sorted({block["type"] for block in SOUND.values()} | {"modal", "home", "button", "plain_text", "poll"})
KEYS = [
    "type",
    "text",
    "blocks",
    "elements",
    "element",
    "accessory",
    "options",
    "rows",
    "chart",
    "title",
    "attachments",
]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.sampled_from(TYPES) | st.text()
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=5),
    max_leaves=12,
)


@given(ANY_JSON)
@settings(max_examples=200, deadline=None)
def test_any_json_gets_an_answer_and_never_an_exception(sent: Any) -> None:
    for problems in (
        message_problems(sent),
        message_problems({"blocks": [sent], "attachments": sent, "metadata": sent}),
        view_problems(sent),
        view_problems(modal(sent)),
    ):
        assert (refusal(problems) is None) == (problems == [])


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of some JSON, with each key or index in it."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


@given(st.sampled_from(sorted(SOUND)), ANY_JSON, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_any_json_inside_a_sound_block_gets_an_answer(name: str, sent: Any, random: Any) -> None:
    block = json.loads(json.dumps(SOUND[name]))
    holder, key = random.choice(places(block))
    holder[key] = sent
    for problems in (message_problems({"blocks": [block]}), view_problems(modal(block)), view_problems(home(block))):
        assert all(problem.pointer.startswith(("/blocks", "/view")) for problem in problems)


# Views and messages made of what people may type

TITLES = st.text(min_size=1, max_size=75)


@given(st.lists(TITLES, min_size=1, max_size=5), st.text(max_size=3000))
@settings(max_examples=100, deadline=None)
def test_whatever_people_type_fits_where_there_is_room(titles: list[str], note: str) -> None:
    options = [{**option(str(index)), "text": plain(title)} for index, title in enumerate(titles)]
    fields = [
        input_of({"type": "static_select", "options": options, "initial_option": options[-1]}, block_id="which"),
        input_of({"type": "plain_text_input", "initial_value": note}, block_id="note"),
    ]
    shown = [{"type": "header", "text": plain(title)} for title in titles]
    shown.append(section_with({"type": "overflow", "options": options}))
    assert view_problems(modal(*fields, title=plain(titles[0][:24]))) == []
    assert view_problems(home(*shown)) == []
    assert message_problems({"text": note, "blocks": shown}) == []


# slack_sdk's own models as a second judge

UNKNOWN_TO_THE_SDK = {"data_table", "data_visualization"}
JUDGED = {name: block for name, block in SOUND.items() if block["type"] not in UNKNOWN_TO_THE_SDK}


@pytest.mark.parametrize("name", JUDGED)
def test_slack_sdk_finds_our_sound_examples_sound(name: str) -> None:
    block = Block.parse(json.loads(json.dumps(JUDGED[name])))
    assert block is not None
    assert block.to_dict()["type"] == JUDGED[name]["type"]


@pytest.mark.parametrize("view", [modal(BLOCKS["input"]), home(BLOCKS["section"])], ids=["modal", "home"])
def test_slack_sdk_finds_our_sound_views_sound(view: Any) -> None:
    View(**view).validate_json()


REFUSED_BY_BOTH: list[tuple[str, str, Any]] = [
    ("header", "/text/text", "x" * 151),
    ("section", "/text/text", "x" * 3001),
    ("section", "/fields", [plain()] * 11),
    ("actions", "/elements", [BUTTON] * 26),
    ("context", "/elements", [plain()] * 11),
    ("image", "/alt_text", "x" * 2001),
    ("input", "/label/text", "x" * 2001),
    ("video", "/author_name", "x" * 50),
    ("markdown", "/text", "x" * 12_001),
    ("card", "/body/text", "x" * 201),
    ("container", "/width", "huge"),
    ("alert", "/level", "loud"),
    ("task_card", "/status", "done"),
    ("datepicker", "/element/initial_date", "tomorrow"),
    ("timepicker", "/element/initial_time", "noon"),
    ("static_select", "/element/options", [option("two")] * 101),
    ("button", "/accessory/value", "x" * 2001),
]


@pytest.mark.parametrize(("name", "pointer", "value"), REFUSED_BY_BOTH)
def test_slack_sdk_refuses_what_we_refuse(name: str, pointer: str, value: Any) -> None:
    block = put(name, pointer, value)
    assert problems_of(block) != []
    parsed = Block.parse(block)
    assert parsed is not None
    with pytest.raises(SlackObjectFormationError):
        parsed.to_dict()
