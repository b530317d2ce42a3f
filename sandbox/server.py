"""A Slack workspace in one process, listening on this machine only."""

import asyncio
import importlib
from collections.abc import Callable, Collection, Sequence
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from sandbox import company as larkspur
from sandbox import manifest as manifests
from sandbox.archive import Archive
from sandbox.calendar import Calendar, OnMove
from sandbox.company import Company
from sandbox.credentials import credentials
from sandbox.delivery import Delivery
from sandbox.doors import Doors
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.front_door import FrontDoor
from sandbox.http_mode import HttpMode
from sandbox.installations import Installations
from sandbox.interactions import Interactions
from sandbox.ledger import Ledger
from sandbox.manifest import Manifest
from sandbox.oauth import OAuth
from sandbox.person import Person, Room
from sandbox.records import Change, Message
from sandbox.request_urls import RequestUrls
from sandbox.rules import Rules
from sandbox.second_company import second_company
from sandbox.seen import Screen
from sandbox.socket_mode import SocketMode
from sandbox.team import Shared, Team
from sandbox.traffic import Traffic
from sandbox.verbs import Verbs
from sandbox.waiting import until
from sandbox.wire import Wire
from sandbox.workspace import Workspace

T = TypeVar("T")

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Sandbox(Verbs):
    """A running workspace. The app talks to `api_url` with `bot_token` and `app_token`; people open `page_url`."""

    def __init__(
        self,
        manifest: Manifest,
        archive: Archive,
        companies: Sequence[Company],
        rules: Rules,
        refused: Collection[str] = (),
        request_url: str = "",
    ) -> None:
        """Put the parts together, with a workspace for each company; `start` opens the doors."""
        self._archive = archive
        self._own = own = credentials(archive)
        self.app_token, self.signing_secret = own.app_token, own.signing_secret
        self.client_id, self.client_secret = own.client_id, own.client_secret
        self.calendar = Calendar(archive)
        self.calendar.on_set = self._tell_the_time
        self.faults, self.ledger, self.traffic = Faults(), Ledger(), Traffic()
        self.sockets = SocketMode(companies[0].app_id, rules, self.faults, self.traffic)
        self.http = HttpMode(RequestUrls(manifest, request_url, self.signing_secret, rules, self.traffic))
        self.delivery = Delivery(self.http if request_url or _has_urls(manifest) else self.sockets, rules, self.traffic)
        shared = Shared(manifest, self.app_token, self.calendar, self.sockets, self.delivery, rules)
        self.teams = [_team(company, archive, shared, first=company is companies[0]) for company in companies]
        self.team = self.teams[0]
        self.installations = Installations(archive)
        self.oauth = OAuth(self.client_id, self.client_secret, manifest, refused, rules)
        by_id = {team.id: team for team in self.teams}
        self._front_door = FrontDoor(by_id, self.installations, self.oauth, self._take_out)
        self._verifying: asyncio.Task[None] | None = None
        self._doors = Doors()

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
        request_url: str = "",
        installed: bool = True,
        second_workspace: bool = False,
    ) -> "Sandbox":
        """Open the workspace that `file` keeps, or a fresh one that is kept nowhere; port 0 takes a free one.

        `on_move(target)` walks the calendar there; `without_scopes` are those that the installer refused;
        every accepted post is written to the file `ledger` before its answer leaves. An app with a `request_url`,
        or with URLs in its manifest, is told what happens over HTTP. Unless it is `installed` from the start,
        somebody has to open its install link first, as they must in the `second_workspace`.
        """
        granted, archive = manifests.read(manifest, without_scopes), Archive(file)
        first, second = company or larkspur.company(granted.bot_name), second_company(granted.bot_name)
        is_there = archive.part(second.team_id).read("user")
        companies = [first, second] if second_workspace or is_there else [first]
        sandbox = cls(granted, archive, companies, rules or Rules(), without_scopes, request_url)
        sandbox._let_the_app_in(granted.scopes if installed else ())
        sandbox.calendar.on_move = on_move
        if ledger:
            sandbox.ledger.keep_in(ledger)
        await sandbox._open(host, port)
        return sandbox

    # the workspace that one looks at

    @property
    def workspace(self) -> Workspace:
        return self.team.workspace

    @property
    def manifest(self) -> Manifest:
        """The app as this workspace has granted it; without commands, events and tabs where it is not installed."""
        return self.team.manifest

    @property
    def events(self) -> Events:
        return self.team.events

    @property
    def interactions(self) -> Interactions:
        return self.team.interactions

    @property
    def page_url(self) -> str:
        """Where people open this workspace."""
        return self.team.page_url

    @property
    def bot_token(self) -> str:
        """The token that this workspace has given the app; "" where it has none."""
        installation = self.installations.of(self.team.id)
        return installation.bot_token if installation else ""

    def seen_from(self, name: str) -> "Sandbox":
        """The same sandbox, looked at from the workspace with this name or id. Raises KeyError with the name."""
        found = [team for team in self.teams if name.casefold() in (team.name.casefold(), team.id.casefold())]
        if not found:
            raise KeyError(name)
        there = copy(self)
        there.team = found[0]
        return there

    # the app

    @property
    def api_url(self) -> str:
        """What slack_sdk calls `base_url`, for every workspace."""
        return f"{self.teams[0].page_url}api/"

    @property
    def authorize_url(self) -> str:
        """Where an install link leads: Bolt's `authorization_url`."""
        return f"{self.teams[0].page_url}oauth/v2/authorize"

    async def set_request_url(self, url: str) -> None:
        """Tell the app over HTTP from now on, at this URL for everything. Raises NotVerified unless it answers."""
        await self.http.move_to(url)
        self.delivery.line = self.http

    async def uninstall(self) -> None:
        """Take the app out of this workspace and wait until it has heard. Raises KeyError where it is not installed."""
        self._take_out(self.team)
        await self.events.heard()

    # what people do

    def person(self, name: str) -> Person:
        """Somebody at their keyboard, by handle, id or real name; the same each time."""
        return self.team.person(name)

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
        return await self.team.calls.next(method, seconds)

    async def stop(self) -> None:
        """Close every connection; what was accepted is in the file."""
        if self._verifying:
            self._verifying.cancel()
        for team in self.teams:
            await team.events.stop()
        await self.sockets.cut()
        await self.http.close()
        await self._doors.close()
        self._archive.close()
        self.ledger.close()

    # beginning

    def _let_the_app_in(self, scopes: Collection[str]) -> None:
        """Install the app in the first workspace with these scopes, unless it was taken out; admit it where it is."""
        first, token = self.teams[0], self._own.bot_token
        if scopes and not self.installations.was_lost(token):
            self.installations.settle(first.id, token, scopes)
        for team in self.teams:
            installation = self.installations.of(team.id)
            team.let_in(installation) if installation else team.show_out()

    def _take_out(self, team: Team) -> None:
        gone = self.installations.uninstall(team.id)
        team.events.tokens_revoked(people=list(gone.user_tokens), bot=bool(gone.bot_token))
        team.events.app_uninstalled()
        team.show_out()

    def _tell_the_time(self, instant: datetime) -> None:
        for team in self.teams:
            team.workspace.tell(Change("clock", detail={"at": instant.isoformat()}))

    async def _open(self, host: str, port: int) -> None:
        """Serve Slack and the first workspace's page at this port, the pages of the others each at one of its own."""
        page = importlib.import_module("sandbox.web")  # which itself imports this module
        first = self.teams[0]
        for team in self.teams:
            app = web.Application()
            page.add_routes(app, self.seen_from(team.id))
            if team is first:
                self._add_routes(app)
            address = await self._doors.open(app, host, port if team is first else 0)
            team.open_at(address, f"{first.page_url or address}respond/")
        if self.delivery.line is self.http:
            self._verifying = asyncio.create_task(self.http.verify_when_up())

    def _add_routes(self, app: web.Application) -> None:
        wire = Wire(self.faults, self.ledger, self.traffic)
        app.router.add_route("*", "/api/{method}", wire.around(self._front_door.serve, "call"))
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/respond/{key:.+}", wire.around(self._respond, "response_url"))
        install = importlib.import_module("sandbox.web.install")
        app.add_routes(install.routes(self))

    async def _respond(self, request: web.Request) -> web.Response:
        """The app posts to a response URL, whose key begins with its workspace."""
        team_id = request.match_info["key"].partition("/")[0]
        team = next((each for each in self.teams if each.id == team_id), self.teams[0])
        return await team.response_urls.serve(request)


def is_from_this_page(request: web.Request) -> bool:
    """Whether a request may touch the page: asked for by a loopback name, and not posted by another site's page.

    A foreign name that resolves to this machine (DNS rebinding) and a foreign site's form are both turned away.
    """
    asked_for = urlsplit(f"//{request.headers.get('Host', '')}")
    origin = request.headers.get("Origin")
    same_origin = origin is None or urlsplit(origin).netloc == asked_for.netloc
    return asked_for.hostname in LOOPBACK and same_origin


def _team(company: Company, archive: Archive, shared: Shared, *, first: bool) -> Team:
    return Team(company, archive if first else archive.part(company.team_id), shared)


def _has_urls(manifest: Manifest) -> bool:
    """Whether the app is to be told over HTTP: Socket Mode is off, and there is a URL to send something to."""
    commands = [command.url for command in manifest.commands.values()]
    return not manifest.socket_mode and any((manifest.events_url, manifest.interactivity_url, *commands))
