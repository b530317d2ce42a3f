"""The page's JSON door: what people do and see, for a test in another process. `docs/sandbox.md` documents it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.person import Person
from sandbox.records import Json, Message, Value
from sandbox.seen import Seen
from sandbox.verbs import REFUSALS, Within
from sandbox.web.asked import Asked, asked_by
from sandbox.web.guard import Handler, reading
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Done = Seen | Message | Json | None


Verb = Callable[[Person, Asked, Workspace], Awaitable[Done]]


def routes(sandbox: Sandbox) -> list[web.RouteDef]:
    """The door's addresses; every answer is JSON, a refusal `{"refused": sentence}`."""

    async def screen(request: web.Request) -> Value:
        by = sandbox.person(request.match_info["handle"])
        return {**_brief(by), **asdict(by.screen)}

    async def do(request: web.Request) -> Value:
        by, verb = sandbox.person(request.match_info["handle"]), request.match_info["verb"]
        if verb not in VERBS:
            raise KeyError(verb)
        return _written(await VERBS[verb](by, await asked_by(request), sandbox.workspace))

    async def channel(request: web.Request) -> Value:
        name = request.match_info["name"]
        said = await sandbox.read(name, request.query.get("by", ""))
        return {**asdict(sandbox.channel(name).channel), "messages": [asdict(each) for each in said]}

    async def call(request: web.Request) -> Value:
        asked = await asked_by(request)
        return (await sandbox.next(request.match_info["method"], asked.seconds("seconds", 10.0))).detail

    async def refresh(request: web.Request) -> Value:
        await sandbox.sockets.refresh((await asked_by(request)).words("reason", "refresh_requested"))

    async def cut(_: web.Request) -> Value:
        await sandbox.sockets.cut()

    async def uninstall(_: web.Request) -> Value:
        await sandbox.uninstall()

    return [
        web.get("/people/{handle}", reading(_in_json(screen))),
        web.post("/people/{handle}/{verb}", reading(_in_json(do))),
        web.get("/channels/{name}", reading(_in_json(channel))),
        web.post("/calls/{method}", reading(_in_json(call))),
        web.post("/sockets/refresh", reading(_in_json(refresh))),
        web.post("/sockets/cut", reading(_in_json(cut))),
        web.post("/uninstall", reading(_in_json(uninstall))),
    ]


async def _command(by: Person, asked: Asked, _: Workspace) -> Seen:
    return await by.command(asked.words("text"), asked.words("channel", "general"), asked.seconds("settle", 0.0))


async def _say(by: Person, asked: Asked, _: Workspace) -> Message | None:
    return await by.say(asked.words("text"), asked.words("channel", ""), _thread(asked))


async def _open_home(by: Person, _: Asked, __: Workspace) -> Json | None:
    return await by.open_home()


async def _press(by: Person, asked: Asked, workspace: Workspace) -> Seen:
    return await by.press(asked.words("label"), _within(asked, workspace))


async def _choose(by: Person, asked: Asked, workspace: Workspace) -> Seen:
    return await by.choose(asked.words("label"), asked.entered("option"), _within(asked, workspace))


async def _fill(by: Person, asked: Asked, _: Workspace) -> None:
    await by.fill(asked.fields("entered"))


async def _submit(by: Person, asked: Asked, _: Workspace) -> Seen:
    return await by.submit(asked.fields("entered"))


async def _close(by: Person, asked: Asked, _: Workspace) -> None:
    await by.close(bool(asked.get("whole_stack")))


async def _shortcut(by: Person, asked: Asked, workspace: Workspace) -> Seen:
    message = asked.object("message")
    return await by.shortcut(asked.words("name"), _message(message, workspace) if message else None)


async def _join(by: Person, asked: Asked, _: Workspace) -> None:
    await by.join(asked.words("channel"))


async def _leave(by: Person, asked: Asked, _: Workspace) -> None:
    await by.leave(asked.words("channel"))


async def _invite_app(by: Person, asked: Asked, _: Workspace) -> None:
    await by.invite_app(asked.words("channel"))


async def _react(by: Person, asked: Asked, workspace: Workspace) -> None:
    await by.react(_message(asked.object("message") or {}, workspace), asked.words("emoji"))


VERBS: dict[str, Verb] = {
    "command": _command,
    "say": _say,
    "open_home": _open_home,
    "press": _press,
    "choose": _choose,
    "fill": _fill,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "join": _join,
    "leave": _leave,
    "invite_app": _invite_app,
    "react": _react,
}


def _within(asked: Asked, workspace: Workspace) -> Within:
    """`{"channel": …, "ts": …}` is a message; anything else is a view as it was seen."""
    within = asked.object("within")
    if within and "ts" in within:
        return _message(within, workspace)
    if within and not (isinstance(within.get("id"), str) and isinstance(within.get("blocks"), list)):
        raise ValueError("'within' must be a message or a view.")
    return within


def _message(asked: Json, workspace: Workspace) -> Message:
    where, ts = Asked(asked).words("channel"), Asked(asked).words("ts")
    found = workspace.message(where, ts)
    if found is None:
        raise KeyError(ts)
    return found


def _thread(asked: Asked) -> str | None:
    return asked.words("thread_ts") if asked.get("thread_ts") is not None else None


def _brief(by: Person) -> Json:
    return {"id": by.id, "handle": by.user.name, "name": by.user.real_name, "title": by.user.title, "tz": by.user.tz}


def _written(done: Done) -> Value:
    return asdict(done) if isinstance(done, Seen | Message) else done


def _in_json(answer: Callable[[web.Request], Awaitable[Value]]) -> Handler:
    """A handler that answers in JSON, refusals too."""

    async def handled(request: web.Request) -> web.Response:
        try:
            return web.json_response(await answer(request))
        except tuple(REFUSALS) as refusal:
            status = next(status for kind, status in REFUSALS.items() if isinstance(refusal, kind))
            return web.json_response({"refused": _sentence(refusal)}, status=status)

    return handled


def _sentence(refusal: Exception) -> str:
    missing = isinstance(refusal, KeyError)
    return f"Nobody and nothing here is called {refusal.args[0]!r}." if missing else str(refusal)
