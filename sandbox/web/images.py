"""Pictures: this machine's own are shown, others are named and linked; the page asks nothing of the outside."""

from urllib.parse import urlsplit

from sandbox.web.markup import Html, link, safe_url, tag
from sandbox.web.surface import Json

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def image(content: Json) -> Html:
    """An image by its address, or a frame with its alternative text."""
    address = safe_url(content.get("image_url"))
    words = str(content.get("alt_text", ""))
    if address and urlsplit(address).hostname in LOOPBACK:
        return tag("img", src=address, alt=words, loading="lazy")
    shown = link(address, f"🖼 {words}") if address else f"🖼 {words}"
    return tag("span", shown, class_="picture", role="img", aria_label=words)
