"""What comes in from outside, read so that it can be kept, shown and sent on."""

import json
import re

from aiohttp import web

from sandbox.records import Json, Value

DEEPEST = 100
"""Levels of lists and objects within one another; nothing that Slack takes has a fifth of that."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class NotReadable(ValueError):
    """It is not the JSON that was asked for, or nested too deeply; or no form."""


def parsed(text: str | bytes) -> Value:
    """What this JSON says, fit to be kept. Raises NotReadable."""
    try:
        return fit(json.loads(text))
    except (ValueError, RecursionError) as problem:
        raise NotReadable from problem


async def object_of(request: web.Request) -> Json:
    """The object of JSON in a body, {} where there is no body. Raises NotReadable."""
    said = parsed(await request.read() or "{}")
    if not isinstance(said, dict):
        raise NotReadable
    return said


async def form_of(request: web.Request) -> dict[str, str]:
    """The fields of a form, but for its files. Raises NotReadable."""
    try:
        fields = await request.post()
    except (ValueError, LookupError) as problem:  # LookupError: a charset that nobody knows
        raise NotReadable from problem
    return {fit(name): fit(value) for name, value in fields.items() if isinstance(value, str)}


def fit(value: Value, level: int = 0) -> Value:
    """The same with U+FFFD for every lone surrogate, which UTF-8 cannot hold. Raises NotReadable if it is too deep."""
    if isinstance(value, str):
        return _LONE_SURROGATES.sub("\ufffd", value)
    if isinstance(value, list | dict) and level == DEEPEST:
        raise NotReadable
    if isinstance(value, list):
        return [fit(each, level + 1) for each in value]
    if isinstance(value, dict):
        return {fit(name): fit(each, level + 1) for name, each in value.items()}
    return value
