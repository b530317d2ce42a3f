"""Listening to Slack over Socket Mode, on two lines: while one is renewed the other carries on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from json import loads
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.lines import Line, Spans
from bot.starting import CannotStart

LINES = 2
"""Slack allows ten; two are enough for one to be there always."""

CONNECT = 15.0
"""Seconds that a WebSocket may take to open."""

QUIET = 1.0
"""Seconds, at the end, in which what still comes is still heard."""

DRAIN = 5.0
"""Seconds that whatever is in flight gets to finish."""

Json = Mapping[str, Any]
Dial = Callable[[], Awaitable[aiohttp.ClientWebSocketResponse]]


@contextlib.asynccontextmanager
async def listening(
    app: AsyncApp, client: AsyncWebClient, app_token: str, spans: Spans | None = None
) -> AsyncIterator[list[Line]]:
    """Hear what Slack says until the block ends. Raises `CannotStart` where no line can be opened."""

    async def hear(envelope: Json) -> dict[str, Any] | None:
        return _acknowledgement(envelope, await app.async_dispatch(_request(envelope)))

    dial = _dialling(client, app_token)
    lines: list[Line] = []
    lines += [Line(number, dial, hear, lines, spans or Spans()) for number in range(1, LINES + 1)]
    try:
        for line in lines:
            line.start()
        await _first_of(lines)
        yield lines
    finally:
        await _drained(lines)


def _dialling(client: AsyncWebClient, app_token: str) -> Dial:
    """How a socket is opened: Slack names its address, which is good once."""
    session = client.session
    assert session is not None

    async def dial() -> aiohttp.ClientWebSocketResponse:
        async with asyncio.timeout(CONNECT):
            named = await client.apps_connections_open(app_token=app_token)
            return await session.ws_connect(
                named["url"], autoping=False, proxy=client.proxy, ssl=True if client.ssl is None else client.ssl
            )

    return dial


def _request(envelope: Json) -> AsyncBoltRequest:
    told = {"x-slack-retry-num": envelope.get("retry_attempt"), "x-slack-retry-reason": envelope.get("retry_reason")}
    headers: dict[str, Any] = {name: str(value) for name, value in told.items() if value is not None}
    return AsyncBoltRequest(mode="socket_mode", body=envelope.get("payload") or {}, headers=headers)


def _acknowledgement(envelope: Json, answer: BoltResponse) -> dict[str, Any] | None:
    """What goes back; None leaves it unacknowledged, so that Slack sends it again."""
    if answer.status != 200:
        return None
    acknowledged = {"envelope_id": envelope["envelope_id"]}
    if not answer.body:
        return acknowledged
    is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
    return acknowledged | {"payload": loads(answer.body) if is_json else {"text": answer.body}}


async def _first_of(lines: list[Line]) -> None:
    """Until one is open; they would try for ever, so after a while we say what is wrong instead."""
    opening = [asyncio.create_task(line.opened.wait()) for line in lines]
    done, waiting = await asyncio.wait(opening, timeout=CONNECT, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
    if not done:
        sentence = "Slack answers, but its WebSocket cannot be reached. Does a proxy or a firewall stand in between?"
        raise CannotStart(sentence)


async def _drained(lines: list[Line]) -> None:
    """Open no more sockets, finish what is in flight, and cut the lines."""
    for line in lines:
        line.stop()
    await asyncio.gather(*(line.quiet(QUIET) for line in lines))
    for line in lines:
        line.stop_hearing()
    await asyncio.gather(*(line.quiet(DRAIN) for line in lines))
    await asyncio.gather(*(line.close() for line in lines))
