"""`python -m sandbox --manifest manifest.yml`: a Slack workspace on this machine, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from sandbox.server import Sandbox


async def run(manifest: Path, port: int, file: Path | None) -> None:
    """Serve the workspace and say where it is."""
    sandbox = await Sandbox.start(manifest, file=file, port=port)
    sys.stdout.write(
        f"A Slack workspace is open at {sandbox.page_url}\n"
        f"SLACK_API_URL={sandbox.api_url}\n"
        f"SLACK_BOT_TOKEN={sandbox.bot_token}\n"
        f"SLACK_APP_TOKEN={sandbox.app_token}\n"
    )
    sys.stdout.flush()
    ended = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(each, ended.set)
    await ended.wait()
    await sandbox.stop()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"), help="the app's manifest")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--file", type=Path, help="where to keep the workspace; without it nothing is kept")
    given = parser.parse_args()
    asyncio.run(run(given.manifest, given.port, given.file))


if __name__ == "__main__":
    main()
