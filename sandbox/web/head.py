"""The head of a page: its title, its looks and its script."""

from collections.abc import Sequence

from sandbox.web.markup import Html, tag


def head(title: str, styles: Sequence[str], script: str) -> Html:
    """What stands above a page with these style sheets and this script, by their names."""
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        *(tag("link", rel="stylesheet", href=f"/static/{name}.css") for name in styles),
        tag("script", src=f"/static/{script}.js", type="module"),
    )
