"""The modals on somebody's screen, one dialog each, the visible one last."""

from sandbox.records import View
from sandbox.web.blocks import draw
from sandbox.web.markup import Html, tag
from sandbox.web.mrkdwn import text_object
from sandbox.web.surface import Json, Surface
from sandbox.web.visit import Visit


def modals(at: Visit) -> Html:
    """The reader's stack of modals."""
    stack = at.workspace.modals.get(at.reader.id, [])
    return tag("div", *(modal(view, at.surface) for view in stack), id="modals")


def modal(view: View, on: Surface) -> Html:
    """One modal as a dialog: its title, blocks and buttons."""
    title = f"{view.id}-title"
    content = view.content
    form = tag(
        "form",
        tag("header", tag("h1", _words(content.get("title"), on), id=title), _corner()),
        tag("div", draw(content.get("blocks", []), on.at(view.id, view.values, view.errors)), class_="blocks"),
        tag("p", view.trouble, class_="trouble", role="alert") if view.trouble else None,
        tag("footer", *_buttons(view, on)),
        novalidate=True,
        autocomplete="off",
    )
    return tag("dialog", form, class_="modal", aria_labelledby=title, data_key=view.id, data_view_id=view.id)


def _corner() -> Html:
    return tag("button", "×", type="button", class_="corner", data_close="stack", aria_label="Dismiss")


def _buttons(view: View, on: Surface) -> list[Html]:
    content = view.content
    close = _words(content.get("close"), on) or "Cancel"
    buttons = [tag("button", close, type="button", class_="button", data_close="view")]
    if content.get("submit"):
        # Keyed by the hash it is another button once the app has drawn the view anew: not busy any more.
        words = _words(content["submit"], on)
        buttons.append(tag("button", words, type="submit", class_="button primary", data_key=view.hash))
    return buttons


def _words(text: Json | None, on: Surface) -> Html:
    return text_object(text, on) if text else Html()
