"""What came back in a form. It has been out of our hands, so nothing in it is taken for granted."""

import json
import re
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.errors import Refusal

Json = Mapping[str, Any]

LARGEST_ID = 2**31 - 1
"""A database counts no further."""

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


def mark(value: object) -> int:
    """What a form keeps of a value that it is drawn with, to tell later whether it was left as it was."""
    return zlib.crc32(repr(sorted(value) if isinstance(value, tuple) else value).encode())


def is_untouched(view: Json, field: str, value: object) -> bool:
    """Whether a field has come back as it was drawn, so that nobody meant to undo what has happened meanwhile."""
    return _mapping(metadata(view).get("drawn")).get(field) == mark(value)


def _held(view: Json, field: str) -> Json:
    """The state of a field's one element; empty when it is missing."""
    values = _mapping(_mapping(view.get("state")).get("values"))
    return _mapping(_mapping(values.get(field)).get(field))


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(option: object) -> str | None:
    return _text(_mapping(option).get("value")) or None


def _text(value: object) -> str:
    """The text, without the one character that PostgreSQL cannot keep."""
    return value.replace("\0", "") if isinstance(value, str) else ""
