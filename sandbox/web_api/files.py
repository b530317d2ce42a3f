"""files.*: an address to send a file to, the file shared in a conversation, and what is known of it."""

from sandbox.errors import SlackError
from sandbox.files import LARGEST
from sandbox.posting import posted
from sandbox.records import Channel, Json
from sandbox.screens import check_message
from sandbox.web_api.call import Call, invalid_arguments

LONGEST_ALT_TEXT = 1_000
MOST_CHANNELS = 100


def upload_url(call: Call) -> Json:
    """Where the bytes are to be sent, and the id that the file will have."""
    if call.text("length") in ("", "0"):
        raise SlackError("missing_argument")
    name, length = call.required("filename"), call.number("length", 1)
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    if len(call.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    id_ = call.workspace.new_id("F")
    call.workspace.files.expect(id_, name, length, call.text("alt_txt"))
    return {"file_id": id_, "upload_url": f"{call.page_url}upload/v1/{id_}"}


def complete(call: Call) -> Json:
    """Share what was sent; without a channel it stays the app's own."""
    ids = _finished(call)
    content: Json = {"text": call.text("initial_comment"), "thread_ts": call.text("thread_ts") or None}
    if not content["text"]:
        content["blocks"] = call.value("blocks")
    check_message(content, call.rules.unsupported_blocks)
    channels = [_shareable(call, each, content["thread_ts"]) for each in _channels(call)]
    for channel in channels:
        _share(call, ids, channel, content)
    return {"files": [call.workspace.files.info(each) for each in ids]}


def info(call: Call) -> Json:
    id_ = call.required("file")
    if id_ not in call.workspace.files:
        raise SlackError("file_not_found")
    return {"file": call.workspace.files.info(id_), "comments": [], "response_metadata": {"next_cursor": ""}}


def _finished(call: Call) -> list[str]:
    """The ids of the app's files, each with the title that it was given. Raises SlackError."""
    given, files = call.value("files"), call.workspace.files
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise invalid_arguments("files must be a list of objects, each with an id")
    ids = [str(each.get("id", "")) for each in given]
    if any(each not in files or files.info(each)["user"] != call.workspace.bot.id for each in ids):
        raise SlackError("file_not_found")
    for each in given:
        if each.get("title"):
            files.note(each["id"], title=str(each["title"]))
    return ids


def _channels(call: Call) -> list[str]:
    listed = [*call.text("channels").split(","), call.text("channel_id")]
    channels = list(dict.fromkeys(each.strip() for each in listed if each.strip()))
    if len(channels) > MOST_CHANNELS:
        raise invalid_arguments(f"at most {MOST_CHANNELS} channels")
    return channels


def _shareable(call: Call, channel_id: str, thread_ts: str | None) -> Channel:
    """A conversation that the app is in: chat:write.public does not help for files. Raises SlackError."""
    channel = call.channel(channel_id)
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    if thread_ts and call.workspace.message(channel.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    return channel


def _share(call: Call, ids: list[str], channel: Channel, content: Json) -> None:
    files = call.workspace.files
    message = posted(call.workspace, channel.id, content, files=[files.info(each) for each in ids])
    for id_ in ids:
        files.share(id_, channel, message.ts)
    call.events.message(message)
