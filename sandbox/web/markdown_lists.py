"""Lists in Markdown: of points, numbers and tasks, one inside the other."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.web.markup import Html, tag

_ITEM = re.compile(r"(?P<lead> *)(?P<mark>[-*+]|\d+[.)]) (?:\[(?P<box>[ xX])\] )?(?P<words>.*)")

Words = Callable[[str], Html]


@dataclass
class _Item:
    depth: int
    mark: str
    box: str | None
    words: str
    inside: list["_Item"] = field(default_factory=list)


def markdown_list(text: str, draw: Words) -> Html:
    """The lines of a list; `draw` draws what stands on one of them."""
    return _drawn(_items(text), draw)


def _items(text: str) -> list[_Item]:
    """The items as a tree; a line that begins no item goes on with the one before it."""
    top: list[_Item] = []
    path: list[_Item] = []
    for line in text.rstrip("\n").split("\n"):
        found = _ITEM.fullmatch(line)
        if found is None:
            path[-1].words += f"\n{line.strip()}"
            continue
        item = _Item(len(found["lead"]), found["mark"], found["box"], found["words"])
        while path and path[-1].depth >= item.depth:
            path.pop()
        (path[-1].inside if path else top).append(item)
        path.append(item)
    return top


def _drawn(items: list[_Item], draw: Words) -> Html:
    number = re.match(r"\d+", items[0].mark)
    first = int(number[0]) if number and number[0] != "1" else None
    return tag("ol" if number else "ul", *(_item(each, draw) for each in items), start=first)


def _item(item: _Item, draw: Words) -> Html:
    inside = _drawn(item.inside, draw) if item.inside else None
    words = Html(draw(item.words).replace("\n", "<br>"))
    if item.box is None:
        return tag("li", words, inside)
    sign, name = ("☐", "to do") if item.box == " " else ("☑", "done")
    return tag("li", tag("span", sign, role="img", aria_label=name, class_="task-box"), words, inside)
