"""What one can do with a message: react, reply, and its own menu."""

from collections.abc import Iterator

from sandbox.records import Message
from sandbox.web.emoji import NAMES
from sandbox.web.markup import Child, Html, tag
from sandbox.web.permalinks import permalink
from sandbox.web.visit import Visit

COMMON = (
    *("thumbsup", "heart", "tada", "clap", "raised_hands", "joy", "eyes", "white_check_mark"),
    *("fire", "rocket", "100", "pray", "muscle", "thinking", "wave", "star"),
    *("hugging_face", "sob", "bulb", "seedling", "mountain", "snail", "thumbsdown", "x"),
)
"""The emoji that the page offers for a reaction."""


def toolbar(message: Message, at: Visit, *, beside: bool = False) -> Html | None:
    """The buttons at the corner of a message; what only one person sees has none."""
    if message.only_for:
        return None
    react = tag("button", "☺", type="button", popovertarget="reactions", aria_label="Add a reaction", title="React")
    thread = {"href": at.here(side=message.ts), "data_side": message.ts, "title": "Reply in thread"}
    reply = None if beside or message.thread_ts else tag("a", "💬", aria_label="Reply in thread", **thread)
    menu = f"{'s' if beside else 'm'}{message.ts}-menu"
    more = tag("button", "⋯", type="button", popovertarget=menu, aria_label="More actions", title="More actions")
    items = tag("div", *_items(message, at), id=menu, class_="menu", role="menu", popover="auto", tabindex="-1")
    return tag("div", react, reply, more, items, class_="toolbar")


def reaction_menu() -> Html:
    """The common emoji, to react with; one such menu serves every message."""
    buttons = [
        tag("button", NAMES[name], type="button", role="menuitem", data_emoji=name, aria_label=name, title=f":{name}:")
        for name in COMMON
    ]
    return tag("div", *buttons, id="reactions", class_="menu grid", role="menu", popover="auto", aria_label="Reactions")


def _items(message: Message, at: Visit) -> Iterator[Html]:
    """The app's message shortcuts, then the page's own."""
    for each in at.site.sandbox.manifest.shortcuts:
        if each.kind == "message":
            yield _item(each.name, tag("small", at.app_name), data_shortcut=each.callback_id)
    yield _item("Copy link", data_copy=permalink(message.channel, message.ts))
    if at.channel and at.reader.id in at.channel.members:
        words = "Unpin" if message.pinned_by else "Pin to this conversation"
        yield _item(words, data_pin="unpin" if message.pinned_by else "pin")


def _item(*words: Child, **attributes: object) -> Html:
    return tag("button", *words, type="button", role="menuitem", **attributes)
