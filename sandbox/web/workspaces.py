"""The name of the workspace, and the way to another one of the same sandbox."""

from sandbox.team import Team
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Visit


def workspaces(at: Visit) -> Html:
    """The workspace that is open, beside a link to the page of every other."""
    sandbox = at.site.sandbox
    if len(sandbox.teams) == 1:
        return tag("b", sandbox.team.name, class_="team")
    links = [_link(team, here=team is sandbox.team) for team in sandbox.teams]
    return tag("nav", *links, class_="team", aria_label="Workspaces")


def _link(team: Team, *, here: bool) -> Html:
    return tag("a", team.name, href=team.page_url, aria_current="page" if here else None)
