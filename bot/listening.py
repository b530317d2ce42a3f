"""Listening to Slack over Socket Mode; what has been heard is answered before the line is cut."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.starting import CannotStart

CONNECT = 15.0
"""Seconds that the first WebSocket may take to open."""

DRAIN = 5.0
"""Seconds that whatever is in flight gets to finish."""


@contextlib.asynccontextmanager
async def listening(app: AsyncApp, app_token: str) -> AsyncIterator[None]:
    """Hear what Slack says until the block ends. Raises `CannotStart` where no line can be opened."""
    ear = _Ear(app, app_token)
    try:
        await _opened(ear)
        yield
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ear.quiet.wait(), DRAIN)
        await ear.close_async()  # type: ignore[no-untyped-call]


class _Ear(AsyncSocketModeHandler):
    """Knows whether anything that was heard has yet to be answered."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token)
        self._under_way = 0
        self.quiet = asyncio.Event()
        self.quiet.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope, acknowledgement and all."""
        self._under_way += 1
        self.quiet.clear()
        try:
            await super().handle(client, req)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self.quiet.set()


async def _opened(ear: _Ear) -> None:
    """Open the line; the SDK would try for ever, so after a while we say what is wrong instead."""
    try:
        await asyncio.wait_for(ear.connect_async(), CONNECT)  # type: ignore[no-untyped-call]
    except TimeoutError:
        sentence = "Slack answers, but its WebSocket cannot be reached. Does a proxy or a firewall stand in between?"
        raise CannotStart(sentence) from None
