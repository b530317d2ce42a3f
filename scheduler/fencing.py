"""A call to Slack whose time is over is not written any more, however long its connection took to come about.

Between the decision to call and the first byte lie a lookup, a handshake and whatever else the process has to do; a
laptop's lid may be shut in between. Who comes after then takes the message over, and it must not go out twice.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

import aiohttp

InTime = Callable[[], bool]


class TooLate(Exception):
    """The call was not written, since its time was over."""


def _always() -> bool:
    return True


_in_time: ContextVar[InTime] = ContextVar("in_time", default=_always)


@contextlib.contextmanager
def only_while(in_time: InTime) -> Iterator[None]:
    """Within the block calls are written while they are `in_time`; a later one raises `TooLate`."""
    token = _in_time.set(in_time)
    try:
        yield
    finally:
        _in_time.reset(token)


def fence() -> aiohttp.TraceConfig:
    """What a session needs for its calls to be held to `only_while`: it asks right before headers and before a body.

    A body is written in a task of its own, a turn of the loop after its headers; what stops there is raised by
    aiohttp as a `ClientConnectionError`, and nothing has left, since aiohttp keeps the headers back for the body.
    """
    config = aiohttp.TraceConfig()
    config.on_request_headers_sent.append(_ask)
    config.on_request_chunk_sent.append(_ask)
    return config


async def _ask(*_: object) -> None:
    if not _in_time.get()():
        raise TooLate
