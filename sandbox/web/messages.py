"""What was said in a channel."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sandbox.records import Message, User
from sandbox.web import dates
from sandbox.web.avatars import avatar
from sandbox.web.blocks import draw
from sandbox.web.emoji import emoji
from sandbox.web.markup import Html, join, tag
from sandbox.web.mrkdwn import mrkdwn
from sandbox.web.surface import Surface
from sandbox.web.visit import Visit

_SHOWN = 200
_TOGETHER = timedelta(minutes=5)
_STRANGER = User("", "unknown", "Unknown member")


def timeline(at: Visit) -> Html:
    """The open channel's latest messages under their days, oldest first."""
    if at.channel is None:
        return Html()
    said = at.workspace.timeline(at.channel.id, at.reader.id)[-_SHOWN:]
    name = f"Messages in #{at.channel.name}" if at.channel.name else f"Messages with {at.app_name}"
    rows = _rows(said, at) if said else [tag("p", "Nothing has been said here yet.", class_="empty")]
    return tag("div", *rows, id="timeline", role="log", aria_label=name, tabindex="0", data_channel=at.channel.id)


def _rows(said: Iterable[Message], at: Visit) -> Iterator[Html]:
    """Days, first messages with name and picture, and what the same person said soon after."""
    last: tuple[Message, datetime] | None = None
    for message in said:
        when = datetime.fromisoformat(message.shown_at).astimezone(at.zone)
        if last is None or when.date() != last[1].date():
            yield _day(when, at)
            last = None
        yield _message(message, when, _follows(message, when, last), at)
        last = message, when


def _day(when: datetime, at: Visit) -> Html:
    words = tag("span", dates.day_divider(when, at.now))
    return tag("div", words, class_="day", role="separator", data_key=f"day-{when:%Y-%m-%d}")


def _follows(message: Message, when: datetime, last: tuple[Message, datetime] | None) -> bool:
    if last is None or message.only_for or last[0].only_for:
        return False
    return message.user == last[0].user and when - last[1] < _TOGETHER


def _message(message: Message, when: datetime, follows: bool, at: Visit) -> Html:
    author = at.workspace.users.get(message.user, _STRANGER)
    clock = tag("time", dates.clock_time(when), datetime=when.isoformat(), title=f"{when:%A %d %B %Y, %H:%M}")
    gutter = (
        tag("div", clock, class_="gutter")
        if follows
        else tag("div", avatar(author, is_app=author.id == at.workspace.bot.id), class_="gutter")
    )
    body = tag("div", None if follows else _byline(author, clock), *_said(message, at), class_="body")
    kind = " follows" if follows else " ephemeral" if message.only_for else ""
    return tag(
        "article",
        _only_you() if message.only_for else None,
        gutter,
        body,
        _menu(message, at),
        class_=f"message{kind}",
        aria_label=f"{author.shown_name}, {dates.clock_time(when)}",
        data_message_ts=message.ts,
        data_key=message.ts,
    )


def _only_you() -> Html:
    return tag("p", tag("span", "👁", aria_hidden="true"), " Only visible to you", class_="only-you")


def _byline(author: User, clock: Html) -> Html:
    badge = tag("span", "APP", class_="badge") if author.is_bot else None
    return tag("header", tag("b", author.shown_name, class_="author"), badge, clock)


def _said(message: Message, at: Visit) -> Iterator[Html]:
    on = at.surface.at(f"m{message.ts}")
    if message.thread_ts and message.thread_ts != message.ts:
        yield tag("small", "↳ replied in a thread", class_="thread")
    edited = tag("small", " (edited)", class_="edited") if message.edited else None
    if message.blocks:
        yield tag("div", draw(message.blocks, on), edited, class_="blocks")
    else:
        yield tag("div", mrkdwn(message.text, on), edited, class_=f"text {message.subtype or ''}".strip())
    yield from (_attachment(each, on) for each in message.attachments)
    if message.reactions:
        yield tag("div", *(_reaction(name, who, at) for name, who in message.reactions.items()), class_="reactions")


def _attachment(attachment: dict[str, object], on: Surface) -> Html:
    """The older kind of content beside a bar; only its blocks and its words are drawn."""
    blocks = attachment.get("blocks")
    words = str(attachment.get("text") or attachment.get("fallback") or "")
    return tag("div", draw(blocks, on) if isinstance(blocks, list) else mrkdwn(words, on), class_="attachment")


def _reaction(name: str, who: list[str], at: Visit) -> Html:
    users = at.workspace.users
    names = ", ".join(users[each].shown_name for each in who if each in users)
    mine = " mine" if at.reader.id in who else ""
    return tag("span", emoji(name), f" {len(who)}", class_=f"reaction{mine}", title=f"{names} reacted with :{name}:")


def _menu(message: Message, at: Visit) -> Html | None:
    """The message's own menu: the app's message shortcuts."""
    shortcuts = [each for each in at.site.sandbox.manifest.shortcuts if each.kind == "message"]
    if not shortcuts or message.only_for:
        return None
    menu = f"m{message.ts}-menu"
    items = [
        tag(
            "button",
            each.name,
            tag("small", at.app_name),
            type="button",
            role="menuitem",
            data_shortcut=each.callback_id,
        )
        for each in shortcuts
    ]
    opener = tag("button", "⋯", type="button", popovertarget=menu, aria_label="More actions")
    popover = tag("div", *items, id=menu, class_="menu", role="menu", popover="auto", tabindex="-1")
    return tag("div", join([opener, popover]), class_="toolbar")
