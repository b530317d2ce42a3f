"""The front door: what Slack sends, signed, given to the app that `python -m bot run` builds."""

import json
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.company import HERE, NOW
from bot import app as apps
from bot.starting import Installation
from handlers.request import Desk
from storage.database import Database
from views.check_ins import FORM

SECRET = "0123456789abcdef0123456789abcdef"
Ack = Callable[..., Awaitable[Any]]

_SIGNS = SignatureVerifier(SECRET)
_numbers = count()

Signed = tuple[str, dict[str, str | Sequence[str]]]
"""A body and its headers."""


def cairn(db: Database) -> AsyncApp:
    """Cairn, as it hears Slack over HTTP; the courier is not at work."""
    desk = Desk(
        db=db,
        client=AsyncWebClient("xoxb-benchmark"),
        workspace=HERE,
        response_hosts=frozenset(),
        calendar=lambda: NOW,
        stopwatch=lambda: NOW,
        wake=lambda: None,
    )
    return apps.build(desk, Installation(HERE, "Larkspur", "UCAIRN", "BCAIRN", ()), "xoxb-benchmark", SECRET)


def empty(db: Database) -> AsyncApp:
    """The same app, signature check and all, before anybody listens."""
    app = cairn(db)
    app._async_listeners.clear()
    return app


def nothing(db: Database) -> AsyncApp:
    """The same app, with one handler for commands and one for forms that do nothing but acknowledge."""
    app = empty(db)

    async def noop(ack: Ack) -> None:
        await ack()

    app.command(apps.ANYTHING)(noop)
    app.view(apps.ANYTHING)(noop)
    return app


async def sent(app: AsyncApp, request: Signed) -> BoltResponse:
    """What the app answers; anything but an acknowledgement is no result."""
    body, headers = request
    response = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
    assert response.status == 200, (response.status, response.body)
    return response


def okr(who: str, text: str = "") -> Signed:
    """Somebody types /okr, perhaps with words."""
    return _signed(
        {
            "command": "/okr",
            "text": text,
            "user_id": who,
            "user_name": "somebody",
            "team_id": HERE,
            "team_domain": "larkspur",
            "channel_id": "C1",
            "channel_name": "general",
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/T1/1/x",
            "trigger_id": f"{next(_numbers)}.1.x",
        }
    )


def check_in(who: str, id: int, key_results: list[tuple[int, int]]) -> Signed:
    """Somebody sends their check-in: new values, how sure they are, and a note on each."""
    moved = [[kr, f"KR-{number}"] for kr, number in key_results]
    values: dict[str, Any] = {"blocker": {"blocker": {"type": "plain_text_input", "value": None}}}
    for _, ref in moved:
        sure = {"text": {"type": "plain_text", "text": "7"}, "value": "7"}
        fields = {
            f"value {ref}": {"type": "plain_text_input", "value": "45.5"},
            f"confidence {ref}": {"type": "static_select", "selected_option": sure},
            f"note {ref}": {"type": "plain_text_input", "value": "Slower than hoped, but it moves"},
        }
        values |= {name: {name: field} for name, field in fields.items()}
    number = next(_numbers)
    view = {
        "id": f"V{number}",
        "hash": f"{number}.x",
        "team_id": HERE,
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": json.dumps({"check_in": id, "key_results": moved}, separators=(",", ":")),
        "state": {"values": values},
        "blocks": [],
    }
    body = {
        "type": "view_submission",
        "team": {"id": HERE, "domain": "larkspur"},
        "user": {"id": who, "username": "somebody", "name": "somebody", "team_id": HERE},
        "api_app_id": "A1",
        "token": "x",
        "trigger_id": f"{number}.1.x",
        "view": view,
    }
    return _signed({"payload": json.dumps(body)})


def pressed(who: str, action: str) -> Signed:
    """Somebody presses a button in a message."""
    number = next(_numbers)
    body = {
        "type": "block_actions",
        "team": {"id": HERE, "domain": "larkspur"},
        "user": {"id": who, "username": "somebody", "name": "somebody", "team_id": HERE},
        "api_app_id": "A1",
        "token": "x",
        "trigger_id": f"{number}.1.x",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"},
        "channel": {"id": "C1", "name": "general"},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": "1", "action_ts": f"{number}.1"}],
    }
    return _signed({"payload": json.dumps(body)})


def in_turn(requests: list[Signed]) -> Iterator[Signed]:
    """Each of them, and from the beginning again."""
    while True:
        yield from requests


def _signed(form: dict[str, str]) -> Signed:
    body, at = urlencode(form), str(int(time.time()))
    signature = _SIGNS.generate_signature(timestamp=at, body=body)
    return body, {
        "content-type": ["application/x-www-form-urlencoded"],
        "x-slack-request-timestamp": [at],
        "x-slack-signature": [str(signature)],
    }
