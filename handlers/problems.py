"""The one place where a refusal, or a failure of our own, becomes an answer."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from domain.errors import Refusal
from handlers import windows
from handlers.slack import UNANSWERED
from operations.hearing import HeardBefore, Stranger
from storage.database import Unavailable
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
    if isinstance(error, Unavailable):
        log.error("the database is not available: %s", error.reason, exc_info=error.__cause__)
        return await _later(body, views.unavailable(error.sure), client)
    reference = secrets.token_hex(4)
    log.error("a failure of our own, reference %s", reference, exc_info=error, extra={"reference": reference})
    return await _later(body, views.bug(reference), client)


async def _later(body: Json, sentence: str, client: AsyncWebClient) -> BoltResponse:
    """Nothing came of it: an event is told again by Slack, a person can try again."""
    if "event" in body:
        return BoltResponse(status=500, body="")
    return await _refused(body, sentence, None, client)


async def _refused(body: Json, sentence: str, field: str | None, client: AsyncWebClient) -> BoltResponse:
    """A command gets text; a form an error beside its field or a page on top; a button or shortcut a small modal."""
    if "command" in body:
        message = views.refused(sentence)
        return _json({"response_type": "ephemeral", "text": message["text"], "blocks": message["blocks"]})
    if body.get("type") == "view_submission":
        return _json(_on_form(body.get("view") or {}, sentence, field))
    if body.get("type") == "block_suggestion":
        return _json({"options": []})
    if body.get("trigger_id"):
        await _shown(body, sentence, client)
    return BoltResponse(status=200, body="")


def _on_form(view: Json, sentence: str, field: str | None) -> dict[str, Any]:
    """Beside the field that it is about; else on top of the form or, where nothing fits on top, beside its first."""
    fields = [str(block.get("block_id")) for block in view.get("blocks") or () if block.get("type") == "input"]
    if field in fields:
        return {"response_action": "errors", "errors": {field: sentence}}
    if fields and windows.is_third(view):
        return {"response_action": "errors", "errors": {fields[0]: sentence}}
    return {"response_action": "push", "view": views.modal(sentence)}


async def _shown(body: Json, sentence: str, client: AsyncWebClient) -> None:
    try:
        await windows.show(client, body, views.modal(sentence))
    except UNANSWERED:
        log.warning("a refusal could not be shown")


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=body)
