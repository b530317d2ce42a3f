"""Handing files over, and fetching them again."""

from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, web

from sandbox.files import LARGEST
from sandbox.web.guard import acting, reading
from sandbox.web.visit import Site


def file_routes(site: Site) -> list[web.RouteDef]:
    """`/upload` takes a person's file, `/upload/v1/ID` the app's; `/files/ID/NAME` gives it to the page, and to the app
    with its token.
    """

    async def upload(request: web.Request) -> web.Response:
        content = await _body(request)
        user, name = request.query["as"], request.query["name"]
        workspace = site.sandbox.workspace
        try:
            kept = workspace.files.keep(workspace.new_id("F"), name, content, user, site.sandbox.page_url)
        except ValueError as refusal:
            return web.json_response({"trouble": str(refusal)}, status=409)
        return web.json_response({"id": kept["id"], "name": kept["name"]})

    async def receive(request: web.Request) -> web.Response:
        workspace, id_ = site.sandbox.workspace, request.match_info["id"]
        content = await _body(request)
        try:
            workspace.files.receive(id_, content, workspace.bot.id, site.sandbox.page_url)
        except KeyError as stranger:
            raise web.HTTPNotFound(text="No file is expected here.") from stranger
        except ValueError as refusal:
            raise web.HTTPBadRequest(text=str(refusal)) from refusal
        return web.Response(text=f"OK - {len(content)}")

    async def fetch(request: web.Request) -> web.Response:
        if not _may_fetch(request, site):
            raise web.HTTPForbidden(text="A file is fetched with the bot's token.")
        files, id_ = site.sandbox.workspace.files, request.match_info["id"]
        if id_ not in files:
            raise web.HTTPNotFound
        return web.Response(body=files.content(id_), content_type=files.info(id_)["mimetype"])

    return [
        web.post("/upload", acting(upload)),
        web.post("/upload/v1/{id}", reading(receive)),
        web.get("/files/{id}/{name}", reading(fetch)),
    ]


async def _body(request: web.Request) -> bytes:
    """What was sent, and hardly more than a file may hold of it."""
    content = bytearray()
    async for piece in _pieces(request):
        content += piece
        if len(content) > LARGEST:
            break
    return bytes(content)


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    """The file itself: the whole body, or the first part of a form."""
    if not request.content_type.startswith("multipart/"):
        async for piece in request.content.iter_any():
            yield piece
        return
    part = await (await request.multipart()).next()
    while isinstance(part, BodyPartReader) and (piece := await part.read_chunk()):
        yield piece


def _may_fetch(request: web.Request, site: Site) -> bool:
    """A browser says that its own page asks; the app shows its token."""
    from_page = request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")
    token = site.sandbox.bot_token
    return from_page or bool(token and request.headers.get("Authorization") == f"Bearer {token}")
