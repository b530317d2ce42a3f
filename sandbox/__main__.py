"""`python -m sandbox --manifest manifest.yml`: a Slack workspace for any app, on this machine, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from pathlib import Path

from sandbox.records import Channel, User
from sandbox.server import Sandbox
from sandbox.starting import CannotStart, opened
from sandbox.workspace import Workspace


def main() -> int:
    """Serve the workspace until it is told to stop; the exit status."""
    given = parser().parse_args()
    try:
        asyncio.run(serve(given))
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    options.add_argument("--manifest", type=Path, default=Path("manifest.yml"), help="the app's manifest")
    options.add_argument("--people", type=Path, help="who works there; without it, the company of Larkspur")
    options.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    options.add_argument("--file", type=Path, help="where to keep the workspace; without it nothing is kept")
    options.add_argument("--ledger", type=Path, help="where to write a line for every accepted post")
    options.add_argument("--request-url", default="", help="tell the app over HTTP, everything at this URL")
    options.add_argument("--second-workspace", action="store_true", help="a second company, where the app is not yet")
    options.add_argument("--not-installed", dest="installed", action="store_false", help="begin with the install page")
    options.add_argument("--rate-limited", action="store_true", help="hold every method to Slack's pace")
    options.add_argument("--json", action="store_true", help="say where it is as one line of JSON")
    return options


async def serve(given: argparse.Namespace) -> None:
    """Open the workspace, say where it is, and stay."""
    options = {name: value for name, value in vars(given).items() if name != "json"}
    sandbox = await opened(**options)
    told_to_stop = _told_to_stop()
    sys.stdout.write((in_json if given.json else in_words)(sandbox))
    sys.stdout.flush()
    await told_to_stop.wait()
    await sandbox.stop()


def in_words(sandbox: Sandbox) -> str:
    """Where it is, and the settings that an app needs."""
    return (
        f"A Slack workspace is open at {sandbox.page_url}\n"
        f"SLACK_API_URL={sandbox.api_url}\n"
        f"SLACK_BOT_TOKEN={sandbox.bot_token}\n"
        f"SLACK_APP_TOKEN={sandbox.app_token}\n"
        f"SLACK_SIGNING_SECRET={sandbox.signing_secret}\n"
    )


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
    }
    return json.dumps(where) + "\n"


def _somebody(workspace: Workspace) -> User:
    """The first person, who is here to stay."""
    people = [each for each in workspace.users.values() if not (each.is_bot or each.deleted)]
    return people[0]


def _somewhere(sandbox: Sandbox, user: User) -> Channel:
    """A channel that this person is in, and that the app, once installed, is let into so that it can post there."""
    workspace = sandbox.workspace
    channels = [each for each in workspace.channels.values() if each.kind != "im"]
    channel = next((each for each in channels if user.id in each.members), channels[0])
    if sandbox.bot_token and workspace.bot.id not in channel.members:
        channel.members.append(workspace.bot.id)
        workspace.keep_channel(channel)
    return channel


def _told_to_stop() -> asyncio.Event:
    """Is set by Ctrl-C and by SIGTERM."""
    told = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(each, told.set)
    return told


if __name__ == "__main__":
    sys.exit(main())
