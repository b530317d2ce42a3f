"""The workspace in a browser: a page on which a person uses the app as if in Slack."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.web import door, inspector_routes
from sandbox.web.routes import routes
from sandbox.web.visit import Site

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def add_routes(app: web.Application, sandbox: "Sandbox") -> None:
    """Serve the page of this sandbox at `/`, the inspector of its traffic, and its JSON door for tests beside it."""
    app.add_routes(routes(Site(sandbox)))
    app.add_routes(inspector_routes.routes(sandbox))
    app.add_routes(door.routes(sandbox))
