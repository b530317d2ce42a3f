"""Fields to type into."""

from collections.abc import Callable

from sandbox.web.markup import Html, tag
from sandbox.web.selects import control, token
from sandbox.web.surface import Json, Place


def _text(content: Json, at: Place) -> Html:
    if content.get("multiline"):
        return control(content, at, tag("textarea", _value(content, at), rows=4, **_shared(content, at)))
    return _line("text")(content, at)


def _line(kind: str) -> Callable[[Json, Place], Html]:
    """A single line: text, an e-mail address or a web address."""

    def draw(content: Json, at: Place) -> Html:
        return control(content, at, tag("input", type=kind, value=_value(content, at), **_shared(content, at)))

    return draw


def _number(content: Json, at: Place) -> Html:
    """A text field with a number pad: what is not a number is for the app, as in Slack, to refuse beside the field."""
    mode = "decimal" if content.get("is_decimal_allowed") else "numeric"
    field = tag("input", type="text", inputmode=mode, value=_value(content, at), **_shared(content, at))
    return control(content, at, field)


def _file(content: Json, at: Place) -> Html:
    """Files are handed over as they are chosen; what was handed over can be put aside again."""
    files = (at.value(content) or {}).get("files", [])
    tokens = [token(str(each["id"]), str(each["name"])) for each in files]
    kinds = ",".join(f".{each}" for each in content.get("filetypes", []))
    field = tag(
        "input", type="file", multiple=content.get("max_files", 10) > 1, accept=kinds or None, **at.field(content)
    )
    return control(content, at, tag("div", *tokens, field, class_="files", data_most=content.get("max_files", 10)))


def _rich_text(content: Json, at: Place) -> Html:
    rows = content.get("min_lines", 4)
    return control(content, at, tag("textarea", _rich_value(content, at), rows=rows, **_shared(content, at)))


def _shared(content: Json, at: Place) -> Json:
    return {
        **at.field(content),
        "placeholder": content.get("placeholder", {}).get("text"),
        "maxlength": content.get("max_length"),
        "autofocus": bool(content.get("focus_on_load")),
        "autocomplete": "off",
    }


def _value(content: Json, at: Place) -> str:
    entered = at.value(content)
    value = content.get("initial_value") if entered is None else entered.get("value")
    return "" if value is None else str(value)


def _rich_value(content: Json, at: Place) -> str:
    entered = at.value(content)
    value = content.get("initial_value") if entered is None else entered.get("rich_text_value")
    return _plain(value or {})


def _plain(rich: Json) -> str:
    """The words of a rich text, without their styles."""
    return str(rich.get("text", "")) or "".join(map(_plain, rich.get("elements", [])))


DRAW: dict[str, Callable[[Json, Place], Html]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _line("email"),
    "url_text_input": _line("url"),
    "rich_text_input": _rich_text,
    "file_input": _file,
}
