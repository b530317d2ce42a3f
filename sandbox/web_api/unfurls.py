"""chat.unfurl: what the app shows below a message of somebody who has shared one of its links."""

from sandbox.block_kit import message_problems
from sandbox.errors import SlackError
from sandbox.links import Shared, links_in
from sandbox.records import Json, Message
from sandbox.screens import attachments_with_ids
from sandbox.web_api.call import Call

SOURCES = ("composer", "conversations_history")

SHOWN = {"blocks", "title", "text", "pretext", "fallback", "fields", "author_name", "image_url", "thumb_url", "footer"}
"""The keys of an unfurl of which one at least must say something."""


def unfurl(call: Call) -> Json:
    """Show this below the message's links; for a link that was unfurled before, in place of that."""
    if not call.manifest.unfurl_domains:
        raise SlackError("cannot_find_service")
    shared, message = _told(call)
    unfurls = _unfurls(call)
    for url in unfurls:
        _may_unfurl(call, message, shared, url)
    attachments = _merged(call, message, unfurls)
    _check(call, attachments)
    call.workspace.edit(message, attachments=attachments_with_ids(attachments))
    call.events.message(message, "message_changed")
    return {}


def _told(call: Call) -> tuple[Shared | None, Message]:
    """What the app was told of the links, and the message that they stand in. Raises SlackError."""
    by_id = call.text("unfurl_id") or call.text("source")
    shared, channel_id, ts = _with_id(call) if by_id else _at_place(call)
    message = call.workspace.message(channel_id, ts)
    if message is None or message.is_ephemeral:
        raise SlackError("cannot_find_message")
    return shared, message


def _with_id(call: Call) -> tuple[Shared | None, str, str]:
    """What was told under `unfurl_id`, and of which message. Raises SlackError."""
    if not call.text("unfurl_id"):
        raise SlackError("missing_unfurl_id")
    if not call.text("source"):
        raise SlackError("missing_source")
    if call.text("source") not in SOURCES:
        raise SlackError("invalid_source")
    shared = call.workspace.links.with_id(call.text("unfurl_id"))
    # Nothing is told of a link that is still in a composer, so that no id has that source.
    if shared is None or call.text("source") == "composer":
        raise SlackError("invalid_unfurl_id")
    return shared, shared.channel, shared.ts


def _at_place(call: Call) -> tuple[Shared | None, str, str]:
    """What was told, if anything was, of the message at `channel` and `ts`. Raises SlackError."""
    if not call.text("channel"):
        raise SlackError("missing_channel")
    if not call.text("ts"):
        raise SlackError("missing_ts")
    channel_id, ts = call.text("channel"), call.text("ts")
    shared = call.workspace.links.of(channel_id, ts)
    # Where it was told of a link, the app may unfurl it although it cannot see the conversation.
    if shared is None and not _sees(call, channel_id):
        raise SlackError("cannot_find_channel")
    return shared, channel_id, ts


def _sees(call: Call, channel_id: str) -> bool:
    channel = call.workspace.channels.get(channel_id)
    return channel is not None and (channel.kind == "public" or call.is_member(channel))


def _unfurls(call: Call) -> dict[str, Json]:
    """What is to be shown, by address. Raises SlackError."""
    if call.arguments.get("unfurls") in (None, ""):
        raise SlackError("missing_unfurls")
    try:
        unfurls = call.value("unfurls")
    except SlackError as unreadable:
        raise SlackError("invalid_unfurls_format") from unreadable
    if not isinstance(unfurls, dict) or not all(isinstance(each, dict) for each in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    if not all(any(each.get(key) for key in SHOWN) for each in unfurls.values()):
        raise SlackError("cannot_parse_attachment")
    return unfurls


def _may_unfurl(call: Call, message: Message, shared: Shared | None, url: str) -> None:
    """Raise SlackError for an address that the message does not hold, or that the app was not told of."""
    if url not in links_in(message.text):
        raise SlackError("cannot_unfurl_message")
    if shared is None or url not in shared.urls:
        raise SlackError("cannot_unfurl_url")
    if call.rules.unfurls_need_ack and not shared.is_heard:
        raise SlackError("cannot_unfurl_url")


def _merged(call: Call, message: Message, unfurls: dict[str, Json]) -> list[Json]:
    """The message's attachments with these among them, in the order in which they first came."""
    by_url = {each["app_unfurl_url"]: each for each in message.attachments}
    by_url |= {url: _attachment(call, url, each) for url, each in unfurls.items()}
    return [{**each, "id": number} for number, each in enumerate(by_url.values(), start=1)]


def _attachment(call: Call, url: str, shown: Json) -> Json:
    """An unfurl as it stands in the message; its `preview` is for composers only."""
    whose = {"app_id": call.workspace.company.app_id, "bot_id": call.workspace.bot.bot_id}
    where = {"from_url": url, "original_url": url, "app_unfurl_url": url, "is_app_unfurl": True}
    return {**{key: value for key, value in shown.items() if key != "preview"}, **where, **whose}


def _check(call: Call, attachments: list[Json]) -> None:
    """Raise SlackError where Slack would refuse the blocks; those of all unfurls of a message count together."""
    problems = message_problems({"attachments": attachments}, call.rules.unsupported_blocks)
    if problems:
        raise SlackError("invalid_blocks", response_metadata={"messages": [str(each) for each in problems]})
