"""What stands beside the conversation: a thread, what is pinned, or the people with their local times."""

from datetime import datetime

from sandbox.records import Message, User
from sandbox.web import dates
from sandbox.web.avatars import avatar
from sandbox.web.composer import reply_box
from sandbox.web.emoji import with_emoji
from sandbox.web.markup import Child, Html, tag
from sandbox.web.message import draw_message
from sandbox.web.permalinks import permalink
from sandbox.web.visit import Visit, people

_MORNING, _EVENING = 7, 19


def aside(at: Visit) -> Html:
    """The side pane that the tab asks for; hidden when it asks for none."""
    if at.side in ("", "people"):
        return _people(at)
    if at.side == "pins" and at.channel:
        return _pins(at)
    root = at.workspace.message(at.channel.id, at.side) if at.channel else None
    if root and root.only_for in (None, at.reader.id):
        return _thread(root, at)
    return tag("aside", id="aside", hidden=True)


def _pane(at: Visit, name: str, title: Child, *content: Child, close: str = "", kind: str = "") -> Html:
    shut = tag("a", "×", href=at.here(side=close), class_="corner", data_side=close, aria_label=f"Close {name}")
    head = tag("header", tag("h2", title), shut)
    channel = at.channel.id if at.channel else None
    return tag("aside", head, *content, id="aside", class_=kind, aria_label=name, data_channel=channel)


def _thread(root: Message, at: Visit) -> Html:
    """A message and the replies to it, with a field to reply in."""
    replies = at.workspace.replies(root, at.reader.id)
    count = f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}" if replies else "No replies yet"
    rows = [_row(root, at), tag("div", count, class_="count", data_key="count"), *(_row(each, at) for each in replies)]
    where = f" in #{at.channel.name}" if at.channel and at.channel.name else ""
    title = ["Thread", tag("small", where)]
    log = tag("div", *rows, class_="thread", role="log", aria_label="Replies", tabindex="0")
    return _pane(at, "Thread", title, log, reply_box(at, root.ts), kind="wide")


def _pins(at: Visit) -> Html:
    """Everything pinned to the channel."""
    pinned = at.workspace.pins(at.channel.id) if at.channel else []
    nothing = tag("p", "Nothing is pinned here. A message’s ⋯ menu pins it.", class_="empty")
    rows = [part for each in pinned for part in (_row(each, at), _way_to(each, at))]
    return _pane(at, "Pins", "Pins", tag("div", *(rows or [nothing]), class_="thread", tabindex="0"), kind="wide")


def _way_to(message: Message, at: Visit) -> Html:
    address = f"{permalink(message.channel, message.ts)}?as={at.reader.id}"
    return tag("a", "Show in conversation", href=address, class_="plain", data_key=f"to-{message.ts}")


def _row(message: Message, at: Visit) -> Html:
    when = datetime.fromisoformat(message.shown_at).astimezone(at.zone)
    return draw_message(message, when, False, at, beside=True)


def _people(at: Visit) -> Html:
    """Everybody with what time it is for them, from where the day began last to where it began first."""
    westward = sorted(people(at.workspace), key=lambda user: Visit(at.site, user, None).now.replace(tzinfo=None))
    rows = tag("ul", *(_person(user, at) for user in westward))
    return _pane(at, "People", "People", rows, close="none", kind="" if at.side else "by-default")


def _person(user: User, at: Visit) -> Html:
    now = Visit(at.site, user, None).now
    is_day = _MORNING <= now.hour < _EVENING
    light = tag("span", "☀" if is_day else "☾", class_="day-sign" if is_day else "night-sign", aria_hidden="true")
    clock = tag(
        "span", light, tag("time", f"{now:%a} {dates.clock_time(now)}", datetime=now.isoformat()), class_="clock"
    )
    status = with_emoji(f"{user.status_emoji} {user.status_text}".strip())
    is_me = user.id == at.reader.id
    notes = {"guest": user.is_restricted or user.is_ultra_restricted, "you": is_me}
    about = " · ".join([*filter(None, [user.title]), *(note for note, holds in notes.items() if holds)])
    words = tag(
        "div",
        tag("div", tag("b", user.real_name), clock, class_="line"),
        tag("small", about),
        tag("small", f"{user.tz or 'no time zone'} {dates.offset(now)}", class_="zone"),
        tag("small", status, class_="status") if status else None,
        class_="who",
    )
    beside = None if is_me else _beside(user, at)
    return tag("li", avatar(user), words, beside, data_key=user.id, class_="me" if is_me else None)


def _beside(user: User, at: Visit) -> Html:
    """Opens this person's screen beside the reader's own."""
    address = f"/beside?left={at.reader.id}&right={user.id}"
    words = f"Put {user.real_name} beside you"
    return tag("a", "◫", href=address, class_="beside", target="_top", aria_label=words, title=words)
