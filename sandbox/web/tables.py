"""Tables, and charts told in words."""

from collections.abc import Iterable
from typing import Any

from sandbox.web.markup import Html, tag
from sandbox.web.rich_text import rich_text
from sandbox.web.surface import Json, Surface


def table(content: Json, on: Surface) -> Html:
    """The `table` block: its first row is the heading."""
    columns = content.get("column_settings") or []
    return _table(content.get("rows", []), columns, on)


def data_table(content: Json, on: Surface) -> Html:
    """The `data_table` block: a caption, a heading and all its rows."""
    return _table(content.get("rows", []), [], on, caption=str(content.get("caption", "")))


def data_visualization(content: Json, on: Surface) -> Html:
    """A chart as a table of its figures."""
    chart = content.get("chart", {})
    if chart.get("type") == "pie":
        rows = [(each.get("label"), each.get("value")) for each in chart.get("segments", [])]
        return _figures(content, ["", "Value"], rows)
    series = chart.get("series", [])
    values = [{point.get("label"): point.get("value") for point in each.get("data", [])} for each in series]
    categories = chart.get("axis_config", {}).get("categories", [])
    rows = [(category, *(each.get(category) for each in values)) for category in categories]
    return _figures(content, ["", *(str(each.get("name")) for each in series)], rows)


def _figures(content: Json, heading: list[str], rows: list[tuple[Any, ...]]) -> Html:
    def line(values: Iterable[object]) -> list[Json]:
        return [{"type": "raw_text", "text": str(value)} for value in values]

    kind = content.get("chart", {}).get("type", "")
    return _table([line(heading), *map(line, rows)], [], Surface(), caption=f"📊 {content.get('title', '')} ({kind})")


def _table(rows: list[list[Json]], columns: list[Json | None], on: Surface, caption: str = "") -> Html:
    head, *body = rows or [[]]
    drawn = [
        tag("caption", caption) if caption else None,
        tag("thead", _row("th", head, columns, on)),
        tag("tbody", *(_row("td", row, columns, on) for row in body)),
    ]
    return tag("div", tag("table", *drawn), class_="table", tabindex="0", role="region", aria_label=caption or "Table")


def _row(cell: str, values: list[Json], columns: list[Json | None], on: Surface) -> Html:
    settings = [*columns, *[None] * len(values)]
    return tag("tr", *(_cell(cell, value, setting or {}, on) for value, setting in zip(values, settings, strict=False)))


def _cell(name: str, value: Json, setting: Json, on: Surface) -> Html:
    drawn = rich_text(value, on) if value.get("type") == "rich_text" else str(value.get("text", value.get("value", "")))
    align = setting.get("align", "right" if value.get("type") == "raw_number" else "left")
    wrapped = " wrapped" if setting.get("is_wrapped") else ""
    return tag(name, drawn, class_=f"{align}{wrapped}", scope="col" if name == "th" else None)
