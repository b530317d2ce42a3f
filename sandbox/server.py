"""A Slack workspace in one process, listening on this machine only."""

import importlib
import secrets
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from sandbox import company as larkspur
from sandbox import manifest as manifests
from sandbox.archive import Archive
from sandbox.calendar import Calendar, OnMove
from sandbox.calls import Calls
from sandbox.company import Company
from sandbox.delivery import Delivery
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.interactions import Interactions
from sandbox.ledger import Ledger
from sandbox.manifest import Manifest
from sandbox.person import Person, Room
from sandbox.records import Change, Message
from sandbox.response_urls import ResponseUrls
from sandbox.rules import Rules
from sandbox.seen import Screen
from sandbox.socket_mode import SocketMode
from sandbox.traffic import Traffic
from sandbox.triggers import Triggers
from sandbox.verbs import Verbs
from sandbox.waiting import until
from sandbox.web_api import WebApi
from sandbox.wire import Wire
from sandbox.workspace import Workspace

T = TypeVar("T")

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Sandbox(Verbs):
    """A running workspace. The app talks to `api_url` with `bot_token` and `app_token`; people open `page_url`."""

    def __init__(self, manifest: Manifest, archive: Archive, company: Company, rules: Rules) -> None:
        """Put the parts together; `start` opens the doors."""
        self.manifest, self._archive = manifest, archive
        self.bot_token, self.app_token = _token(archive, "xoxb"), _token(archive, "xapp")
        self.signing_secret = _kept(archive, "signing secret", secrets.token_hex(16))
        self.calendar = Calendar(archive)
        self.workspace = Workspace(company, self.calendar, archive)
        self.calendar.on_set = lambda instant: self.workspace.tell(Change("clock", detail={"at": instant.isoformat()}))
        self.faults, self.ledger, self.traffic = Faults(), Ledger(), Traffic()
        self.sockets = SocketMode(company.app_id, rules, self.faults, self.traffic)
        self.delivery = Delivery(self.sockets, rules)
        self.events = Events(self.workspace, manifest, self.delivery, rules)
        self._response_urls = ResponseUrls(self.workspace, self.events, rules)
        triggers = Triggers(rules)
        self.interactions = Interactions(
            self.workspace, manifest, self.delivery, self.events, triggers, self._response_urls
        )
        self._api = WebApi(
            self.bot_token, self.app_token, self.workspace, manifest, rules, triggers, self.events, self.sockets
        )
        self._calls = Calls(self.workspace)
        self._people: dict[str, Person] = {}
        self.page_url = ""
        self._runner = web.AppRunner(web.Application(), access_log=None, shutdown_timeout=0.1)

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
        ledger: Path | None = None,
    ) -> "Sandbox":
        """Open the workspace that `file` keeps, or a fresh one that is kept nowhere; port 0 takes a free one.

        `on_move(target)` walks the calendar there; `without_scopes` are those that the installer refused;
        every accepted post is written to the file `ledger` before its answer leaves.
        """
        granted = manifests.read(manifest, without_scopes)
        sandbox = cls(granted, Archive(file), company or larkspur.company(granted.bot_name), rules or Rules())
        sandbox.calendar.on_move = on_move
        if ledger:
            sandbox.ledger.keep_in(ledger)
        await sandbox._open(host, port)
        return sandbox

    @property
    def api_url(self) -> str:
        """What slack_sdk calls `base_url`."""
        return f"{self.page_url}api/"

    def person(self, name: str) -> Person:
        """Somebody at their keyboard, by handle, id or real name; the same each time."""
        user = self.workspace.user_named(name)
        return self._people.setdefault(user.id, Person(user.id, self.workspace, self.interactions, self.manifest))

    def channel(self, name: str) -> Room:
        """A channel by name or id, to look at what everybody sees in it."""
        return Room(self.workspace.channel_named(name), self.workspace)

    async def until(self, holds: Callable[[], T], seconds: float = 10.0) -> T:
        """Wait until this holds, and return it. Raises TimeoutError after `seconds`."""
        return await until(self.workspace, holds, seconds)

    async def look(self, by: str) -> Screen:
        """Everything of the app that they have open."""
        return self.person(by).screen

    async def read(self, channel: str, by: str = "") -> list[Message]:
        """What was said in a channel, oldest first; with what only they can see where `by` names somebody."""
        return self.person(by).sees(channel) if by else self.channel(channel).messages

    async def next(self, method: str, seconds: float = 10.0) -> Change:
        """The app's first call of this Web API method that `next` has not told of yet: `arguments` and `answer`."""
        return await self._calls.next(method, seconds)

    async def stop(self) -> None:
        """Close every connection; what was accepted is in the file."""
        await self.events.stop()
        await self.sockets.cut()
        await self._runner.cleanup()
        self._archive.close()
        self.ledger.close()

    async def _open(self, host: str, port: int) -> None:
        self._add_routes(self._runner.app)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.page_url = f"http://{host}:{self._runner.addresses[0][1]}/"
        self._api.page_url, self._response_urls.address = self.page_url, f"{self.page_url}respond/"

    def _add_routes(self, app: web.Application) -> None:
        wire = Wire(self.faults, self.ledger, self.traffic)
        app.router.add_route("*", "/api/{method}", wire.around(self._api.serve, "call"))
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/respond/{key:.+}", wire.around(self._response_urls.serve, "response_url"))
        page = importlib.import_module("sandbox.web")  # which itself imports this module
        page.add_routes(app, self)


def is_from_this_page(request: web.Request) -> bool:
    """Whether a request may touch the page: asked for by a loopback name, and not posted by another site's page.

    A foreign name that resolves to this machine (DNS rebinding) and a foreign site's form are both turned away.
    """
    asked_for = urlsplit(f"//{request.headers.get('Host', '')}")
    origin = request.headers.get("Origin")
    same_origin = origin is None or urlsplit(origin).netloc == asked_for.netloc
    return asked_for.hostname in LOOPBACK and same_origin


def _token(archive: Archive, kind: str) -> str:
    """The token of this kind."""
    return _kept(archive, kind, f"{kind}-{secrets.token_hex(16)}")


def _kept(archive: Archive, kind: str, fresh: str) -> str:
    """What the workspace has given out under this name, so that a restart does not lock the app out."""
    secret = archive.read("token").get(kind, fresh)
    archive.write("token", kind, secret)
    return str(secret)
