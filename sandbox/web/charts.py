"""The `data_visualization` block: a chart as SVG, its legend, and its figures in a table for those who listen."""

from collections.abc import Iterable
from typing import Any

from sandbox.web.chart_axes import Axes, axes, number
from sandbox.web.chart_shapes import SHAPES, pie
from sandbox.web.markup import Html, tag
from sandbox.web.surface import Json, Surface
from sandbox.web.tables import grid

WIDTH, HEIGHT, PIE = 480, 250, 200


def data_visualization(content: Json, on: Surface) -> Html:
    """A line, bar, area or pie chart with its title; one line says so where it is of another kind."""
    drawing = content.get("chart", {})
    title = str(content.get("title", ""))
    caption = tag("figcaption", title)
    if drawing.get("type") == "pie":
        return tag("figure", caption, _pie(title, drawing), _figures(title, *_pie_figures(drawing)), class_="chart")
    if drawing.get("type") not in SHAPES:
        return tag("em", f"The chart “{drawing.get('type')}” is not drawn here yet.", role="note")
    names = [str(each.get("name")) for each in drawing.get("series", [])]
    legend = _legend(names) if len(names) > 1 else None
    return tag(
        "figure", caption, legend, _plot(title, drawing), _figures(title, *_plot_figures(drawing)), class_="chart"
    )


def _plot(title: str, drawing: Json) -> Html:
    found = axes(drawing, WIDTH, HEIGHT)
    series = drawing.get("series", [])
    shapes = SHAPES[drawing["type"]]([(str(each.get("name")), _values(each, found)) for each in series], found)
    words = f"{title}: {drawing['type']} chart of {', '.join(str(each.get('name')) for each in series)}"
    return tag("svg", found.drawn, shapes, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=words, class_="plot")


def _values(series: Json, found: Axes) -> list[float]:
    """One value a category, in the order of the axis."""
    values = {str(point.get("label")): float(point.get("value", 0)) for point in series.get("data", [])}
    return [values.get(category, 0.0) for category in found.categories]


def _pie(title: str, drawing: Json) -> Html:
    segments = [(str(each.get("label")), float(each.get("value", 0))) for each in drawing.get("segments", [])]
    whole = sum(value for _, value in segments) or 1
    legend = _legend([label for label, _ in segments], [f"{number(v)} · {v / whole:.0%}" for _, v in segments])
    words = f"{title}: pie chart of {', '.join(label for label, _ in segments)}"
    drawn = tag("svg", pie(segments, PIE), viewBox=f"0 0 {PIE} {PIE}", role="img", aria_label=words, class_="pie")
    return tag("div", drawn, legend, class_="pie-and-legend")


def _legend(names: Iterable[str], notes: Iterable[str] = ()) -> Html:
    told = dict(enumerate(notes))
    items = [
        tag("li", tag("span", class_=f"key tone-{index}"), name, tag("small", told[index]) if index in told else None)
        for index, name in enumerate(names)
    ]
    return tag("ul", *items, class_="legend", aria_hidden="true")


def _pie_figures(drawing: Json) -> tuple[list[str], list[tuple[Any, ...]]]:
    return ["", "Value"], [(each.get("label"), each.get("value")) for each in drawing.get("segments", [])]


def _plot_figures(drawing: Json) -> tuple[list[str], list[tuple[Any, ...]]]:
    series = drawing.get("series", [])
    values = [{point.get("label"): point.get("value") for point in each.get("data", [])} for each in series]
    categories = drawing.get("axis_config", {}).get("categories", [])
    rows = [(category, *(each.get(category) for each in values)) for category in categories]
    return ["", *(str(each.get("name")) for each in series)], rows


def _figures(title: str, heading: list[str], rows: list[tuple[Any, ...]]) -> Html:
    def line(values: Iterable[object]) -> list[Json]:
        return [{"type": "raw_text", "text": str(value)} for value in values]

    table = grid([line(heading), *map(line, rows)], [], Surface(), caption=title, row_header=0)
    return tag("div", table, class_="unseen")
