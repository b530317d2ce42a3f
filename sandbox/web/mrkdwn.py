"""Slack's own markup, `mrkdwn`, as one person sees it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from sandbox.web import dates
from sandbox.web.emoji import with_emoji
from sandbox.web.images import is_here
from sandbox.web.markup import Html, join, link, safe_url, tag
from sandbox.web.surface import Surface

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTE_LINE = re.compile(r"(?:&gt;|>)(?!&gt;|>) ?(.*)")
_ATOM = re.compile(r"`(?P<code>[^`\n]+)`|<(?P<control>[^<>\n]+)>|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"*_~])")
_STYLE = re.compile(
    r"(?<![\w*])\*(?=\S)(?P<b>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=\S)(?P<i>[^\n]{1,1000}?)(?<=\S)_(?!\w)"
    r"|(?<![\w~])~(?=\S)(?P<s>[^~\n]+?)(?<=\S)~(?![\w~])"
)
_PERMALINK = re.compile(r"/archives/[CDG]\w+/p\d+")
_HELD = re.compile("\x00(\\d+)\x00")


def text_object(text: dict[str, object], on: Surface) -> Html:
    """A `plain_text` or `mrkdwn` object."""
    words = str(text.get("text", ""))
    if text.get("type") == "mrkdwn":
        return mrkdwn(words, on, verbatim=bool(text.get("verbatim")))
    return _broken(with_emoji(words) if text.get("emoji", True) else join(words))


def mrkdwn(text: str, on: Surface, *, verbatim: bool = False) -> Html:
    """Bold, italic, strike, code, quotes, links, mentions, dates and emoji; `verbatim` leaves bare addresses alone."""
    pieces = _FENCE.split(text.replace("\x00", ""))
    return join(
        tag("pre", _inline_controls(piece, on)) if number % 2 else _prose(piece, on, verbatim)
        for number, piece in enumerate(pieces)
    )


def mention(id_: str, on: Surface) -> Html:
    """A person, highlighted when it is the reader."""
    mine = " me" if id_ == on.reader else ""
    return tag("span", "@" + on.people.get(id_, "unknown"), class_=f"mention{mine}", data_user=id_)


def channel(id_: str, on: Surface) -> Html:
    """A channel as a link, or the words for one that the reader cannot see."""
    name = on.channels.get(id_)
    if name is None:
        return tag("span", "🔒 private channel", class_="mention")
    return tag("a", "#" + name, class_="mention", href=f"?as={on.reader}&channel={id_}", data_open=id_)


def group(id_: str, on: Surface) -> Html:
    """A user group by its handle."""
    return tag("span", "@" + on.groups.get(id_, "unknown-group").lstrip("@"), class_="mention", data_group=id_)


def broadcast(range_: str) -> Html:
    """@here, @channel or @everyone."""
    return tag("span", f"@{range_}", class_="mention broadcast")


def date(timestamp: str, pattern: str, fallback: str, on: Surface) -> Html:
    """An instant in the reader's zone, or the fallback where it cannot be read."""
    try:
        at = datetime.fromtimestamp(int(timestamp), UTC).astimezone(on.zone)
        words = dates.formatted(pattern, at, on.now.astimezone(on.zone))
    except (ValueError, KeyError, OverflowError, OSError):
        return join(fallback)
    return tag("time", words, datetime=at.isoformat(), title=f"{dates.long_date(at)} at {dates.clock_time(at)}")


def _prose(text: str, on: Surface, verbatim: bool) -> Html:
    head, *rest = re.split(r"^(?:&gt;|>){3} ?", text, maxsplit=1, flags=re.MULTILINE)
    quoted = [tag("blockquote", _inline(rest[0], on, verbatim))] if rest else []
    return join([*_lines(head, on, verbatim), *quoted])


def _lines(text: str, on: Surface, verbatim: bool) -> Iterator[Html]:
    """Runs of quoted lines as quotes, the lines between them as they are."""
    run: list[str] = []
    quoting = False
    for line in text.split("\n"):
        quote = _QUOTE_LINE.fullmatch(line)
        if run and bool(quote) != quoting:
            yield _run(run, quoting, on, verbatim)
            run = []
        quoting = bool(quote)
        run.append(quote[1] if quote else line)
    yield _run(run, quoting, on, verbatim)


def _run(lines: list[str], quoting: bool, on: Surface, verbatim: bool) -> Html:
    drawn = _inline("\n".join(lines), on, verbatim)
    return tag("blockquote", drawn) if quoting else drawn


def _inline(text: str, on: Surface, verbatim: bool) -> Html:
    """Code, links and mentions are set aside first, so that no `*` or `_` inside them counts as style."""
    held: list[Html] = []

    def hold(found: re.Match[str]) -> str:
        if verbatim and found["url"]:
            return found[0]
        held.append(_atom(found, on))
        return f"\x00{len(held) - 1}\x00"

    return _styled(_ATOM.sub(hold, text), held)


def _atom(found: re.Match[str], on: Surface) -> Html:
    if found["code"]:
        return tag("code", _inline_controls(found["code"], on))
    if found["url"]:
        return _link(unescape(found["url"]), join(unescape(found["url"])), on)
    return _control(found["control"], on)


def _styled(text: str, held: list[Html]) -> Html:
    out: list[Html] = []
    end = 0
    for found in _STYLE.finditer(text):
        style = found.lastgroup or ""
        out += [_leaf(text[end : found.start()], held), tag(style, _styled(found[style], held))]
        end = found.end()
    return join([*out, _leaf(text[end:], held)])


def _leaf(text: str, held: list[Html]) -> Html:
    drawn = _broken(with_emoji(_entities(text)))
    return Html(_HELD.sub(lambda found: held[int(found[1])], drawn))


def _inline_controls(text: str, on: Surface) -> Html:
    """Inside code only links and mentions live on."""
    pieces = re.split(r"<([^<>\n]+)>", text)
    return join(_control(piece, on) if number % 2 else join(_entities(piece)) for number, piece in enumerate(pieces))


def _control(body: str, on: Surface) -> Html:
    """What stands between `<` and `>`; anything Slack does not know stays text."""
    target, _, label = body.partition("|")
    for start, draw in _CONTROLS.items():
        if target.startswith(start):
            return draw(target.removeprefix(start), label, on)
    if safe_url(_entities(target)):
        return _link(_entities(target), with_emoji(_entities(label or target.removeprefix("mailto:"))), on)
    return join(f"<{_entities(body)}>")


def _link(address: str, label: Html, on: Surface) -> Html:
    """A link; one to a message of this workspace stays on the page, and in the reader's own eyes."""
    path = urlsplit(address).path
    if is_here(address) and _PERMALINK.fullmatch(path):
        return tag("a", label, href=f"{path}?as={on.reader}")
    return link(address, label)


def _special(word: str, label: str, on: Surface) -> Html:
    return broadcast(word) if word in ("here", "channel", "everyone") else join(f"<!{word}>")


def _date(body: str, fallback: str, on: Surface) -> Html:
    timestamp, pattern, *url = [*body.split("^"), ""][:3]
    drawn = date(timestamp, _entities(pattern), _entities(fallback), on)
    return link(url[0], drawn) if url and url[0] else drawn


_CONTROLS: dict[str, Callable[[str, str, Surface], Html]] = {
    "@": lambda id_, label, on: mention(id_, on),
    "#": lambda id_, label, on: channel(id_, on),
    "!subteam^": lambda id_, label, on: group(id_, on),
    "!date^": _date,
    "!": _special,
}


def _entities(text: str) -> str:
    """Slack's three entities as the characters they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _broken(text: Html) -> Html:
    return Html(text.replace("\n", "<br>"))
