"""HTML in which every text is escaped unless it is markup already."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

Child: TypeAlias = "str | Iterable[Child] | None"

_VOID = {"img", "br", "hr", "input", "meta", "link"}
_SAFE_SCHEMES = ("http://", "https://", "mailto:")


class Html(str):
    """Markup that is safe to send as it stands."""

    __slots__ = ()


def tag(name: str, /, *children: Child, **attributes: object) -> Html:
    """An element; `class_` and `data_ts` become `class` and `data-ts`; an attribute of None or False is left out."""
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{opening}>") if name in _VOID else Html(f"<{opening}>{join(children)}</{name}>")


def join(children: Child) -> Html:
    """The children one after another, plain text escaped."""
    if children is None:
        return Html()
    if isinstance(children, Html):
        return children
    if isinstance(children, str):
        return Html(escape(children))
    return Html("".join(map(join, children)))


def safe_url(url: object) -> str | None:
    """The address if a browser may follow it: http, https or mailto; otherwise None."""
    text = str(url or "").strip()
    return text if text.lower().startswith(_SAFE_SCHEMES) else None


def link(url: object, *label: Child) -> Html:
    """A link that opens in a new tab, or only its label when the address is not one to follow."""
    address = safe_url(url)
    return tag("a", *label, href=address, target="_blank", rel="noopener noreferrer") if address else join(label)


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
