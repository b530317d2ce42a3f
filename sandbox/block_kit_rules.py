"""The words in which Block Kit's rules are written.

A rule is given a value and its JSON pointer, and yields what Slack would find wrong with it. Rules are put
together from smaller ones, so that the tables of blocks and elements read like Slack's reference pages. A rule
takes any JSON at all: a value of the wrong type is a problem, never an exception.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that Slack refuses, and where it stands."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


Rule = Callable[[object, str], Iterator[Problem]]
ObjectRule = Callable[[dict[str, Any], str], Iterator[Problem]]
Rules = Mapping[str, Rule]
NONE: Rules = {}


# Single values


def string(least: int = 1, most: int | None = None) -> Rule:
    """A string of `least` to `most` characters, counted as they were sent."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")
        elif most is not None and len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters")

    return check


def matching(pattern: str, what: str, most: int | None = None) -> Rule:
    """A string of a given form; `what` names the form to whoever sent another."""
    form = re.compile(pattern)
    sound = string(1, most)

    def check(value: object, at: str) -> Iterator[Problem]:
        yield from sound(value, at)
        if isinstance(value, str) and not form.fullmatch(value):
            yield Problem(at, f"must be {what}")

    return check


def choice(*words: str) -> Rule:
    """One of the words."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif value not in words:
            yield Problem(at, "must be a valid enum value")

    return check


def integer(least: int = 0, most: int | None = None) -> Rule:
    """A whole number from `least` to `most`."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must provide an integer")
        elif value < least:
            yield Problem(at, f"must be greater than {least - 1}")
        elif most is not None and value > most:
            yield Problem(at, f"must be less than {most + 1}")

    return check


def number(above: float | None = None) -> Rule:
    """A number, whole or not, greater than `above`."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, "must provide a number")
        elif above is not None and not value > above:
            yield Problem(at, f"must be greater than {above}")

    return check


def boolean(value: object, at: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must provide a boolean")


def any_object(value: object, at: str) -> Iterator[Problem]:
    """An object, whatever it holds."""
    if not isinstance(value, dict):
        yield Problem(at, "must provide an object")


def nullable(rule: Rule) -> Rule:
    """What the rule asks for, or null."""
    return lambda value, at: iter(()) if value is None else rule(value, at)


URL = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"


def url(most: int = 3000) -> Rule:
    """An address with its scheme."""
    return matching(URL, "a valid URL", most)


def https(most: int = 3000) -> Rule:
    """An address that is served over TLS."""
    return matching(r"https://\S+", "a valid HTTPS URL", most)


# Values made of values


def many(rule: Rule, least: int = 0, most: int | None = None) -> Rule:
    """An array of `least` to `most` items, each of which keeps the rule."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
            return
        if len(value) < least:
            yield Problem(at, f"must provide at least {least} items")
        if most is not None and len(value) > most:
            yield Problem(at, f"no more than {most} items allowed")
        for index, item in enumerate(value):
            yield from rule(item, f"{at}/{index}")

    return check


def some_of(*words: str) -> Rule:
    """An array of one or more of the words, none of them twice."""
    listed = many(choice(*words), 1, len(words))

    def check(value: object, at: str) -> Iterator[Problem]:
        wrong = list(listed(value, at))
        if not wrong and isinstance(value, list) and len(set(value)) < len(value):
            wrong.append(Problem(at, "must be unique"))
        yield from wrong

    return check


def shape(needs: Rules = NONE, may: Rules = NONE, *also: ObjectRule) -> Rule:
    """An object with every key that it needs and no key but these; `also` holds what concerns several keys."""
    known = {**may, **needs}

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
            return
        wrong = [Problem(at, f"missing required field: {key}") for key in needs if key not in value]
        wrong += [Problem(at, f"invalid additional property: {key}") for key in value if key not in known]
        wrong += problems_of(known, value, at)
        # What concerns several keys can only be asked once each of them is sound.
        yield from wrong or (problem for rule in also for problem in rule(value, at))

    return check


def problems_of(rules: Rules, value: Mapping[str, Any], at: str) -> list[Problem]:
    """What is wrong with those keys of an object that have a rule."""
    return [problem for key in value if key in rules for problem in rules[key](value[key], f"{at}/{key}")]


def typed(needs: Rules = NONE, may: Rules = NONE, *also: ObjectRule) -> Rule:
    """A shape that says in `type` which one it is; `one_of` reads it."""
    return shape(needs, {"type": string(), **may}, *also)


def one_of(kinds: Rules, names: Collection[str] | None = None) -> Rule:
    """An object that says in `type` which kind it is, and keeps that kind's rule; only the named kinds, if any are."""
    allowed = {name: kinds[name] for name in (kinds if names is None else names)}

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
        elif "type" not in value:
            yield Problem(at, "missing required field: type")
        elif not isinstance(kind := value["type"], str):
            yield Problem(f"{at}/type", "must provide a string")
        elif kind not in allowed:
            yield Problem(f"{at}/type", f"unsupported type: {kind}")
        else:
            yield from allowed[kind](value, at)

    return check


# What concerns several keys of one object, each of them sound already


def exactly_one(*keys: str) -> ObjectRule:
    """One of the keys, and not a second."""
    return _how_many(keys, 1, 1, "must define exactly one of")


def at_least_one(*keys: str) -> ObjectRule:
    """One of the keys, or more."""
    return _how_many(keys, 1, len(keys), "must define at least one of")


def _how_many(keys: tuple[str, ...], least: int, most: int, message: str) -> ObjectRule:
    def check(value: dict[str, Any], at: str) -> Iterator[Problem]:
        if not least <= sum(key in value for key in keys) <= most:
            yield Problem(at, f"{message} {', '.join(keys)}")

    return check


def in_order(low: str, high: str) -> ObjectRule:
    """The one number is not greater than the other, where both are given."""

    def check(value: dict[str, Any], at: str) -> Iterator[Problem]:
        if low in value and high in value and Decimal(value[low]) > Decimal(value[high]):
            yield Problem(f"{at}/{low}", f"must not be greater than {high}")

    return check
