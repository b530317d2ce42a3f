"""Reading a people file: who works at a company, in which channels and groups. `docs/sandbox.md` documents its keys."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

import yaml

from sandbox.records import Json, Value

FLAGS = ("admin", "owner", "primary_owner", "restricted", "ultra_restricted", "bot", "deleted")
"""Slack's own words: `restricted` is a guest, `ultra_restricted` a guest of one channel, `deleted` has left."""

KEYS: dict[str, tuple[str, ...]] = {
    # what an entry is: its keys, the one that it is known by first
    "person": ("handle", "name", "title", "tz", "manager", "email", "display_name", "flags"),
    "channel": ("name", "topic", "private", "members"),
    "group": ("handle", "name", "members"),
}
LISTS = {"people": "person", "channels": "channel", "groups": "group"}

HANDLE = re.compile(r"[\w][\w.\-]*")
EXAMPLE_ZONE = "Europe/London"


class NotACompany(Exception):
    """A people file that cannot be used, and why, in one sentence."""


def read(path: Path) -> Json:
    """What the file says, sound in every part. Raises NotACompany with the first thing that is wrong."""
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotACompany(f"The people file {path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NotACompany(f"The people file {path} is not YAML{_line(error)}.") from error
    for problem in problems(written):
        raise NotACompany(f"The people file {path} cannot be used: {problem}")
    return dict(written)


def problems(written: Value) -> Iterator[str]:
    """Everything that is wrong with what a people file says, each as the end of a sentence."""
    if not isinstance(written, dict) or not isinstance(written.get("people"), list):
        yield "it has no list of people."
        return
    yield from _unknown("a people file", written, ("company", *LISTS))
    if not isinstance(written.get("company", ""), str):
        yield "the company's name must be text."
    misshapen = list(_misshapen(written))
    yield from misshapen or _inconsistent(written)


def _misshapen(written: Json) -> Iterator[str]:
    """Whatever is not as an entry should be, taken for itself."""
    for name, kind in LISTS.items():
        entries = written.get(name) or []
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            yield f"its {name} must be a list, each with its {' and '.join(_required(kind))}."
            continue
        for entry in entries:
            yield from _wrong_entry(kind, entry)


def _wrong_entry(kind: str, entry: Json) -> Iterator[str]:
    known_by = entry.get(KEYS[kind][0])
    yield from _unknown(f"a {kind}", entry, KEYS[kind])
    for key in _required(kind):
        if not str(entry.get(key, "")).strip():
            yield f"the {kind} {known_by or 'without a handle or name'} has no {key}."
    for key in set(entry) & {"handle", "name", "title", "tz", "manager", "email", "display_name", "topic"}:
        if not isinstance(entry[key], str):
            yield f"the {key} of the {kind} {known_by} must be text."
    if isinstance(known_by, str) and not (HANDLE.fullmatch(known_by) and known_by == known_by.lower()):
        yield f"the {kind} {known_by!r} must be named in small letters, digits, dots and dashes."
    for key in set(entry) & {"flags", "members"}:
        if not _is_list_of_text(entry[key]):
            yield f"the {key} of the {kind} {known_by} must be a list of words."
    if not isinstance(entry.get("private", False), bool):
        yield f"private of the {kind} {known_by} must be true or false."


def _inconsistent(written: Json) -> Iterator[str]:
    """Whatever names somebody or something that is not there, or is there twice."""
    people = written["people"]
    handles = [each["handle"] for each in people]
    for name, kind in LISTS.items():
        yield from _twice(kind, [each[KEYS[kind][0]] for each in written.get(name) or []])
    for person in people:
        yield from _wrong_person(person, handles)
    for name in ("channels", "groups"):
        for entry in written.get(name) or []:
            for member in entry.get("members", ()):
                if member not in handles:
                    yield f"{entry['name']} has a member {member}, who is not among the people."
    if all({"bot", "deleted"} & set(each.get("flags", ())) for each in people):
        yield "there is nobody in it whom one could be."


def _wrong_person(person: Json, handles: list[str]) -> Iterator[str]:
    handle, zone, manager = person["handle"], person.get("tz"), person.get("manager")
    if handle == "slackbot":
        yield "slackbot is Slack's own name."
    if zone and zone not in _zones():
        yield f"{handle} is in {zone}, which is no time zone; {EXAMPLE_ZONE} is one."
    if manager and manager not in handles:
        yield f"{handle} has a manager {manager}, who is not among the people."
    for flag in set(person.get("flags", ())) - set(FLAGS):
        yield f"{handle} has a flag {flag}; there are {', '.join(FLAGS)}."


@cache
def _zones() -> set[str]:
    """Every zone there is; to find them Python looks through the whole folder."""
    return available_timezones()


def _unknown(what: str, entry: Json, known: Iterable[str]) -> Iterator[str]:
    for key in entry:
        if key not in known:
            yield f"{what} has no {key!r}; it has {', '.join(known)}."


def _twice(kind: str, names: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"there are two with the name {name} among its {kind} entries."


def _required(kind: str) -> tuple[str, ...]:
    return ("name",) if kind == "channel" else ("handle", "name")


def _is_list_of_text(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (line {mark.line + 1})" if mark else ""
