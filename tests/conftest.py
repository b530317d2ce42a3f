"""What tests stand on: real databases, the sandbox, and Cairn at work in it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from hypothesis import settings

from bot.clocks import Clocks, real
from bot.lines import Spans
from bot.running import Cairn, running
from bot.settings import MANIFEST, Settings
from bot.walking import walk
from sandbox.person import Person
from sandbox.rules import Rules
from sandbox.server import Sandbox
from storage.database import Database
from tests.databases import Postgres, SQLite, postgres_server, sqlite_files
from tests.patience import PATIENT

# How long an example takes is the machine's business.
settings.register_profile("cairn", settings(), deadline=None)
settings.load_profile("cairn")


@pytest_asyncio.fixture(scope="session")
async def sqlite() -> AsyncIterator[SQLite]:
    with sqlite_files() as made:
        await made.prepare()
        yield made


@pytest.fixture(scope="session")
def postgres_running() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def postgres(postgres_running: Postgres) -> Postgres:
    await postgres_running.prepare()
    return postgres_running


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind: what is asked of one is asked of both."""
    return request.getfixturevalue(request.param).fresh()


@pytest_asyncio.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@dataclass
class Town:
    """A Slack workspace with Cairn at work in it."""

    slack: Sandbox
    cairn: Cairn

    def person(self, name: str) -> Person:
        return self.slack.person(name)

    async def quiet(self) -> None:
        """Until everything that Cairn wants to say is said."""
        await self.cairn.courier.until_quiet()

    async def until(self, instant: datetime) -> None:
        """The calendar moves on, and everything on the way happens."""
        await walk(self.cairn, self.slack.calendar, instant)

    def monday(self, who: Person, hour: int = 9, minute: int = 0) -> datetime:
        """The next Monday at that hour on somebody's own clock."""
        here = self.slack.calendar.now().astimezone(ZoneInfo(who.user.tz or "UTC"))
        day = here.date() + timedelta(days=7 - here.weekday())
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=here.tzinfo).astimezone(UTC)

    async def set_up(self, channel: str | None = "kudos", **choices) -> None:
        """Ada finishes the set-up: everyone takes part, from next Monday on."""
        ada = self.person("ada")
        await ada.open_home()
        await ada.press("Set up")
        first = self.monday(ada).astimezone(ZoneInfo(ada.user.tz)).date().isoformat()
        await ada.submit({"first": first} | ({"channel": channel} if channel else {}) | choices)
        assert not ada.errors
        await ada.submit()
        await ada.close(whole_stack=True)
        await self.quiet()

    async def let_in(self, who: Person, place: str) -> None:
        """Ada lets somebody into a channel who could not join it by themselves."""
        channel, ada = self.slack.workspace.channel_named(place).id, self.person("ada")
        if ada.id not in self.slack.workspace.channels[channel].members:
            await ada.join(place)
        await self.slack.interactions.invite(who.id, channel, ada.id)

    async def team(
        self, name: str = "Engineering", lead: str = "@bo", members: Sequence[str] = ("@gita", "@emi"), **fields
    ) -> None:
        """Ada makes a team."""
        ada = self.person("ada")
        await ada.open_home()
        await ada.press("Teams")
        await ada.press("Add a team")
        await ada.submit({"name": name, "lead": lead, "members": list(members)} | fields)
        assert not ada.errors
        await ada.close(whole_stack=True)

    async def objective(self, who: Person, title: str = "Nobody waits for us", **fields) -> None:
        """Somebody sets an objective."""
        await who.command("/okr add objective")
        await who.submit({"title": title} | fields)
        assert not who.errors
        await who.close(whole_stack=True)

    async def key_result(self, who: Person, objective: str = "O-1", **fields) -> None:
        """Somebody sets a key result under it, from 0 to 100 unless they say otherwise."""
        await who.command(f"/okr add kr {objective}")
        await who.submit({"title": "Sign-ups a week", "start": "0", "target": "100"} | fields)
        assert not who.errors
        await who.close(whole_stack=True)


def settings_for(slack: Sandbox, database_url: str, api_url: str = "", **others) -> Settings:
    """Cairn's settings for a sandbox, or for something that stands in front of it.

    The sandbox takes everything at once: only a test that is about the pace waits a second for each message.
    """
    known = {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "slack_api_url": api_url or slack.api_url,
        "database_url": database_url,
        "paced": False,
    }
    return Settings(_env_file=None, **known | others)


@asynccontextmanager
async def workspace(rules: Rules = PATIENT, **options) -> AsyncIterator[Sandbox]:
    """A fresh workspace, its calendar on an ordinary day early in a quarter."""
    opened = await Sandbox.start(MANIFEST, rules=rules, **options)
    opened.calendar.set(datetime(opened.calendar.now().year + 1, 1, 13, 12, 0, tzinfo=UTC))
    try:
        yield opened
    finally:
        await opened.stop()


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """A fresh workspace."""
    async with workspace() as opened:
        yield opened


@asynccontextmanager
async def at_work(
    slack: Sandbox, database_url: str, api_url: str = "", spans: Spans | None = None, **settings
) -> AsyncIterator[Town]:
    """One run of Cairn: what it knows is in the database, so that another can follow it."""
    chosen = settings_for(slack, database_url, api_url, **settings)
    async with running(chosen, Clocks(slack.calendar.now, real), spans) as cairn:
        await cairn.met
        yield Town(slack, cairn)


@asynccontextmanager
async def at_work_over_http(slack: Sandbox, database_url: str, api_url: str = "", **others) -> AsyncIterator[Town]:
    """The same, with Slack's deliveries coming as signed requests."""
    http = {"slack_app_token": "", "slack_signing_secret": slack.signing_secret, "port": 0}
    async with at_work(slack, database_url, api_url, **http | others) as town:
        await slack.set_request_url(f"{town.cairn.address}/slack/events")
        yield town


@pytest_asyncio.fixture
async def town(slack: Sandbox, sqlite: SQLite) -> AsyncIterator[Town]:
    """Cairn at work, before anybody has set it up."""
    async with at_work(slack, sqlite.fresh()) as town:
        yield town


@pytest_asyncio.fixture
async def either_town(slack: Sandbox, database_url: str) -> AsyncIterator[Town]:
    """Cairn at work on SQLite, and again on PostgreSQL."""
    async with at_work(slack, database_url) as town:
        yield town


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any("browser" in report.keywords for report in skipped):
        terminalreporter.write_line("No Chromium here: the browser tests were not run.", yellow=True)
