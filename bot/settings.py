"""The process's own settings: tokens, addresses and timeouts, from the environment or a `.env` file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.starting import CannotStart
from domain.outbox import Terms

MANIFEST = Path(__file__).parent.parent / "manifest.yml"

HTTP_PORT = 3000
"""Where Slack is heard over HTTP when no port is named."""


class Ways(BaseSettings):
    """How Slack is heard: one of these two is set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_app_token: SecretStr = SecretStr("")
    """The app-level token (xapp-…) with connections:write, from Basic Information: over Socket Mode."""

    slack_signing_secret: SecretStr = SecretStr("")
    """From Basic Information too: over HTTP, signed with it."""

    @property
    def over_socket(self) -> bool:
        """Whether we open a socket down which Slack sends its deliveries."""
        return bool(self.slack_app_token.get_secret_value())

    @property
    def over_http(self) -> bool:
        """Whether Slack sends its deliveries to an address of ours."""
        return bool(self.slack_signing_secret.get_secret_value())


Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
"""A span that can be waited for: more than nothing, and a day at most."""


class Settings(Ways):
    """What `python -m bot run` needs to know."""

    slack_bot_token: SecretStr = Field(min_length=1)
    """The bot's token (xoxb-…), from OAuth & Permissions."""

    slack_api_url: str = "https://slack.com/api/"
    """Where Slack's Web API answers; another address for a stand-in."""

    port: int | None = Field(default=None, ge=0, le=65535)
    """Where `/healthz` is served, and over HTTP also `/slack/events`; 0 takes a free one."""

    host: str = "127.0.0.1"
    """The address that is listened on; 0.0.0.0 for every one that the machine has."""

    database_url: str = "sqlite:///cairn.db"
    """SQLite by default; postgresql://… when one machine is not enough."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    log_json: bool = False
    """One JSON object a line, for machines; plain lines otherwise."""

    send_timeout: Seconds = 10.0
    """Seconds that Slack may take to accept a message before its fate counts as unknown."""

    send_lease: Seconds = 60.0
    """Seconds that a courier has for a message that it has taken on; more than twice SEND_TIMEOUT."""

    quiet_period: Seconds = 90.0
    """Seconds after a lease until Cairn looks in Slack for a message whose answer was lost."""

    posts_a_minute: float = Field(default=240.0, ge=1, le=1_000_000, allow_inf_nan=False)
    """Messages a minute to begin with; from there on Cairn goes by what Slack takes."""

    paced: bool = True
    """Whether calls keep to Slack's published rates; only a stand-in without limits, as in the demo, can do without."""

    answer_timeout: Seconds = 2.0
    """Seconds that a call may take while somebody waits for an answer."""

    unfurl_domain: str = Field(
        default="", pattern=r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)?$"
    )
    """The domain whose links are shown with what they lead to, as in https://okr.example.com/O-12; the settings in
    Slack must name it too.
    """

    @property
    def terms(self) -> Terms:
        """How long the courier may take, and when it looks again."""
        return Terms(
            timeout=timedelta(seconds=self.send_timeout),
            lease=timedelta(seconds=self.send_lease),
            quiet=timedelta(seconds=self.quiet_period),
            posts_a_minute=self.posts_a_minute,
            paced=self.paced,
        )

    @field_validator("send_lease")
    @classmethod
    def _longer_than_a_call(cls, lease: float, known: ValidationInfo) -> float:
        """What is sent so late that its lease ends first could be sent by two."""
        if lease < 2 * known.data.get("send_timeout", 0.0):
            raise ValueError("at least twice SEND_TIMEOUT")
        return lease

    @property
    def secrets(self) -> list[str]:
        """What must be written nowhere."""
        tokens = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        password = unquote(urlsplit(self.database_url).password or "")
        return [each for each in (*(token.get_secret_value() for token in tokens), password) if each]

    @property
    def web_port(self) -> int | None:
        """The port of the web server; None where nothing is to be served."""
        return HTTP_PORT if self.port is None and self.over_http else self.port

    @property
    def api_url(self) -> str:
        """The Web API's address as slack_sdk wants it, with the slash at its end."""
        return self.slack_api_url.rstrip("/") + "/"


def from_environment() -> Settings:
    """The settings in force; raises `CannotStart` naming everything that is missing or wrong, in one sentence."""
    ways = Ways()
    if ways.over_socket and ways.over_http:
        raise CannotStart(BOTH)
    unheard = set() if ways.over_socket or ways.over_http else {"SLACK_APP_TOKEN"}
    try:
        settings = Settings()  # type: ignore[call-arg]  # they come from the environment
    except ValidationError as error:
        raise CannotStart(" ".join(_sentences(error, unheard))) from None
    if unheard:
        raise CannotStart(_missing(unheard))
    return settings


class _Address(BaseSettings):
    """All that a command needs to know that works on the database and never speaks to Slack."""

    model_config = Settings.model_config

    database_url: str = str(Settings.model_fields["database_url"].default)


def database_url() -> str:
    """Where everything is kept, whether or not there are tokens."""
    return _Address().database_url


class _Access(BaseSettings):
    """What a command needs that asks Slack something where it may."""

    model_config = Settings.model_config

    slack_bot_token: SecretStr = SecretStr("")
    slack_api_url: str = str(Settings.model_fields["slack_api_url"].default)


def slack_access() -> tuple[str, str]:
    """The bot's token, "" where there is none, and where Slack's Web API answers."""
    access = _Access()
    return access.slack_bot_token.get_secret_value(), access.slack_api_url.rstrip("/") + "/"


def _sentences(error: ValidationError, unheard: set[str]) -> Iterator[str]:
    """What is missing, and what is there but cannot be read; never its value, which may be a secret."""
    found = {str(each["loc"][0]).upper(): each["type"] for each in error.errors()}
    missing = {name for name, kind in found.items() if kind in {"missing", "too_short"}}
    if missing | unheard:
        yield _missing(missing | unheard)
    for name in sorted(set(found) - missing):
        yield f"{name} has a value that cannot be used. README.md lists the settings."


def _missing(names: set[str]) -> str:
    instead = " SLACK_SIGNING_SECRET takes the place of SLACK_APP_TOKEN where Slack is to be heard over HTTP."
    sentence = f"{' and '.join(sorted(names))} must be set, in the environment or in a .env file. README.md says how."
    return sentence + (instead if "SLACK_APP_TOKEN" in names else "")


BOTH = (
    "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set, but Slack is heard in one way only: "
    "keep the first for Socket Mode, or the second for HTTP."
)
