"""Installing an app by OAuth, step by step, as a person's browser and Bolt's own OAuth flow do it."""

import re
from contextlib import asynccontextmanager
from socket import socket
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.patience import PATIENT
from tests.sandbox.web_app import MANIFEST, heron, serving

SCOPES = ["chat:write", "commands", "im:history", "im:write", "users:read"]
LANDING = "http://127.0.0.1:8000/slack/oauth_redirect"
OPTIONS = {
    "manifest": MANIFEST,
    "rules": PATIENT,
    "installed": False,
    "second_workspace": True,
}


@asynccontextmanager
async def installable(slack, folder, scopes=SCOPES):
    port = free_port()
    settings = AsyncOAuthSettings(
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        scopes=scopes,
        redirect_uri=f"http://127.0.0.1:{port}/slack/oauth_redirect",
        installation_store=FileInstallationStore(base_dir=str(folder), client_id=slack.client_id),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(folder), client_id=slack.client_id),
        authorization_url=slack.authorize_url,
    )
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    app = heron(slack, client=client, oauth_settings=settings)
    app.enable_token_revocation_listeners()

    @app.command("/echo")
    async def echo(ack, client, body):
        me = await client.auth_test()
        await ack(f"{me['team']} {body['team_domain']}: {body['text']}")

    @app.action("hi")
    async def hi(ack, respond):
        await respond("Well met", replace_original=True)
        await ack()

    async with serving(app.server(port=port).web_app, port) as app.address:
        await slack.set_request_url(f"{app.address}/slack/events")
        yield app


def free_port():
    with socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


async def install_link(web, app):
    """The link behind the app's "Add to Slack" button."""
    async with web.get(f"{app.address}/slack/install") as page:
        return re.search(r'<a href="([^"]+)"', await page.text())[1].replace("&amp;", "&")


async def press(web, slack, link, answer="allow"):
    """Open an install link, and press one of the two buttons of its page; where that leads."""
    there = {**dict(parse_qsl(urlsplit(link).query)), "team": slack.team.id}
    address = f"{link.partition('?')[0]}?{urlencode(there)}"
    async with web.get(address) as page:
        assert page.status == 200
    form, origin = {"answer": answer, "as": slack.person("bo").id}, {"Origin": slack.api_url.removesuffix("/api/")}
    async with web.post(address, data=form, headers=origin, allow_redirects=False) as response:
        assert response.status == 302
        return response.headers["Location"]


async def installed(web, slack, app):
    """Have somebody install the app; what the app shows them at the end."""
    landed = await press(web, slack, await install_link(web, app))
    state = parse_qs(urlsplit(landed).query)["state"][0]
    # The cookie is Secure: a browser would send it to this machine, aiohttp does not.
    cookie = {"Cookie": f"slack-app-oauth-state={state}"}
    async with web.get(landed, headers=cookie) as page:
        assert page.status == 200
        return await page.text()


def link(slack, **asked):
    known = {"client_id": slack.client_id, "scope": ",".join(SCOPES), "redirect_uri": LANDING, "state": "s-1"}
    return f"{slack.authorize_url}?{urlencode({**known, **asked})}"


async def code(web, slack, **asked):
    landed = await press(web, slack, link(slack, **asked))
    return parse_qs(urlsplit(landed).query)["code"][0]


async def access(slack, **given):
    known = {"client_id": slack.client_id, "client_secret": slack.client_secret, "redirect_uri": LANDING}
    return await AsyncWebClient(base_url=slack.api_url, retry_handlers=[]).oauth_v2_access(**{**known, **given})
