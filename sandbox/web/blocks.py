"""Blocks as HTML that reads like Slack."""

from collections.abc import Callable, Iterable

from sandbox.web.cards import card, carousel, plan, task, video
from sandbox.web.charts import data_visualization
from sandbox.web.elements import element, is_group
from sandbox.web.images import image
from sandbox.web.markdown import markdown
from sandbox.web.markup import Html, join, tag
from sandbox.web.mrkdwn import text_object
from sandbox.web.rich_text import rich_text
from sandbox.web.surface import Json, Place, Surface
from sandbox.web.tables import data_table, table


def draw(blocks: Iterable[Json], on: Surface) -> Html:
    """All blocks of a message, modal or Home, one below the other."""
    return join(block(each, on) for each in blocks)


def block(content: Json, on: Surface) -> Html:
    """One block, or a visible note where this page does not know its type."""
    kind = str(content.get("type"))
    known = _DRAW.get(kind)
    if known is None:
        note = tag("em", f"The block “{kind}” is not drawn here yet.")
        return tag("div", note, class_="block unknown", role="note", data_block_id=content.get("block_id"))
    wrong = " invalid" if content.get("block_id") in on.errors else ""
    return tag("div", known(content, on), class_=f"block {kind}{wrong}", data_block_id=content.get("block_id"))


def _section(content: Json, on: Surface) -> Html:
    text = tag("div", text_object(content["text"], on), class_="text") if content.get("text") else None
    fields = [tag("div", text_object(field, on)) for field in content.get("fields", [])]
    body = tag("div", text, tag("div", *fields, class_="fields") if fields else None, class_="body")
    accessory = content.get("accessory")
    return join([body, tag("div", _loose(accessory, content, on), class_="accessory") if accessory else None])


def _actions(content: Json, on: Surface) -> Html:
    return join(_loose(each, content, on) for each in content.get("elements", []))


def _loose(content: Json, block_: Json, on: Surface) -> Html:
    """An element outside an input block: every change in it is told to the app at once."""
    words = content.get("placeholder", {}).get("text") or _UNNAMED.get(str(content.get("type")), "Options")
    return element(content, Place(on, str(block_.get("block_id")), label=str(words)))


_UNNAMED = {"datepicker": "Date", "timepicker": "Time", "datetimepicker": "Date and time"}


def _context(content: Json, on: Surface) -> Html:
    return join(
        image(each, on) if each.get("type") == "image" else tag("span", text_object(each, on))
        for each in content.get("elements", [])
    )


def _container(content: Json, on: Surface) -> Html:
    """Blocks under a heading of their own; where it can be folded, one press does it."""
    title = rich_text(content["rich_text_title"], on) if content.get("rich_text_title") else None
    heading = [
        tag("span", image(content["icon"], on), class_="icon") if content.get("icon") else None,
        tag("div", title or tag("b", text_object(content.get("title", {}), on)), _subtitle(content, on)),
    ]
    inside = tag("div", draw(content.get("child_blocks", []), on), class_="inside")
    frame = f"container-frame {content.get('width', 'standard')}"
    if content.get("is_collapsible"):
        is_open = not content.get("default_collapsed")
        return tag("details", tag("summary", *heading, class_="heading"), inside, class_=frame, open=is_open)
    ruled = " ruled" if content.get("has_header_divider") else ""
    return tag("div", tag("div", *heading, class_=f"heading{ruled}"), inside, class_=frame)


def _subtitle(content: Json, on: Surface) -> Html | None:
    return tag("small", text_object(content["subtitle"], on)) if content.get("subtitle") else None


def _image(content: Json, on: Surface) -> Html:
    title = content.get("title")
    return tag("figure", tag("figcaption", text_object(title, on)) if title else None, image(content, on))


def _alert(content: Json, on: Surface) -> Html:
    level = content.get("level", "default")
    sign = {"warning": "⚠️ ", "error": "⛔ ", "success": "✅ ", "info": "ℹ️ "}.get(str(level), "")
    return tag("div", sign, text_object(content.get("text", {}), on), class_=f"level-{level}", role="alert")


def _input(content: Json, on: Surface) -> Html:
    inner = content.get("element", {})
    place = Place(on, str(content.get("block_id")), dispatch=_dispatch(content, inner))
    label = [
        text_object(content.get("label", {}), on),
        tag("span", " (optional)", class_="optional") if content.get("optional") else None,
    ]
    notes = tag("div", *_notes(content, on), class_="notes", id=f"{place.id(inner)}-notes")
    if is_group(inner):
        return tag("fieldset", tag("legend", *label), element(inner, place), notes)
    return join([tag("label", *label, for_=place.id(inner)), element(inner, place), notes])


def _notes(content: Json, on: Surface) -> Iterable[Html]:
    wrong = on.errors.get(str(content.get("block_id")))
    if wrong:
        yield tag("p", wrong, class_="error", role="alert")
    if content.get("hint"):
        yield tag("p", text_object(content["hint"], on), class_="hint")


def _dispatch(content: Json, inner: Json) -> str | None:
    if not content.get("dispatch_action"):
        return None
    if not str(inner.get("type")).endswith("_input"):
        return "change"
    wanted = inner.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    return "character" if "on_character_entered" in wanted else "enter"


_DRAW: dict[str, Callable[[Json, Surface], Html]] = {
    "section": _section,
    "header": lambda content, on: tag("h3", text_object(content.get("text", {}), on)),
    "divider": lambda content, on: tag("hr"),
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "alert": _alert,
    "rich_text": rich_text,
    "markdown": lambda content, on: markdown(str(content.get("text", ""))),
    "card": card,
    "carousel": carousel,
    "container": _container,
    "context_actions": _actions,
    "video": video,
    "plan": plan,
    "task_card": task,
    "table": table,
    "data_table": data_table,
    "data_visualization": data_visualization,
}
