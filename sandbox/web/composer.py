"""Where one types: a field that knows the app's commands, the people and the channels."""

from collections.abc import Iterable

from sandbox.web.avatars import avatar
from sandbox.web.markup import Child, Html, tag
from sandbox.web.visit import Visit, people


def composer(at: Visit) -> Html | None:
    """The composer of the open channel, or an offer to join it first; nothing on Home."""
    if at.channel is None:
        return None
    if at.channel.is_archived:
        return tag("div", tag("p", "This channel is archived: it can be read."), class_="joining", id="composer")
    if at.reader.id not in at.channel.members:
        join_ = tag("button", "Join channel", type="button", class_="button primary", data_post="join")
        return tag("div", tag("p", f"You are looking at #{at.channel.name}"), join_, class_="joining", id="composer")
    name = f"Message #{at.channel.name}" if at.channel.name else f"Message {at.app_name}"
    tools = tag("div", _shortcuts(at), _hint(), _send(), class_="tools")
    return tag("form", *_field("composer-text", name), tools, _completions(at), id="composer", class_="composing")


def reply_box(at: Visit, thread: str) -> Html | None:
    """Where one replies in a thread, for members of the channel."""
    if at.channel is None or at.channel.is_archived or at.reader.id not in at.channel.members:
        return None
    tools = tag("div", _send(), class_="tools")
    return tag("form", *_field("reply-text", "Reply"), tools, id="reply", class_="composing", data_thread=thread)


def _field(id_: str, name: str) -> tuple[Html, Html]:
    field = tag(
        "textarea",
        id=id_,
        name="text",
        rows=1,
        placeholder=f"{name} …" if id_ == "reply-text" else name,
        autocomplete="off",
        aria_autocomplete="list",
        aria_controls="completions",
    )
    return tag("label", name, for_=id_, class_="unseen"), field


def _hint() -> Html:
    keys = [
        tag("kbd", "/"),
        " commands  ",
        tag("kbd", "@"),
        " people  ",
        tag("kbd", "Shift"),
        " + ",
        tag("kbd", "Enter"),
    ]
    return tag("small", *keys, " new line", class_="hint")


def _send() -> Html:
    return tag("button", "➤", type="submit", class_="send", aria_label="Send")


def _shortcuts(at: Visit) -> Html | None:
    found = [each for each in at.site.sandbox.manifest.shortcuts if each.kind == "global"]
    if not found:
        return None
    items = [
        tag(
            "button",
            each.name,
            tag("small", each.description),
            type="button",
            role="menuitem",
            data_shortcut=each.callback_id,
        )
        for each in found
    ]
    opener = tag("button", "⚡", type="button", class_="tool", popovertarget="shortcuts", aria_label="Shortcuts")
    return tag("div", opener, tag("div", *items, id="shortcuts", class_="menu", role="menu", popover="auto"))


def _completions(at: Visit) -> Html:
    options = [*_commands(at), *_people(at), *_channels(at)]
    shared = {"class_": "menu", "role": "listbox", "popover": "manual", "aria_label": "Suggestions"}
    return tag("div", *options, id="completions", **shared)


def _commands(at: Visit) -> Iterable[Html]:
    for each in at.site.sandbox.manifest.commands.values():
        words = tag("span", tag("b", each.name), " ", tag("span", each.usage_hint, class_="usage"))
        yield _option(each.name, "/", each.name, words, tag("small", each.description))


def _people(at: Visit) -> Iterable[Html]:
    for user in [*people(at.workspace), at.workspace.bot]:
        names = tag("span", tag("b", user.shown_name), " ", tag("span", user.real_name, class_="usage"))
        picture = avatar(user, is_app=user.id == at.workspace.bot.id)
        yield _option(f"@{user.name}", "@", f"{user.name} {user.real_name} {user.display_name}", picture, names)
    for group in at.workspace.groups.values():
        yield _option(f"@{group.handle}", "@", f"{group.handle} {group.name}", tag("b", f"@{group.handle}"), group.name)


def _channels(at: Visit) -> Iterable[Html]:
    for channel in at.workspace.visible_channels(at.reader.id):
        if channel.kind != "im":
            yield _option(f"#{channel.name}", "#", channel.name, tag("b", f"#{channel.name}"))


def _option(insert: str, sign: str, match: str, *words: Child) -> Html:
    """A suggestion for what begins with `sign` and whose `match` contains what was typed after it."""
    return tag(
        "div",
        *words,
        role="option",
        id=f"completion-{insert}",
        data_insert=insert,
        data_sign=sign,
        data_match=match.casefold(),
        aria_selected="false",
        hidden=True,
    )
