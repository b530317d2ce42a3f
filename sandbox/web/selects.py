"""Menus to choose one or several things from."""

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.web.markup import Html, tag
from sandbox.web.surface import Json, Place

LONG = 20
"""A menu with more options than this can be searched."""
LEAST = 3
"""Characters that are typed before the app is asked for options, unless its select says otherwise."""

Group = tuple[str, list[tuple[str, str]]]
"""A heading ("" for none) and the (value, words) pairs below it."""


def chosen(content: Json, at: Place) -> list[str]:
    """The values chosen so far, or at first."""
    return [_plain(each) for each in _picked(content, at)]


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
    """A menu; a long one can be searched."""
    groups = _groups(content, at)
    if sum(len(options) for _, options in groups) > LONG:
        return _picker(content, at, groups, single=True)
    placeholder = _placeholder(content, "Choose an option")
    now = (*chosen(content, at), "")[0]
    blank = tag("option", placeholder, value="", selected=not now)
    body = [_optgroup(heading, options, now) for heading, options in groups]
    return control(content, at, tag("select", blank, *body, **at.field(content)))


def _optgroup(heading: str, options: list[tuple[str, str]], now: str) -> Html:
    drawn = [tag("option", words, value=value, selected=value == now) for value, words in options]
    return tag("optgroup", *drawn, label=heading) if heading else Html("".join(drawn))


def _several(content: Json, at: Place) -> Html:
    return _picker(content, at, _groups(content, at), single=False)


def _asked(single: bool) -> Callable[[Json, Place], Html]:
    """A menu whose options the app offers as one types."""

    def draw(content: Json, at: Place) -> Html:
        groups = [("", [(str(each["value"]), _text(each["text"])) for each in _picked(content, at)])]
        return _picker(content, at, groups, single=single, least=content.get("min_query_length", LEAST))

    return draw


def _picker(content: Json, at: Place, groups: list[Group], *, single: bool, least: int | None = None) -> Html:
    """A field of tokens with a list that opens below it: the page's script moves options into tokens and back."""
    now = chosen(content, at)
    id_ = at.id(content)
    words = {value: text for _, options in groups for value, text in options}
    tokens = [token(value, words.get(value, value)) for value in now]
    placeholder = _placeholder(content, "Choose an option" if single else "Choose one or more")
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
    listbox = tag(
        "div", *options, id=f"{id_}-list", role="listbox", aria_multiselectable=_yes(not single), popover="manual"
    )
    kind = {"data_most": content.get("max_selected_items"), "data_single": single, "data_least": least}
    return control(content, at, tag("div", *tokens, field, class_="picker", **kind), listbox)


def _yes(holds: bool) -> str:
    return "true" if holds else "false"


def token(value: str, words: str) -> Html:
    """Something that was chosen, with a way to put it aside again."""
    remove = tag("button", "×", type="button", aria_label=f"Remove {words}")
    return tag("span", words, remove, class_="token", data_value=value)


def _listed(heading: str, options: list[tuple[str, str]], now: list[str]) -> Iterable[Html]:
    if heading:
        yield tag("div", heading, class_="heading", role="presentation")
    for value, words in options:
        yield tag("div", words, role="option", data_value=value, aria_selected=_yes(value in now))


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


def _picked(content: Json, at: Place) -> list[Any]:
    """The options, or ids, that are chosen."""
    state = at.value(content)
    source, start = (content, "initial_") if state is None else (state, "selected_")
    return list(_flat(value for key, value in source.items() if key.startswith(start)))


def _plain(value: object) -> str:
    return str(value.get("value")) if isinstance(value, dict) else str(value)


DRAW: dict[str, Callable[[Json, Place], Html]] = {
    **{f"{kind}_select": _one for kind in ("static", "users", "conversations", "channels")},
    **{f"multi_{kind}_select": _several for kind in ("static", "users", "conversations", "channels")},
    "external_select": _asked(single=True),
    "multi_external_select": _asked(single=False),
}
