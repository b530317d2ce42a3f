"""A Slack workspace in one process, listening on this machine only."""

import importlib
import importlib.util
import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import company as larkspur
from sandbox import manifest as manifests
from sandbox.archive import Archive
from sandbox.calendar import Calendar, OnMove
from sandbox.company import Company
from sandbox.errors import SlackError
from sandbox.events import Events
from sandbox.interactions import Interactions
from sandbox.manifest import Manifest
from sandbox.person import Person, Room
from sandbox.records import Change
from sandbox.response_urls import ResponseUrls
from sandbox.rules import Rules
from sandbox.socket_mode import SocketMode
from sandbox.triggers import Triggers
from sandbox.waiting import next_call, until
from sandbox.web_api import WebApi
from sandbox.workspace import Workspace

T = TypeVar("T")

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass
class Sandbox:
    """A running workspace. The app talks to `api_url` with `bot_token` and `app_token`; people open `page_url`."""

    manifest: Manifest
    workspace: Workspace
    calendar: Calendar
    interactions: Interactions
    events: Events
    sockets: SocketMode
    bot_token: str
    app_token: str
    page_url: str
    _archive: Archive
    _runner: web.AppRunner

    @property
    def api_url(self) -> str:
        """What slack_sdk calls `base_url`."""
        return f"{self.page_url}api/"

    @classmethod
    async def start(
        cls,
        manifest: Path,
        file: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        on_move: OnMove | None = None,
        company: Company | None = None,
        rules: Rules | None = None,
        without_scopes: Collection[str] = (),
    ) -> "Sandbox":
        """Open the workspace that `file` keeps, or a fresh one that is kept nowhere; port 0 takes a free one.

        `on_move(target)` walks the calendar there; `without_scopes` are those that the installer refused.
        """
        granted, rules, archive = manifests.read(manifest, without_scopes), rules or Rules(), Archive(file)
        calendar = Calendar(archive, on_move)
        workspace = Workspace(company or larkspur.company(granted.bot_name), calendar, archive)
        calendar.on_set = lambda instant: workspace.tell(Change("clock", detail={"at": instant.isoformat()}))
        sockets, triggers = SocketMode(workspace.company.app_id, rules), Triggers(rules)
        events = Events(workspace, granted, sockets, rules)
        response_urls = ResponseUrls(workspace, events, rules)
        interactions = Interactions(workspace, granted, sockets, events, triggers, response_urls)
        bot_token, app_token = _token(archive, "xoxb"), _token(archive, "xapp")
        api = WebApi(bot_token, app_token, workspace, granted, rules, triggers, events, sockets)

        app = web.Application()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        sandbox = cls(
            granted, workspace, calendar, interactions, events, sockets, bot_token, app_token, "", archive, runner
        )
        _add_routes(app, api, sockets, response_urls)
        _add_page(app, sandbox)
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound_port = runner.addresses[0][1]
        sandbox.page_url = api.page_url = f"http://{host}:{bound_port}/"
        response_urls.address = f"{sandbox.page_url}respond/"
        return sandbox

    def person(self, name: str) -> Person:
        """Somebody at their keyboard, by handle, id or real name."""
        user = self.workspace.user_named(name)
        return Person(user.id, self.workspace, self.interactions, self.manifest)

    def channel(self, name: str) -> Room:
        """A channel by name or id, to look at what everybody sees in it."""
        return Room(self.workspace.channel_named(name), self.workspace)

    async def until(self, holds: Callable[[], T], seconds: float = 10.0) -> T:
        """Wait until this holds, and return it. Raises TimeoutError after `seconds`."""
        return await until(self.workspace, holds, seconds)

    async def next(self, method: str, seconds: float = 10.0) -> Change:
        """The next call of this Web API method: its `detail` has `arguments` and `answer`."""
        return await next_call(self.workspace, method, seconds)

    async def stop(self) -> None:
        """Close every connection; what was accepted is in the file."""
        await self.events.stop()
        await self.sockets.cut()
        await self._runner.cleanup()
        self._archive.close()


def is_from_this_page(request: web.Request) -> bool:
    """Whether a request may touch the page: asked for by a loopback name, and not posted by another site's page.

    A foreign name that resolves to this machine (DNS rebinding) and a foreign site's form are both turned away.
    """
    asked_for = urlsplit(f"//{request.headers.get('Host', '')}")
    origin = request.headers.get("Origin")
    same_origin = origin is None or urlsplit(origin).netloc == asked_for.netloc
    return asked_for.hostname in LOOPBACK and same_origin


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Middleware that refuses, with 403, whatever `is_from_this_page` does not vouch for."""
    if not is_from_this_page(request):
        raise web.HTTPForbidden(text="This page answers only to this machine.")
    return await handler(request)


def _add_routes(app: web.Application, api: WebApi, sockets: SocketMode, response_urls: ResponseUrls) -> None:
    async def respond(request: web.Request) -> web.Response:
        try:
            response_urls.respond(request.match_info["key"], json.loads(await request.text()))
        except json.JSONDecodeError:
            return web.Response(status=400, text="invalid_payload")
        except SlackError as refusal:
            gone = refusal.code in ("expired_url", "used_url")
            return web.json_response(refusal.answer, status=404 if gone else 400)
        return web.Response(text="ok")

    app.router.add_route("*", "/api/{method}", api.serve)
    app.router.add_get("/link/", sockets.serve)
    app.router.add_post("/respond/{key:.+}", respond)


def _add_page(app: web.Application, sandbox: Sandbox) -> None:
    """Mount the page where it is there."""
    if importlib.util.find_spec("sandbox.web") and (page := importlib.import_module("sandbox.web")):
        add_routes = getattr(page, "add_routes", None)
        if add_routes:
            add_routes(app, sandbox)


def _token(archive: Archive, kind: str) -> str:
    """The token of this kind that the workspace has given out, so that a restart does not lock the app out."""
    kept = archive.read("token").get(kind)
    token = kept or f"{kind}-{secrets.token_hex(16)}"
    archive.write("token", kind, token)
    return str(token)
