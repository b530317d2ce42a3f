"""The page answers this machine only, and acts only on what it asked for itself."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.server import is_from_this_page

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: http://127.0.0.1:* http://localhost:*; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def reading(handler: Handler) -> Handler:
    """A handler for whoever asks from this machine, by a name of this machine."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not is_from_this_page(request):
            raise web.HTTPForbidden(text="This page answers only to this machine.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guarded


def acting(handler: Handler) -> Handler:
    """A handler that changes something: a browser must say that this page asked."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="Only the page itself may do this.")
        return await handler(request)

    return reading(guarded)
