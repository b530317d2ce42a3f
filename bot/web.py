"""The web server: `/slack/events` where Slack is heard over HTTP, and `/healthz`."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot import signed
from bot.health import Health
from bot.listening import DRAIN
from bot.starting import CannotStart

log = logging.getLogger("cairn.web")

LARGEST = 1024 * 1024
"""Bytes of a body; Slack's largest have a few hundred thousand."""

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

READ = 10.0
"""Seconds that a body may take to arrive."""


@contextlib.asynccontextmanager
async def serving(site: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends, and finish what is in flight; yields the address. Raises `CannotStart`."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=DRAIN)
    await runner.setup()
    try:
        await _bound(runner, host, port)
        where = runner.addresses[0]
        yield f"http://{f'[{where[0]}]' if ':' in where[0] else where[0]}:{where[1]}"
    finally:
        await runner.cleanup()


def site(health: Health, app: AsyncApp | None = None, signing_secret: str = "") -> web.Application:
    """What is served: how we are, and a door for Slack where there is an `app` to hear it."""
    made = web.Application(client_max_size=LARGEST)
    made.router.add_get("/healthz", _healthz(health))
    if app is not None:
        made.router.add_post("/slack/events", _door(app, SignatureVerifier(signing_secret)))
    return made


def _healthz(health: Health) -> Answer:
    async def healthz(_: web.Request) -> web.Response:
        report = health.report()
        return web.json_response(report, status=200 if report["well"] else 503, headers={"Cache-Control": "no-store"})

    return healthz


def _door(app: AsyncApp, verifier: SignatureVerifier) -> Answer:
    async def door(request: web.Request) -> web.Response:
        try:
            heard = signed.request(request.headers, await _body(request), verifier)
        except signed.TurnedAway as refusal:
            log.warning("turned a request away", extra={"status": refusal.status, "why": refusal.why})
            return web.Response(status=refusal.status, text=refusal.why)
        try:
            return await to_aiohttp_response(await app.async_dispatch(heard))
        except Exception:
            log.exception("a delivery could not be read")
            return web.Response(status=400)

    return door


async def _body(request: web.Request) -> bytes:
    """What was sent. Raises `TurnedAway` for too much of it, and for what nobody could have signed."""
    if (request.content_length or 0) > LARGEST:
        raise signed.TurnedAway(413, "a body that is too large")
    signed.check_headers(request.headers)
    try:
        async with asyncio.timeout(READ):
            return await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise signed.TurnedAway(413, "a body that is too large") from error
    except TimeoutError as error:
        raise signed.TurnedAway(408, "a body that does not arrive") from error
    except (web.RequestPayloadError, OSError) as error:
        raise signed.TurnedAway(400, "a body that breaks off") from error


async def _bound(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        why = os.strerror(error.errno or 0)
        sentence = f"Port {port} at {host} cannot be listened on ({why}). PORT and HOST name another."
        raise CannotStart(sentence) from error
