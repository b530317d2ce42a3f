"""Deliveries from Slack: who acted, where they are at home, and what tells one delivery from every other."""

import secrets
from collections.abc import Mapping
from typing import Any

from domain.people import WorkspaceId
from operations.hearing import Heard

Json = Mapping[str, Any]


def heard(body: Json, workspace: WorkspaceId) -> Heard:
    """Who acted in this delivery, and what tells it from every other."""
    return Heard(_home_of(body, workspace), _actor(body), _identity(body))


def _home_of(body: Json, workspace: WorkspaceId) -> WorkspaceId:
    """The actor's own workspace: somebody from elsewhere may act in a shared channel."""
    event = body.get("event") or {}
    user = body.get("user") or event.get("user")
    stated = user.get("team_id") if isinstance(user, Mapping) else None
    stated = stated or event.get("user_team") or (body.get("team") or {}).get("id") or body.get("team_id")
    return WorkspaceId(str(stated or workspace))


def _actor(body: Json) -> str:
    event_user = (body.get("event") or {}).get("user")
    user = body.get("user") or event_user or body.get("user_id") or ""
    return str(user.get("id", "")) if isinstance(user, Mapping) else str(user)


def _identity(body: Json) -> str:
    """What Slack gives every delivery once; where a stand-in gives nothing, no two deliveries are taken for one."""
    if event_id := body.get("event_id"):
        return f"event {event_id}"
    if body.get("type") == "view_submission":
        view = body.get("view") or {}
        return f"view {view.get('id')} {view.get('hash')}"
    action: Json = next(iter(body.get("actions") or ()), {})
    if pressed_at := action.get("action_ts"):
        return f"action {_actor(body)} {action.get('block_id')} {action.get('action_id')} {pressed_at}"
    return f"trigger {body.get('trigger_id') or secrets.token_hex(16)}"
