"""One workspace of the sandbox: who and what is in it, what people do there, and what the app may do there."""

from dataclasses import dataclass, replace

from sandbox.archive import Archive
from sandbox.calendar import Calendar
from sandbox.calls import Calls
from sandbox.company import Company
from sandbox.delivery import Delivery
from sandbox.events import Events
from sandbox.installations import Installation
from sandbox.interactions import Interactions
from sandbox.manifest import Manifest
from sandbox.person import Person
from sandbox.response_urls import ResponseUrls
from sandbox.rules import Rules
from sandbox.socket_mode import SocketMode
from sandbox.triggers import Triggers
from sandbox.web_api import WebApi
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Shared:
    """What all workspaces of a sandbox have in common: the app, the way to it, the calendar and the rules."""

    manifest: Manifest
    app_token: str
    calendar: Calendar
    sockets: SocketMode
    delivery: Delivery
    rules: Rules


class Team:
    """A workspace as the app meets it. Where the app is not installed it has no commands, no events and no tabs."""

    def __init__(self, company: Company, archive: Archive, shared: Shared) -> None:
        """Put the parts together; `let_in` admits the app."""
        self._whole, rules = shared.manifest, shared.rules
        self.manifest = _nothing(shared.manifest)
        self.workspace = Workspace(company, shared.calendar, archive)
        self.events = Events(self.workspace, self.manifest, shared.delivery, rules)
        self.response_urls = ResponseUrls(self.workspace, self.events, rules)
        triggers = Triggers(rules)
        self.interactions = Interactions(
            self.workspace, self.manifest, shared.delivery, self.events, triggers, self.response_urls
        )
        self.api = WebApi(
            "", shared.app_token, self.workspace, self.manifest, rules, triggers, self.events, shared.sockets
        )
        self.calls = Calls(self.workspace)
        self.page_url = ""
        self._people: dict[str, Person] = {}

    @property
    def id(self) -> str:
        return self.workspace.team_id

    @property
    def name(self) -> str:
        return self.workspace.company.name

    def person(self, name: str) -> Person:
        """Somebody at their keyboard, by handle, id or real name; the same each time."""
        user = self.workspace.user_named(name)
        return self._people.setdefault(user.id, Person(user.id, self.workspace, self.interactions, self._whole))

    def open_at(self, page_url: str, answers_at: str) -> None:
        """The workspace's page is here; response URLs begin with `answers_at`."""
        self.page_url = self.api.page_url = page_url
        self.response_urls.address = answers_at

    def let_in(self, installation: Installation) -> None:
        """The app may do what was granted; without a bot token its bot is deactivated."""
        self._grant(replace(self._whole, scopes=tuple(installation.scopes)), installation.bot_token)
        self._set_bot(active=bool(installation.bot_token))

    def show_out(self) -> None:
        """The app is no longer installed; its messages stay."""
        self._grant(_nothing(self._whole), "")
        self._set_bot(active=False)

    def _grant(self, manifest: Manifest, bot_token: str) -> None:
        self.manifest = self.api.manifest = manifest
        self.api.bot_token = bot_token
        self.events.grant(manifest)
        self.interactions.grant(manifest)

    def _set_bot(self, active: bool) -> None:
        bot = self.workspace.bot
        if bot.deleted == active:
            bot.deleted = not active
            self.workspace.keep_user(bot)
        for channel in self.workspace.channels.values():
            if not active and channel.kind != "im" and bot.id in channel.members:
                channel.members.remove(bot.id)
                self.workspace.keep_channel(channel)


def _nothing(manifest: Manifest) -> Manifest:
    """What a workspace has of an app that is not installed in it."""
    return replace(
        manifest, commands={}, shortcuts=[], events=frozenset(), scopes=(), home_tab=False, messages_tab=False
    )
