"""What came back in a form. It has been out of our hands, so nothing in it is taken for granted."""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from domain.errors import Refusal

Json = Mapping[str, Any]

LARGEST_ID = 2**31 - 1
"""A database counts no further."""

_INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_date": "selected_date",
}
"""What an element is drawn with, and how the same comes back."""

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)


def has(view: Json, field: str) -> bool:
    """Whether the form has this field at all."""
    return bool(_held(view, field))


def typed(view: Json, field: str) -> str:
    """The words in a text field; empty when nothing was typed."""
    return _text(_held(view, field).get("value"))


def chosen(view: Json, field: str) -> str | None:
    """The value of the option that was chosen."""
    return _value(_held(view, field).get("selected_option"))


def all_chosen(view: Json, field: str) -> tuple[str, ...]:
    """The values of the options that were chosen."""
    return tuple(filter(None, map(_value, _list(_held(view, field).get("selected_options")))))


def person(view: Json, field: str) -> str | None:
    """The Slack id of the person who was chosen."""
    return _text(_held(view, field).get("selected_user")) or None


def people(view: Json, field: str) -> tuple[str, ...]:
    """The Slack ids of the people who were chosen, each once."""
    return tuple(dict.fromkeys(filter(None, map(_text, _list(_held(view, field).get("selected_users"))))))


def channel(view: Json, field: str) -> str | None:
    """The Slack id of the channel that was chosen; whatever is none, such as somebody's own id, is not."""
    id = _text(_held(view, field).get("selected_conversation"))
    return id if _CHANNEL.fullmatch(id) else None


def day(view: Json, field: str) -> date | None:
    """The day that was chosen."""
    try:
        return date.fromisoformat(_text(_held(view, field).get("selected_date")))
    except ValueError:
        return None


def metadata(view: Json) -> dict[str, Any]:
    """What was kept in the form when it was drawn."""
    try:
        kept = json.loads(_text(view.get("private_metadata")) or "{}")
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def number(value: object) -> int | None:
    """A whole number, if it is one, and no larger than any id can be."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        value = int(value)
    found = value if isinstance(value, int) and not isinstance(value, bool) else None
    return found if found is not None and abs(found) <= LARGEST_ID else None


def the_number(view: Json, key: str) -> int:
    """A number kept in the form; raises `Refusal` when the form has lost it."""
    found = number(metadata(view).get(key))
    if found is None:
        raise Refusal("This form can no longer be read. Close it and open it again.")
    return found


# What was left alone in it


def marks(blocks: Iterable[Json], before: Mapping[str, int] = MappingProxyType({})) -> dict[str, int]:
    """What a form keeps of each field, to tell later whether it has come back as it was drawn.

    Where the form is drawn anew, `before` are the marks that it had: Slack keeps what stands in a field that stays.
    """
    return {field: _mark(_drawn(element)) for field, element in _fields(blocks)} | dict(before)


def marks_of(view: Json) -> dict[str, int]:
    """The marks that a form was drawn with."""
    kept = _mapping(metadata(view).get("drawn"))
    return {field: found for field, found in kept.items() if isinstance(found, int)}


def left_alone(view: Json) -> frozenset[str]:
    """The fields that have come back as they were drawn, so that nobody meant to undo what has happened meanwhile."""
    kept = marks_of(view)
    return frozenset(field for field in kept if has(view, field) and _mark(_held(view, field)) == kept[field])


def staying(view: Json, fields: Iterable[str]) -> frozenset[str]:
    """Those of these fields that stay as they are: they were left alone, or are not even in the form."""
    alone = left_alone(view)
    return frozenset(field for field in fields if field in alone or not has(view, field))


def overtaken(view: Json, blocks: Iterable[Json]) -> list[str]:
    """The labels of the fields in which somebody put something though another had changed them meanwhile.

    `blocks` are those of the same form, as it would have been drawn just before it came back.
    """
    drawn, alone = marks_of(view), left_alone(view)
    labels = {str(block.get("block_id")): str(block["label"]["text"]) for block in blocks if "label" in block}
    now = {field: _mark(_drawn(element)) for field, element in _fields(blocks)}
    touched = [field for field in now if field in drawn and has(view, field) and field not in alone]
    return [labels[f] for f in touched if now[f] not in {drawn[f], _mark(_held(view, f))}]


def _fields(blocks: Iterable[Json]) -> list[tuple[str, Json]]:
    """The fields among these blocks, each with its element."""
    return [(str(block.get("block_id")), block["element"]) for block in blocks if block.get("type") == "input"]


def _drawn(element: Json) -> Json:
    """The state of an element that nobody has touched."""
    return {now: element[first] for first, now in _INITIAL.items() if first in element}


def _mark(state: Json) -> int:
    """A number for what an element holds: the order of people and of options, and space around words, say nothing."""
    held = [
        _text(state.get("value")).replace("\r\n", "\n").strip(),
        _value(state.get("selected_option")) or "",
        *sorted(filter(None, map(_value, _list(state.get("selected_options"))))),
        *sorted(map(_text, _list(state.get("selected_users")))),
        *(_text(state.get(one)) for one in ("selected_user", "selected_conversation", "selected_date")),
    ]
    return zlib.crc32("\0".join(filter(None, held)).encode())


def _held(view: Json, field: str) -> Json:
    """The state of a field's one element; empty when it is missing."""
    values = _mapping(_mapping(view.get("state")).get("values"))
    return _mapping(_mapping(values.get(field)).get(field))


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(option: object) -> str | None:
    return _text(_mapping(option).get("value")) or None


def _text(value: object) -> str:
    """The text, without the one character that PostgreSQL cannot keep."""
    return value.replace("\0", "") if isinstance(value, str) else ""
