"""Opening a workspace from the command line, or saying why that cannot be."""

import errno
import sqlite3
from pathlib import Path

from sandbox import manifest as manifests
from sandbox.block_kit_rules import Problem
from sandbox.company import company
from sandbox.ledger import NotALedger
from sandbox.manifest import ManifestError
from sandbox.people_file import NotACompany
from sandbox.rules import Rules
from sandbox.server import Sandbox


class CannotStart(Exception):
    """Why there is no workspace: one sentence, or a line for each thing that is wrong with the manifest."""


async def opened(
    manifest: Path,
    people: Path | None = None,
    file: Path | None = None,
    port: int = 0,
    ledger: Path | None = None,
    request_url: str = "",
    installed: bool = True,
    second_workspace: bool = False,
    rate_limited: bool = False,
) -> Sandbox:
    """The workspace, open: the options are those of `Sandbox.start`. Raises CannotStart."""
    try:
        return await Sandbox.start(
            manifest,
            file=file,
            port=port,
            company=company(_bot_name(manifest), people),
            ledger=ledger,
            request_url=request_url,
            installed=installed,
            second_workspace=second_workspace,
            rules=Rules(rate_limited=rate_limited),
        )
    except (NotACompany, NotALedger) as error:
        raise CannotStart(str(error)) from error
    except sqlite3.Error as error:
        raise CannotStart(f"The workspace cannot be kept in {file}: {error}.") from error
    except (OSError, OverflowError) as error:
        raise CannotStart(_no_room(error, port)) from error


def _bot_name(manifest: Path) -> str:
    """What the app's bot is called; read first, since nothing can be said without a manifest."""
    try:
        return manifests.read(manifest).bot_name
    except OSError as error:
        raise CannotStart(f"The manifest {manifest} cannot be read: {error.strerror}.") from error
    except ManifestError as error:
        raise CannotStart(_listed(manifest, error.problems)) from error


def _no_room(error: OSError | OverflowError, port: int) -> str:
    """Why a file or a port that was asked for cannot be had."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be written: {error.strerror}."
    taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    return f"Port {port} {'is taken' if taken else 'cannot be used on this machine'}; --port 0 takes a free one."


def _listed(manifest: Path, problems: list[Problem]) -> str:
    """Everything that is wrong with the manifest, one thing a line, each with its path."""
    lines = [f"  {each.pointer or '/'}: {' '.join(each.message.split())}" for each in problems]
    return "\n".join([f"Slack would not take the manifest {manifest}:", *lines])
