"""conversations.* and users.conversations: channels, direct messages and what was said in them."""

from sandbox.errors import SlackError
from sandbox.payloads import channel_json, message_json
from sandbox.records import Channel, Json, Message
from sandbox.web_api.call import CHANNEL_SCOPES, Call, invalid_arguments

KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def list_(call: Call) -> Json:
    """Public channels and those that the app is in, of the `types` asked for."""
    return _listed(call, _of_types(call))


def of_user(call: Call) -> Json:
    """users.conversations: those that a member is in, the app itself unless somebody else is asked for."""
    user = call.user(call.text("user") or call.workspace.bot.id)
    return _listed(call, [each for each in _of_types(call) if user.id in each.members])


def info(call: Call) -> Json:
    channel = _readable(call)
    written = channel_json(channel, call.workspace.bot.id)
    if not call.flag("include_num_members"):
        written.pop("num_members", None)
    return {"channel": written}


def members(call: Call) -> Json:
    """Everybody in the channel, bots and people who have left among them."""
    channel = _readable(call)
    page, more = call.page([{"id": each} for each in channel.members])
    return {"members": [each["id"] for each in page], "response_metadata": more}


def open_(call: Call) -> Json:
    """The direct messages with one person."""
    if not call.text("users") and not call.text("channel"):
        raise SlackError("users_list_not_supplied")
    channel = call.channel(call.text("channel")) if call.text("channel") else _with(call, call.text("users"))
    whole = channel_json(channel, call.workspace.bot.id) if call.flag("return_im") else {"id": channel.id}
    return {"channel": whole}


def history(call: Call) -> Json:
    """What was said in a conversation, newest first, without replies that stand in a thread only."""
    channel = _readable(call, "history")
    said = [each for each in call.workspace.timeline(channel.id) if each.in_channel]
    within = [each for each in said if _within(call, each)]
    return _messages(call, list(reversed(within)))


def replies(call: Call) -> Json:
    """A thread: the message that began it, then its replies, oldest first."""
    channel = _readable(call, "history")
    ts = call.required("ts")
    if call.workspace.message(channel.id, ts) is None:
        raise SlackError("thread_not_found")
    thread = [each for each in call.workspace.timeline(channel.id) if ts in (each.ts, each.thread_ts)]
    return _messages(call, [each for each in thread if each.ts == ts or _within(call, each)])


def join(call: Call) -> Json:
    """The app comes into a public channel."""
    channel = call.channel(call.required("channel"))
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    bot, already = call.workspace.bot.id, call.is_member(channel)
    if not already:
        channel.members.append(bot)
        call.workspace.keep_channel(channel)
        call.workspace.post(channel.id, bot, f"<@{bot}> has joined the channel", subtype="channel_join")
        call.events.membership("member_joined_channel", bot, channel)
    warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": channel_json(channel, bot), **(warned if already else {})}


def _of_types(call: Call) -> list[Channel]:
    """The conversations that the app sees, of the `types` asked for. Raises SlackError."""
    types = (call.text("types") or "public_channel").replace(" ", "").split(",")
    if any(each not in KINDS for each in types):
        raise SlackError("invalid_types")
    kinds = [KINDS[each] for each in types]
    for kind in kinds:
        call.need(f"{CHANNEL_SCOPES.get(kind, kind)}:read")
    return [each for each in call.workspace.channels.values() if each.kind in kinds and _sees(call, each)]


def _listed(call: Call, channels: list[Channel]) -> Json:
    kept = [each for each in channels if not (each.is_archived and call.flag("exclude_archived"))]
    page, more = call.page([channel_json(each, call.workspace.bot.id) for each in kept])
    return {"channels": page, "response_metadata": more}


def _sees(call: Call, channel: Channel) -> bool:
    return channel.kind == "public" or call.is_member(channel)


def _readable(call: Call, doing: str = "read") -> Channel:
    channel = call.channel(call.required("channel"))
    call.need_scope(channel, doing)
    if doing == "history" and not call.is_member(channel):
        raise SlackError("not_in_channel")
    return channel


def _with(call: Call, users: str) -> Channel:
    ids = users.split(",")
    if len(ids) > 1:
        raise SlackError("too_many_users" if len(ids) > 8 else "method_not_supported_for_channel_type")
    user = call.user(ids[0])
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    return call.workspace.open_dm(user.id)


def _within(call: Call, message: Message) -> bool:
    """Whether `oldest`, `latest` and `inclusive` let this message through."""
    inclusive = call.flag("inclusive")
    try:
        oldest, latest, ts = float(call.text("oldest") or 0), float(call.text("latest") or "inf"), float(message.ts)
    except ValueError as problem:
        raise invalid_arguments("oldest and latest must be timestamps") from problem
    return oldest <= ts <= latest if inclusive else oldest < ts < latest


def _messages(call: Call, messages: list[Message]) -> Json:
    with_metadata = call.flag("include_all_metadata")
    page, more = call.page([message_json(call.workspace, each, with_metadata) for each in messages])
    return {"messages": page, "has_more": bool(more["next_cursor"]), "response_metadata": more}
