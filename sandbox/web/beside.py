"""Two people side by side: each half is a whole page of its own."""

from sandbox.records import User
from sandbox.web.calendar_bar import calendar_bar
from sandbox.web.head import head
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Site, Visit, people, visit


def beside(site: Site, left: str | None, right: str | None) -> str:
    """The document with both. Raises KeyError when there is no such person; without names it takes the first two."""
    workspace = site.sandbox.workspace
    first, second = (each.id for each in people(workspace)[:2])
    at = visit(site, left or first, None, None)
    other = workspace.user_named(right or second)
    above = head(f"Side by side · {workspace.company.name}", ["page"], "beside")
    return "<!doctype html>" + tag("html", above, _body(at, other), lang="en")


def _body(at: Visit, other: User) -> Html:
    back = tag("a", "One person", href=at.address(), class_="top-link")
    top = tag("header", tag("b", at.workspace.company.name, class_="team"), calendar_bar(at), back, id="top")
    notice = tag("div", id="notice", role="status", popover="manual")
    return tag("body", top, _half(at.reader, at), _half(other, at), notice, class_="beside", data_as=at.reader.id)


def _half(who: User, at: Visit) -> Html:
    """One person's page; in the app's messages, if it takes any, since that is where it speaks to them."""
    where = "&app=messages" if at.site.sandbox.manifest.messages_tab else ""
    return tag("iframe", src=f"/?as={who.id}{where}&side=none", title=f"What {who.real_name} sees")
