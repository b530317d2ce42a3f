"""Where the sandbox is, and what an app needs to know to come in: in words for people, in JSON for a program."""

import json

from sandbox.records import Channel, Json, User
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

UNINSTALLED = (
    "The app is not installed yet: oauth.v2.access gives it its bot token once somebody has followed its install link\n"
    "to the address below and pressed Allow. Without --not-installed, SLACK_BOT_TOKEN is here from the start."
)


def in_words(sandbox: Sandbox) -> str:
    """Every workspace's page, and the settings that an app needs."""
    first, *others = sandbox.teams
    lines = [
        f"A Slack workspace is open at {first.page_url}",
        *(f"Another, {team.name}, is open at {team.page_url}" for team in others),
        f"SLACK_API_URL={sandbox.api_url}",
        f"SLACK_BOT_TOKEN={sandbox.bot_token}" if sandbox.bot_token else UNINSTALLED,
        f"SLACK_APP_TOKEN={sandbox.app_token}",
        f"SLACK_SIGNING_SECRET={sandbox.signing_secret}",
        f"SLACK_CLIENT_ID={sandbox.client_id}",
        f"SLACK_CLIENT_SECRET={sandbox.client_secret}",
        f"An install link leads to {sandbox.authorize_url}",
    ]
    return "\n".join(lines) + "\n"


def in_json(sandbox: Sandbox) -> str:
    """The same for a program, on one line, with somebody and somewhere to try it with."""
    user = _somebody(sandbox.workspace)
    where = {
        "api_url": sandbox.api_url,
        "page": sandbox.page_url,
        "bot_token": sandbox.bot_token,
        "app_token": sandbox.app_token,
        "signing_secret": sandbox.signing_secret,
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "authorize_url": sandbox.authorize_url,
        "channel": _somewhere(sandbox, user).id,
        "user": user.id,
        "workspaces": [_workspace(sandbox.seen_from(team.id)) for team in sandbox.teams],
    }
    return json.dumps(where) + "\n"


def _workspace(there: Sandbox) -> Json:
    """One of the workspaces; the token is "" where the app is not installed."""
    return {"id": there.team.id, "name": there.team.name, "page": there.page_url, "bot_token": there.bot_token}


def _somebody(workspace: Workspace) -> User:
    """The first person, who is here to stay."""
    people = [each for each in workspace.users.values() if not (each.is_bot or each.deleted)]
    return people[0]


def _somewhere(sandbox: Sandbox, user: User) -> Channel:
    """A channel that this person is in, and that the app, where it is installed, is let into so that it can post."""
    workspace = sandbox.workspace
    channels = [each for each in workspace.channels.values() if each.kind != "im"]
    channel = next((each for each in channels if user.id in each.members), channels[0])
    if sandbox.bot_token and workspace.bot.id not in channel.members:
        channel.members.append(workspace.bot.id)
        workspace.keep_channel(channel)
    return channel
