"""The line between Cairn and Slack, on which things go wrong."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

Fault = Callable[["Line", web.Request], Awaitable[web.StreamResponse]]


class Line:
    """Passes calls on to Slack; each fault that is put on a method befalls one call of it."""

    def __init__(self, api_url: str) -> None:
        self._slack = api_url
        self.address = ""
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        waiting = self.faults[request.match_info["method"]]
        return await (waiting.pop(0)(self, request) if waiting else self.passed_on(request))

    async def passed_on(self, request: web.Request) -> web.Response:
        """What Slack answers."""
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type")}
        url = self._slack + request.match_info["method"]
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=await request.read(), headers=headers, params=request.query) as answer,
        ):
            return web.json_response(await answer.json(), status=answer.status)


def answered(status: int, body: object, **headers: str) -> Fault:
    """Slack itself never hears of it."""

    async def fault(_line: Line, _request: web.Request) -> web.Response:
        return web.json_response(body, status=status, headers={n.replace("_", "-"): v for n, v in headers.items()})

    return fault


def babble(text: str, content_type: str) -> Fault:
    """Slack does it, but something on the way answers in its place."""

    async def fault(line: Line, request: web.Request) -> web.Response:
        await line.passed_on(request)
        return web.Response(text=text, content_type=content_type)

    return fault


async def answer_lost(line: Line, request: web.Request) -> web.StreamResponse:
    """Slack does it, but its answer never arrives."""
    await line.passed_on(request)
    return await cut_off(line, request)


async def cut_off(_line: Line, request: web.Request) -> web.StreamResponse:
    """The connection breaks."""
    assert request.transport
    request.transport.close()
    return web.Response()


@asynccontextmanager
async def line_to(api_url: str) -> AsyncIterator[Line]:
    """A line to this Web API."""
    line = Line(api_url)
    app = web.Application()
    app.router.add_post("/api/{method}", line.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    line.address = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield line
    finally:
        await runner.cleanup()
