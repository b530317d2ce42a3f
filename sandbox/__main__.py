"""`python -m sandbox --manifest manifest.yml`: a Slack workspace for any app, on this machine, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from sandbox.starting import CannotStart, opened
from sandbox.whereabouts import in_json, in_words


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


def _told_to_stop() -> asyncio.Event:
    """Is set by Ctrl-C and by SIGTERM."""
    told = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(each, told.set)
    return told


if __name__ == "__main__":
    sys.exit(main())
