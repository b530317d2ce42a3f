"""The `rich_text` block: sections, lists, quotes and preformatted text, and the leaves in them."""

from collections.abc import Callable
from typing import Any

from sandbox.web import mrkdwn
from sandbox.web.emoji import NAMES, emoji
from sandbox.web.markup import Html, join, link, tag
from sandbox.web.surface import Surface

_STYLES = {"code": "code", "bold": "b", "italic": "i", "strike": "s", "underline": "u", "highlight": "mark"}
_STYLES |= {"client_highlight": "mark"}


def rich_text(block: dict[str, Any], on: Surface) -> Html:
    """The whole block."""
    return join(_element(element, on) for element in block.get("elements", []))


def _element(element: dict[str, Any], on: Surface) -> Html:
    draw = _ELEMENTS.get(str(element.get("type")))
    return draw(element, on) if draw else join(f"({element.get('type')})")


def _leaves(element: dict[str, Any], on: Surface) -> Html:
    return join(_leaf(leaf, on) for leaf in element.get("elements", []))


def _list(element: dict[str, Any], on: Surface) -> Html:
    indent = int(element.get("indent", 0))
    ordered = element.get("style") == "ordered"
    first = int(element.get("offset", 0)) + 1 if ordered else None
    items = [tag("li", _leaves(item, on)) for item in element.get("elements", [])]
    ruled = " ruled" if element.get("border") else ""
    return tag("ol" if ordered else "ul", *items, class_=f"rich-list indent-{indent}{ruled}", start=first)


_ELEMENTS: dict[str, Callable[[dict[str, Any], Surface], Html]] = {
    "rich_text_section": lambda element, on: tag("p", _leaves(element, on) or tag("br")),
    "rich_text_quote": lambda element, on: tag("blockquote", _leaves(element, on)),
    "rich_text_preformatted": lambda element, on: tag("pre", _leaves(element, on)),
    "rich_text_list": _list,
}


def _leaf(leaf: dict[str, Any], on: Surface) -> Html:
    draw = _LEAVES.get(str(leaf.get("type")))
    drawn = draw(leaf, on) if draw else join(f"({leaf.get('type')})")
    for style, name in _STYLES.items():
        if leaf.get("style", {}).get(style):
            drawn = tag(name, drawn)
    return drawn


def _text(leaf: dict[str, Any], on: Surface) -> Html:
    return Html(join(str(leaf.get("text", ""))).replace("\n", "<br>"))


def _date(leaf: dict[str, Any], on: Surface) -> Html:
    drawn = mrkdwn.date(str(leaf.get("timestamp")), str(leaf.get("format", "")), str(leaf.get("fallback", "")), on)
    return link(leaf["url"], drawn) if leaf.get("url") else drawn


def _colour(leaf: dict[str, Any], on: Surface) -> Html:
    """A patch of the colour beside its name."""
    name = "#" + str(leaf.get("value", "")).removeprefix("#")
    patch = tag("rect", width=10, height=10, rx=2, fill=name)
    return tag("code", tag("svg", patch, viewBox="0 0 10 10", class_="swatch", aria_hidden="true"), name)


def _emoji(leaf: dict[str, Any], on: Surface) -> Html:
    """By its name; where the page does not know that, by its character."""
    name, tone = str(leaf.get("name")), leaf.get("skin_tone")
    if name not in NAMES and leaf.get("unicode"):
        characters = "".join(chr(int(each, 16)) for each in str(leaf["unicode"]).split("-"))
        return tag("span", characters, class_="emoji", role="img", aria_label=name, title=f":{name}:")
    return emoji(name, f"skin-tone-{tone}" if tone else None)


_LEAVES: dict[str, Callable[[dict[str, Any], Surface], Html]] = {
    "text": _text,
    "link": lambda leaf, on: link(leaf.get("url"), str(leaf.get("text") or leaf.get("url"))),
    "user": lambda leaf, on: mrkdwn.mention(str(leaf.get("user_id")), on),
    "usergroup": lambda leaf, on: mrkdwn.group(str(leaf.get("usergroup_id")), on),
    "channel": lambda leaf, on: mrkdwn.channel(str(leaf.get("channel_id")), on),
    "emoji": _emoji,
    "team": lambda leaf, on: tag("span", str(leaf.get("team_id")), class_="mention"),
    "broadcast": lambda leaf, on: mrkdwn.broadcast(str(leaf.get("range"))),
    "color": _colour,
    "date": _date,
}
