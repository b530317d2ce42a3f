"""Socket Mode: the WebSockets over which the app hears what happens, and answers."""

import asyncio
import contextlib
import itertools
import secrets
import uuid

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.bodies import NotReadable, parsed
from sandbox.errors import NoAnswer, Unheard
from sandbox.faults import Faults
from sandbox.records import Json, Value
from sandbox.rules import Rules
from sandbox.traffic import FROM_APP, TO_APP, Traffic

Socket = web.WebSocketResponse


class _ConnectionCut(Exception):
    """The socket closed while an envelope on it was waiting for its acknowledgement."""


class SocketMode:
    """The app's live connections. An envelope goes to any one of them; its answer may come over another."""

    def __init__(self, app_id: str, rules: Rules, faults: Faults, traffic: Traffic) -> None:
        self._app_id, self._rules, self._faults, self._traffic = app_id, rules, faults, traffic
        self._tickets: set[str] = set()
        self._sockets: list[Socket] = []
        self._turns = itertools.count()
        self._connected = asyncio.Event()
        self._unanswered: dict[str, asyncio.Future[Value]] = {}
        self._redelivered_if_cut: dict[str, Socket] = {}

    @property
    def connections(self) -> int:
        return len(self._sockets)

    @property
    def is_up(self) -> bool:
        """Whether the app is connected."""
        return bool(self._sockets)

    def ticket(self) -> str:
        """A word that opens one connection, once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection of the app, from its ticket to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="This ticket was never issued or is used up.")
        self._tickets.discard(ticket)
        socket = Socket()
        await socket.prepare(request)
        if self.connections >= self._rules.max_connections:
            await self._dismiss(socket, "too_many_websockets")
            return socket
        try:
            await self._welcome(socket)
            await self._listen(socket)
        finally:
            self._lose(socket)
        return socket

    async def ask(self, kind: str, payload: Json, takes_payload: bool = False) -> Value:
        """Send the app something a person did; its answer, {} for a bare ack. Raises NoAnswer when time is up."""
        try:
            async with asyncio.timeout(self._rules.ack_seconds):
                return await self._exchange_for_sure(kind, payload, takes_payload)
        except TimeoutError as late:
            raise NoAnswer("operation_timeout" if self._sockets else "dispatch_failed") from late

    async def tell(self, event: Json, attempt: int, reason: str) -> None:
        """Send an event, waiting for a connection as long as it takes. Raises Unheard where it is not acknowledged."""
        await self._any_socket()
        retry = {"retry_attempt": attempt, "retry_reason": reason}
        try:
            async with asyncio.timeout(self._rules.ack_seconds):
                await self._exchange("events_api", event, False, retry)
        except TimeoutError as late:
            raise Unheard("timeout") from late
        except _ConnectionCut as cut:
            raise Unheard("connection_failed") from cut

    async def refresh(self, reason: str = "refresh_requested", only_one: bool = False) -> None:
        """Ask every connection to make way for a new one: a `warning` leaves it open, anything else closes it.

        Slack asks them one at a time, as each grows old: `only_one` asks the oldest.
        """
        for socket in self._sockets[: 1 if only_one else None]:
            if reason == "warning":
                self._traffic.note("socket", f"disconnect: {reason}", {})
                await socket.send_json(_farewell(reason))
            else:
                await self._dismiss(socket, reason)

    async def cut(self) -> None:
        """Drop every connection without a word, as a network does."""
        for socket in list(self._sockets):
            await self._break(socket)

    # one connection

    async def _welcome(self, socket: Socket) -> None:
        self._sockets.append(socket)
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 3600}
        hello = {"type": "hello", "num_connections": self.connections, "debug_info": debug}
        self._traffic.note("socket", "hello", {"num_connections": self.connections})
        await socket.send_json({**hello, "connection_info": {"app_id": self._app_id}})
        self._connected.set()

    async def _listen(self, socket: Socket) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._read(socket, frame.data)

    async def _read(self, socket: Socket, frame: str) -> None:
        """Hear an acknowledgement; a frame that can be none is noted, and passed over."""
        with contextlib.suppress(NotReadable):
            if isinstance(ack := parsed(frame), dict):
                await self._heard(socket, ack)
                return
        self._traffic.note("socket", "no acknowledgement", frame.encode(), "ignored", FROM_APP)

    async def _heard(self, socket: Socket, ack: Json) -> None:
        envelope_id = str(ack.get("envelope_id", ""))
        envelope = self._traffic.of(envelope_id)
        cut = self._faults.cutting(envelope.name) if envelope else None
        if cut is None or cut.after_work:
            self._take(envelope_id, ack)
        if cut:
            await self._break(socket)

    def _take(self, envelope_id: str, ack: Json) -> None:
        self._traffic.hear(envelope_id, ack)
        answer = self._unanswered.get(envelope_id)
        if answer and not answer.done():
            payload = ack.get("payload")
            answer.set_result({} if payload is None else payload)

    async def _break(self, socket: Socket) -> None:
        self._lose(socket)
        self._traffic.note("socket", "cut", {}, "without a word")
        await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _dismiss(self, socket: Socket, reason: str) -> None:
        self._traffic.note("socket", f"disconnect: {reason}", {})
        with contextlib.suppress(ConnectionError):
            await socket.send_json(_farewell(reason))
        self._retire(socket)
        await socket.close()

    def _lose(self, socket: Socket) -> None:
        self._retire(socket)
        for envelope_id, carrier in self._redelivered_if_cut.items():
            answer = self._unanswered[envelope_id]
            if carrier is socket and not answer.done():
                answer.set_exception(_ConnectionCut())

    def _retire(self, socket: Socket) -> None:
        """Send nothing more over this socket; what is under way on it may still be answered."""
        if socket in self._sockets:
            self._sockets.remove(socket)
        if not self._sockets:
            self._connected.clear()

    # one envelope

    async def _exchange_for_sure(self, kind: str, payload: Json, takes_payload: bool) -> Value:
        """The answer, over whichever connection turns out to be alive."""
        while True:
            with contextlib.suppress(_ConnectionCut):
                return await self._exchange(kind, payload, takes_payload)

    async def _exchange(self, kind: str, payload: Json, takes_payload: bool, retry: Json | None = None) -> Value:
        socket = await self._any_socket()
        envelope_id = str(uuid.uuid4())
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope |= {"accepts_response_payload": takes_payload, **(retry or {})}
        noted = self._traffic.begin(TO_APP, "envelope", kind, envelope, envelope_id)
        answer: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        self._unanswered[envelope_id] = answer
        if retry is not None:
            self._redelivered_if_cut[envelope_id] = socket
        try:
            await socket.send_json(envelope)
            said = await answer
            return said if takes_payload else {}
        except ConnectionError as lost:
            self._retire(socket)
            raise _ConnectionCut from lost
        finally:
            self._traffic.give_up(noted, "no ack in time" if socket in self._sockets else "socket cut")
            del self._unanswered[envelope_id]
            self._redelivered_if_cut.pop(envelope_id, None)

    async def _any_socket(self) -> Socket:
        while not self._sockets:
            await self._connected.wait()
        return self._sockets[next(self._turns) % self.connections]


def _farewell(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
