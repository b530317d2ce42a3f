"""Something between Cairn and Slack, as a bad network or a poorer workspace would be."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from sandbox.records import Json

PASSED_ON = ("Authorization", "Content-Type", "x-oauth-scopes", "Retry-After")


class Between:
    """Passes every call on, except those that it holds back or answers itself."""

    def __init__(self, api_url: str, session: aiohttp.ClientSession) -> None:
        self._slack, self._session = api_url, session
        self.address = ""
        self.answers: dict[str, Json] = {}
        """Method → what it answers without asking Slack."""
        self.held: dict[str, asyncio.Event] = {}
        """Method → what its calls wait for."""
        self.calls: list[str] = []
        """Every method that was called, in order."""
        self.connections: set[object] = set()
        """Each connection that a call came by."""

    async def serve(self, request: web.Request) -> web.Response:
        """One call."""
        method = request.match_info["method"]
        self.calls.append(method)
        self.connections.add(request.transport and request.transport.get_extra_info("peername"))
        if method in self.held:
            await self.held[method].wait()
        if method in self.answers:
            return web.json_response(self.answers[method])
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        url, body = f"{self._slack}{method}", await request.read()
        async with self._session.request(request.method, url, data=body, headers=headers, params=request.query) as said:
            passed = {name: said.headers[name] for name in PASSED_ON if name in said.headers}
            return web.Response(status=said.status, body=await said.read(), headers=passed)


@asynccontextmanager
async def between(api_url: str) -> AsyncIterator[Between]:
    """Stand in front of this Web API."""
    async with aiohttp.ClientSession() as session:
        stands = Between(api_url, session)
        async with served({"/api/{method}": stands.serve}) as address:
            stands.address = f"{address}/api/"
            yield stands


@asynccontextmanager
async def served(routes: dict[str, object]) -> AsyncIterator[str]:
    """A web server on this machine; its address, without a slash at the end."""
    app = web.Application()
    for path, handler in routes.items():
        app.router.add_route("*", path, handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
