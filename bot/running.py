"""Cairn at work: everything put together, started in order and stopped in the other."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import app as apps
from bot.clocks import Clocks
from bot.health import Health, Watchdog, watching
from bot.lines import Spans
from bot.listening import DRAIN, listening
from bot.opening import opened
from bot.settings import MANIFEST, Settings
from bot.starting import Installation, probe, scopes
from handlers.request import Desk
from operations import notices
from scheduler.courier import Courier
from scheduler.directory import Directory
from scheduler.fencing import fence
from scheduler.searching import Search
from scheduler.timetable import Timetable
from storage import people
from storage.database import Database

log = logging.getLogger("cairn")

LAST_CALLS = 15.0
"""Seconds that the calls to Slack which are under way get in the end."""


@dataclass(frozen=True, slots=True)
class Cairn:
    """A running Cairn."""

    db: Database
    installation: Installation
    courier: Courier
    timetable: Timetable
    met: asyncio.Task[None]
    """Done once everybody in the workspace has been met; nothing waits for it but tests and the demo."""
    health: Health
    watched: asyncio.Task[None]
    """Ends, with `GaveUp`, where nothing helps any more."""
    address: str
    """Where the web server is; "" where there is none."""


@contextlib.asynccontextmanager
async def running(settings: Settings, clocks: Clocks, spans: Spans | None = None) -> AsyncIterator[Cairn]:
    """Cairn at work until the block ends; then what is in flight is finished. Raises `CannotStart`."""
    async with contextlib.AsyncExitStack() as stack:
        db = await stack.enter_async_context(opened(settings.database_url))
        session = await stack.enter_async_context(aiohttp.ClientSession(trace_configs=[fence()]))
        sending = _client(settings, session, settings.send_timeout)
        installation = await probe(sending, settings.slack_app_token.get_secret_value(), scopes(MANIFEST))
        await db.run(people.keep_workspace, installation.workspace, installation.name, installation.bot_user)

        clients = {installation.workspace: sending}
        health = Health(spans)
        courier = Courier(db, clients, clocks.calendar, clocks.stopwatch, settings.terms, beat=health.expect("courier"))
        search = Search(db, clients, clocks.calendar, clocks.stopwatch, settings.terms, courier.wake)
        directory = Directory(db, sending, installation.workspace, clocks.calendar)
        timetable = Timetable(db, courier, search, directory, clocks.calendar, clocks.stopwatch, health.expect)
        desk = _desk(settings, session, db, installation, courier, clocks)
        await _told_of_scopes(db, settings, installation, clocks)

        await stack.enter_async_context(_at_work(courier.run(), courier.stop))
        await timetable.open_cycles()
        await timetable.plan()
        timetable.start()
        stack.callback(timetable.stop)
        app_token, secret = settings.slack_app_token, settings.slack_signing_secret.get_secret_value()
        app = apps.build(desk, installation, settings.slack_bot_token.get_secret_value(), secret)
        if settings.over_http:
            health.lines = ()
        else:
            lines = listening(app, sending, app_token.get_secret_value(), health.spans)
            health.lines = await stack.enter_async_context(lines)
        address = await _served(stack, settings, health, app)
        watched = await stack.enter_async_context(watching(Watchdog(health, db, installation.workspace)))
        met = asyncio.create_task(directory.refresh())
        stack.callback(met.cancel)
        log.info("Cairn is at work", extra={"workspace": installation.name})
        yield Cairn(db, installation, courier, timetable, met, health, watched, address)


class Client(AsyncWebClient):
    """Slack's Web API, with an end to every call: the SDK forgets its timeout where a session is shared (3.47)."""

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """Call a method. Raises TimeoutError where no answer has come in time."""
        async with asyncio.timeout(self.timeout):
            return await super().api_call(api_method, **call)


def _client(settings: Settings, session: aiohttp.ClientSession, timeout: float) -> AsyncWebClient:
    """Slack's Web API without retries: a post that is repeated blindly is said twice."""
    return Client(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.api_url,
        timeout=timeout,  # type: ignore[arg-type]  # aiohttp takes parts of a second
        session=session,
        retry_handlers=[],
    )


def _desk(
    settings: Settings,
    session: aiohttp.ClientSession,
    db: Database,
    installation: Installation,
    courier: Courier,
    clocks: Clocks,
) -> Desk:
    ours = urlsplit(settings.api_url)
    hosts = {"https://hooks.slack.com", "https://hooks.slack-gov.com", f"{ours.scheme}://{ours.hostname}"}
    return Desk(
        db=db,
        client=_client(settings, session, settings.answer_timeout),
        workspace=installation.workspace,
        response_hosts=frozenset(hosts),
        calendar=clocks.calendar,
        stopwatch=clocks.stopwatch,
        wake=courier.wake,
        unfurl_domain=settings.unfurl_domain,
    )


async def _served(stack: contextlib.AsyncExitStack, settings: Settings, health: Health, app: AsyncApp) -> str:
    """Serve what is to be served; its address, or "" for nothing."""
    if settings.web_port is None:
        return ""
    from bot import web  # which without a port nobody needs

    secret = settings.slack_signing_secret.get_secret_value()
    site = web.site(health, app, secret) if settings.over_http else web.site(health)
    return await stack.enter_async_context(web.serving(site, settings.host, settings.web_port))


async def _told_of_scopes(db: Database, settings: Settings, installation: Installation, clocks: Clocks) -> None:
    """An admin hears of what is missing; without a domain nobody misses links."""
    lacking = [scope for scope in installation.lacking if settings.unfurl_domain or not scope.startswith("links:")]
    if lacking:
        detail = ", ".join(lacking)
        await db.run(notices.notice, installation.workspace, "scopes", detail, clocks.calendar())


@contextlib.asynccontextmanager
async def _at_work(loop: Awaitable[None], stop: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """A loop that runs beside us, told to stop and waited for in the end."""
    task = asyncio.ensure_future(loop)
    try:
        yield
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop(), LAST_CALLS)
        await asyncio.wait([task], timeout=DRAIN)
        task.cancel()
