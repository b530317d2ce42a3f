"""Apps that listen on the web, in the other party's place: a real Bolt app behind aiohttp, or whatever a test needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp

from tests.sandbox.conftest import client_of

MANIFEST = Path(__file__).parent / "http_manifest.yml"


def heron(slack, **options):
    """A Bolt app that checks signatures with the sandbox's secret and answers once its listener is done."""
    known = {"client": client_of(slack), "signing_secret": slack.signing_secret, "process_before_response": True}
    return AsyncApp(**{**known, **options})


@asynccontextmanager
async def listening(app: AsyncApp) -> AsyncIterator[str]:
    """Bolt's own web server at a free port; yields its address."""
    async with serving(app.server(port=3000).web_app) as address:
        yield address


@asynccontextmanager
async def serving(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def answering(handler) -> web.Application:
    """An app that answers everything with this."""
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", handler)
    return app


async def challenged(request):
    """The answer to a `url_verification`; None for any other request."""
    body = await request.json() if request.content_type == "application/json" else {}
    return web.Response(text=body["challenge"]) if body.get("type") == "url_verification" else None
