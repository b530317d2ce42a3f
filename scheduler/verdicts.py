"""What an answer from Slack means for the message that was sent: it went out, it did not, or nobody knows."""

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from domain.outbox import Method, Sent

RATELIMITED = "ratelimited"
UNREACHED = "Slack could not be reached"

UNANSWERED = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""What a call may end in, other than an answer or a mistake of ours."""


class Fate(StrEnum):
    """What became of a message."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A message's fate; `rest` are the seconds that Slack asked us to wait, `error` is Slack's own word for it.

    `method` is what Slack refused, where it was not the sending itself; `unsent` says that Slack was not even asked.
    """

    fate: Fate
    sent: Sent | None = None
    error: str = ""
    rest: float | None = None
    method: Method | None = None
    unsent: bool = False

    @property
    def too_fast(self) -> bool:
        """Whether Slack asked for a rest because of the pace."""
        return self.rest is not None and self.error == RATELIMITED


NEVER = frozenset({
    "as_user_not_supported", "cannot_dm_bot", "cannot_find_channel", "cannot_find_message", "cannot_find_service",
    "cannot_reply_to_message", "cannot_unfurl_message", "cant_update_message", "invalid_unfurl_id",
    "channel_not_found", "edit_window_closed", "ekm_access_denied", "invalid_arguments", "invalid_blocks",
    "invalid_blocks_format", "invalid_metadata_format", "is_archived", "message_not_found", "messages_tab_disabled",
    "missing_scope", "msg_blocks_too_long", "msg_too_long", "no_permission", "no_text", "not_enabled",
    "not_in_channel", "restricted_action", "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "team_not_found",
    "unknown_method", "user_disabled", "user_not_found", "user_not_visible", "view_too_large",
})  # fmt: skip
"""Refusals that asking again will not change."""

TOKEN = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""Refusals of whoever asks, and not of what was asked: while they last, everything rests."""

TOKEN_RESTS = 60.0
"""Seconds until the token is tried again."""

UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Errors after which part of the work may have been done all the same."""


def verdict(error: Exception) -> Verdict:
    """What a failed call means; raises it again when it is no failure of the call but a bug of ours."""
    if isinstance(error, SlackApiError):
        return _refused(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Verdict(Fate.LATER, error=UNREACHED)
    if isinstance(error, UNANSWERED):
        return Verdict(Fate.UNKNOWN, error="no answer came back")
    raise error


def not_sent(found: Verdict, method: Method) -> Verdict:
    """What a failure means before the message itself went off: then nothing is unknown, and it may go later."""
    fate = Fate.LATER if found.fate is Fate.UNKNOWN else found.fate
    return replace(found, fate=fate, method=method)


def _refused(error: SlackApiError) -> Verdict:
    response = error.response
    if not isinstance(response, AsyncSlackResponse):
        return Verdict(Fate.UNKNOWN, error="an answer that is not Slack's")
    code = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if code in TOKEN:
        return Verdict(Fate.LATER, error=code, rest=TOKEN_RESTS)
    if response.status_code == 429 or code in {"ratelimited", "rate_limited"}:
        return Verdict(Fate.LATER, error=RATELIMITED, rest=_seconds(response.headers))
    if not code or response.status_code >= 500 or code in UNSURE:
        return Verdict(Fate.UNKNOWN, error=code or f"http {response.status_code}")
    return Verdict(Fate.NEVER if code in NEVER else Fate.LATER, error=code)


def _seconds(headers: dict[str, str]) -> float:
    """How long Slack asks us to wait; half a minute where it does not say."""
    value = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(value) if str(value).replace(".", "", 1).isdigit() else 30.0
