"""What stands beside a bar below a message: attachments, and what links are unfurled to."""

from collections.abc import Iterator

from sandbox.web.blocks import draw
from sandbox.web.markup import Html, link, tag
from sandbox.web.mrkdwn import mrkdwn
from sandbox.web.surface import Json, Surface


def attachment(content: Json, on: Surface, app_name: str) -> Html:
    """Its blocks, or of the older kind its title and its words; an unfurl says whose it is, as Slack does."""
    blocks = content.get("blocks")
    parts = [draw(blocks, on)] if isinstance(blocks, list) else list(_words(content, on))
    added = tag("small", f"Added by {app_name}", class_="added") if content.get("is_app_unfurl") else None
    return tag("div", *parts, added, class_="attachment")


def _words(content: Json, on: Surface) -> Iterator[Html]:
    if title := str(content.get("title") or ""):
        yield tag("div", tag("b", link(content.get("title_link"), title)))
    if words := str(content.get("text") or content.get("fallback") or ""):
        yield tag("div", mrkdwn(words, on), class_="text")
    for field in content.get("fields") or []:
        yield tag("div", tag("b", str(field.get("title", ""))), " ", mrkdwn(str(field.get("value", "")), on))
