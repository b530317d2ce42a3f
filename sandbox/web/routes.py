"""The page's addresses."""

import logging
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from sandbox.bodies import NotReadable, object_of
from sandbox.records import Json
from sandbox.web.beside import beside
from sandbox.web.deeds import DEEDS, Refused
from sandbox.web.files import file_routes
from sandbox.web.guard import acting, reading
from sandbox.web.live import live
from sandbox.web.markup import Html
from sandbox.web.page import FRAGMENTS, page
from sandbox.web.permalinks import place_of
from sandbox.web.visit import Site, Visit, mark_seen, opened, visit

STATIC = Path(__file__).parent / "static"

log = logging.getLogger(__name__)


def routes(site: Site) -> list[web.RouteDef]:
    """Every address of the page: itself, its fragments, its live feed, what it does, and its style and script."""

    async def whole(request: web.Request) -> web.Response:
        at = opened(_visit(site, request))
        mark_seen(at)
        return web.Response(text=page(at), content_type="text/html")

    async def fragment(request: web.Request) -> web.Response:
        at = _visit(site, request)
        name = request.match_info["name"]
        if name not in FRAGMENTS:
            raise web.HTTPNotFound(text=f"The page has no part called {name}.")
        if name == "timeline" and "unseen" not in request.query:
            mark_seen(at)
        return web.Response(text=FRAGMENTS[name](at) or Html(), content_type="text/html")

    async def feed(request: web.Request) -> web.WebSocketResponse:
        return await live(request, _visit(site, request))

    async def both(request: web.Request) -> web.Response:
        left, right = (request.query.get(side) for side in ("left", "right"))
        try:
            return web.Response(text=beside(site, left, right), content_type="text/html")
        except KeyError as error:
            raise _nobody(error) from error

    async def archives(request: web.Request) -> web.Response:
        try:
            raise web.HTTPFound(place_of(site, **request.match_info, as_=request.query.get("as")))
        except KeyError as error:
            raise _nobody(error) from error

    async def do(request: web.Request) -> web.Response:
        return await _done(request.match_info["deed"], _visit(site, request), await _asked(request))

    return [
        web.get("/", reading(whole)),
        web.get("/beside", reading(both)),
        web.get("/archives/{channel}/p{digits}", reading(archives)),
        web.get("/fragment/{name}", reading(fragment)),
        web.get("/live", acting(feed)),
        web.post("/do/{deed}", acting(do)),
        *file_routes(site),
        web.get("/static/{name}", reading(_static)),
    ]


def _visit(site: Site, request: web.Request) -> Visit:
    asked = request.query
    framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
    try:
        at = visit(site, asked.get("as"), asked.get("channel"), asked.get("app"))
    except KeyError as error:
        raise _nobody(error) from error
    return replace(at, side=asked.get("side", ""), first=asked.get("first", ""), framed=framed)


def _nobody(error: KeyError) -> web.HTTPNotFound:
    return web.HTTPNotFound(text=f"Nobody and nothing here is called {error.args[0]}.")


async def _asked(request: web.Request) -> Json:
    try:
        return await object_of(request)
    except NotReadable as problem:
        raise web.HTTPBadRequest(text="The page takes an object of JSON.") from problem


async def _done(name: str, at: Visit, asked: Json) -> web.Response:
    """Do it, and say what went wrong if it did; what came of it shows in the panes."""
    if name not in DEEDS:
        raise web.HTTPNotFound(text=f"The page cannot do {name}.")
    try:
        answer = await DEEDS[name](at, asked)
    except (Refused, ValueError) as refusal:
        return web.json_response({"trouble": str(refusal)}, status=409)
    except KeyError as missing:
        log.info("The page asked for something that is gone: %s %s", name, missing)
        return web.json_response({"trouble": "This is no longer there."}, status=409)
    return web.json_response(answer or {})


async def _static(request: web.Request) -> web.StreamResponse:
    file = STATIC / request.match_info["name"]
    if file.parent != STATIC or not file.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(file)
