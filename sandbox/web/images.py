"""Pictures and files: this machine's own are shown, others named and linked; the page asks nothing of the outside."""

from urllib.parse import urlsplit

from sandbox.web.markup import Html, link, safe_url, tag
from sandbox.web.surface import Json, Surface

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def image(content: Json, on: Surface | None = None) -> Html:
    """An image by its address or its file, or a frame with its alternative text."""
    words = str(content.get("alt_text", ""))
    shared = content.get("slack_file", {})
    if on and shared.get("id") in on.files:
        return tag("img", src=f"/files/{shared['id']}/shown", alt=words, loading="lazy")
    address = safe_url(content.get("image_url") or shared.get("url"))
    if address and is_here(address):
        return tag("img", src=address, alt=words, loading="lazy")
    if address:
        return tag("span", link(address, f"🖼 {words}"), class_="picture")
    return tag("span", f"🖼 {words}", class_="picture", role="img", aria_label=words)


def file(content: Json, on: Surface) -> Html:
    """A file that was shared: a picture as one, anything else by its name, kind and size, to be fetched."""
    address, name = safe_url(content.get("url_private")), str(content.get("title") or content.get("name"))
    if str(content.get("mimetype", "")).startswith("image/") and address and is_here(address):
        return tag("figure", tag("figcaption", name), tag("img", src=address, alt=name, loading="lazy"), class_="file")
    kind = str(content.get("filetype", "")).upper()
    size = _size(int(content.get("size", 0)))
    fetched = tag("a", name, href=address, download=content.get("name")) if address else name
    words = tag("span", tag("b", fetched), tag("small", " · ".join(filter(None, (kind, size)))))
    return tag("div", tag("span", "📄", aria_hidden="true"), words, class_="file-card")


def is_here(address: str) -> bool:
    """Whether an address is on this machine."""
    return urlsplit(address).hostname in LOOPBACK


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} bytes" if count else ""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
