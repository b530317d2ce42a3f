"""The AsyncApp: one catch-all listener in front of each of the five tables.

Sixty listeners registered one by one would run at an eighth of the speed of one, and an event without a listener would
be answered with 404.
"""

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

import handlers
from bot.starting import Installation
from handlers import problems
from handlers.deliveries import heard
from handlers.request import Desk, Request

ANYTHING = re.compile(".*", re.DOTALL)

UNSIGNED = "a socket is authenticated when it opens, so nothing is signed"

Ack = Callable[..., Awaitable[Any]]
Json = Mapping[str, Any]
Handler = Callable[[Request], Awaitable[None]]


def build(desk: Desk, installation: Installation, bot_token: str) -> AsyncApp:
    """The app for one installation: an effect is committed before its delivery is acknowledged."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)  # they would silently turn this into another kind of app

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.workspace,
            bot_user_id=installation.bot_user,
            bot_id=installation.bot_id,
            bot_token=bot_token,
        )

    app = AsyncApp(
        client=desk.client,
        authorize=authorize,
        signing_secret=UNSIGNED,
        process_before_response=True,
    )
    _listen(app, desk)
    return app


def _listen(app: AsyncApp, desk: Desk) -> None:
    """Let every delivery find its handler by name."""

    async def command(ack: Ack, body: Json) -> None:
        await handlers.typed(_request(desk, ack, body))

    async def action(ack: Ack, body: Json) -> None:
        await _found(handlers.ACTIONS, body["actions"][0].get("action_id"))(_request(desk, ack, body))

    async def form(ack: Ack, body: Json) -> None:
        await _found(handlers.FORMS, body["view"].get("callback_id"))(_request(desk, ack, body))

    async def shortcut(ack: Ack, body: Json) -> None:
        await _found(handlers.SHORTCUTS, body.get("callback_id"))(_request(desk, ack, body))

    async def event(ack: Ack, body: Json) -> None:
        await _found(handlers.EVENTS, body["event"].get("type"))(_request(desk, ack, body))

    async def failed(error: Exception, body: Json) -> BoltResponse:
        return await problems.answer(error, body, desk.client)

    app.command(ANYTHING)(command)
    app.action(ANYTHING)(action)
    app.view(ANYTHING)(form)
    app.shortcut(ANYTHING)(shortcut)
    app.event(ANYTHING)(event)
    app.error(failed)


def _request(desk: Desk, ack: Ack, body: Json) -> Request:
    return Request(desk, body, heard(body, desk.workspace), ack)


def _found(table: Mapping[str, Handler], name: object) -> Handler:
    return table.get(str(name), _nothing)


async def _nothing(request: Request) -> None:
    """Nothing of ours is meant: say so to Slack, and be done."""
    await request.ack()
