"""What came back in a form. It has been out of our hands, so nothing in it is taken for granted."""

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from domain.errors import Refusal

Json = Mapping[str, Any]
Mark = int | str
"""What a form keeps of a field: of a list a few characters of each name in it, of anything else a checksum."""

_SHORT = 5
"""Characters kept of a name, out of 64 each: two of a thousand names look alike once in two thousand such lists."""

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

_LISTS = {"multi_users_select", "multi_static_select", "checkboxes"}

MOST_KEPT = 3_000
"""Slack keeps no more characters with a form."""

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)


def has(view: Json, field: str) -> bool:
    """Whether the form has this field at all."""
    return bool(_held(view, field))


def is_list(view: Json, field: str) -> bool:
    """Whether any number of options can be chosen in this field."""
    return "selected_options" in _held(view, field)


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


def marked(
    kept: Mapping[str, object], blocks: Iterable[Json], before: Mapping[str, Mark] = MappingProxyType({})
) -> dict[str, object]:
    """What a form keeps, and a mark of each field with it, to tell later whether that has come back as it was drawn.

    Where the form is drawn anew, `before` are the marks that it had: Slack keeps what stands in a field that stays. Of
    lists for which there is no room only a checksum is kept, so they can no longer be merged name by name.
    """
    marks = {field: _mark(element) for field, element in _fields(blocks)} | dict(before)
    for field, mark in sorted(_lists(marks).items(), key=lambda each: -len(each[1])):
        if len(json.dumps({**kept, "drawn": marks}, separators=(",", ":"))) > MOST_KEPT:
            marks[field] = zlib.crc32(mark.encode())
    return {**kept, "drawn": marks}


def marks_of(view: Json) -> dict[str, Mark]:
    """The marks that a form was drawn with."""
    kept = _mapping(metadata(view).get("drawn"))
    return {field: mark for field, mark in kept.items() if isinstance(mark, int | str)}


@dataclass(frozen=True, slots=True)
class Drawn(Container[Any]):
    """The names in a list as a form was drawn with it, of which it keeps a few characters each."""

    mark: str

    def __contains__(self, name: object) -> bool:
        """Whether this name was in it."""
        return _short(str(name)) in _parts(self.mark)


def drawn_with(names: Iterable[object]) -> Drawn:
    """A list with these names in it."""
    return Drawn("".join(sorted({_short(str(name)) for name in names})))


def lists_drawn(view: Json, fields: Iterable[str]) -> dict[str, Drawn]:
    """What stood in those of these lists that the form has, when it was drawn."""
    drawn = _lists(marks_of(view))
    return {field: Drawn(drawn[field]) for field in fields if field in drawn and has(view, field)}


def left_alone(view: Json) -> frozenset[str]:
    """The fields that have come back as they were drawn, so that nobody meant to undo what has happened meanwhile."""
    kept = marks_of(view)
    return frozenset(field for field in kept if has(view, field) and _fits(_held(view, field), kept[field]))


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
    now = {field: _drawn(element) for field, element in _fields(blocks)}
    whole = [field for field in now if field in drawn and field not in _lists(drawn)]
    touched = [field for field in whole if has(view, field) and field not in alone]
    return [labels[f] for f in touched if not (_fits(now[f], drawn[f]) or _fits(now[f], _sum(_held(view, f))))]


def _lists(marks: Mapping[str, Mark]) -> dict[str, str]:
    return {field: mark for field, mark in marks.items() if isinstance(mark, str)}


def _fields(blocks: Iterable[Json]) -> list[tuple[str, Json]]:
    """The fields among these blocks, each with its element."""
    return [(str(block.get("block_id")), block["element"]) for block in blocks if block.get("type") == "input"]


def _drawn(element: Json) -> Json:
    """The state of an element that nobody has touched."""
    return {now: element[first] for first, now in _INITIAL.items() if first in element}


def _mark(element: Json) -> Mark:
    state = _drawn(element)
    return _of_list(state) if element.get("type") in _LISTS else _sum(state)


def _fits(state: Json, mark: Mark) -> bool:
    """Whether an element holds what this is the mark of."""
    return (_of_list(state) if isinstance(mark, str) else _sum(state)) == mark


def _sum(state: Json) -> int:
    """A number for what an element holds: the order of people and of options, and space around words, say nothing."""
    held = [
        _text(state.get("value")).replace("\r\n", "\n").strip(),
        _value(state.get("selected_option")) or "",
        *(_text(state.get(one)) for one in ("selected_user", "selected_conversation", "selected_date")),
        _of_list(state),
    ]
    return zlib.crc32("\0".join(filter(None, held)).encode())


def _of_list(state: Json) -> str:
    """The mark of the people or the options that an element holds."""
    options = map(_value, _list(state.get("selected_options")))
    return drawn_with(filter(None, [*options, *map(_text, _list(state.get("selected_users")))])).mark


def _short(name: str) -> str:
    return b64encode(zlib.crc32(name.encode()).to_bytes(4))[:_SHORT].decode()


def _parts(mark: str) -> set[str]:
    return {mark[at : at + _SHORT] for at in range(0, len(mark), _SHORT)}


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
