"""The app's request URLs: where each kind of payload is posted, how it is written and signed, and what comes back."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from sandbox.bodies import NotReadable, parsed
from sandbox.manifest import Manifest
from sandbox.records import Json, Value
from sandbox.rules import Rules
from sandbox.traffic import TO_APP, Traffic

REDIRECTS = 2
"""How many redirects Slack follows."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

REASONS: dict[type[Exception], str] = {
    TimeoutError: "http_timeout",
    aiohttp.TooManyRedirects: "too_many_redirects",
    aiohttp.ClientSSLError: "ssl_error",
    aiohttp.ClientConnectionError: "connection_failed",
}
"""What can happen to a request, the more special first, and Slack's word for it."""


class NoResponse(Exception):
    """Nothing came back, for a `reason` in Slack's words."""

    def __init__(self, failure: Exception) -> None:
        self.reason = next((word for kind, word in REASONS.items() if isinstance(failure, kind)), "unknown_error")
        super().__init__(self.reason)


@dataclass(frozen=True)
class Response:
    status: int
    content_type: str
    body: bytes
    wants_no_retry: bool

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def said(self) -> Json:
        """What the app answered: an object where it says that it is JSON, anything else as text, {} for nothing."""
        if not self.body.strip():
            return {}
        value = _json(self.text) if self.content_type == JSON else None
        return value if isinstance(value, dict) else {"text": self.text}


class RequestUrls:
    """Those of the manifest, or `everything` for all of them."""

    def __init__(
        self, manifest: Manifest, everything: str, signing_secret: str, rules: Rules, traffic: Traffic
    ) -> None:
        self._manifest, self.everything, self._secret = manifest, everything, signing_secret
        self._rules, self._traffic = rules, traffic
        self._http: aiohttp.ClientSession | None = None

    async def post(self, kind: str, payload: Json, retry: dict[str, str] | None = None) -> Response:
        """What the app answers to this within its three seconds. Raises NoResponse."""
        exchange = self._traffic.begin(TO_APP, "request", kind, payload)
        try:
            response = await self._send(self._address(kind, payload), *_written(kind, payload), retry or {})
            self._traffic.end(exchange, str(response.status), response.body)
            return response
        except (aiohttp.ClientError, TimeoutError) as failure:
            silence = NoResponse(failure)
            self._traffic.end(exchange, silence.reason)
            raise silence from failure
        finally:
            self._traffic.give_up(exchange, "given up")

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._http:
            await self._http.close()

    def _address(self, kind: str, payload: Json) -> str:
        """Where the app takes this; "" where its manifest does not say."""
        manifest = self._manifest
        if kind == "slash_commands":
            command = manifest.commands.get(payload["command"])
            own = command.url if command else ""
        elif kind == "events_api":
            own = manifest.events_url
        else:
            asks_options = payload["type"] == "block_suggestion" and manifest.options_url
            own = manifest.options_url if asks_options else manifest.interactivity_url
        return self.everything or own

    async def _send(self, url: str, content_type: str, body: bytes, retry: dict[str, str]) -> Response:
        self._http = self._http or aiohttp.ClientSession(headers={"User-Agent": "Slackbot 1.0 (the sandbox)"})
        headers = {"Content-Type": content_type, **signed(self._secret, body), **retry}
        async with (
            asyncio.timeout(self._rules.ack_seconds),
            self._http.post(url, data=body, headers=headers, max_redirects=REDIRECTS + 1) as response,
        ):
            wants_no_retry = response.headers.get("x-slack-no-retry") == "1"
            return Response(response.status, response.content_type, await response.read(), wants_no_retry)


def signed(secret: str, body: bytes) -> dict[str, str]:
    """The headers (v0) by which the app can tell that this body came from Slack, unchanged, and lately."""
    timestamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b":".join((b"v0", timestamp.encode(), body)), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _written(kind: str, payload: Json) -> tuple[str, bytes]:
    """How each kind is sent: a command as a form, an interaction as a form with one field, an event as JSON."""
    if kind == "events_api":
        return JSON, json.dumps(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return FORM, urlencode(fields).encode()


def _json(text: str) -> Value:
    try:
        return parsed(text)
    except NotReadable:
        return None
