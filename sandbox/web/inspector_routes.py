"""The inspector's addresses: the traffic and the ledger as lines of JSON, the faults, and the page that shows them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from inspect import signature
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.faults import Fault
from sandbox.ledger import lines
from sandbox.records import Json
from sandbox.web.asked import Asked, asked_by
from sandbox.web.fault_panel import active, do
from sandbox.web.guard import reading
from sandbox.web.inspector import bodies, inspector, rows
from sandbox.web_api import METHODS

if TYPE_CHECKING:
    from sandbox.server import Sandbox

JSON_LINES = "application/x-ndjson"


def routes(sandbox: "Sandbox") -> list[web.RouteDef]:
    """What `docs/sandbox.md` documents, and the page at `/inspector`."""
    return [*_records(sandbox), *_faults(sandbox), *_page(sandbox)]


def _records(sandbox: "Sandbox") -> list[web.RouteDef]:
    async def traffic(request: web.Request) -> web.Response:
        """The exchanges that came or changed after `since`, the `change` of the last line that was read."""
        told = [each.record() for each in sandbox.traffic.since(_since(request))]
        return web.Response(text=lines(told), content_type=JSON_LINES)

    async def ledger(_: web.Request) -> web.Response:
        return web.Response(text=lines(sandbox.ledger.entries), content_type=JSON_LINES)

    return [web.get("/traffic", reading(traffic)), web.get("/ledger.jsonl", reading(ledger))]


def _faults(sandbox: "Sandbox") -> list[web.RouteDef]:
    faults = sandbox.faults
    deeds: dict[str, Callable[..., Fault]] = {
        "slow": faults.slow,
        "drop": faults.drop,
        "fail": faults.fail,
        "limit": faults.limit,
        "cut": faults.cut,
    }

    async def listed(_: web.Request) -> web.Response:
        return web.json_response([_told(fault) for fault in faults.active])

    async def set_one(request: web.Request) -> web.Response:
        """`{"deed": "drop", "name": "chat.postMessage", "every": 10}`: the arguments are those of the method."""
        try:
            return web.json_response(_told(_set(deeds, await asked_by(request))))
        except ValueError as problem:
            return web.json_response({"refused": f"No such fault: {problem}"}, status=422)

    async def clear(request: web.Request) -> web.Response:
        faults.clear(_figure(request, "number") or None)
        return web.json_response([_told(fault) for fault in faults.active])

    return [
        web.get("/faults", reading(listed)),
        web.post("/faults", reading(set_one)),
        web.delete("/faults", reading(clear)),
    ]


def _page(sandbox: "Sandbox") -> list[web.RouteDef]:
    async def whole(_: web.Request) -> web.Response:
        text = inspector(sandbox.workspace.company.name, sorted(METHODS), sandbox.faults.active)
        return web.Response(text=text, content_type="text/html")

    async def news(request: web.Request) -> web.Response:
        """What has changed on the page since its last look."""
        fresh = sandbox.traffic.since(_since(request))
        change = fresh[-1].change if fresh else _since(request)
        drawn = rows(sorted(fresh, key=lambda each: each.number))
        return web.json_response({"change": change, "rows": drawn, "active": active(sandbox.faults.active)})

    async def unfolded(request: web.Request) -> web.Response:
        exchange = sandbox.traffic.numbered(int(request.match_info["number"]))
        text = bodies(exchange) if exchange else "This has been forgotten."
        return web.Response(text=text, content_type="text/html")

    async def done(request: web.Request) -> web.Response:
        """What a button of the panel says; with a sentence where it cannot be done."""
        try:
            await do(sandbox, await asked_by(request))
        except ValueError as problem:
            return web.json_response({"trouble": str(problem)})
        except KeyError:
            return web.json_response({"trouble": "This cannot be done here and now."})
        return web.json_response({})

    return [
        web.get("/inspector", reading(whole)),
        web.get("/inspector/news", reading(news)),
        web.get(r"/inspector/bodies/{number:\d+}", reading(unfolded)),
        web.post("/inspector/do", reading(done)),
    ]


def _set(deeds: Mapping[str, Callable[..., Fault]], asked: Asked) -> Fault:
    """The fault that was asked for, set. Raises ValueError with a sentence."""
    named = asked.words("deed")
    if named not in deeds:
        raise ValueError(f"{named!r} is none of {', '.join(deeds)}.")
    how = {name: said for name, said in asked.items() if name != "deed"}
    for name in how:
        if name not in signature(deeds[named]).parameters:
            raise ValueError(f"{name!r} is nothing that {named!r} takes.")
    return deeds[named](**how)


def _since(request: web.Request) -> int:
    return _figure(request, "since")


def _figure(request: web.Request, name: str) -> int:
    """A whole number of the address, 0 where it says none."""
    given = request.query.get(name) or "0"
    if not given.isdigit():
        raise web.HTTPBadRequest(text=f"`{name}` is a whole number.")
    return int(given)


def _told(fault: Fault) -> Json:
    return {**asdict(fault), "words": str(fault)}
