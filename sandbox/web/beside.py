"""Two people side by side: each half is a whole page of its own."""

from sandbox.records import User
from sandbox.web.calendar_bar import calendar_bar
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Site, Visit, people, visit


def beside(site: Site, left: str | None, right: str | None) -> str:
    """The document with both. Raises KeyError when there is no such person; without names it takes the first two."""
    workspace = site.sandbox.workspace
    first, second = (each.id for each in people(workspace)[:2])
    at = visit(site, left or first, None, None)
    other = workspace.user_named(right or second)
    return "<!doctype html>" + tag("html", _head(at), _body(at, other), lang="en")


def _head(at: Visit) -> Html:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"Side by side · {at.workspace.company.name}"),
        tag("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/static/page.css"),
        tag("script", src="/static/beside.js", type="module"),
    )


def _body(at: Visit, other: User) -> Html:
    back = tag("a", "One person", href=at.address(), class_="top-link")
    top = tag("header", tag("b", at.workspace.company.name, class_="team"), calendar_bar(at), back, id="top")
    notice = tag("div", id="notice", role="status", popover="manual")
    return tag("body", top, _half(at.reader, at), _half(other, at), notice, class_="beside", data_as=at.reader.id)


def _half(who: User, at: Visit) -> Html:
    """One person's page; in the app's messages, if it takes any, since that is where it speaks to them."""
    where = "&app=messages" if at.site.sandbox.manifest.messages_tab else ""
    return tag("iframe", src=f"/?as={who.id}{where}&side=none", title=f"What {who.real_name} sees")
