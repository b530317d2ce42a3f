"""The app's Home tab."""

from sandbox.web.blocks import draw
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Visit


def home(at: Visit) -> Html:
    """What the app last published for the reader, or a line saying that it has not yet."""
    view = at.workspace.homes.get(at.reader.id)
    if view is None:
        waiting = tag("p", f"{at.app_name} has not published a Home for you yet.", class_="empty")
        return tag("div", waiting, id="home", tabindex="0", role="region", aria_label="Home")
    on = at.surface.at(view.id, view.values, view.errors)
    drawn = draw(view.content.get("blocks", []), on)
    trouble = tag("p", view.trouble, class_="trouble", role="alert") if view.trouble else None
    page = tag("div", trouble, drawn, class_="blocks", data_view_id=view.id, data_key=view.id)
    return tag("div", page, id="home", tabindex="0", role="region", aria_label="Home")
