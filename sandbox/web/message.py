"""One message: who said it and when, what it says, and what others made of it."""

from collections.abc import Iterator
from datetime import datetime

from sandbox.records import Message, User
from sandbox.web import dates
from sandbox.web.attachments import attachment
from sandbox.web.avatars import avatar
from sandbox.web.blocks import draw
from sandbox.web.emoji import emoji
from sandbox.web.images import file
from sandbox.web.markup import Html, tag
from sandbox.web.mrkdwn import mrkdwn
from sandbox.web.toolbar import toolbar
from sandbox.web.visit import Visit

_STRANGER = User("", "unknown", "Unknown member")
_FACES = 3


def draw_message(message: Message, when: datetime, follows: bool, at: Visit, *, beside: bool = False) -> Html:
    """A message at its time on the reader's clock.

    `follows` leaves out the name that stands above already; `beside` is for the side pane, where there are no threads.
    """
    author = at.workspace.users.get(message.user, _STRANGER)
    clock = tag("time", dates.clock_time(when), datetime=when.isoformat(), title=f"{when:%A %d %B %Y, %H:%M}")
    face = clock if follows else avatar(author, is_app=author.id == at.workspace.bot.id)
    words = _said(message, at, "s" if beside else "m")
    body = tag("div", None if follows else _byline(author, clock), *words, class_="body")
    return tag(
        "article",
        _above(message, at, beside=beside),
        tag("div", face, class_="gutter"),
        tag("div", body, _reactions(message, at), None if beside else _replies(message, at), class_="column"),
        toolbar(message, at, beside=beside),
        class_=_kind(message, follows),
        aria_label=f"{author.shown_name}, {dates.clock_time(when)}",
        data_message_ts=message.ts,
        data_key=message.ts,
    )


def _kind(message: Message, follows: bool) -> str:
    kinds = {"follows": follows, "ephemeral": message.is_ephemeral, "pinned": message.pinned_by}
    return " ".join(["message", *(name for name, holds in kinds.items() if holds)])


def _above(message: Message, at: Visit, *, beside: bool) -> Html | None:
    """Who alone sees it, which thread it replies to, or who pinned it."""
    if message.only_for:
        dismiss = tag("button", "Dismiss", type="button", class_="plain", data_dismiss=message.ts)
        return tag("p", tag("span", "👁", aria_hidden="true"), " Only visible to you · ", dismiss, class_="above")
    if message.subtype == "thread_broadcast" and not beside:
        thread = at.here(side=str(message.thread_ts))
        link = tag("a", "a thread", href=thread, data_side=message.thread_ts)
        return tag("p", tag("span", "💬", aria_hidden="true"), " Replied to ", link, class_="above")
    if message.pinned_by:
        who = "you" if message.pinned_by == at.reader.id else at.surface.people.get(message.pinned_by, "somebody")
        return tag("p", tag("span", "📌", aria_hidden="true"), f" Pinned by {who}", class_="above")
    return None


def _byline(author: User, clock: Html) -> Html:
    badge = tag("span", "APP", class_="badge") if author.is_bot else None
    return tag("header", tag("b", author.shown_name, class_="author"), badge, clock)


def _said(message: Message, at: Visit, prefix: str) -> Iterator[Html]:
    on = at.surface.at(f"{prefix}{message.ts}")
    edited = tag("small", " (edited)", class_="edited") if message.edited else None
    if message.blocks:
        yield tag("div", draw(message.blocks, on), edited, class_="blocks")
    elif message.text:
        yield tag("div", mrkdwn(message.text, on), edited, class_=f"text {message.subtype or ''}".strip())
    yield from (attachment(each, on, at.app_name) for each in message.attachments)
    yield from (file(each, on) for each in message.files)


def _reactions(message: Message, at: Visit) -> Html | None:
    if not message.reactions:
        return None
    more = tag("button", "☺⁺", type="button", class_="reaction", popovertarget="reactions", aria_label="Add a reaction")
    drawn = (_reaction(name, who, at) for name, who in message.reactions.items())
    return tag("div", *drawn, more, class_="reactions")


def _reaction(name: str, who: list[str], at: Visit) -> Html:
    mine = at.reader.id in who
    names = [at.surface.people.get(each, "somebody") for each in who if each != at.reader.id]
    words = f"{_listed(['You'] * mine + names)} reacted with :{name}:"
    state = {"aria_pressed": "true" if mine else "false", "aria_label": words, "title": words}
    count = tag("span", str(len(who)), class_="number")
    return tag("button", emoji(name), count, type="button", class_="reaction", data_emoji=name, **state)


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _replies(message: Message, at: Visit) -> Html | None:
    """The way into the thread below a message: who is in it, how much was said, and when last."""
    replies = at.workspace.replies(message, at.reader.id)
    if not replies:
        return None
    users = at.workspace.users
    who = dict.fromkeys(each.user for each in replies)
    faces = [avatar(users.get(each, _STRANGER), is_app=each == at.workspace.bot.id) for each in list(who)[:_FACES]]
    count = tag("b", f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}")
    last = datetime.fromisoformat(replies[-1].shown_at).astimezone(at.zone)
    when = tag("small", f"Last reply {dates.day_and_time(last, at.now)}")
    return tag("a", *faces, count, when, class_="replies", href=at.here(side=message.ts), data_side=message.ts)
