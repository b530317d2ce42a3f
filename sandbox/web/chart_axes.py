"""The axes of a chart: where a value and a category stand, and the lines and words beside them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.web.markup import Html, join, tag
from sandbox.web.surface import Json

LETTER = 6.8
"""The width of an ordinary letter in the small print of a chart, in its own units."""
TOP, RIGHT = 12, 10


@dataclass(frozen=True)
class Axes:
    """A plot's frame, from `left` to `right` and `top` to `bottom`; values run from `low` to `high`."""

    categories: list[str]
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    drawn: Html

    @property
    def slot(self) -> float:
        """The width that each category has."""
        return (self.right - self.left) / max(1, len(self.categories))

    def x(self, index: int) -> float:
        """The middle of a category."""
        return self.left + self.slot * (index + 0.5)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def axes(drawing: Json, width: float, height: float) -> Axes:
    """The axes that fit the values and the labels of a line, bar or area chart."""
    config = drawing.get("axis_config", {})
    categories = [str(each) for each in config.get("categories", [])]
    steps = ticks(
        [float(point.get("value", 0)) for each in drawing.get("series", []) for point in each.get("data", [])]
    )
    left = 14 + LETTER * max(len(number(step)) for step in steps) + (18 if config.get("y_label") else 0)
    slanted = _slanted(categories, (width - left - RIGHT) / max(1, len(categories)))
    room = 12 + LETTER * 0.62 * max(map(len, categories), default=0) if slanted else 20
    bottom = height - room - (18 if config.get("x_label") else 4)
    bare = Axes(categories, left, width - RIGHT, TOP, bottom, steps[0], steps[-1], Html())
    drawn = join([*_steps(bare, steps), *_names(bare, slanted), *_titles(bare, config, height)])
    return Axes(categories, left, width - RIGHT, TOP, bottom, steps[0], steps[-1], drawn)


def ticks(values: list[float], wanted: int = 5) -> list[float]:
    """Round numbers from below the lowest value to above the highest, nought among them."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if high - low < 1e-9:
        high = low + 1.0
    size = 10 ** math.floor(math.log10((high - low) / wanted))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if (high - low) / (size * times) <= wanted)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [float(f"{step * each:.12g}") for each in range(first, last + 1)]


def number(value: float) -> str:
    """A figure as people read it: 1,250 or 0.25, and 1.2M where it is long."""
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e5, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if unit == 'k' else size):,.3g}{unit}"
    return f"{value:,.10g}"


def _slanted(categories: list[str], slot: float) -> bool:
    return max(map(len, categories), default=0) * LETTER > slot - 6


def _steps(found: Axes, steps: list[float]) -> Iterator[Html]:
    for step in steps:
        y = f"{found.y(step):.1f}"
        kind = "zero" if step == 0 else "step"
        yield tag("line", x1=f"{found.left:.1f}", x2=f"{found.right:.1f}", y1=y, y2=y, class_=kind)
        yield tag("text", number(step), x=f"{found.left - 7:.1f}", y=y, dy="0.33em", text_anchor="end")


def _names(found: Axes, slanted: bool) -> Iterator[Html]:
    for index, category in enumerate(found.categories):
        x, y = f"{found.x(index):.1f}", f"{found.bottom + 15:.1f}"
        turn = {"transform": f"rotate(-38 {x} {y})", "text_anchor": "end"} if slanted else {"text_anchor": "middle"}
        yield tag("text", category, x=x, y=y, **turn)


def _titles(found: Axes, config: Json, height: float) -> Iterator[Html]:
    middle = (found.left + found.right) / 2
    if config.get("x_label"):
        yield tag("text", str(config["x_label"]), x=f"{middle:.1f}", y=height - 5, text_anchor="middle", class_="title")
    if config.get("y_label"):
        y = f"{(found.top + found.bottom) / 2:.1f}"
        turn = f"rotate(-90 12 {y})"
        yield tag("text", str(config["y_label"]), x=12, y=y, transform=turn, text_anchor="middle", class_="title")
