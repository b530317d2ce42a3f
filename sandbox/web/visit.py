"""One browser tab: who looks at the workspace, and at what."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.records import Change, Channel, Message, User
from sandbox.web.surface import Surface
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.server import Sandbox


SLACKBOT = "USLACKBOT"
"""Slack's own voice, which is nobody one can be or choose."""


@dataclass
class Site:
    """The sandbox as the page shows it, with what only the page knows."""

    sandbox: "Sandbox"
    moving_to: datetime | None = None
    """Where the calendar is on its way to."""
    seen: dict[str, str] = field(init=False)
    """ "person/channel" → the ts of the last message that was on their screen; a restart does not forget it."""

    def __post_init__(self) -> None:
        self.seen = self.sandbox.workspace.archive.read("seen")


@dataclass(frozen=True)
class Visit:
    """`channel` is None on the app's Home."""

    site: Site
    reader: User
    channel: Channel | None
    side: str = ""
    """What stands beside it: `people`, `pins`, `none`, the ts of a thread; "" for people, where there is room."""
    first: str = ""
    """The ts of the first message that was new when the tab was opened."""
    framed: bool = False
    """Whether the tab is one half of two people side by side."""

    @property
    def workspace(self) -> Workspace:
        return self.site.sandbox.workspace

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.reader.tz or "UTC")

    @property
    def now(self) -> datetime:
        """The workspace's calendar, on the reader's clock."""
        return self.workspace.calendar.now().astimezone(self.zone)

    @property
    def app_name(self) -> str:
        """What the app is called; its messages carry its bot's own name."""
        return self.site.sandbox.manifest.app_name

    @property
    def on_app(self) -> bool:
        """Whether the app's own pages are open: its Home or its messages."""
        return self.channel is None or self.channel.kind == "im"

    @cached_property
    def surface(self) -> Surface:
        """The workspace's names as this person may see them."""
        workspace = self.workspace
        visible = workspace.visible_channels(self.reader.id)
        return Surface(
            reader=self.reader.id,
            zone=self.zone,
            now=self.now,
            people={user.id: user.shown_name for user in workspace.users.values()},
            colleagues={user.id: user.real_name for user in [*people(workspace), *_bots(workspace)]},
            channels={channel.id: channel.name for channel in visible if channel.kind != "im"},
            groups={group.id: group.handle for group in workspace.groups.values()},
            files=workspace.files,
        )

    def address(self, **where: str) -> str:
        """A link to somewhere else in the workspace, as the same person."""
        side = {"side": self.side} if self.side in ("people", "none") else {}
        return "?" + "&".join(f"{key}={value}" for key, value in {"as": self.reader.id, **where, **side}.items())

    def here(self, **more: str) -> str:
        """A link to the same place, with something else beside it."""
        place = {"channel": self.channel.id} if self.channel else {"app": "home"}
        return replace(self, side="").address(**place, **more)


def visit(site: Site, as_: str | None, channel: str | None, app: str | None) -> Visit:
    """The tab that an address asks for. Raises KeyError when there is no such person, or no such channel for them."""
    workspace = site.sandbox.workspace
    reader = workspace.user_named(as_) if as_ else people(workspace)[0]
    if app == "home":
        return Visit(site, reader, None)
    if app == "messages":
        return Visit(site, reader, workspace.open_dm(reader.id))
    visible = {each.id: each for each in workspace.visible_channels(reader.id)}
    return Visit(site, reader, visible[channel] if channel else _first(list(visible.values()), reader))


def opened(at: Visit) -> Visit:
    """The tab as it was opened: it remembers where the messages began that were new to the reader."""
    new = unread(at, at.channel) if at.channel and _was_here(at) else []
    return replace(at, first=new[0].ts if new else "")


def people(workspace: Workspace) -> list[User]:
    """Everybody one can act as."""
    users = workspace.users.values()
    return [user for user in users if not (user.is_bot or user.deleted or user.id == SLACKBOT)]


def mark_seen(at: Visit) -> None:
    """Everything in the open channel is on the reader's screen; their other tabs hear of it."""
    timeline = at.workspace.timeline(at.channel.id, at.reader.id) if at.channel else []
    if at.channel is None or not timeline:
        return
    key, last = f"{at.reader.id}/{at.channel.id}", timeline[-1].ts
    if at.site.seen.get(key, "") < last:
        at.site.seen[key] = last
        at.workspace.archive.write("seen", key, last)
        at.workspace.tell(Change("seen", at.reader.id, at.channel.id))


def unread(at: Visit, channel: Channel) -> list[Message]:
    """What others have said there since the reader last looked."""
    seen = at.site.seen.get(f"{at.reader.id}/{channel.id}", "")
    timeline = at.workspace.timeline(channel.id, at.reader.id)
    return [message for message in timeline if message.ts > seen and message.user != at.reader.id]


def _was_here(at: Visit) -> bool:
    return at.channel is not None and f"{at.reader.id}/{at.channel.id}" in at.site.seen


def _bots(workspace: Workspace) -> list[User]:
    return [user for user in workspace.users.values() if user.is_bot and not user.deleted]


def _first(channels: list[Channel], reader: User) -> Channel | None:
    mine = [each for each in channels if reader.id in each.members and each.kind != "im"]
    return next(iter(mine or channels), None)
