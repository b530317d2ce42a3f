"""The JSON with which Slack tells the app what a person did."""

import time

from sandbox import inputs
from sandbox.payloads import message_json, view_json
from sandbox.records import Channel, Json, Message, View
from sandbox.workspace import Workspace

BUTTONS = ("button", "icon_button")
COMMAND_CHANNELS = {"private": "privategroup", "im": "directmessage"}


def command(workspace: Workspace, user_id: str, channel: Channel, name: str, text: str) -> Json:
    company = workspace.company
    return {
        "token": "sandbox",
        "team_id": company.team_id,
        "team_domain": company.domain,
        "channel_id": channel.id,
        "channel_name": COMMAND_CHANNELS.get(channel.kind, channel.name),
        "user_id": user_id,
        "user_name": workspace.users[user_id].name,
        "command": name,
        "text": text,
        "api_app_id": company.app_id,
        "is_enterprise_install": "false",
    }


def interaction(workspace: Workspace, kind: str, user_id: str) -> Json:
    """What every interactive payload begins with."""
    company, user = workspace.company, workspace.users[user_id]
    return {
        "type": kind,
        "team": {"id": company.team_id, "domain": company.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": company.team_id},
        "api_app_id": company.app_id,
        "token": "sandbox",
        "enterprise": None,
        "is_enterprise_install": False,
        "action_ts": action_ts(),
    }


def in_view(workspace: Workspace, view: View) -> Json:
    """Where something was done, when in a modal or a Home."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(workspace, view)}


def in_message(workspace: Workspace, channel: Channel, message: Message, values: Json, block_id: str) -> Json:
    """Where something was done, when in a message; an ephemeral one is not shown again.

    In an unfurl the app is shown the unfurl alone, since the message is somebody else's.
    """
    at = {"message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": message.is_ephemeral}
    common: Json = {"channel": _brief(channel), "state": {"values": values}}
    written: Json = {} if message.is_ephemeral else {"message": message_json(workspace, message)}
    attachment = _attachment(message, block_id)
    if attachment is None:
        return {**common, "container": {"type": "message", **at}, **written}
    unfurl: Json = {key: attachment[key] for key in ("is_app_unfurl", "app_unfurl_url") if key in attachment}
    container = {"type": "message_attachment", "attachment_id": attachment.get("id", 1), **at, **unfurl}
    shown: Json = {"app_unfurl": attachment} if unfurl else written
    return {**common, "container": container, **shown}


def _attachment(message: Message, block_id: str) -> Json | None:
    """The attachment that this block stands in; None for a block of the message itself."""
    if any(each["block_id"] == block_id for each in inputs.every(message.blocks)):
        return None
    holding = (each for each in message.attachments if _holds(each, block_id))
    return next(holding, None)


def _holds(attachment: Json, block_id: str) -> bool:
    return any(each.get("block_id") == block_id for each in inputs.every(attachment.get("blocks", [])))


def on_message(workspace: Workspace, channel: Channel, message: Message) -> Json:
    """The message that a message shortcut was used on."""
    written = message_json(workspace, message)
    return {"channel": _brief(channel), "message_ts": message.ts, "message": written}


def _brief(channel: Channel) -> Json:
    return {"id": channel.id, "name": COMMAND_CHANNELS.get(channel.kind, channel.name)}


def action(block_id: str, element: Json, value: Json) -> Json:
    """One entry of `actions`: the control that was used, and what is in it now."""
    shown: Json = {
        key: element[key] for key in ("text", "value", "style", "icon") if element["type"] in BUTTONS and key in element
    }
    used = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"]}
    return {**used, **shown, **value, "action_ts": action_ts()}


def action_ts() -> str:
    return f"{time.time():.6f}"
