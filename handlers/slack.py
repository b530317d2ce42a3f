"""What Slack said when it would not do something."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

UNANSWERED = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
"""Everything that a call to Slack may end in, other than an answer."""


def code_of(error: Exception) -> str:
    """Slack's own word for why it refused, or "no answer" where none came that could be read."""
    response = error.response if isinstance(error, SlackApiError) else None
    if isinstance(response, AsyncSlackResponse) and isinstance(response.data, dict):
        return str(response.data.get("error") or "no answer")
    return "no answer"
