"""The marks inside a chart: bars, lines, areas and slices, each named for those who hover."""

import math
from collections.abc import Callable, Iterator

from sandbox.web.chart_axes import Axes, number
from sandbox.web.markup import Html, join, tag

Series = list[tuple[str, list[float]]]
"""Names, and for each a value a category."""


def bars(series: Series, on: Axes) -> Html:
    """Beside each other in every category, standing on nought."""
    width = min(34.0, on.slot * 0.74 / max(1, len(series)))
    return join(
        _bar(index, place, value, width, len(series), name, on)
        for index, (name, values) in enumerate(series)
        for place, value in enumerate(values)
    )


def lines(series: Series, on: Axes) -> Html:
    """A line through each series, with a dot for every value."""
    return join(_line(index, name, values, on) for index, (name, values) in enumerate(series))


def areas(series: Series, on: Axes) -> Html:
    """A line through each series and the ground below it, down to nought."""
    return join([*(_ground(index, values, on) for index, (_, values) in enumerate(series)), lines(series, on)])


def pie(segments: list[tuple[str, float]], size: float) -> Html:
    """Slices from twelve o'clock on, as large as their share; a lone one is the whole circle."""
    whole = sum(value for _, value in segments) or 1
    return join(_slices(segments, whole, size / 2))


def _bar(index: int, place: int, value: float, width: float, of: int, name: str, on: Axes) -> Html:
    left = on.x(place) + (index - of / 2) * width
    top, bottom = sorted((on.y(value), on.y(0)))
    words = tag("title", f"{on.categories[place]}, {name}: {number(value)}")
    size = {"width": f"{max(1.0, width - 2):.1f}", "height": f"{max(0.5, bottom - top):.1f}", "rx": 2}
    return tag("rect", words, x=f"{left + 1:.1f}", y=f"{top:.1f}", class_=f"tone-{index}", **size)


def _line(index: int, name: str, values: list[float], on: Axes) -> Html:
    dots = [
        tag(
            "circle",
            tag("title", f"{on.categories[place]}, {name}: {number(value)}"),
            cx=f"{on.x(place):.1f}",
            cy=f"{on.y(value):.1f}",
            r=3.5,
        )
        for place, value in enumerate(values)
    ]
    return tag("g", tag("polyline", points=_points(values, on)), *dots, class_=f"line tone-{index}")


def _ground(index: int, values: list[float], on: Axes) -> Html:
    last = len(values) - 1
    ends = f"{on.x(last):.1f},{on.y(0):.1f} {on.x(0):.1f},{on.y(0):.1f}"
    return tag("polygon", points=f"{_points(values, on)} {ends}", class_=f"ground tone-{index}")


def _points(values: list[float], on: Axes) -> str:
    return " ".join(f"{on.x(place):.1f},{on.y(value):.1f}" for place, value in enumerate(values))


def _slices(segments: list[tuple[str, float]], whole: float, middle: float) -> Iterator[Html]:
    radius, before = middle - 2, 0.0
    for index, (label, value) in enumerate(segments):
        words = tag("title", f"{label}: {number(value)} ({value / whole:.0%})")
        if value == whole:
            yield tag("circle", words, cx=middle, cy=middle, r=radius, class_=f"tone-{index}")
        else:
            path = _slice(before / whole, (before + value) / whole, middle, radius)
            yield tag("path", words, d=path, class_=f"slice tone-{index}")
        before += value


def _slice(start: float, end: float, middle: float, radius: float) -> str:
    """The outline of a slice between two shares of the circle."""
    (x1, y1), (x2, y2) = (
        (middle + radius * math.sin(math.tau * share), middle - radius * math.cos(math.tau * share))
        for share in (start, end)
    )
    large = int(end - start > 0.5)
    return f"M{middle} {middle}L{x1:.2f} {y1:.2f}A{radius} {radius} 0 {large} 1 {x2:.2f} {y2:.2f}Z"


SHAPES: dict[str, Callable[[Series, Axes], Html]] = {"bar": bars, "line": lines, "area": areas}
