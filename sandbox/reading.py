"""Messages and views as plain text, the way a person reads them from top to bottom."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from sandbox import inputs
from sandbox.records import Json, Message, Value, View

NO_NAMES: Mapping[str, str] = {}

Readable = Message | View | Json | list[Json] | None


def text_of(thing: Readable, names: Mapping[str, str] = NO_NAMES) -> str:
    """A message, a view or blocks, one line for each thing that is read; `names` are those of people and channels.

    A message with blocks shows the blocks, and its text only to those who cannot see them; what its links are
    unfurled to stands below.
    """
    if isinstance(thing, Message):
        lines = [*(list(_blocks(thing.blocks)) or [thing.text]), *_attachments(thing.attachments)]
    elif isinstance(thing, View):
        lines = list(_view(thing.content, thing.values, thing.errors))
    elif isinstance(thing, dict):
        lines = list(_view(thing, thing.get("state", {}).get("values", {}), {}))
    else:
        lines = list(_blocks(thing or []))
    return "\n".join(readable(line, names) for line in lines if line)


def readable(text: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """One text without its markup: mentions as names, links as their labels, dates as their fallbacks."""
    shown = re.sub(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>", lambda found: _token(found, names), text)
    return unescape(shown)


def _token(found: re.Match[str], names: Mapping[str, str]) -> str:
    mark, named, label = found.groups()
    if mark == "!":
        command, _, group = named.partition("^")
        return f"@{names.get(group, group)}" if command == "subteam" else label or f"@{command}"
    if mark:
        return f"{mark}{names.get(named) or label or named}"
    return str(label or named)


def _view(content: Json, values: Json, errors: dict[str, str]) -> Iterable[str]:
    yield _text(content.get("title"))
    yield from _blocks(content.get("blocks", []), values, errors)
    yield _text(content.get("submit"))


def _blocks(blocks: list[Json], values: Value = None, errors: Value = None) -> Iterable[str]:
    for block in blocks:
        yield from _block(block, (values or {}).get(block.get("block_id"), {}))
        yield _literal((errors or {}).get(block.get("block_id"), ""))


def _attachments(attachments: list[Json]) -> Iterable[str]:
    """The blocks of each, or else its title, its words and its fields."""
    for each in attachments:
        words = [each.get("pretext"), _literal(each.get("title")), each.get("text") or each.get("fallback")]
        fields = (f"{_literal(field.get('title'))}: {field.get('value', '')}" for field in each.get("fields") or [])
        yield from _blocks(each["blocks"]) if each.get("blocks") else [*(word or "" for word in words), *fields]


def _block(block: Json, values: Json) -> Iterable[str]:
    if block["type"] in ("rich_text", "table", "data_table"):
        yield from _leaves(block)
    elif block["type"] == "input":
        yield f"{_text(block['label'])}: {_entered(values)}".rstrip(": ")
    else:
        for part in ("text", "title", "label"):
            yield _text(block.get(part))
        yield from (_text(each) for each in block.get("fields") or [])
        yield from (_element(each) for each in [*block.get("elements", []), block.get("accessory")])
        yield _literal(block.get("alt_text"))


def _text(part: Value) -> str:
    """A text object or a bare string, as markup: only what is not mrkdwn is made literal."""
    if isinstance(part, dict):
        return str(part["text"]) if part.get("type") == "mrkdwn" else _literal(part["text"])
    return part or ""


def _literal(words: Value) -> str:
    """Words without markup, so that `readable` leaves every character as it is."""
    return escape(str(words or ""), quote=False)


def _element(element: Json | None) -> str:
    if element is None:
        return ""
    if element["type"] in ("plain_text", "mrkdwn"):
        return _text(element)
    if element["type"] == "button":
        return f"[{_text(element['text'])}]"
    return _text(element.get("text")) or _literal(element.get("alt_text")) or _text(element.get("placeholder"))


def _entered(values: Json) -> str:
    shown = [_shown(inputs.held(value), _mark(value["type"])) for value in values.values()]
    return ", ".join(each for each in shown if each)


def _mark(kind: str) -> str:
    """What makes a mention of the ids that an element of this type holds."""
    if "users_select" in kind:
        return "@"
    return "#" if "channels_select" in kind or "conversations_select" in kind else ""


def _shown(value: Value, mark: str) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(each, mark) for each in value)
    if isinstance(value, dict):
        return _text(value.get("text")) or " ".join(_leaves(value))
    if value is None:
        return ""
    return f"<{mark}{value}>" if mark else _literal(value)


def _leaves(block: Json) -> Iterable[str]:
    """The lines of a rich text or a table."""
    for element in block.get("elements", []):
        yield "".join(_leaf(each) for each in element.get("elements", []) if "elements" not in each)
        yield from (line for each in element.get("elements", []) if "elements" in each for line in _section(each))
    for row in block.get("rows", []):
        yield " | ".join(_literal(cell.get("text")) or "".join(_leaves(cell)) for cell in row)


def _section(section: Json) -> Iterable[str]:
    yield "".join(_leaf(each) for each in section["elements"])


def _leaf(leaf: Json) -> str:
    kind = leaf["type"]
    if kind in ("user", "channel", "usergroup"):
        mark = {"user": "@", "channel": "#", "usergroup": "!subteam^"}[kind]
        return f"<{mark}{leaf[f'{kind}_id']}>"
    if kind == "emoji":
        return f":{leaf['name']}:"
    if kind == "broadcast":
        return f"@{leaf['range']}"
    return _literal(leaf.get("text") or leaf.get("url") or leaf.get("fallback") or "")
