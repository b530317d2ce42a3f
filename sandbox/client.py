"""The tests' client for a sandbox in another process: the verbs of `Sandbox` itself, through the page's JSON door."""

from collections.abc import Mapping
from typing import Self
from urllib.parse import quote, urljoin

import aiohttp

from sandbox.far_faults import FarFaults, FarSockets
from sandbox.inputs import Entered
from sandbox.records import Change, Json, Message, Value
from sandbox.seen import Screen, Seen
from sandbox.verbs import REFUSALS, Hands, Verbs, Within

RAISED = {status: kind for kind, status in REFUSALS.items()}


class Slack(Verbs):
    """A sandbox somewhere on this machine. `async with Slack.at(url) as slack:` closes the connections at the end."""

    def __init__(self, page: str) -> None:
        """Talk to the sandbox whose page is here."""
        self.page = page
        self._http: aiohttp.ClientSession | None = None
        self.faults, self.sockets = FarFaults(self.ask), FarSockets(self.ask)

    @classmethod
    def at(cls, url: str) -> Self:
        """The sandbox at this address: `page` in the line that `python -m sandbox --json` prints."""
        return cls(url)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close_connections()

    async def close_connections(self) -> None:
        """Be done with it; it runs on."""
        if self._http:
            await self._http.close()

    def person(self, name: str) -> "FarHands":
        """Somebody at their keyboard, by handle, id or real name."""
        return FarHands(self, name)

    async def look(self, by: str) -> Screen:
        """Everything of the app that they have open."""
        told: Json = await self.ask("GET", f"people/{quote(by)}")
        told["dm"] = [Message(**each) for each in told["dm"]]
        return Screen(**{name: told[name] for name in Screen.__dataclass_fields__})

    async def read(self, channel: str, by: str = "") -> list[Message]:
        """What was said in a channel, oldest first; with what only they can see where `by` names somebody."""
        told = await self.ask("GET", f"channels/{quote(channel)}?by={quote(by)}")
        return [Message(**each) for each in told["messages"]]

    async def next(self, method: str, seconds: float = 10.0) -> Change:
        """The app's first call of this Web API method that `next` has not told of yet: `arguments` and `answer`."""
        return Change("call", detail=await self.ask("POST", f"calls/{method}", {"seconds": seconds}))

    async def uninstall(self) -> None:
        """Take the app out of this workspace and wait until it has heard. Raises KeyError where it is not installed."""
        await self.ask("POST", "uninstall")

    async def ask(self, method: str, path: str, asked: Json | None = None) -> Value:
        """What the door answers. Raises what the same verb raises in the sandbox's own process."""
        self._http = self._http or aiohttp.ClientSession()
        async with self._http.request(method, urljoin(self.page, path), json=asked) as response:
            if response.status in RAISED:
                raise RAISED[response.status]((await response.json())["refused"])
            response.raise_for_status()
            return await response.json()


class FarHands(Hands):
    """Somebody at their keyboard, in another process."""

    def __init__(self, slack: Slack, name: str) -> None:
        """This person of that sandbox."""
        self._slack, self._name = slack, name

    async def command(self, text: str, channel: str = "general", settle: float = 0.0) -> Seen:
        return await self._see("command", text=text, channel=channel, settle=settle)

    async def say(self, text: str, channel: str = "", thread_ts: str | None = None) -> Message | None:
        said = await self._do("say", text=text, channel=channel, thread_ts=thread_ts)
        return Message(**said) if said else None

    async def open_home(self) -> Json | None:
        home: Json | None = await self._do("open_home")
        return home

    async def press(self, label: str, within: Within = None) -> Seen:
        return await self._see("press", label=label, within=_place(within))

    async def choose(self, label: str, option: Entered, within: Within = None) -> Seen:
        return await self._see("choose", label=label, option=option, within=_place(within))

    async def fill(self, entered: Mapping[str, Entered]) -> None:
        await self._do("fill", entered=dict(entered))

    async def submit(self, entered: Mapping[str, Entered] | None = None) -> Seen:
        return await self._see("submit", entered=dict(entered or {}))

    async def close(self, whole_stack: bool = False) -> None:
        await self._do("close", whole_stack=whole_stack)

    async def shortcut(self, name: str, message: Message | None = None) -> Seen:
        return await self._see("shortcut", name=name, message=_place(message))

    async def join(self, channel: str) -> None:
        await self._do("join", channel=channel)

    async def leave(self, channel: str) -> None:
        await self._do("leave", channel=channel)

    async def invite_app(self, channel: str) -> None:
        await self._do("invite_app", channel=channel)

    async def react(self, message: Message, emoji: str) -> None:
        await self._do("react", message=_place(message), emoji=emoji)

    async def _see(self, verb: str, **asked: Value) -> Seen:
        seen: Json = await self._do(verb, **asked)
        return Seen(**{**seen, "messages": [Message(**each) for each in seen["messages"]]})

    async def _do(self, verb: str, **asked: Value) -> Value:
        return await self._slack.ask("POST", f"people/{quote(self._name)}/{verb}", asked)


def _place(within: Within) -> Json | None:
    """A message by where and when it was said; a view whole."""
    return {"channel": within.channel, "ts": within.ts} if isinstance(within, Message) else within
