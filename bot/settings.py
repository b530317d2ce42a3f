"""The process's own settings: tokens, addresses and timeouts, from the environment or a `.env` file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.starting import CannotStart

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

    answer_timeout: float = 2.0
    """Seconds that a call may take while somebody waits for an answer."""

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


class _Address(BaseSettings):
    """All that a command needs to know that works on the database and never speaks to Slack."""

    model_config = Settings.model_config

    database_url: str = str(Settings.model_fields["database_url"].default)


def database_url() -> str:
    """Where everything is kept, whether or not there are tokens."""
    return _Address().database_url


def _sentences(error: ValidationError) -> Iterator[str]:
    """What is missing, and what is there but cannot be read; never its value, which may be a secret."""
    found = {str(each["loc"][0]).upper(): each["type"] for each in error.errors()}
    missing = sorted(name for name, kind in found.items() if kind in {"missing", "too_short"})
    if missing:
        yield f"{' and '.join(missing)} must be set, in the environment or in a .env file. README.md says how."
    for name in sorted(set(found) - set(missing)):
        yield f"{name} has a value that cannot be used. README.md lists the settings."
