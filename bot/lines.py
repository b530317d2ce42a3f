"""A line to Slack: a WebSocket that is taken up again for as long as it is wanted, the next before the last is gone."""

import asyncio
import contextlib
import json
import logging
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from handlers.slack import code_of

log = logging.getLogger("cairn.listening")

Json = Mapping[str, Any]
WebSocket = aiohttp.ClientWebSocketResponse
Dial = Callable[[], Awaitable[WebSocket]]
Hear = Callable[[Json], Awaitable[dict[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Spans:
    """How long things may take, in seconds; tests shorten them."""

    ping: float = 10.0
    """Between two pings on a line."""

    silence: float = 40.0
    """Without a sign of life after which a socket is given up."""

    dead: float = 60.0
    """Without a live socket, or a sign of life of another part, after which it counts as ill."""

    look: float = 5.0
    """Between two looks of the watchdog."""

    slow: float = 10.0
    """That the database may take over a question or a write."""

    patience: float = 300.0
    """Of illness in one piece after which the process ends, so that a supervisor starts it again."""


FAREWELL = 30.0
"""Seconds after which a socket that Slack wanted to replace, and did not close, is closed by us."""

SHORT_LIFE = 5.0
"""Seconds: where a socket lasts no longer, the next is not opened at once."""

LONGEST_PAUSE = 30.0
GOODBYE = 2.0
"""Seconds that the other side may take over the closing of a socket."""

UNSURE = 1.0
"""Seconds after which an answer has arrived, or the socket was dead anyway."""

SHUT = (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)


class Socket:
    """One WebSocket, from its hello to its end."""

    def __init__(self, wire: WebSocket, hear: Callable[["Socket", Json], None], spans: Spans) -> None:
        self._wire, self._hear, self._spans = wire, hear, spans
        self._begun = self._heard_at = time.monotonic()
        self.leaving = asyncio.Event()
        """Set once it is to be replaced, or gone."""
        self._said: deque[tuple[float, Json]] = deque(maxlen=200)
        self.asked = ""
        """Slack's word for why it wants it replaced."""
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._ping())]

    @property
    def is_open(self) -> bool:
        return not self._wire.closed

    @property
    def silent_for(self) -> float:
        """Seconds since it last gave a sign of life."""
        return time.monotonic() - self._heard_at

    @property
    def age(self) -> float:
        return time.monotonic() - self._begun

    async def say(self, what: Json) -> None:
        """Send this. Raises ConnectionError where the socket has gone."""
        await self._wire.send_str(json.dumps(what))
        self._said.append((time.monotonic(), what))

    def unsure(self) -> list[Json]:
        """What was said too shortly before the end to be sure that it arrived."""
        return [what for at, what in self._said if time.monotonic() - at < UNSURE]

    async def close(self, after: float = 0.0) -> None:
        """Close it: now, or once Slack has done so or that many seconds have gone by."""
        if after:
            await asyncio.wait(self._tasks[:1], timeout=after)
        self.leaving.set()
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
            await asyncio.wait_for(self._wire.close(), GOODBYE)
        for task in self._tasks:
            task.cancel()

    async def _listen(self) -> None:
        try:
            while (frame := await self._wire.receive()).type not in SHUT:
                self._heard_at = time.monotonic()
                if frame.type is aiohttp.WSMsgType.PING:
                    await self._wire.pong(frame.data)
                elif frame.type is aiohttp.WSMsgType.TEXT:
                    self._read(frame.data)
        except (aiohttp.ClientError, OSError):
            log.info("a socket broke off")
        finally:
            self.leaving.set()

    def _read(self, text: str) -> None:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            log.warning("Slack sent something that cannot be read")
        elif said.get("type") == "disconnect":
            self.asked = str(said.get("reason") or "disconnect")
            self.leaving.set()
        elif said.get("envelope_id"):
            self._hear(self, said)

    async def _ping(self) -> None:
        """Ask for signs of life; a socket that gives none is broken off."""
        while not self._wire.closed:
            await asyncio.sleep(self._spans.ping)
            if self.silent_for > self._spans.silence:
                log.warning("a socket gave no sign of life any more")
                self.leaving.set()
                await self.close()
                return
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await self._wire.ping()


class Line:
    """Keeps a socket open, and answers what comes down it.

    An answer goes back over its own socket, or over another of the `lines` once that is on its way out.
    """

    def __init__(self, number: int, dial: Dial, hear: Hear, lines: Sequence["Line"], spans: Spans) -> None:
        self.number = number
        self._dial, self._answer, self._lines, self._spans = dial, hear, lines, spans
        self.opened = asyncio.Event()
        """Set while a socket is open."""
        self._socket: Socket | None = None
        self._down_since = self._renewed_at = time.monotonic()
        self._keeping: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._farewells: set[asyncio.Task[None]] = set()
        self._hears = True

    # what it is like

    @property
    def is_open(self) -> bool:
        """Whether Slack can be heard on it."""
        return self._socket is not None and self._socket.is_open

    @property
    def silent_for(self) -> float:
        """Seconds since it last gave a sign of life."""
        return self._socket.silent_for if self._socket and self._socket.is_open else time.monotonic() - self._down_since

    @property
    def is_dead(self) -> bool:
        """Whether it has given no sign of life for long, and beginning anew has not helped for as long."""
        return min(self.silent_for, time.monotonic() - self._renewed_at) > self._spans.dead

    # its life

    def start(self) -> None:
        """Open a socket, and another each time that one goes."""
        self._keeping = asyncio.create_task(self._keep())

    def renew(self) -> None:
        """Begin anew, whatever it is waiting for."""
        self._renewed_at = time.monotonic()
        self.stop()
        if self._socket is not None:
            self._see_off(self._socket, 0.0)
        self.start()

    def stop(self) -> None:
        """Open no more sockets."""
        if self._keeping is not None:
            self._keeping.cancel()

    def stop_hearing(self) -> None:
        """Take on nothing more: what is not acknowledged, Slack tells again."""
        self._hears = False

    async def quiet(self, seconds: float) -> None:
        """Until nothing is in flight, but no longer than that."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)

    async def close(self) -> None:
        """Cut it."""
        if self._socket is not None:
            await self._socket.close()
        for task in (*self._farewells, *self._under_way):
            task.cancel()

    async def _keep(self) -> None:
        failures = 0
        while True:
            try:
                wire = await self._dial()
            except Exception as error:  # whatever it is, the next attempt may go better
                failures += 1
                log.warning("a line could not be opened", extra={"line": self.number, "error": _why(error)})
                await asyncio.sleep(_rest(error, failures))
                continue
            socket = self._take_up(wire)
            await socket.leaving.wait()
            self._say_again(socket)
            self._down_since = time.monotonic()
            self.opened.clear()
            failures = 0 if socket.age > SHORT_LIFE or socket.asked in ROUTINE else failures + 1
            log.info("a line is renewed", extra={"line": self.number, "reason": socket.asked or "cut"})
            await asyncio.sleep(_rest(None, failures))

    def _take_up(self, wire: WebSocket) -> Socket:
        """Hear on this socket from now on; the last one may finish what it has begun."""
        last, self._socket = self._socket, Socket(wire, self._heard, self._spans)
        self.opened.set()
        if last is not None:
            self._see_off(last, FAREWELL)
        return self._socket

    def _see_off(self, socket: Socket, after: float) -> None:
        going = asyncio.create_task(socket.close(after))
        self._farewells.add(going)
        going.add_done_callback(self._farewells.discard)

    # what comes down it

    def _heard(self, socket: Socket, envelope: Json) -> None:
        if self._hears:
            task = asyncio.create_task(self._serve(socket, envelope))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _serve(self, socket: Socket, envelope: Json) -> None:
        try:
            said = await self._answer(envelope)
        except Exception:
            log.exception("a delivery could not be read")
            said = {"envelope_id": envelope["envelope_id"]}  # it would be no better the next time
        if said is not None:
            await self._say(socket, said)

    async def _say(self, socket: Socket, said: Json) -> None:
        """Over the socket that it came by; where that is on its way out, over any other that is there."""
        own = [] if socket.leaving.is_set() else [socket]
        for each in (*own, *self._others()):
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await each.say(said)
                return
        await self._say_later(said)

    def _say_again(self, socket: Socket) -> None:
        """A socket that goes may have taken the last answers along; one that is heard twice does no harm."""
        for said in socket.unsure():
            task = asyncio.create_task(self._say(socket, said))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _others(self) -> list[Socket]:
        there = [line._socket for line in self._lines if line._socket is not None]
        return [each for each in there if each.is_open and not each.leaving.is_set()]

    async def _say_later(self, said: Json) -> None:
        """Both lines are down: the first that is up again takes it along."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            await asyncio.sleep(0.05)
            for each in self._others():
                with contextlib.suppress(aiohttp.ClientError, OSError):
                    await each.say(said)
                    return
        log.warning("an answer found no line to go by")


PATIENCE = 3.0
"""Seconds that Slack waits for an acknowledgement."""

ROUTINE = {"warning", "refresh_requested"}
"""Why Slack has a healthy socket replaced, every few hours."""


def _rest(error: Exception | None, failures: int) -> float:
    """Seconds until the next attempt: at once after a healthy socket, longer with each failure, or as Slack says."""
    if isinstance(error, SlackApiError) and code_of(error) == "ratelimited":
        said = str({name.lower(): value for name, value in error.response.headers.items()}.get("retry-after", ""))
        return float(said) if said.isdigit() else LONGEST_PAUSE
    if not failures:
        return 0.0
    return min(LONGEST_PAUSE, 0.1 * 2.0 ** min(failures, 20)) * random.uniform(0.5, 1.0)  # noqa: S311 - only jitter


def _why(error: Exception) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
