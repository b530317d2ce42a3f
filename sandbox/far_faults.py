"""What goes wrong on purpose in a sandbox in another process: the faults of `Sandbox.faults`, each to be awaited."""

from collections.abc import Awaitable, Callable, Generator
from typing import Any

from sandbox.faults import Fault
from sandbox.records import Json, Value

Ask = Callable[[str, str, Json | None], Awaitable[Value]]


class FarFault:
    """A fault that is set once it is awaited; `async with` sets it too, and ends it with its block."""

    def __init__(self, ask: Ask, asked: Json) -> None:
        """This fault, not set yet."""
        self._ask, self._asked = ask, asked
        self._number = 0

    def __await__(self) -> Generator[Any, None, Fault]:
        return self._set().__await__()

    async def __aenter__(self) -> Fault:
        fault = await self._set()
        self._number = fault.number
        return fault

    async def __aexit__(self, *_: object) -> None:
        await self._ask("DELETE", f"faults?number={self._number}", None)

    async def _set(self) -> Fault:
        return _fault(await self._ask("POST", "faults", self._asked))


class FarFaults:
    """The arguments are those of the same methods of `sandbox.faults.Faults`; so is what is refused."""

    def __init__(self, ask: Ask) -> None:
        """The faults of the sandbox that answers there."""
        self._ask = ask

    async def active(self) -> list[Fault]:
        """Those that may still strike."""
        return [_fault(each) for each in await self._ask("GET", "faults", None)]

    def slow(self, name: str = "*", **how: Value) -> FarFault:
        """The answer comes late."""
        return self._fault("slow", name, how)

    def drop(self, name: str = "*", **how: Value) -> FarFault:
        """The connection breaks without an answer."""
        return self._fault("drop", name, how)

    def fail(self, name: str = "*", **how: Value) -> FarFault:
        """Something else is answered."""
        return self._fault("fail", name, how)

    def limit(self, name: str = "*", **how: Value) -> FarFault:
        """A rate limit."""
        return self._fault("limit", name, how)

    def cut(self, name: str = "*", **how: Value) -> FarFault:
        """The socket breaks when an envelope of this type is acknowledged."""
        return self._fault("cut", name, how)

    async def clear(self, number: int | None = None) -> None:
        """End the fault with this number, or all of them."""
        await self._ask("DELETE", f"faults?number={number or 0}", None)

    def _fault(self, deed: str, name: str, how: Json) -> FarFault:
        return FarFault(self._ask, {"deed": deed, "name": name, **how})


class FarSockets:
    """The app's sockets, to be interrupted."""

    def __init__(self, ask: Ask) -> None:
        """The sockets of the sandbox that answers there."""
        self._ask = ask

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to make way for a new one: a `warning` leaves it open, anything else closes it."""
        await self._ask("POST", "sockets/refresh", {"reason": reason})

    async def cut(self) -> None:
        """Drop every connection without a word, as a network does."""
        await self._ask("POST", "sockets/cut", {})


def _fault(told: Json) -> Fault:
    return Fault(**{name: value for name, value in told.items() if name != "words"})
