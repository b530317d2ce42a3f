"""Telling an open tab which of its panes have changed."""

import asyncio
from collections.abc import Callable

from aiohttp import WSMsgType, web

from sandbox.records import Change
from sandbox.web.visit import Visit

_WHO_AND_WHERE = ("sidebar", "heading", "timeline", "composer", "aside", "people")
_ALL = [*_WHO_AND_WHERE, "calendar", "home", "modals"]


async def live(request: web.Request, at: Visit) -> web.WebSocketResponse:
    """A WebSocket that names the fragments to fetch again, until the tab goes away.

    It names all of them first, if the tab does not know of everything that was `told` when it begins to listen.
    """
    socket = web.WebSocketResponse(heartbeat=30)
    await socket.prepare(request)
    changed: asyncio.Queue[list[str]] = asyncio.Queue()
    end = at.workspace.subscribe(_into(changed, at))
    if request.query.get("told") != str(at.workspace.told):
        changed.put_nowait(_ALL)
    sending = asyncio.create_task(_send(socket, changed))
    try:
        async for message in socket:
            if message.type == WSMsgType.ERROR:
                break
    finally:
        end()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    return socket


def concerned(change: Change, at: Visit) -> list[str]:
    """The fragments of this tab that a change shows in."""
    if change.user not in (None, at.reader.id):
        return []
    if change.kind in ("message", "message_changed", "message_deleted", "reaction"):
        here = at.channel is not None and change.channel == at.channel.id
        return ["timeline", "aside", "sidebar"] if here else ["sidebar"]
    if change.kind == "pinned":
        return ["timeline", "aside", "heading"]
    return list(_SHOWN_IN.get(change.kind, ()))


_SHOWN_IN = {
    "modal": ("modals",),
    "home": ("home",),
    "user": _WHO_AND_WHERE,
    "channel": _WHO_AND_WHERE,
    "seen": ("sidebar",),
    "clock": ("calendar", "people", "timeline", "aside"),
}


def _into(changed: asyncio.Queue[list[str]], at: Visit) -> Callable[[Change], None]:
    def note(change: Change) -> None:
        if names := concerned(change, at):
            changed.put_nowait(names)

    return note


async def _send(socket: web.WebSocketResponse, changed: asyncio.Queue[list[str]]) -> None:
    while True:
        names = set(await changed.get())
        while not changed.empty():
            names.update(changed.get_nowait())
        await socket.send_json(sorted(names))
