"""The left side: who you are, your channels, and the app."""

from collections.abc import Iterable

from sandbox.records import Channel
from sandbox.web.avatars import avatar
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Visit, unread


def sidebar(at: Visit) -> Html:
    """The whole side bar."""
    return tag("nav", _you(at), _app(at), *_channels(at), id="sidebar", aria_label="Workspace")


def _you(at: Visit) -> Html:
    return tag(
        "button",
        avatar(at.reader),
        tag("span", tag("small", "You are"), tag("b", at.reader.real_name), class_="who"),
        tag("span", "⇅", class_="caret", aria_hidden="true"),
        type="button",
        class_="you",
        popovertarget="people",
        aria_label=f"You are {at.reader.real_name}. Act as somebody else",
    )


def _app(at: Visit) -> Html | None:
    """The app's Home and its messages, as far as it has them; nothing where it is not installed."""
    granted, rows = at.site.sandbox.manifest, []
    if granted.home_tab:
        rows.append(_row("⌂", "Home", at.address(app="home"), current=at.channel is None))
    if granted.messages_tab:
        dm = at.workspace.dm(at.reader.id)
        waiting = len(unread(at, dm)) if dm else 0
        current = at.on_app and at.channel is not None
        rows.append(_row("✉", "Messages", at.address(app="messages"), current=current, waiting=waiting))
    return _part(at.app_name, rows) if rows else None


def _channels(at: Visit) -> Iterable[Html]:
    visible = [each for each in at.workspace.visible_channels(at.reader.id) if each.kind != "im"]
    mine = [each for each in visible if at.reader.id in each.members]
    others = [each for each in visible if at.reader.id not in each.members and not each.is_archived]
    yield _part("Channels", [_channel(each, at) for each in mine])
    if others:
        yield _part("More channels", [_channel(each, at) for each in others])


def _channel(channel: Channel, at: Visit) -> Html:
    sign = "🔒" if channel.kind == "private" else "#"
    here = at.channel is not None and at.channel.id == channel.id
    waiting = len(unread(at, channel)) if at.reader.id in channel.members else 0
    return _row(
        sign, channel.name, at.address(channel=channel.id), current=here, waiting=waiting, data_channel=channel.id
    )


def _part(heading: str, rows: list[Html]) -> Html:
    return tag("section", tag("h2", heading), tag("ul", *(tag("li", row) for row in rows)), aria_label=heading)


def _row(sign: str, words: str, href: str, *, current: bool, waiting: int = 0, **attributes: object) -> Html:
    new = waiting and not current
    count = tag("span", str(waiting), class_="count", aria_label=f"{waiting} unread") if new else None
    return tag(
        "a",
        tag("span", sign, class_="sign", aria_hidden="true"),
        tag("span", words, class_="name"),
        count,
        href=href,
        class_="unread" if count else None,
        aria_current="page" if current else None,
        **attributes,
    )
