"""reactions.*: the app's reactions to a message, and everybody's."""

from sandbox.errors import SlackError
from sandbox.payloads import message_json
from sandbox.records import Json, Message
from sandbox.web_api.call import Call


def add(call: Call) -> Json:
    message, emoji, bot = _message(call), call.required("name").strip(":"), call.workspace.bot.id
    if bot in message.reactions.get(emoji, []):
        raise SlackError("already_reacted")
    if not call.is_member(call.workspace.channels[message.channel]):
        raise SlackError("not_in_channel")
    call.workspace.react(message, bot, emoji)
    return {}


def remove(call: Call) -> Json:
    """Take back a reaction of the app's own."""
    message, emoji, bot = _message(call), call.required("name").strip(":"), call.workspace.bot.id
    if bot not in message.reactions.get(emoji, []):
        raise SlackError("no_reaction")
    call.workspace.unreact(message, bot, emoji)
    return {}


def get(call: Call) -> Json:
    """The message with its reactions."""
    message = _message(call)
    return {"type": "message", "channel": message.channel, "message": message_json(call.workspace, message)}


def _message(call: Call) -> Message:
    """The message that is meant. Raises SlackError."""
    channel = call.channel(call.required("channel"))
    message = call.workspace.message(channel.id, call.required("timestamp"))
    if message is None or message.is_ephemeral:
        raise SlackError("message_not_found")
    return message
