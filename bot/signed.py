"""What reaches us over HTTP: only what Slack has signed lately, and only in a shape that Slack sends."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"

PASSED_ON = (TIMESTAMP, SIGNATURE, "Content-Type", "X-Slack-Retry-Num", "X-Slack-Retry-Reason")
"""The headers that Bolt is given: among the others are some by which it could be told how to work."""

FIELDS = 200
"""More than any form of Slack's has."""


class TurnedAway(Exception):
    """Not from Slack, or not readable: the status that says so, and why in a few words of ours."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


def check_headers(headers: Mapping[str, str]) -> None:
    """Turn away what cannot be signed, before its body is read. Raises `TurnedAway`."""
    if not re.fullmatch(r"[0-9]{1,12}", headers.get(TIMESTAMP, ""), re.ASCII):
        raise TurnedAway(401, "no time of signing")
    if not re.fullmatch(r"v0=[0-9a-f]{64}", headers.get(SIGNATURE, ""), re.ASCII):
        raise TurnedAway(401, "no signature")


def request(headers: Mapping[str, str], body: bytes, verifier: SignatureVerifier) -> AsyncBoltRequest:
    """What Bolt is given to handle. Raises `TurnedAway`."""
    check_headers(headers)
    text = _text(body)
    if not verifier.is_valid(text, headers[TIMESTAMP], headers[SIGNATURE]):
        raise TurnedAway(401, "not signed by Slack within the last five minutes")
    known: dict[str, Any] = {name.lower(): headers[name] for name in PASSED_ON if name in headers}
    try:
        # Bolt would take a form in which the word "payload" occurs anywhere for a button, and lose it: we read it here.
        made = AsyncBoltRequest(body=_read(headers.get("Content-Type", ""), text), headers=known, mode="socket_mode")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise TurnedAway(400, "a body that cannot be read") from error
    made.mode, made.raw_body = "http", text  # so that Bolt checks the signature too
    return made


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise TurnedAway(400, "a body that is not UTF-8") from error


def _read(content_type: str, text: str) -> dict[str, Any]:
    """An event comes as JSON, a command as a form, everything else as JSON in the field of a form."""
    if content_type.partition(";")[0].strip().lower() == "application/json" or text.startswith("{"):
        return _object(text)
    fields = dict(parse_qsl(text, True, strict_parsing=True, errors="strict", max_num_fields=FIELDS))
    if not fields:
        raise ValueError
    return _object(fields["payload"]) if "payload" in fields else dict(fields)


def _object(text: str) -> dict[str, Any]:
    """The JSON object written here, of a shape that can be walked through. Raises ValueError."""
    said = json.loads(text)
    if not isinstance(said, dict) or not _has_shape(said):
        raise ValueError
    if "\\ud" in text.lower():
        json.dumps(said, ensure_ascii=False).encode()  # half a character is none
    return said


WORDS = frozenset({
    "action_id", "action_ts", "block_id", "bot_id", "callback_id", "channel_id", "channel_type", "command", "event_id",
    "response_url", "subtype", "tab", "team_id", "thread_ts", "trigger_id", "ts", "type", "user_id", "user_name",
    "user_team",
})  # fmt: skip
"""What is a string wherever it stands."""

THINGS = frozenset({"event", "function_data", "message", "view"})
"""What is an object."""

NAMED = frozenset({"channel", "container", "enterprise", "item", "team", "user"})
"""What is an object or its id."""

LISTS = frozenset({"actions", "authorizations", "response_urls"})
"""What is a list of objects."""


def _has_shape(body: Mapping[str, Any]) -> bool:
    """Whether everything that is looked at on the way to a handler is what it should be, one level deep."""
    within = [body, *(body[name] for name in ("event", "view") if isinstance(body.get(name), dict))]
    return all(_is_as_it_should_be(name, value) for each in within for name, value in each.items())


def _is_as_it_should_be(name: str, value: object) -> bool:
    if value is None:
        return name != "event"
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(each, dict) and _has_shape(each) for each in value)
    kinds = {WORDS: str, THINGS: dict, NAMED: str | dict}
    return all(isinstance(value, kind) for names, kind in kinds.items() if name in names)
