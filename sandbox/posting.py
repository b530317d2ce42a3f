"""The app's messages: how what it sends becomes a message of the workspace."""

from sandbox.records import Json, Message, Value
from sandbox.screens import attachments_with_ids, with_ids
from sandbox.workspace import Workspace

LONGEST_TEXT = 40_000
"""Characters of a message's text; Slack cuts off the rest."""


def addressed(workspace: Workspace, channel: str) -> str:
    """The id that the app posts to; Slack also takes the name of a public channel."""
    named = {each.name: each.id for each in workspace.channels.values() if each.kind == "public"}
    return named.get(channel.removeprefix("#"), channel)


def posted(workspace: Workspace, channel_id: str, content: Json, **fields: Value) -> Message:
    """Post what the app sent; `fields` are further ones of `Message`, of which `only_for` makes it ephemeral."""
    return workspace.post(
        channel_id,
        workspace.bot.id,
        (content.get("text") or content.get("markdown_text") or "")[:LONGEST_TEXT],
        blocks=with_ids({"blocks": content.get("blocks") or []})["blocks"],
        attachments=attachments_with_ids(content.get("attachments") or []),
        metadata=content.get("metadata"),
        thread_ts=content.get("thread_ts"),
        bot_id=workspace.bot.bot_id,
        **fields,
    )
