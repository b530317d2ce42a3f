"""The one place where a refusal, or a failure of our own, becomes an answer."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.errors import Refusal
from operations.hearing import HeardBefore, Stranger
from views import problems as views

log = logging.getLogger("cairn.problems")

Json = Mapping[str, Any]


async def answer(error: Exception, body: Json, client: AsyncWebClient) -> BoltResponse:
    """What goes back to Slack instead of what was asked for."""
    if isinstance(error, HeardBefore):
        return BoltResponse(status=200, body="")
    if isinstance(error, Stranger):
        error = Refusal("Cairn is for the members of this workspace, and Slack does not list you as one.")
    if isinstance(error, Refusal):
        return await _refused(body, error.sentence, error.field, client)
    reference = secrets.token_hex(4)
    log.error("a failure of our own, reference %s", reference, exc_info=error, extra={"reference": reference})
    if "event" in body:
        return BoltResponse(status=500, body="")
    return await _refused(body, views.bug(reference), None, client)


async def _refused(body: Json, sentence: str, field: str | None, client: AsyncWebClient) -> BoltResponse:
    """A command gets text; a form an error beside its field or a page on top; a button or shortcut a small modal."""
    if "command" in body:
        message = views.refused(sentence)
        return _json({"response_type": "ephemeral", "text": message["text"], "blocks": message["blocks"]})
    if body.get("type") == "view_submission":
        if field in _fields(body):
            return _json({"response_action": "errors", "errors": {field: sentence}})
        return _json({"response_action": "push", "view": views.modal(sentence)})
    if body.get("trigger_id"):
        await _shown(body, sentence, client)
    return BoltResponse(status=200, body="")


def _fields(body: Json) -> set[str]:
    blocks = (body.get("view") or {}).get("blocks") or ()
    return {str(block.get("block_id")) for block in blocks if block.get("type") == "input"}


async def _shown(body: Json, sentence: str, client: AsyncWebClient) -> None:
    in_modal = (body.get("view") or {}).get("type") == "modal"
    call = client.views_push if in_modal else client.views_open
    try:
        await call(trigger_id=str(body["trigger_id"]), view=views.modal(sentence))
    except (TimeoutError, SlackApiError, aiohttp.ClientError):
        log.warning("a refusal could not be shown")


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=body)
