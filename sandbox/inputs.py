"""Controls in blocks and the values they hold, in the shapes that Slack sends."""

import math
from collections.abc import Iterator
from datetime import date, time

from sandbox.records import Json, Value

Entered = str | list[str] | None
"""What a person puts into a control: text, an option's value or an id; a list of them where several may be chosen."""

HELD: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
"""Element type → the key under which its value is sent, and the key under which it starts."""


def controls(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every element that a person can use, with the id of its block."""
    for block in every(blocks):
        for element in elements(block):
            if "action_id" in element:
                yield block["block_id"], element


def every(blocks: list[Json]) -> Iterator[Json]:
    """These blocks and those inside them: what a container holds, and the cards of a carousel."""
    for block in blocks:
        yield block
        yield from every(block.get("child_blocks", []))
        yield from (each for each in block.get("elements", []) if each.get("type") == "card")


def elements(block: Json) -> list[Json]:
    """The elements of one block, usable or not."""
    listed = [*block.get("elements", []), *block.get("actions", [])]
    return [each for each in (block.get("element"), block.get("accessory"), *listed) if isinstance(each, dict)]


def control(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """The element with these ids. Raises KeyError when there is none."""
    for found_in, element in controls(blocks):
        if (found_in, element["action_id"]) == (block_id, action_id):
            return element
    raise KeyError(f"{block_id}/{action_id}")


def state(blocks: list[Json], held: Json) -> Json:
    """`state.values` of these blocks: what is held for the same ids survives, the rest starts as its element says."""
    values: Json = {}
    for block_id, element in controls(blocks):
        if element["type"] in HELD:
            kept = held.get(block_id, {}).get(element["action_id"], {})
            same = kept.get("type") == element["type"]
            values.setdefault(block_id, {})[element["action_id"]] = kept if same else initial(element)
    return values


def initial(element: Json) -> Json:
    """The value that an untouched element sends."""
    key, start = HELD[element["type"]]
    nothing: Value = [] if _takes_several(element) else None
    return {"type": element["type"], key: element.get(start, nothing), **_zone(element)}


def chosen(element: Json, entered: Entered, offered: list[Json] | None = None) -> Json:
    """The value that an element sends once a person has entered this. Raises ValueError on a choice it does not offer.

    `offered` are the options of an external select.
    """
    key, _ = HELD[element["type"]]
    choices = [*(offered or options(element)), *_preset(element)]
    if isinstance(entered, list) and not _takes_several(element):
        raise ValueError("Only one thing can be entered here.")
    value: Value = entered or None
    if key == "selected_option":
        value = option(choices, str(entered)) if entered else None
    elif key == "selected_options":
        value = [option(choices, each) for each in _listed(entered)]
    elif key == "rich_text_value":
        value = _rich(str(entered)) if entered else None
    elif element["type"].startswith("multi_") or key == "files":
        value = _listed(entered)
    elif key == "selected_date_time":
        value = _instant(str(entered)) if entered else None
    return {"type": element["type"], key: value, **_zone(element)}


def options(element: Json) -> list[Json]:
    """The options that an element offers, in groups or not."""
    return [option for _, options in groups(element) for option in options]


def groups(element: Json) -> list[tuple[str, list[Json]]]:
    """The same under their labels; what is in no group has none."""
    alone = [("", element["options"])] if element.get("options") else []
    return [*alone, *((each["label"]["text"], each["options"]) for each in element.get("option_groups", []))]


def feedback(element: Json, wanted: str) -> Json:
    """What one of the two feedback buttons sends. Raises ValueError for a value that neither has."""
    for button in (element["positive_button"], element["negative_button"]):
        if button["value"] == wanted:
            return {key: button[key] for key in ("text", "value")}
    raise ValueError(f"There is no feedback button {wanted!r}.")


def held(value: Json) -> Value:
    """The bare value within a state value; None or an empty list when nothing is entered."""
    return value.get(HELD[value["type"]][0])


def people(value: Json) -> list[str]:
    """The ids within the value of a menu of people."""
    return _listed(held(value))


def label(element: Json) -> str:
    """What is written on a control."""
    words = element.get("text") or element.get("placeholder") or {}
    return str(words.get("text", element["type"]))


def shown(value: Json) -> str:
    """What a value looks like to the person who entered it; "" when there is nothing in it."""
    if "text" in value:
        return _words(value)
    picked = [each for key, each in value.items() if key not in ("type", "timezone")]
    return ", ".join(_words(each) for each in picked if each)


def complaint(block: Json, value: Json) -> str | None:
    """What Slack's own client says beside an input block before anything is sent, if it cannot be submitted."""
    entered, element = held(value), block["element"]
    if entered in (None, [], ""):
        return None if block.get("optional") else "Please complete this field."
    if element["type"] == "plain_text_input":
        return _wrong_length(element, entered)
    if element["type"] == "number_input":
        return _wrong_number(element, entered)
    if element["type"] in ("datepicker", "timepicker"):
        return _wrong_moment(element["type"], entered)
    return None


def _wrong_length(element: Json, entered: str) -> str | None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(entered) < shortest:
        return f"Please use at least {shortest} characters."
    return f"Please use at most {longest} characters." if len(entered) > longest else None


def _wrong_number(element: Json, entered: str) -> str | None:
    try:
        number = float(entered) if element["is_decimal_allowed"] else int(entered)
    except ValueError:
        return "Please enter a number." if element["is_decimal_allowed"] else "Please enter a whole number."
    lowest, highest = float(element.get("min_value", -math.inf)), float(element.get("max_value", math.inf))
    return None if lowest <= number <= highest else f"Please enter a number from {lowest:g} to {highest:g}."


def _wrong_moment(kind: str, entered: str) -> str | None:
    try:
        _ = date.fromisoformat(entered) if kind == "datepicker" else time.fromisoformat(entered)
    except ValueError:
        return "Please choose a date." if kind == "datepicker" else "Please choose a time."
    return None


def option(choices: list[Json], wanted: str) -> Json:
    """The option with this value or this text. Raises ValueError when it is not among them."""
    for each in choices:
        if wanted in (each.get("value"), each["text"]["text"]):
            return each
    raise ValueError(f"There is no option {wanted!r}.")


def _preset(element: Json) -> list[Json]:
    """The options that the element started with, which an external select offers whatever is typed."""
    one = [element["initial_option"]] if "initial_option" in element else []
    return [*one, *element.get("initial_options", [])]


def _words(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(_words(each) for each in value)
    return str(value["text"]["text"]) if isinstance(value, dict) and "text" in value else str(value)


def _takes_several(element: Json) -> bool:
    return HELD[element["type"]][0] in ("selected_options", "files") or element["type"].startswith("multi_")


def _instant(entered: str) -> int:
    if not entered.isdecimal():
        raise ValueError(f"{entered!r} is no date and time: it must be whole seconds since 1970.")
    return int(entered)


def _listed(entered: Entered) -> list[str]:
    return [entered] if isinstance(entered, str) else list(entered or [])


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _zone(element: Json) -> Json:
    return {"timezone": element["timezone"]} if "timezone" in element else {}
