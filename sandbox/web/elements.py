"""The elements people press, choose from and type into."""

from collections.abc import Callable
from datetime import UTC, datetime

from sandbox.web import selects, text_inputs
from sandbox.web.emoji import with_emoji
from sandbox.web.images import image
from sandbox.web.markup import Html, join, safe_url, tag
from sandbox.web.mrkdwn import text_object
from sandbox.web.surface import Json, Place


def element(content: Json, at: Place) -> Html:
    """One element, or a visible note where this page does not know its type."""
    draw = _DRAW.get(str(content.get("type")))
    if draw is None:
        return tag("em", f"The element “{content.get('type')}” is not drawn here yet.", class_="unknown", role="note")
    return draw(content, at) or Html()


def is_group(content: Json) -> bool:
    """Whether the element is several controls, which a legend names rather than a label."""
    return content.get("type") in ("checkboxes", "radio_buttons")


def _button(button: Json, at: Place) -> Html:
    style = button.get("style", "")
    attributes = {
        "class_": f"button {style}".strip(),
        "data_action_id": button.get("action_id"),
        "data_value": button.get("value"),
        "aria_label": button.get("accessibility_label"),
    }
    words = text_object(button.get("text", {}), at.on)
    if address := safe_url(button.get("url")):
        return tag("a", words, href=address, target="_blank", rel="noopener noreferrer", **attributes)
    return join([tag("button", words, type="button", **attributes), _confirm(button, at)])


def _icon_button(button: Json, at: Place) -> Html | None:
    """A small sign that says what it does when one points at it; some are for some people only."""
    meant_for = button.get("visible_to_user_ids")
    if meant_for and at.on.reader not in meant_for:
        return None
    words = str(button.get("text", {}).get("text", ""))
    sign = _ICONS.get(str(button.get("icon")), "•")
    attributes = {"data_action_id": button.get("action_id"), "title": words, "class_": "button icon-button"}
    drawn = tag("button", sign, type="button", aria_label=button.get("accessibility_label", words), **attributes)
    return join([drawn, _confirm(button, at)])


_ICONS = {"trash": "🗑"}


def _feedback(content: Json, at: Place) -> Html:
    """A thumb up and a thumb down."""
    buttons = [_thumb(sign, content[which]) for which, sign in (("positive_button", "👍"), ("negative_button", "👎"))]
    return _control(content, at, *buttons)


def _thumb(sign: str, button: Json) -> Html:
    words = str(button["text"]["text"])
    name = button.get("accessibility_label", words)
    choice = {"data_choice": button["value"], "title": words, "aria_label": name}
    return tag("button", sign, type="button", class_="button icon-button", **choice)


def _workflow(content: Json, at: Place) -> Html:
    """A workflow runs in Slack itself, so that here there is only its button."""
    words = text_object(content.get("text", {}), at.on)
    return tag("button", words, type="button", class_="button", disabled=True, title="Workflows run only in Slack.")


def _overflow(overflow: Json, at: Place) -> Html:
    menu = f"{at.id(overflow)}-menu"
    items = [_menu_item(option, at) for option in overflow.get("options", [])]
    opener = tag("button", "⋯", type="button", class_="button more", popovertarget=menu, aria_label="More options")
    popover = tag("div", *items, id=menu, class_="menu", role="menu", popover="auto", tabindex="-1")
    return _control(overflow, at, opener, popover)


def _menu_item(option: Json, at: Place) -> Html:
    words = text_object(option.get("text", {}), at.on)
    note = option.get("description")
    detail = tag("small", text_object(note, at.on)) if note else None
    shared = {"role": "menuitem", "data_choice": option.get("value", "")}
    if address := safe_url(option.get("url")):
        return tag("a", words, detail, href=address, target="_blank", rel="noopener noreferrer", **shared)
    return tag("button", words, detail, type="button", **shared)


def _choices(kind: str) -> Callable[[Json, Place], Html]:
    """Boxes to tick (`checkbox`) or one of several to pick (`radio`)."""

    def draw(content: Json, at: Place) -> Html:
        chosen = selects.chosen(content, at)
        choices = [
            _choice(kind, option, option.get("value") in chosen, f"{at.id(content)}-{number}", at)
            for number, option in enumerate(content.get("options", []))
        ]
        return _control(
            content, at, *choices, role="group" if kind == "checkbox" else "radiogroup", aria_label=at.label
        )

    return draw


def _choice(kind: str, option: Json, checked: bool, id_: str, at: Place) -> Html:
    box = tag("input", type=kind, id=id_, name=id_.rpartition("-")[0], value=option.get("value"), checked=checked)
    note = option.get("description")
    words = [text_object(option.get("text", {}), at.on), tag("small", text_object(note, at.on)) if note else None]
    return tag("div", box, tag("label", *words, for_=id_), class_="choice")


def _date(content: Json, at: Place) -> Html:
    return _moment(content, at, "date", _entered(content, at, "selected_date", "initial_date"))


def _time(content: Json, at: Place) -> Html:
    return _moment(content, at, "time", _entered(content, at, "selected_time", "initial_time"))


def _datetime(content: Json, at: Place) -> Html:
    seconds = _entered(content, at, "selected_date_time", "initial_date_time")
    local = datetime.fromtimestamp(int(seconds), UTC).astimezone(at.on.zone) if seconds else None
    return _moment(content, at, "datetime-local", f"{local:%Y-%m-%dT%H:%M}" if local else None)


def _moment(content: Json, at: Place, kind: str, value: str | None) -> Html:
    field = tag("input", type=kind, value=value, **at.field(content))
    return _control(content, at, field)


def _entered(content: Json, at: Place, key: str, initial: str) -> str | None:
    entered = at.value(content)
    value = content.get(initial) if entered is None else entered.get(key)
    return None if value is None else str(value)


def _control(content: Json, at: Place, *children: Html, **attributes: object) -> Html:
    return selects.control(content, at, *children, _confirm(content, at), **attributes)


def _confirm(content: Json, at: Place) -> Html | None:
    """The question asked before the press counts, kept beside its element until the page needs it."""
    ask = content.get("confirm")
    if not ask:
        return None
    style = ask.get("style", "primary")
    deny = with_emoji(str(ask.get("deny", {}).get("text", "Cancel")))
    agree = with_emoji(str(ask.get("confirm", {}).get("text", "Yes")))
    buttons = [
        tag("button", deny, type="button", class_="button", value="deny"),
        tag("button", agree, type="button", class_=f"button {style}", value="confirm"),
    ]
    title = tag("h2", text_object(ask.get("title", {}), at.on))
    words = tag("p", text_object(ask.get("text", {}), at.on))
    return tag("template", title, words, tag("div", *buttons, class_="buttons"), class_="confirm")


_DRAW: dict[str, Callable[[Json, Place], Html | None]] = {
    "button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "workflow_button": _workflow,
    "overflow": _overflow,
    "checkboxes": _choices("checkbox"),
    "radio_buttons": _choices("radio"),
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _datetime,
    "image": lambda content, at: image(content, at.on),
    **selects.DRAW,
    **text_inputs.DRAW,
}
