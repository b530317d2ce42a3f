"""The wire from the app to Slack: faults befall what passes, and the ledger and the inspector take note of it."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.bodies import NotReadable, form_of, parsed
from sandbox.faults import Fate, Fault, Faults
from sandbox.ledger import POSTS, Ledger
from sandbox.records import Json
from sandbox.traffic import FROM_APP, Exchange, Traffic

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Wire:
    def __init__(self, faults: Faults, ledger: Ledger, traffic: Traffic) -> None:
        self._faults, self._ledger, self._traffic = faults, ledger, traffic

    def around(self, handler: Handler, kind: str) -> Handler:
        """The handler as the app meets it: `kind` is `call` or `response_url`."""

        async def passed(request: web.Request) -> web.Response:
            name = request.match_info.get("method", kind)
            asked = await _asked(request)
            exchange = self._traffic.begin(FROM_APP, kind, name, asked)
            try:
                return await self._pass(request, handler, exchange)
            except BaseException as failure:
                self._traffic.end(exchange, f"failed: {type(failure).__name__}")
                raise

        return passed

    async def _pass(self, request: web.Request, handler: Handler, exchange: Exchange) -> web.Response:
        fate = self._faults.befalling(exchange.name)
        exchange.faults = fate.struck
        answer = None
        await asyncio.sleep(fate.held)
        if fate.ending is None or fate.ending.after_work:
            answer = await handler(request)
            self._enter(exchange, answer, fate)
        await asyncio.sleep(fate.late)
        if fate.ending:
            answer = _instead(fate.ending)
        return self._send(request, exchange, answer)

    def _enter(self, exchange: Exchange, answer: web.Response, fate: Fate) -> None:
        if exchange.name in POSTS and answer.status == 200:
            self._ledger.note(exchange.name, _json(exchange.asked), _json(answer.body), fate.word)

    def _send(self, request: web.Request, exchange: Exchange, answer: web.Response | None) -> web.Response:
        if answer is None:
            self._traffic.end(exchange, "cut off")
            if request.transport:
                request.transport.close()
            return web.Response()
        self._traffic.end(exchange, str(answer.status), _bytes(answer))
        return answer


async def _asked(request: web.Request) -> Json | bytes:
    """What the app sent: JSON as it came, a form by its fields."""
    if request.content_type == "application/json":
        return await request.read()
    try:
        return {**request.query, **await form_of(request)}
    except NotReadable:
        return await request.read()


def _instead(fault: Fault) -> web.Response | None:
    """What is answered in place of the truth; None for nothing at all."""
    if fault.deed == "drop":
        return None
    headers = {"Retry-After": f"{fault.seconds:g}"} if fault.deed == "limit" else None
    if isinstance(fault.body, str):
        return web.Response(text=fault.body, status=fault.status, content_type=fault.content_type, headers=headers)
    return web.json_response(fault.body, status=fault.status, headers=headers)


def _json(body: object) -> Json:
    """A body as an object; {} where it is none, like the `ok` of a response URL."""
    if isinstance(body, dict):
        return body
    try:
        said = parsed(body) if isinstance(body, bytes) else {}
    except NotReadable:
        return {}
    return said if isinstance(said, dict) else {}


def _bytes(answer: web.Response) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else b""
