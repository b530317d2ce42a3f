"""The limits of Block Kit: what just keeps them passes, what just breaks them is refused at the right place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.block_kit_examples import BLOCKS, BUTTON, CARD, CELLS, SOUND, mrkdwn, option, plain, problems_of, put


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_example_is_accepted(name: str) -> None:
    assert problems_of(SOUND[name]) == []


LENGTHS = [
    ("section", "/block_id", 255),
    ("section", "/text/text", 3000),
    ("section", "/fields/0/text", 2000),
    ("section", "/fields/1/text", 2000),
    ("context", "/elements/1/text", 3000),
    ("context", "/elements/0/alt_text", 2000),
    ("header", "/text/text", 150),
    ("image", "/alt_text", 2000),
    ("image", "/title/text", 2000),
    ("input", "/label/text", 2000),
    ("input", "/hint/text", 2000),
    ("video", "/title/text", 199),
    ("video", "/description/text", 199),
    ("video", "/author_name", 49),
    ("markdown", "/text", 12_000),
    ("alert", "/text/text", 200),
    ("card", "/title/text", 150),
    ("card", "/subtitle/text", 150),
    ("card", "/body/text", 200),
    ("carousel", "/elements/0/title/text", 150),
    ("container", "/title/text", 150),
    ("container", "/subtitle/text", 150),
    ("line", "/title", 50),
    ("line", "/chart/series/0/name", 20),
    ("pie", "/chart/segments/0/label", 20),
    ("button", "/accessory/text/text", 75),
    ("button", "/accessory/value", 2000),
    ("button", "/accessory/accessibility_label", 75),
    ("button", "/accessory/agent_prompt", 4000),
    ("button", "/accessory/confirm/title/text", 100),
    ("button", "/accessory/confirm/text/text", 300),
    ("button", "/accessory/confirm/confirm/text", 30),
    ("button", "/accessory/confirm/deny/text", 30),
    ("workflow_button", "/accessory/text/text", 75),
    ("overflow", "/accessory/options/0/text/text", 75),
    ("overflow", "/accessory/options/0/value", 150),
    ("context_actions", "/elements/0/positive_button/text/text", 75),
    ("context_actions", "/elements/0/negative_button/value", 2000),
    ("context_actions", "/elements/1/text/text", 75),
    ("context_actions", "/elements/1/value", 2000),
    ("static_select", "/element/action_id", 255),
    ("static_select", "/element/placeholder/text", 150),
    ("static_select", "/element/options/0/text/text", 75),
    ("static_select", "/element/options/0/value", 150),
    ("static_select", "/element/options/0/description/text", 75),
    ("multi_static_select", "/element/option_groups/0/label/text", 75),
    ("plain_text_input", "/element/placeholder/text", 150),
    ("datepicker", "/element/placeholder/text", 150),
    ("radio_buttons", "/element/options/0/text/text", 75),
]


@pytest.mark.parametrize(("name", "pointer", "most"), LENGTHS)
def test_a_string_has_one_character_at_least_and_so_many_at_most(name: str, pointer: str, most: int) -> None:
    assert problems_of(put(name, pointer, "x")) == []
    assert problems_of(put(name, pointer, "x" * most)) == []
    assert problems_of(put(name, pointer, "x" * (most + 1))) == [(pointer, f"must be less than {most + 1} characters")]
    assert problems_of(put(name, pointer, "")) == [(pointer, "must be more than 0 characters")]


URLS = [
    ("button", "/accessory/url"),
    ("overflow", "/accessory/options/0/url"),
    ("context", "/elements/0/image_url"),
    ("carousel", "/elements/0/hero_image/image_url"),
]


@pytest.mark.parametrize(("name", "pointer"), URLS)
def test_an_address_has_a_scheme_and_3000_characters_at_most(name: str, pointer: str) -> None:
    assert problems_of(put(name, pointer, "https://" + "x" * 2992)) == []
    assert problems_of(put(name, pointer, "https://" + "x" * 2993)) == [(pointer, "must be less than 3001 characters")]
    assert problems_of(put(name, pointer, "example.com")) == [(pointer, "must be a valid URL")]


COUNTS = [
    ("section", "/fields", mrkdwn(), 1, 10),
    ("actions", "/elements", BUTTON, 1, 25),
    ("context", "/elements", mrkdwn(), 1, 10),
    ("context_actions", "/elements", BLOCKS["context_actions"]["elements"][1], 1, 5),
    ("card", "/actions", BUTTON, 1, 2),
    ("carousel", "/elements", CARD, 1, 10),
    ("container", "/child_blocks", {"type": "divider"}, 1, 10),
    ("table", "/rows", CELLS, 1, 100),
    ("table", "/rows/0", CELLS[0], 1, 20),
    ("data_table", "/rows", CELLS, 2, 101),
    ("pie", "/chart/segments", {"label": "Good", "value": 1}, 1, 6),
    ("checkboxes", "/element/options", {"text": mrkdwn(), "value": "one"}, 1, 10),
    ("radio_buttons", "/element/options", option("two"), 1, 10),
    ("overflow", "/accessory/options", option(), 1, 5),
    ("static_select", "/element/options", option("two"), 1, 100),
    ("multi_static_select", "/element/option_groups", {"label": plain(), "options": [option("two")]}, 1, 100),
    ("multi_static_select", "/element/option_groups/1/options", option("two"), 1, 100),
    ("button", "/accessory/visible_to_user_ids", "U1", 1, 10),
]


@pytest.mark.parametrize(("name", "pointer", "item", "least", "most"), COUNTS)
def test_an_array_has_so_many_items(name: str, pointer: str, item: Any, least: int, most: int) -> None:
    assert problems_of(put(name, pointer, [item] * least)) == []
    assert problems_of(put(name, pointer, [item] * most)) == []
    assert (pointer, f"must provide at least {least} items") in problems_of(put(name, pointer, [item] * (least - 1)))
    assert (pointer, f"no more than {most} items allowed") in problems_of(put(name, pointer, [item] * (most + 1)))


RANGES = [
    ("rich_text", "/elements/3/indent", 0, 8),
    ("rich_text", "/elements/3/border", 0, 1),
    ("data_table", "/page_size", 1, 100),
    ("rich_text", "/elements/0/elements/6/skin_tone", 1, 6),
    ("datetimepicker", "/element/initial_date_time", 0, 9_999_999_999),
    ("plain_text_input", "/element/min_length", 0, 3000),
    ("plain_text_input", "/element/max_length", 1, 3000),
    ("rich_text_input", "/element/max_lines", 1, 100),
    ("file_input", "/element/max_files", 1, 10),
]


@pytest.mark.parametrize(("name", "pointer", "least", "most"), RANGES)
def test_a_whole_number_lies_within_its_limits(name: str, pointer: str, least: int, most: int) -> None:
    assert problems_of(put(name, pointer, least)) == []
    assert problems_of(put(name, pointer, most)) == []
    assert problems_of(put(name, pointer, least - 1)) == [(pointer, f"must be greater than {least - 1}")]
    assert problems_of(put(name, pointer, most + 1)) == [(pointer, f"must be less than {most + 1}")]
    assert problems_of(put(name, pointer, True)) == [(pointer, "must provide an integer")]


MAY_BE_EMPTY: list[tuple[str, str, Any]] = [
    ("plan", "/tasks", []),
    ("table", "/column_settings", []),
    ("rich_text", "/elements", []),
    ("rich_text", "/elements/1/elements", []),
    ("rich_text", "/elements/0/elements/1/text", ""),
    ("rich_text", "/elements/0/elements/9/fallback", ""),
    ("line", "/chart/axis_config/x_label", ""),
    ("plain_text_input", "/element/initial_value", ""),
    ("email_text_input", "/element/initial_value", ""),
    ("url_text_input", "/element/initial_value", ""),
]


@pytest.mark.parametrize(("name", "pointer", "value"), MAY_BE_EMPTY)
def test_some_things_may_be_empty(name: str, pointer: str, value: Any) -> None:
    assert problems_of(put(name, pointer, value)) == []


@pytest.mark.parametrize("count", [1, 20, 21])
def test_a_chart_has_twenty_categories_at_most(count: int) -> None:
    labels = [f"Day {day}" for day in range(count)]
    series = {"name": "Ours", "data": [{"label": label, "value": 1} for label in labels]}
    plot = {"type": "bar", "series": [series], "axis_config": {"categories": labels}}
    refused = ["/chart/series/0/data", "/chart/axis_config/categories"] if count > 20 else []
    assert [pointer for pointer, _ in problems_of(put("line", "/chart", plot))] == refused
