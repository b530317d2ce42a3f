"""The way to the app: a person waits for an answer, an event is told until it is heard, whatever line carries them."""

import asyncio
from typing import Protocol

from sandbox.errors import NoAnswer, Unheard
from sandbox.records import Json, Value
from sandbox.rules import Rules
from sandbox.traffic import Traffic


class Line(Protocol):
    """What carries payloads to the app: its sockets, or requests to its URL.

    `kind` is Socket Mode's word for a payload: `slash_commands`, `interactive` or `events_api`.
    """

    @property
    def is_up(self) -> bool:
        """Whether there is an app at the other end, as far as is known."""

    async def ask(self, kind: str, payload: Json, takes_payload: bool = False) -> Value:
        """The app's answer to what a person did, {} for a bare acknowledgement. Raises NoAnswer."""

    async def tell(self, event: Json, attempt: int, reason: str) -> None:
        """Send an event, waiting for an app as long as it takes; `reason` is why the last attempt failed.

        Raises Unheard where it was not acknowledged.
        """


class Delivery:
    """Slack's patience with the app. Nobody who asks or tells knows which line is in use."""

    def __init__(self, line: Line, rules: Rules, traffic: Traffic) -> None:
        """Begin with this line; `line` may be changed at any time."""
        self.line, self._rules, self._traffic = line, rules, traffic
        self._last_asked: tuple[str, Json, bool] = ("", {}, False)
        self._last_told: Json = {}

    async def ask(self, kind: str, payload: Json, takes_payload: bool = False) -> Value:
        """Send the app something a person did; its answer, {} for a bare ack. Raises NoAnswer when time is up."""
        self._last_asked = kind, payload, takes_payload
        return await self.line.ask(kind, payload, takes_payload)

    def refuse(self, payload: Json, refusal: Json) -> None:
        """What the app answered to this payload is nothing that Slack accepts; `refusal` says why."""
        self._traffic.refuse(payload, refusal)

    async def ask_again(self) -> Value:
        """Send the app once more what a person did last, as Slack sometimes does; nobody sees the answer."""
        return await self.line.ask(*self._last_asked)

    async def tell(self, event: Json) -> int:
        """Send an event until it is acknowledged; the number of attempts it took.

        Raises NoAnswer when the last redelivery also went unheard, or the app asked for none.
        """
        reason, self._last_told = "", event
        for attempt, delay in enumerate((0.0, *self._rules.retry_delays)):
            await asyncio.sleep(delay)
            try:
                await self.line.tell(event, attempt, reason)
                return attempt + 1
            except Unheard as failure:
                reason = failure.reason
                if failure.is_final:
                    break
        raise NoAnswer("operation_timeout")

    async def tell_again(self) -> int:
        """Send the last event once more although it was heard, as Slack sometimes does; the attempts it took."""
        return await self.tell(self._last_told)
