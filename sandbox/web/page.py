"""The whole page, put together from its panes."""

from collections.abc import Callable

from sandbox.records import Channel
from sandbox.web.act_as import act_as, me
from sandbox.web.aside import aside
from sandbox.web.calendar_bar import calendar_bar
from sandbox.web.composer import composer
from sandbox.web.head import head
from sandbox.web.home import home
from sandbox.web.markup import Html, tag
from sandbox.web.messages import timeline
from sandbox.web.modal import modals
from sandbox.web.sidebar import sidebar
from sandbox.web.toolbar import reaction_menu
from sandbox.web.visit import Visit
from sandbox.web.workspaces import workspaces

STYLES = ("page", "messages", "blocks", "charts")

FRAGMENTS: dict[str, Callable[[Visit], Html | None]] = {
    "sidebar": sidebar,
    "calendar": calendar_bar,
    "heading": lambda at: heading(at),
    "timeline": timeline,
    "home": home,
    "composer": composer,
    "modals": modals,
    "aside": aside,
    "people": act_as,
}
"""What the page's script may fetch again, by the id of the element that it replaces."""


def page(at: Visit) -> str:
    """The document for one tab."""
    return "<!doctype html>" + tag("html", _head(at), _body(at), lang="en")


def heading(at: Visit) -> Html:
    """What is open: a channel with its topic, or the app with its two tabs."""
    if at.channel is None or at.on_app:
        return tag("header", tag("h1", at.app_name), _tabs(at), _pins(at), id="heading")
    channel = at.channel
    sign = "🔒 " if channel.kind == "private" else "# "
    count = len(channel.members)
    facts = tag("p", channel.topic, tag("span", f"{count} member{'' if count == 1 else 's'}", class_="members"))
    title = tag("h1", tag("span", sign, class_="sign"), channel.name)
    return tag("header", title, facts, _pins(at), _invite(channel, at), id="heading")


def _pins(at: Visit) -> Html | None:
    count = len(at.workspace.pins(at.channel.id)) if at.channel else 0
    if not count:
        return None
    return tag("a", f"📌 {count} pinned", href=at.here(side="pins"), data_side="pins", class_="pins")


def _head(at: Visit) -> Html:
    where = at.channel.name if at.channel and at.channel.name else at.app_name
    return head(f"{where} · {at.workspace.company.name}", STYLES, "page")


def _body(at: Visit) -> Html:
    content = home(at) if at.channel is None else timeline(at)
    main = tag("main", heading(at), content, composer(at), aria_label=at.channel.name if at.channel else "Home")
    app = "home" if at.channel is None else "messages" if at.channel.kind == "im" else None
    return tag(
        "body",
        _top(at),
        sidebar(at),
        main,
        aside(at),
        act_as(at),
        modals(at),
        reaction_menu(),
        tag("div", id="notice", role="status", popover="manual"),
        class_="framed" if at.framed else None,
        data_as=at.reader.id,
        data_channel=at.channel.id if at.channel else None,
        data_app=app,
        data_side=at.side or None,
        data_first=at.first or None,
        data_told=at.workspace.told,
    )


def _top(at: Visit) -> Html:
    """The workspace's name, who one is, what time it is, and the ways to everything that is not a channel."""
    links = [
        _view("👥", "People", href=at.here(side="people"), data_side="people"),
        _view("🔎", "Traffic", href="/inspector", target="_top"),
    ]
    views = tag("nav", *links, aria_label="Views")
    return tag("header", _menu(), workspaces(at), me(at), calendar_bar(at), views, id="top")


def _view(sign: str, words: str, **attributes: str) -> Html:
    shown = [tag("span", sign, class_="emoji", aria_hidden="true"), tag("span", f" {words}", class_="words")]
    return tag("a", *shown, class_="top-link", aria_label=words, **attributes)


def _menu() -> Html:
    """Shows the side bar where the window is too narrow for both."""
    return tag("button", "☰", type="button", id="show-sidebar", aria_label="Channels", aria_controls="sidebar")


def _tabs(at: Visit) -> Html:
    def tab(words: str, where: str, current: bool) -> Html:
        return tag("a", words, href=at.address(app=where), aria_current="page" if current else None)

    tabs = [tab("Home", "home", at.channel is None), tab("Messages", "messages", at.channel is not None)]
    return tag("nav", *tabs, class_="tabs", aria_label="Tabs")


def _invite(channel: Channel, at: Visit) -> Html | None:
    """A way to bring the app into a channel, for its members."""
    bot = at.workspace.bot
    if bot.deleted or bot.id in channel.members or at.reader.id not in channel.members:
        return None
    return tag("button", f"Add {at.app_name}", type="button", class_="button small", data_post="invite")
