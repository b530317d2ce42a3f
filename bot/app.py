"""The AsyncApp: one catch-all listener in front of each of the six tables.

Sixty listeners registered one by one would run at an eighth of the speed of one, and an event without a listener would
be answered with 404.
"""

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

import handlers
from bot.starting import Installation
from handlers import problems, settled
from handlers.deliveries import heard
from handlers.request import Desk, Request

ANYTHING = re.compile(".*", re.DOTALL)

UNSIGNED = "a socket is authenticated when it opens, so nothing is signed"

Ack = Callable[..., Awaitable[Any]]
Json = Mapping[str, Any]
Handler = Callable[[Request], Awaitable[None]]


def build(desk: Desk, installation: Installation, bot_token: str, signing_secret: str = "") -> AsyncApp:
    """The app for one installation: an effect is committed before its delivery is acknowledged.

    With a signing secret every request must be signed; without one it hears what comes down a socket.
    """
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)  # they would silently turn this into another kind of app

    app = AsyncApp(
        name="cairn",  # else Bolt looks through the whole stack for one
        client=desk.client,
        authorize=_AskedOnce(installation, bot_token),
        signing_secret=signing_secret or UNSIGNED,
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # which is how `failed` hears of it, instead of a 404
        # each is a step of every delivery, and none of these is of any use here
        request_verification_enabled=bool(signing_secret),
        url_verification_enabled=bool(signing_secret),
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _listen(app, desk)
    return app


class _AskedOnce(AsyncAuthorize):
    """Who we are was asked when we started: Slack is not asked again with every delivery."""

    def __init__(self, installation: Installation, bot_token: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._known = AuthorizeResult(
            enterprise_id=None,
            team_id=installation.workspace,
            bot_user_id=installation.bot_user,
            bot_id=installation.bot_id,
            bot_token=bot_token,
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self._known


def _listen(app: AsyncApp, desk: Desk) -> None:
    """Let every delivery find its handler by name."""

    async def command(ack: Ack, body: Json) -> None:
        await handlers.typed(_request(desk, ack, body))

    async def action(ack: Ack, body: Json) -> None:
        deed = _found(handlers.ACTIONS, body["actions"][0].get("action_id"))
        await settled.pressed(deed, _request(desk, ack, body))

    async def form(ack: Ack, body: Json) -> None:
        await _found(handlers.FORMS, body["view"].get("callback_id"))(_request(desk, ack, body))

    async def shortcut(ack: Ack, body: Json) -> None:
        await _found(handlers.SHORTCUTS, body.get("callback_id"))(_request(desk, ack, body))

    async def options(ack: Ack, body: Json) -> None:
        await _found(handlers.OPTIONS, body.get("action_id"), _nothing_to_choose)(_request(desk, ack, body))

    async def event(ack: Ack, body: Json) -> None:
        await _found(handlers.EVENTS, body["event"].get("type"))(_request(desk, ack, body))

    async def failed(error: Exception, body: Json) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            return _passed_over(body)
        return await problems.answer(error, body, desk.client)

    app.command(ANYTHING)(command)
    app.action(ANYTHING)(action)
    app.view(ANYTHING)(form)
    app.shortcut(ANYTHING)(shortcut)
    app.options(ANYTHING)(options)
    app.event(ANYTHING)(event)
    app.error(failed)


def _request(desk: Desk, ack: Ack, body: Json) -> Request:
    return Request(desk, body, heard(body, desk.workspace), ack)


def _found(table: Mapping[str, Handler], name: object, otherwise: Handler | None = None) -> Handler:
    return table.get(str(name), otherwise or _nothing)


async def _nothing(request: Request) -> None:
    """Nothing of ours is meant: say so to Slack, and be done."""
    await request.ack()


async def _nothing_to_choose(request: Request) -> None:
    """No field of ours is meant; Slack takes an empty answer for a failure."""
    await request.suggest([])


def _passed_over(body: Json) -> BoltResponse:
    """A kind of delivery that none of the tables is for: Slack would repeat one that is answered with 404."""
    asks_options = body.get("type") in {"block_suggestion", "dialog_suggestion"}
    return BoltResponse(status=200, body={"options": []} if asks_options else "")
