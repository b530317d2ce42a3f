"""What the page's script asks for on behalf of the person at the tab."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sandbox.interactions import InMessage, InView, Place
from sandbox.records import Change, Json, Message
from sandbox.web.calendar_bar import target
from sandbox.web.visit import Visit

Deed = Callable[[Visit, Json], Awaitable[Json | None]]
"""Does what was asked; its answer, if it has one, goes back to the page."""


class Refused(Exception):
    """The deed makes no sense now; says why in one sentence."""


async def _say(at: Visit, asked: Json) -> None:
    if at.channel is None:
        raise Refused("There is no channel open to say this in.")
    thread = asked.get("thread")
    if thread and asked["text"].startswith("/"):
        raise Refused("Slash commands do not work in threads.")
    await at.site.sandbox.interactions.say(at.reader.id, at.channel.id, asked["text"], thread)


async def _act(at: Visit, asked: Json) -> None:
    """A press or a choice; in a modal or Home, everything entered there goes along."""
    place = _place(asked["place"])
    if isinstance(place, InView):
        _fill(at, place.view_id, asked)
    entered = _entered(asked.get("entered"), at)
    await at.site.sandbox.interactions.act(at.reader.id, place, asked["block"], asked["action"], entered)


async def _suggest(at: Visit, asked: Json) -> Json:
    """What the app offers in an external select for what was typed."""
    place, typed = _place(asked["place"]), asked["typed"]
    hands = at.site.sandbox.interactions
    found = await hands.suggestions(at.reader.id, place, asked["block"], asked["action"], typed)
    return {"groups": [{"label": label, "options": list(map(_shown, options))} for label, options in found]}


def _shown(option: Json) -> Json:
    return {"value": option["value"], "words": option["text"]["text"]}


async def _submit(at: Visit, asked: Json) -> None:
    _fill(at, asked["view"], asked)
    await at.site.sandbox.interactions.submit(at.reader.id, asked["view"])


async def _close(at: Visit, asked: Json) -> None:
    await at.site.sandbox.interactions.close(at.reader.id, asked["view"], whole_stack=bool(asked["stack"]))


async def _shortcut(at: Visit, asked: Json) -> None:
    on = asked.get("ts")
    message = at.workspace.message(at.channel.id, on) if at.channel and on else None
    await at.site.sandbox.interactions.shortcut(at.reader.id, asked["callback"], message)


async def _react(at: Visit, asked: Json) -> None:
    """React, or take the same reaction back."""
    message, emoji = _message(at, asked["ts"]), asked["emoji"]
    hands = at.site.sandbox.interactions
    toggle = hands.unreact if at.reader.id in message.reactions.get(emoji, []) else hands.react
    await toggle(at.reader.id, message.channel, message.ts, emoji)


async def _pin(at: Visit, asked: Json) -> None:
    message = _message(at, asked["ts"])
    at.site.sandbox.interactions.pin(at.reader.id, message.channel, message.ts)


async def _unpin(at: Visit, asked: Json) -> None:
    message = _message(at, asked["ts"])
    at.site.sandbox.interactions.unpin(at.reader.id, message.channel, message.ts)


async def _dismiss(at: Visit, asked: Json) -> None:
    """Put away what only this person sees."""
    message = _message(at, asked["ts"])
    if message.only_for != at.reader.id:
        raise Refused("Others see this message too.")
    at.workspace.delete(message)


async def _home(at: Visit, asked: Json) -> None:
    await at.site.sandbox.interactions.open_home(at.reader.id)


async def _messages(at: Visit, asked: Json) -> None:
    await at.site.sandbox.interactions.open_dm(at.reader.id)


async def _join(at: Visit, asked: Json) -> None:
    if at.channel:
        await at.site.sandbox.interactions.join(at.reader.id, at.channel.id)


async def _invite(at: Visit, asked: Json) -> None:
    if at.channel:
        await at.site.sandbox.interactions.invite_app(at.reader.id, at.channel.id)


async def _move(at: Visit, asked: Json) -> None:
    """Move the calendar; every tab says so until it has arrived."""
    if at.site.moving_to:
        raise Refused("The calendar is moving already.")
    at.site.moving_to = target(at, asked["move"])
    at.workspace.tell(Change("clock"))
    try:
        await at.workspace.calendar.move(at.site.moving_to)
    finally:
        at.site.moving_to = None
        at.workspace.tell(Change("clock"))


DEEDS: dict[str, Deed] = {
    "say": _say,
    "act": _act,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "react": _react,
    "pin": _pin,
    "unpin": _unpin,
    "dismiss": _dismiss,
    "home": _home,
    "messages": _messages,
    "join": _join,
    "invite": _invite,
    "move": _move,
}


def _message(at: Visit, ts: str) -> Message:
    """A message of the open channel that the reader sees. Raises KeyError when it is gone."""
    found = at.workspace.message(at.channel.id, ts) if at.channel else None
    if found is None or found.only_for not in (None, at.reader.id):
        raise KeyError(ts)
    return found


def _place(asked: Json) -> Place:
    return InView(asked["view"]) if "view" in asked else InMessage(asked["channel"], asked["ts"])


def _fill(at: Visit, view_id: str, asked: Json) -> None:
    """Take over everything entered in a modal so far; a Home has nothing to submit."""
    view = at.workspace.modal(at.reader.id)
    if view is None or view.id != view_id:
        return
    filled = {block: _entered(raw, at) for block, raw in asked.get("filled", {}).items()}
    at.site.sandbox.interactions.fill(at.reader.id, view_id, filled)


def _entered(raw: str | list[str] | Json | None, at: Visit) -> str | list[str] | None:
    """What was entered; a local date and time becomes the instant it names on the reader's clock, in unix seconds."""
    if not isinstance(raw, dict):
        return raw
    local = datetime.fromisoformat(raw["local"]).replace(tzinfo=at.zone)
    return str(int(local.timestamp()))
