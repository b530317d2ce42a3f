"""What goes wrong on purpose: every fault strikes by counting, so that a test fails the same way twice."""

import itertools
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import TracebackType
from typing import Literal

from sandbox.records import Json

Deed = Literal["slow", "drop", "fail", "limit", "cut"]

HTML_OF_503 = "<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>Service unavailable</h1></body></html>"
"""What stands in front of Slack answers in HTML, also where JSON was asked for."""

LARGEST = 1_000_000

_numbers = itertools.count(1)


@dataclass
class Fault:
    """One thing that goes wrong; as a context manager it ends with its block."""

    deed: Deed
    name: str
    """The method, or for `cut` the type of envelope, that it befalls; `*` stands for any letters."""
    every: int = 1
    """It strikes each n-th time."""
    times: int | None = None
    """How often it strikes before it is spent; None until it is cleared."""
    after_work: bool = True
    """Whether Slack has done what it was asked for (for `cut`: read the acknowledgement) by then."""
    seconds: float = 0.0
    status: int = 200
    body: Json | str | None = None
    content_type: str = "text/html"
    number: int = field(default_factory=lambda: next(_numbers))
    seen: int = 0
    struck: int = 0

    @property
    def is_spent(self) -> bool:
        return self.times is not None and self.struck >= self.times

    @property
    def what(self) -> str:
        """What befalls somebody, in words."""
        done = "done, but " if self.after_work else ""
        return {
            "slow": f"{'answered' if self.after_work else 'taken up'} {self.seconds:g} s late",
            "drop": f"{done}cut off without an answer",
            "fail": f"{done}answered HTTP {self.status}",
            "limit": f"429, come again in {self.seconds:g} s",
            "cut": f"the socket is cut {'after' if self.after_work else 'before'} the ack is read",
        }[self.deed]

    def strikes(self, name: str) -> bool:
        """Count what passes under this name, and say whether it is this one's turn."""
        if self.is_spent or not fnmatchcase(name, self.name):
            return False
        self.seen += 1
        turn = self.seen % self.every == 0
        self.struck += turn
        return turn

    def end(self) -> None:
        """Strike no more."""
        self.times = self.struck

    def __enter__(self) -> "Fault":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.end()

    def __str__(self) -> str:
        return f"{self._which()}: {self.what}"

    def _which(self) -> str:
        name = {"*": "everything"}.get(self.name, self.name)
        often = f", every {_ordinal(self.every)}" if self.every > 1 else ""
        left = "" if self.times is None else f", {self.times - self.struck} more"
        return f"{name}{often}{left}"


@dataclass(frozen=True)
class Fate:
    """What befalls one call: how late it is taken up and answered, and the fault that takes the answer's place."""

    held: float
    late: float
    ending: Fault | None
    struck: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What becomes of the true answer: `answered`, `late` or `dropped`."""
        return "dropped" if self.ending else "late" if self.held or self.late else "answered"


class Faults:
    """The faults of one workspace. Each strikes every time unless told `every` n-th, or only so many `times`."""

    def __init__(self) -> None:
        self._set: list[Fault] = []

    @property
    def active(self) -> list[Fault]:
        """Those that may still strike, in the order in which they were set."""
        return [fault for fault in self._set if not fault.is_spent]

    def slow(
        self,
        name: str = "*",
        seconds: float = 2.0,
        every: int = 1,
        times: int | None = None,
        after_work: bool = True,
    ) -> Fault:
        """The work is done at once and the answer comes late, or the work itself is done that late."""
        return self._add(Fault("slow", name, every, times, after_work, seconds))

    def drop(self, name: str = "*", every: int = 1, times: int | None = None, after_work: bool = True) -> Fault:
        """The connection breaks without an answer, once the work is done or before it is begun."""
        return self._add(Fault("drop", name, every, times, after_work))

    def fail(
        self,
        name: str = "*",
        status: int = 500,
        every: int = 1,
        times: int | None = None,
        after_work: bool = False,
        body: Json | str | None = None,
        content_type: str = "text/html",
    ) -> Fault:
        """Something else is answered: `body` (a dict as JSON), or what Slack says with this status."""
        said = _answer_of(status) if body is None else body
        return self._add(Fault("fail", name, every, times, after_work, 0.0, status, said, content_type))

    def limit(self, name: str = "*", retry_after: int = 30, every: int = 1, times: int | None = None) -> Fault:
        """A rate limit: 429, with this `Retry-After` in seconds."""
        refused: Json = {"ok": False, "error": "ratelimited"}
        return self._add(Fault("limit", name, every, times, False, retry_after, 429, refused))

    def cut(self, name: str = "*", every: int = 1, times: int | None = 1, before_ack: bool = True) -> Fault:
        """The socket breaks when an envelope of this type is acknowledged, before Slack reads the ack or just after."""
        return self._add(Fault("cut", name, every, times, not before_ack))

    def clear(self, number: int | None = None) -> None:
        """End the fault with this number, or all of them."""
        for fault in self.active:
            if number in (None, fault.number):
                fault.end()
        self._set = self.active

    def befalling(self, method: str) -> Fate:
        """What befalls this call. Delays add up; the first other fault ends it, and later ones do not see it."""
        held, late, ending, struck = 0.0, 0.0, None, []
        for fault in self.active:
            if fault.deed == "cut" or (ending and fault.deed != "slow") or not fault.strikes(method):
                continue
            struck.append(fault.what)
            if fault.deed != "slow":
                ending = fault
            elif fault.after_work:
                late += fault.seconds
            else:
                held += fault.seconds
        return Fate(held, late, ending, tuple(struck))

    def cutting(self, kind: str) -> Fault | None:
        """The fault that breaks the socket over which an envelope of this type is acknowledged."""
        return next((fault for fault in self.active if fault.deed == "cut" and fault.strikes(kind)), None)

    def _add(self, fault: Fault) -> Fault:
        """Raises ValueError, naming what is wrong, where it could never strike."""
        for name, kind, what in (("name", str, "text"), ("content_type", str, "text"), ("status", int, "a number")):
            if not isinstance(getattr(fault, name), kind):
                raise ValueError(f"{name} must be {what}.")
        if not isinstance(fault.body, dict | str | None):
            raise ValueError("body must be text or an object.")
        if not 200 <= fault.status <= 599:
            raise ValueError("status must be from 200 to 599.")
        for name, least in (("every", 1), ("times", 1), ("seconds", 0)):
            _check_figure(name, getattr(fault, name), least)
        self._set = [*self.active, fault]
        return fault


def _check_figure(name: str, given: float | None, least: int) -> None:
    """Raise ValueError unless this is a number of at least so much; only seconds may have a fraction."""
    if given is None and name == "times":
        return
    if isinstance(given, bool) or not isinstance(given, int | float if name == "seconds" else int):
        raise ValueError(f"{name} must be a number.")
    if not least <= given <= LARGEST:
        raise ValueError(f"{name} must be at least {least}{' and no more than a million' if given > least else ''}.")


def _answer_of(status: int) -> Json | str:
    return HTML_OF_503 if status == 503 else {"ok": False, "error": "internal_error"}


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
