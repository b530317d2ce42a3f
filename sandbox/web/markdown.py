"""The `markdown` block: the standard Markdown that Slack accepts, without raw HTML."""

import re
from collections.abc import Callable, Iterator

from sandbox.web.emoji import with_emoji
from sandbox.web.images import image
from sandbox.web.markdown_lists import markdown_list
from sandbox.web.markup import Html, join, link, tag

_BLOCKS = re.compile(
    r"^```\w*\n(?P<pre>.*?)\n?```[ \t]*$"
    r"|^(?P<level>#{1,6})[ \t]+(?P<heading>[^\n]+)$"
    r"|^(?P<rule>---+|\*\*\*+)[ \t]*$"
    r"|(?P<quote>(?:^>[^\n]*\n?)+)"
    r"|(?P<list>^[ ]{0,3}(?:[-*+]|\d+[.)])[ ][^\n]*\n?(?:(?:[ ]*(?:[-*+]|\d+[.)])[ ]|[ ]{2,})[^\n]*\n?)*)"
    r"|(?P<table>^\|[^\n]*\|[ ]*\n\|[ :|-]+\|[ ]*(?:\n\|[^\n]*\|[ ]*)*)"
    r"|(?P<p>(?:^(?!```|#{1,6}[ ]|>|[ ]*[-*+][ ]|[ ]*\d+[.)][ ]|\|)[^\n]+\n?)+|^[^\n]+\n?)",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|!\[(?P<alt>[^\]\n]*)\]\((?P<picture>[^)\s]+)\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]+)>"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>[^)\s]+)\)"
    r"|(?P<bare>https?://[^\s<>]*[^\s<>.,;:!?)\]'\"*_~])"
    r"|\*\*(?P<b>[^\n]+?)\*\*|__(?P<b2>[^\n]+?)__"
    r"|~~(?P<s>[^\n]+?)~~"
    r"|(?<![\w*])\*(?=\S)(?P<i>[^*\n]+?)\*(?![\w*])|(?<!\w)_(?=\S)(?P<i2>[^_\n]+?)_(?!\w)"
)


def markdown(text: str) -> Html:
    """Headings, rules, quotes, lists, tables, fences and paragraphs."""
    return join(_block(found) for found in _BLOCKS.finditer(text))


def _block(found: re.Match[str]) -> Html:
    for kind, draw in _DRAW.items():
        if found[kind] is not None:
            return draw(found)
    return Html()


def _heading(found: re.Match[str]) -> Html:
    return tag("h4", _inline(found["heading"]), class_=f"heading-{len(found['level'])}")


def _quote(found: re.Match[str]) -> Html:
    return tag("blockquote", markdown(re.sub(r"^> ?", "", found["quote"], flags=re.MULTILINE)))


def _table(found: re.Match[str]) -> Html:
    head, under, *body = found["table"].strip().split("\n")
    sides = [_side(rule) for rule in _cells(under)]
    rows = [_row("td", line, sides) for line in body]
    drawn = tag("table", tag("thead", _row("th", head, sides)), tag("tbody", *rows))
    return tag("div", drawn, class_="table", tabindex="0", role="region", aria_label="Table")


def _row(cell: str, line: str, sides: list[str]) -> Html:
    scope = "col" if cell == "th" else None
    sided = zip(_cells(line), [*sides, *["left"] * line.count("|")], strict=False)
    return tag("tr", *(tag(cell, _inline(words), class_=side, scope=scope) for words, side in sided))


def _side(rule: str) -> str:
    """Where a column stands, by the colons below its heading."""
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left"


def _cells(line: str) -> Iterator[str]:
    return (cell.strip() for cell in line.strip().strip("|").split("|"))


_DRAW: dict[str, Callable[[re.Match[str]], Html]] = {
    "pre": lambda found: tag("pre", found["pre"]),
    "heading": _heading,
    "rule": lambda found: tag("hr"),
    "quote": _quote,
    "list": lambda found: markdown_list(found["list"], _inline),
    "table": _table,
    "p": lambda found: tag("p", Html(_inline(found["p"].strip()).replace("\n", "<br>"))),
}


def _inline(text: str) -> Html:
    out: list[Html] = []
    end = 0
    for found in _INLINE.finditer(text):
        out += [with_emoji(text[end : found.start()]), _span(found)]
        end = found.end()
    return join([*out, with_emoji(text[end:])])


def _span(found: re.Match[str]) -> Html:
    if found["code"]:
        return tag("code", found["code"])
    if found["picture"]:
        return image({"image_url": found["picture"], "alt_text": found["alt"]})
    if found["auto"]:
        return link(found["auto"], found["auto"].removeprefix("mailto:"))
    if found["url"]:
        return link(found["url"], _inline(found["label"]))
    if found["bare"]:
        return link(found["bare"], found["bare"])
    name = str(found.lastgroup)
    return tag(name.rstrip("2"), _inline(found[name]))
