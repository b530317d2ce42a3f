"""The `markdown` block: the standard Markdown that Slack accepts, without raw HTML."""

import re
from collections.abc import Callable, Iterator

from sandbox.web.emoji import with_emoji
from sandbox.web.markup import Html, join, link, tag

_BLOCKS = re.compile(
    r"^```\w*\n(?P<pre>.*?)\n?```[ \t]*$"
    r"|^(?P<level>#{1,6})[ \t]+(?P<heading>[^\n]+)$"
    r"|^(?P<rule>---+|\*\*\*+)[ \t]*$"
    r"|(?P<quote>(?:^>[^\n]*\n?)+)"
    r"|(?P<ul>(?:^[ ]*[-*+][ ][^\n]*\n?)+)"
    r"|(?P<ol>(?:^[ ]*\d+[.)][ ][^\n]*\n?)+)"
    r"|(?P<table>^\|[^\n]*\|[ ]*\n\|[ :|-]+\|[ ]*(?:\n\|[^\n]*\|[ ]*)*)"
    r"|(?P<p>(?:^(?!```|#{1,6}[ ]|>|[ ]*[-*+][ ]|[ ]*\d+[.)][ ]|\|)[^\n]+\n?)+|^[^\n]+\n?)",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
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


def _list(kind: str) -> Callable[[re.Match[str]], Html]:
    def draw(found: re.Match[str]) -> Html:
        items = re.findall(r"^( *)(?:[-*+]|\d+[.)]) ([^\n]*)", found[kind], flags=re.MULTILINE)
        return tag(kind, *(tag("li", _inline(words), class_=f"indent-{len(lead) // 2}") for lead, words in items))

    return draw


def _table(found: re.Match[str]) -> Html:
    head, _, *body = found["table"].strip().split("\n")
    rows = [tag("tr", *(tag("td", _inline(cell)) for cell in _cells(line))) for line in body]
    heading = tag("tr", *(tag("th", _inline(cell), scope="col") for cell in _cells(head)))
    return tag("div", tag("table", tag("thead", heading), tag("tbody", *rows)), class_="table")


def _cells(line: str) -> Iterator[str]:
    return (cell.strip() for cell in line.strip().strip("|").split("|"))


_DRAW: dict[str, Callable[[re.Match[str]], Html]] = {
    "pre": lambda found: tag("pre", found["pre"]),
    "heading": _heading,
    "rule": lambda found: tag("hr"),
    "quote": _quote,
    "ul": _list("ul"),
    "ol": _list("ol"),
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
    if found["url"]:
        return link(found["url"], _inline(found["label"]))
    if found["bare"]:
        return link(found["bare"], found["bare"])
    name = str(found.lastgroup)
    return tag(name.rstrip("2"), _inline(found[name]))
