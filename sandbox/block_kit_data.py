"""Tables and charts: the blocks that show data, which only messages can carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit_objects import RICH_TEXT
from sandbox.block_kit_rules import (
    Problem,
    Rule,
    Rules,
    boolean,
    choice,
    integer,
    many,
    nullable,
    number,
    one_of,
    shape,
    string,
    typed,
)

# Tables

CELL = one_of(
    {
        "raw_text": typed({"text": string()}),
        "raw_number": typed({"value": number(), "text": string()}),
        **RICH_TEXT,
    }
)
COLUMN = shape({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})

TABLE_KEYS: Rules = {"rows": many(many(CELL, 1, 20), 1, 100)}
TABLE_OPTIONS: Rules = {"column_settings": many(nullable(COLUMN), 0, 20)}

DATA_TABLE_KEYS: Rules = {"caption": string(), "rows": many(many(CELL, 1, 20), 2, 101)}
DATA_TABLE_OPTIONS: Rules = {"page_size": integer(1, 100), "row_header_column_index": integer(0)}
DATA_TABLE_TEXT = 10_000


def rows_are_even(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """Every row of a data table is as long as its header."""
    columns = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != columns:
            yield Problem(f"{at}/rows/{index}", f"must have {columns} cells, as the header has")
    if value.get("row_header_column_index", 0) >= columns:
        yield Problem(f"{at}/row_header_column_index", f"must be less than {columns}")


def header_is_raw(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """The header of a data table holds no rich text."""
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Problem(f"{at}/rows/0/{index}/type", "unsupported type: rich_text")


def cells_hold_little(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """All cells of a data table together stay within its limit of characters."""
    if text_length(value["rows"]) > DATA_TABLE_TEXT:
        yield Problem(f"{at}/rows", f"must be less than {DATA_TABLE_TEXT + 1} characters")


def text_length(value: object) -> int:
    """The characters of every `text` in some JSON, however deep."""
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (len(own) if isinstance(own, str) else 0) + text_length(list(value.values()))


# Charts

NAME = string(1, 20)
AXIS_TITLE = string(0, 50)
SEGMENT = shape({"label": NAME, "value": number(above=0)})
POINT = shape({"label": NAME, "value": number()})
SERIES = shape({"name": NAME, "data": many(POINT, 1, 20)})
AXES = shape({"categories": many(NAME, 1, 20)}, {"x_label": AXIS_TITLE, "y_label": AXIS_TITLE})


def names_are_unique(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """No two series of a chart share a name."""
    names = [series["name"] for series in value["series"]]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(f"{at}/series/{index}/name", "must be unique")


def points_fit_categories(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """Every series has one point for each category."""
    categories = sorted(value["axis_config"]["categories"])
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            yield Problem(f"{at}/series/{index}/data", "must have one point for each category")


PLOT: Rule = typed({"series": many(SERIES, 1, 6), "axis_config": AXES}, {}, names_are_unique, points_fit_categories)
CHART = one_of(
    {"line": PLOT, "bar": PLOT, "area": PLOT, "pie": typed({"segments": many(SEGMENT, 1, 6)})},
)
