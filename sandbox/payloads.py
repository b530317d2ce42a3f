"""How Slack writes people, channels, messages and views as JSON."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.records import Channel, Json, Message, User, UserGroup, View
from sandbox.workspace import Workspace


def user_json(workspace: Workspace, user: User, with_email: bool = False) -> Json:
    """A user object; a bot and somebody without a zone have no `tz`."""
    profile = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name,
        "display_name_normalized": user.display_name,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_expiration": 0,
        "team": workspace.team_id,
        **({"email": user.email} if with_email and user.email else {}),
        **({"bot_id": user.bot_id} if user.bot_id else {}),
    }
    written = {
        "id": user.id,
        "team_id": workspace.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    return written if user.deleted else {**written, **_zone(user), **_standing(user)}


def _zone(user: User) -> Json:
    if user.tz is None:
        return {}
    zone = datetime.now(UTC).astimezone(ZoneInfo(user.tz))
    offset = zone.utcoffset()
    return {"tz": user.tz, "tz_label": zone.tzname() or "", "tz_offset": int(offset.total_seconds()) if offset else 0}


def _standing(user: User) -> Json:
    flags = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted")
    return {flag: getattr(user, flag) for flag in flags}


def channel_json(channel: Channel, member: str) -> Json:
    """A conversation object as `member` sees it."""
    common = {"id": channel.id, "created": channel.created, "is_archived": channel.is_archived, "is_org_shared": False}
    if channel.kind == "im":
        return {**common, "is_im": True, "user": channel.user, "is_open": True, "is_user_deleted": False}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_member": member in channel.members,
        "num_members": len(channel.members),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.topic, "creator": "", "last_set": 0},
    }


def group_json(workspace: Workspace, group: UserGroup, with_users: bool = True) -> Json:
    written = {
        "id": group.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_delete": group.date_delete,
        "user_count": len(group.users),
    }
    return {**written, "users": group.users} if with_users else written


def message_json(workspace: Workspace, message: Message, with_metadata: bool = True) -> Json:
    """A message object; what it does not have is left out, as Slack does."""
    replies = workspace.reply_count(message)
    optional = {
        "subtype": message.subtype,
        "bot_id": message.bot_id,
        "app_id": workspace.company.app_id if message.user == workspace.bot.id else None,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "pinned_to": [message.channel] if message.pinned_by else None,
        "metadata": message.metadata if with_metadata else None,
        "thread_ts": message.thread_ts or (message.ts if replies else None),
        "reply_count": replies,
        "edited": message.edited and {"user": message.user, "ts": message.edited},
        "reactions": [{"name": name, "users": who, "count": len(who)} for name, who in message.reactions.items()],
    }
    said = {"type": "message", "user": message.user, "ts": message.ts, "team": workspace.team_id, "text": message.text}
    return {**said, **{name: value for name, value in optional.items() if value}}


def view_json(workspace: Workspace, view: View) -> Json:
    """A view object with its state, as it stands in payloads and answers."""
    company = workspace.company
    nothing = {"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False}
    modal_only = {"notify_on_close": False, "close": None, "submit": None, "title": None}
    return {
        **nothing,
        **modal_only,
        **view.content,
        "id": view.id,
        "team_id": company.team_id,
        "app_id": company.app_id,
        "app_installed_team_id": company.team_id,
        "bot_id": workspace.bot.bot_id,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "state": {"values": view.values},
    }
