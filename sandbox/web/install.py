"""The install page: somebody chooses a workspace, reads what the app asks for, and presses Allow or Cancel."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.oauth import Asked, Consent
from sandbox.records import User
from sandbox.server import is_from_this_page
from sandbox.team import Team
from sandbox.web.guard import HEADERS
from sandbox.web.markup import Html, tag
from sandbox.web.visit import people

if TYPE_CHECKING:
    from sandbox.server import Sandbox

REFUSALS = {
    "invalid_client_id": "No app has this client_id.",
    "no_scopes": "The link asks for no scopes.",
    "invalid_scope": "The link asks for a scope that is not in the app's manifest.",
    "bad_redirect_uri": "The redirect_uri is not one of the redirect URLs in the app's manifest.",
}

WORDS = {
    "app_mentions:read": "Hear when somebody mentions it",
    "channels:history": "Read messages in public channels that it is in",
    "channels:read": "See the public channels",
    "chat:write": "Send messages",
    "chat:write.public": "Send messages to public channels that it is not in",
    "commands": "Add shortcuts and slash commands",
    "groups:history": "Read messages in private channels that it is in",
    "groups:read": "See the private channels that it is in",
    "im:history": "Read messages that people write to it",
    "im:read": "See its direct messages",
    "im:write": "Start direct messages",
    "reactions:read": "See reactions",
    "reactions:write": "Add reactions",
    "team:read": "See the name of the workspace",
    "usergroups:read": "See user groups",
    "users:read": "See who is in the workspace",
    "users:read.email": "See e-mail addresses",
}


def routes(sandbox: "Sandbox") -> list[web.RouteDef]:
    """The page, and what its two buttons do."""

    async def show(request: web.Request) -> web.Response:
        _check_origin(request)
        try:
            asked = sandbox.oauth.asked(dict(request.query))
            return _answer(_page(sandbox, asked, _team(sandbox, request), request), asked.lands_at)
        except SlackError as refusal:
            return _answer(_refusal(refusal.code), status=400)

    async def answer(request: web.Request) -> web.Response:
        _check_origin(request, must_be_said=True)
        try:
            asked, pressed = sandbox.oauth.asked(dict(request.query)), await request.post()
        except SlackError as refusal:
            return _answer(_refusal(refusal.code), status=400)
        if pressed.get("answer") != "allow":
            return _go(asked, {"error": "access_denied"})
        team = _team(sandbox, request)
        installers = {each.id for each in _installers(team)}
        if pressed.get("as") not in installers:
            raise web.HTTPForbidden(text="Only full members of a workspace may install an app in it.")
        return _go(asked, {"code": sandbox.oauth.code(Consent(team.id, str(pressed["as"]), asked))})

    return [web.get("/oauth/v2/authorize", show), web.post("/oauth/v2/authorize", answer)]


def _check_origin(request: web.Request, must_be_said: bool = False) -> None:
    if not is_from_this_page(request) or (must_be_said and "Origin" not in request.headers):
        raise web.HTTPForbidden(text="Only this page itself may do this.")


def _team(sandbox: "Sandbox", request: web.Request) -> Team:
    """The workspace that is chosen: the one in the address, or the first."""
    wanted = request.query.get("team", sandbox.teams[0].id)
    found = [team for team in sandbox.teams if team.id == wanted]
    if not found:
        raise web.HTTPNotFound(text="There is no such workspace.")
    return found[0]


def _installers(team: Team) -> list[User]:
    """Who may install an app: full members, admins first."""
    members = [each for each in people(team.workspace) if not (each.is_restricted or each.is_ultra_restricted)]
    return sorted(members, key=lambda each: not each.is_admin)


def _go(asked: Asked, told: dict[str, str]) -> web.Response:
    """Send the person on to the app, with what it is to be told."""
    address = urlsplit(asked.lands_at)
    query = urlencode([*parse_qsl(address.query, keep_blank_values=True), *told.items(), ("state", asked.state)])
    return web.Response(status=302, headers={"Location": urlunsplit(address._replace(query=query))})


def _answer(document: str, lands_at: str = "", status: int = 200) -> web.Response:
    """The document; its form may lead to the app's own address, and its requests say where they come from."""
    app = urlsplit(lands_at)
    policy = HEADERS["Content-Security-Policy"].replace(
        "form-action 'self'", f"form-action 'self' {app.scheme}://{app.netloc}" if lands_at else "form-action 'none'"
    )
    headers = {**HEADERS, "Content-Security-Policy": policy, "Referrer-Policy": "same-origin"}
    return web.Response(text=document, status=status, content_type="text/html", headers=headers)


# what is on it


def _page(sandbox: "Sandbox", asked: Asked, team: Team, request: web.Request) -> str:
    app = sandbox.oauth.app_name
    return _document(
        f"Install {app}",
        tag("h1", f"{app} would like to join {team.name}"),
        _workspaces(sandbox, team, request),
        _wishes(f"{app} asks to", asked.scopes),
        _wishes("On your behalf it asks to", asked.user_scopes),
        tag(
            "form",
            tag("label", "You are ", tag("select", *map(_option, _installers(team)), name="as")),
            tag(
                "p",
                tag("button", "Cancel", name="answer", value="cancel", class_="button"),
                tag("button", "Allow", name="answer", value="allow", class_="button primary"),
                class_="answers",
            ),
            method="post",
            action=request.path_qs,
        ),
    )


def _workspaces(sandbox: "Sandbox", chosen: Team, request: web.Request) -> Html | None:
    """The workspaces to choose from, where there is a choice."""
    if len(sandbox.teams) == 1:
        return None
    links = [
        tag(
            "a",
            team.name,
            href=str(request.rel_url.update_query(team=team.id)),
            aria_current="page" if team is chosen else None,
        )
        for team in sandbox.teams
    ]
    return tag("nav", *links, aria_label="Workspaces")


def _wishes(heading: str, scopes: tuple[str, ...]) -> Html | None:
    rows = [tag("li", WORDS.get(scope, ""), " ", tag("code", scope)) for scope in scopes]
    return tag("section", tag("h2", heading), tag("ul", *rows)) if rows else None


def _option(user: User) -> Html:
    return tag("option", f"{user.real_name}{' · admin' if user.is_admin else ''}", value=user.id)


def _refusal(code: str) -> str:
    sentence = REFUSALS[code]
    return _document("Something is wrong with this link", tag("h1", sentence), tag("p", tag("code", code)))


def _document(title: str, *content: Html | None) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        *(tag("link", rel="stylesheet", href=f"/static/{name}.css") for name in ("page", "blocks", "install")),
    )
    return "<!doctype html>" + tag("html", head, tag("body", tag("main", *content), class_="install"), lang="en")
