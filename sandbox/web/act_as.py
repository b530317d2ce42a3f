"""Who one is, and becoming somebody else."""

from sandbox.records import User
from sandbox.web import dates
from sandbox.web.avatars import avatar
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Visit, people


def me(at: Visit) -> Html:
    """Who one is, where the side bar that says it has no room."""
    name = tag("b", at.reader.shown_name)
    words = f"You are {at.reader.real_name}. Be somebody else"
    return tag("button", avatar(at.reader), name, type="button", class_="me", popovertarget="people", aria_label=words)


def act_as(at: Visit) -> Html:
    """The menu of everybody one can be, with what time it is for them."""
    rows = [_person(user, at) for user in people(at.workspace)]
    return tag("div", tag("h2", "Act as"), *rows, id="people", class_="menu people", popover="auto")


def _person(user: User, at: Visit) -> Html:
    other = Visit(at.site, user, None)
    guest = " · guest" if user.is_restricted or user.is_ultra_restricted else ""
    admin = " · admin" if user.is_admin else ""
    when = f"{other.now:%a} {dates.clock_time(other.now)}"
    words = tag(
        "span",
        tag("b", user.real_name),
        tag("small", f"{user.title}{guest}{admin}"),
        tag("small", f"{when} · {user.tz or 'no time zone'}"),
        class_="who",
    )
    current = "true" if user.id == at.reader.id else None
    return tag("a", avatar(user), words, href=_same_place(user, at), aria_current=current)


def _same_place(user: User, at: Visit) -> str:
    """Where the other person lands: in the same channel if they can see it."""
    other = Visit(at.site, user, None)
    if at.channel is None:
        return other.address(app="home")
    if at.channel.kind == "im":
        return other.address(app="messages")
    visible = at.workspace.visible_channels(user.id)
    return other.address(channel=at.channel.id) if at.channel in visible else other.address()
