"""The process's own settings: tokens, addresses and timeouts, from the environment or a `.env` file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.starting import CannotStart
from domain.outbox import Terms

MANIFEST = Path(__file__).parent.parent / "manifest.yml"


class Settings(BaseSettings):
    """What `python -m bot run` needs to know."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    slack_bot_token: SecretStr = Field(min_length=1)
    """The bot's token (xoxb-…), from OAuth & Permissions."""

    slack_app_token: SecretStr = Field(min_length=1)
    """The app-level token (xapp-…) with connections:write, from Basic Information."""

    slack_api_url: str = "https://slack.com/api/"
    """Where Slack's Web API answers; another address for a stand-in."""

    database_url: str = "sqlite:///cairn.db"
    """SQLite by default; postgresql://… when one machine is not enough."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    log_json: bool = False
    """One JSON object a line, for machines; plain lines otherwise."""

    send_timeout: float = 10.0
    """Seconds that Slack may take to accept a message before its fate counts as unknown."""

    send_lease: float = 60.0
    """Seconds that a courier has for a message that it has taken on; more than twice SEND_TIMEOUT."""

    quiet_period: float = 90.0
    """Seconds after a lease until Cairn looks in Slack for a message whose answer was lost."""

    posts_a_minute: float = 240.0
    """Messages a minute to begin with; from there on Cairn goes by what Slack takes."""

    answer_timeout: float = 2.0
    """Seconds that a call may take while somebody waits for an answer."""

    @property
    def terms(self) -> Terms:
        """How long the courier may take, and when it looks again."""
        return Terms(
            timeout=timedelta(seconds=self.send_timeout),
            lease=timedelta(seconds=self.send_lease),
            quiet=timedelta(seconds=self.quiet_period),
            posts_a_minute=self.posts_a_minute,
        )

    @field_validator("send_lease")
    @classmethod
    def _longer_than_a_call(cls, lease: float, known: ValidationInfo) -> float:
        """What is sent so late that its lease ends first could be sent by two."""
        if lease < 2 * known.data.get("send_timeout", 0.0):
            raise ValueError("at least twice SEND_TIMEOUT")
        return lease

    @property
    def api_url(self) -> str:
        """The Web API's address as slack_sdk wants it, with the slash at its end."""
        return self.slack_api_url.rstrip("/") + "/"


def from_environment() -> Settings:
    """The settings in force; raises `CannotStart` naming everything that is missing or wrong, in one sentence."""
    try:
        return Settings()  # type: ignore[call-arg]  # they come from the environment
    except ValidationError as error:
        raise CannotStart(" ".join(_sentences(error))) from None


def _sentences(error: ValidationError) -> Iterator[str]:
    """What is missing, and what is there but cannot be read; never its value, which may be a secret."""
    found = {str(each["loc"][0]).upper(): each["type"] for each in error.errors()}
    missing = sorted(name for name, kind in found.items() if kind in {"missing", "too_short"})
    if missing:
        yield f"{' and '.join(missing)} must be set, in the environment or in a .env file. README.md says how."
    for name in sorted(set(found) - set(missing)):
        yield f"{name} has a value that cannot be used. README.md lists the settings."
