"""Before anything runs: is Slack there, are the tokens good, is everything granted that must be?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.people import WorkspaceId

BOT, APP = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"


class CannotStart(Exception):
    """One clear sentence on why Cairn does not start."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The workspace that Cairn is installed in, as Slack says; `lacking` are optional scopes known to be missing."""

    workspace: WorkspaceId
    name: str
    bot_user: str
    bot_id: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scopes:
    """What the manifest asks for: what must be granted, and what may be refused."""

    needed: frozenset[str]
    optional: frozenset[str]


def scopes(manifest: Path) -> Scopes:
    """The scopes of a manifest."""
    asked = yaml.safe_load(manifest.read_text())["oauth_config"]["scopes"]
    return Scopes(frozenset(asked["bot"]), frozenset(asked.get("bot_optional") or ()))


async def probe(client: AsyncWebClient, app_token: str, asked: Scopes) -> Installation:
    """Ask Slack once who we are and, with an app-level token, whether we may connect.

    Raises `CannotStart` and never tries again.
    """
    identity = await _asked(BOT, client.auth_test(), client.base_url)
    lacking = _lacking(identity.headers, asked)
    missing = sorted(lacking & asked.needed)
    if missing:
        raise CannotStart(
            f"Slack has not granted {', '.join(missing)}. Update the app from manifest.yml and install it again."
        )
    if app_token:
        await _asked(APP, client.apps_connections_open(app_token=app_token), client.base_url)
    home = identity.get("team_id") or identity.get("enterprise_id")
    if not home:
        raise CannotStart("Slack did not say which workspace SLACK_BOT_TOKEN belongs to. Is it a bot's token (xoxb-…)?")
    return Installation(
        workspace=WorkspaceId(str(home)),
        name=str(identity.get("team") or home),
        bot_user=str(identity.get("user_id") or ""),
        bot_id=str(identity.get("bot_id") or ""),
        lacking=tuple(sorted(lacking & asked.optional)),
    )


def _lacking(headers: Mapping[str, str], asked: Scopes) -> frozenset[str]:
    """The scopes known to be missing: where Slack does not say what it granted, none is known."""
    said = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes", "")
    granted = {scope.strip() for scope in said.split(",") if scope.strip()}
    return (asked.needed | asked.optional) - granted if granted else frozenset()


async def _asked(name: str, call: Any, address: str) -> Any:
    try:
        return await call
    except SlackApiError as error:
        raise CannotStart(_refusal(name, _code(error), address)) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise CannotStart(
            f"Slack could not be reached at {address}. Is the address right, and the network up?"
        ) from error
    except (AttributeError, TypeError, ValueError) as error:  # what becomes of an answer in which the SDK finds no JSON
        raise CannotStart(_refusal(name, None, address)) from error


def _code(error: SlackApiError) -> str | None:
    """Slack's word for what is wrong, if it was Slack that answered."""
    said = getattr(error.response, "data", None)
    return said.get("error") if isinstance(said, dict) else None


def _refusal(name: str, code: str | None, address: str) -> str:
    if code in {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}:
        return f"Slack does not accept {name} ({code}). Copy it again from the app's settings."
    if code == "not_allowed_token_type":
        kind = "a bot token (xoxb-…)" if name == BOT else "an app-level token (xapp-…)"
        return f"{name} is the wrong kind of token: it must be {kind}. Have the two been swapped?"
    if code == "missing_scope":
        return f"{name} lacks a permission; an app-level token needs connections:write."
    return f"{address} did not answer as Slack does ({code or 'no JSON came back'})."
