"""Cards, videos and an agent's plan: blocks that hold a picture, a few words and perhaps buttons."""

from sandbox.web.elements import element
from sandbox.web.images import image
from sandbox.web.markup import Html, join, link, tag
from sandbox.web.mrkdwn import text_object
from sandbox.web.rich_text import rich_text
from sandbox.web.surface import Json, Place, Surface


def card(content: Json, on: Surface) -> Html:
    """A picture on top, an icon beside the title, words, and buttons below."""
    icon = tag("div", image(content["icon"], on), class_="icon") if content.get("icon") else None
    words = [tag("div", text_object(content[part], on), class_=part) for part in _WORDS if content.get(part)]
    actions = [element(each, Place(on, str(content.get("block_id")))) for each in content.get("actions", [])]
    return tag(
        "div",
        tag("div", image(content["hero_image"], on), class_="hero") if content.get("hero_image") else None,
        tag("div", icon, tag("div", *words), class_="words") if words or icon else None,
        tag("div", *actions, class_="actions") if actions else None,
        class_="card-frame",
    )


_WORDS = ("title", "subtitle", "body")


def carousel(content: Json, on: Surface) -> Html:
    """Cards side by side, to scroll through."""
    cards = [
        tag("div", card(each, on), role="listitem", class_="slide", data_block_id=each.get("block_id"))
        for each in content.get("elements", [])
    ]
    return tag("div", *cards, class_="slides", role="list", tabindex="0", aria_label="Cards")


def video(content: Json, on: Surface) -> Html:
    """The still of a video with what it is about; it plays where it lives."""
    title = text_object(content.get("title", {}), on)
    still = {"image_url": content.get("thumbnail_url"), "alt_text": content.get("alt_text")}
    about = " · ".join(str(content[each]) for each in ("author_name", "provider_name") if content.get(each))
    return join(
        [
            tag("div", link(content.get("title_url") or content.get("video_url"), title), class_="title"),
            tag("small", about) if about else None,
            tag("p", text_object(content["description"], on)) if content.get("description") else None,
            tag("div", image(still), link(content.get("video_url"), "▶ Play"), class_="still"),
        ]
    )


def plan(content: Json, on: Surface) -> Html:
    """What an agent is about to do, step by step."""
    steps = [tag("li", task(each, on)) for each in content.get("tasks", [])]
    return join([tag("b", str(content.get("title", ""))), tag("ol", *steps, class_="steps")])


def task(content: Json, on: Surface) -> Html:
    """One step: how far it is, what came of it, and from where."""
    status = str(content.get("status", "pending"))
    sign = tag("span", _SIGNS.get(status, "○"), role="img", aria_label=status.replace("_", " "), class_="sign")
    sources = [link(each.get("url"), str(each.get("text"))) for each in content.get("sources", [])]
    return tag(
        "div",
        tag("div", sign, tag("b", str(content.get("title", "")))),
        *(tag("div", rich_text(content[part], on), class_=part) for part in ("details", "output") if content.get(part)),
        tag("div", *sources, class_="sources") if sources else None,
        class_=f"task {status}",
    )


_SIGNS = {"complete": "✓", "in_progress": "◐", "error": "✕"}
