"""chat.*: the app's messages."""

from sandbox.errors import SlackError
from sandbox.payloads import message_json
from sandbox.posting import addressed, posted
from sandbox.records import Channel, Json, Message
from sandbox.screens import attachments_with_ids, check_message, with_ids
from sandbox.web_api.call import Call

LONGEST_UPDATE = 4_000
LONGEST_MARKDOWN = 12_000


def post_message(call: Call) -> Json:
    channel = _postable(call, call.required("channel"))
    content = _content(call)
    _in_thread(call, channel)
    message = posted(call.workspace, channel.id, content, subtype=_broadcast(call))
    call.events.message(message)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.workspace, message)}


def post_ephemeral(call: Call) -> Json:
    channel = _postable(call, call.required("channel"))
    reader = call.user(call.required("user"))
    if reader.id not in channel.members:
        raise SlackError("user_not_in_channel")
    content = _content(call)
    _in_thread(call, channel)
    message = posted(call.workspace, channel.id, content, only_for=reader.id)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Text alone drops the blocks; attachments and metadata stay unless new ones are given."""
    message = _own_message(call, "cant_update_message")
    content = _content(call, or_else="metadata")
    text = content["text"] or content["markdown_text"] or ""
    if len(content["text"] or "") > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    changes = {"edited": call.workspace.next_ts(), "metadata": content["metadata"] or message.metadata}
    if text or content["blocks"] is not None:
        changes |= {"text": text, "blocks": with_ids({"blocks": content["blocks"] or []})["blocks"]}
    if content["attachments"] is not None:
        changes["attachments"] = attachments_with_ids(content["attachments"])
    call.workspace.edit(message, **changes)
    call.events.message(message, "message_changed")
    written = message_json(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": written}


def delete(call: Call) -> Json:
    message = _own_message(call, "cant_delete_message")
    call.workspace.delete(message)
    call.events.message(message, "message_deleted")
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel(call.required("channel"))
    ts = call.required("message_ts")
    if call.workspace.message(channel.id, ts) is None:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": f"{call.page_url}archives/{channel.id}/p{ts.replace('.', '')}"}


def _postable(call: Call, channel_id: str) -> Channel:
    """The conversation that the app may post to: a person's id opens their direct messages."""
    is_person = channel_id in call.workspace.users
    channel = _direct(call, channel_id) if is_person else call.channel(addressed(call.workspace, channel_id))
    if channel.kind == "im" and not call.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    if channel.is_archived:
        raise SlackError("is_archived")
    if not call.is_member(channel) and "chat:write.public" not in call.manifest.scopes:
        raise SlackError("not_in_channel")
    return channel


def _direct(call: Call, user_id: str) -> Channel:
    user = call.workspace.users[user_id]
    if user.deleted or user.is_bot:
        raise SlackError("channel_not_found")
    return call.workspace.open_dm(user.id)


def _content(call: Call, or_else: str = "") -> Json:
    """What the message is to say. Raises SlackError where Slack would refuse it.

    It must say something, or at least bring the argument `or_else`.
    """
    content: Json = {name: call.value(name) for name in ("blocks", "attachments", "metadata")}
    content |= {name: call.arguments.get(name) for name in ("text", "markdown_text", "thread_ts")}
    markdown = content["markdown_text"] or ""
    if markdown and (content["text"] or content["blocks"]):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise SlackError("msg_too_long")
    check_message(content, call.rules.unsupported_blocks)
    if not any(content.get(name) for name in ("text", "markdown_text", "blocks", "attachments", or_else)):
        raise SlackError("no_text")
    return content


def _in_thread(call: Call, channel: Channel) -> None:
    thread = call.text("thread_ts")
    if thread and call.workspace.message(channel.id, thread) is None:
        raise SlackError("thread_not_found")


def _broadcast(call: Call) -> str | None:
    """The subtype of a reply that is shown in the channel too; None for any other message."""
    return "thread_broadcast" if call.text("thread_ts") and call.flag("reply_broadcast") else None


def _own_message(call: Call, refusal: str) -> Message:
    channel, ts = call.channel(call.required("channel")), call.required("ts")
    message = call.workspace.message(channel.id, ts)
    if message is None or message.is_ephemeral:
        raise SlackError("message_not_found")
    if message.user != call.workspace.bot.id:
        raise SlackError(refusal)
    return message
