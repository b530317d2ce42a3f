"""Menus to choose one or several things from."""

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.web.markup import Html, tag
from sandbox.web.surface import Json, Place

Group = tuple[str, list[tuple[str, str]]]
"""A heading ("" for none) and the (value, words) pairs below it."""


def chosen(content: Json, at: Place) -> list[str]:
    """The values chosen so far, or at first."""
    state = at.value(content)
    if state is None:
        found = [value for key, value in content.items() if key.startswith("initial_")]
    else:
        found = [value for key, value in state.items() if key.startswith("selected_")]
    return [_plain(each) for each in _flat(found)]


def control(content: Json, at: Place, *children: Html | None, **attributes: object) -> Html:
    """The frame around an element's control, from which the page knows its ids and when to tell the app."""
    return tag(
        "div",
        *children,
        class_="control",
        data_action_id=content.get("action_id"),
        data_type=content.get("type"),
        data_dispatch=at.dispatch,
        **attributes,
    )


def _one(content: Json, at: Place) -> Html:
    placeholder = _placeholder(content, "Choose an option")
    now = (*chosen(content, at), "")[0]
    blank = tag("option", placeholder, value="", selected=not now)
    body = [_optgroup(heading, options, now) for heading, options in _groups(content, at)]
    return control(content, at, tag("select", blank, *body, **at.field(content)))


def _optgroup(heading: str, options: list[tuple[str, str]], now: str) -> Html:
    drawn = [tag("option", words, value=value, selected=value == now) for value, words in options]
    return tag("optgroup", *drawn, label=heading) if heading else Html("".join(drawn))


def _several(content: Json, at: Place) -> Html:
    """A field of tokens with a list that opens below it: the page's script moves options into tokens and back."""
    now = chosen(content, at)
    groups = _groups(content, at)
    id_ = at.id(content)
    words = {value: text for _, options in groups for value, text in options}
    tokens = [_token(value, words.get(value, value)) for value in now]
    placeholder = _placeholder(content, "Choose one or more")
    field = tag(
        "input",
        type="text",
        class_="picker-search",
        role="combobox",
        autocomplete="off",
        placeholder=placeholder,
        aria_expanded="false",
        aria_controls=f"{id_}-list",
        **at.field(content),
    )
    options = [part for heading, options in groups for part in _listed(heading, options, now)]
    listbox = tag("div", *options, id=f"{id_}-list", role="listbox", aria_multiselectable="true", popover="manual")
    most = content.get("max_selected_items")
    return control(content, at, tag("div", *tokens, field, class_="picker", data_most=most), listbox)


def _token(value: str, words: str) -> Html:
    remove = tag("button", "×", type="button", aria_label=f"Remove {words}")
    return tag("span", words, remove, class_="token", data_value=value)


def _listed(heading: str, options: list[tuple[str, str]], now: list[str]) -> Iterable[Html]:
    if heading:
        yield tag("div", heading, class_="heading", role="presentation")
    for value, words in options:
        yield tag("div", words, role="option", data_value=value, aria_selected=str(value in now).lower())


def _groups(content: Json, at: Place) -> list[Group]:
    kind = str(content.get("type", "")).removeprefix("multi_")
    if kind == "users_select":
        return [("", sorted(at.on.colleagues.items(), key=lambda each: each[1].casefold()))]
    if kind in ("conversations_select", "channels_select"):
        return [("", [(id_, f"#{name}") for id_, name in sorted(at.on.channels.items(), key=lambda each: each[1])])]
    if "option_groups" in content:
        return [(_text(group.get("label")), _options(group)) for group in content["option_groups"]]
    return [("", _options(content))]


def _options(content: Json) -> list[tuple[str, str]]:
    return [(str(option.get("value")), _text(option.get("text"))) for option in content.get("options", [])]


def _text(text: Json | None) -> str:
    return str((text or {}).get("text", ""))


def _placeholder(content: Json, otherwise: str) -> str:
    return _text(content.get("placeholder")) or otherwise


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value


def _plain(value: object) -> str:
    return str(value.get("value")) if isinstance(value, dict) else str(value)


DRAW: dict[str, Callable[[Json, Place], Html]] = {
    f"{several}{kind}_select": _several if several else _one
    for kind in ("static", "users", "conversations", "channels")
    for several in ("", "multi_")
}
