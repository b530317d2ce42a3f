"""The workspace in a browser: a page on which a person uses the app as if in Slack."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.web import door
from sandbox.web.routes import routes
from sandbox.web.visit import Site

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def add_routes(app: web.Application, sandbox: "Sandbox") -> None:
    """Serve the page of this sandbox at `/`, and its JSON door for tests beside it."""
    app.add_routes(routes(Site(sandbox)))
    app.add_routes(door.routes(sandbox))
