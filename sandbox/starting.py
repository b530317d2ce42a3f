"""Opening a workspace from the command line, or saying in one sentence why that cannot be."""

import errno
import sqlite3
from pathlib import Path

from sandbox import manifest as manifests
from sandbox.block_kit_rules import Problem
from sandbox.company import company
from sandbox.manifest import ManifestError
from sandbox.people_file import NotACompany
from sandbox.server import Sandbox


class CannotStart(Exception):
    """Why there is no workspace, in one sentence."""


async def opened(manifest: Path, people: Path | None, file: Path | None, port: int) -> Sandbox:
    """The workspace, open. Raises CannotStart."""
    bot_name = _bot_name(manifest)
    try:
        return await Sandbox.start(manifest, file=file, port=port, company=company(bot_name, people))
    except NotACompany as error:
        raise CannotStart(str(error)) from error
    except sqlite3.Error as error:
        raise CannotStart(f"The workspace cannot be kept in {file}: {error}.") from error
    except (OSError, OverflowError) as error:
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        why = "is taken" if taken else "cannot be used on this machine"
        raise CannotStart(f"Port {port} {why}; --port 0 takes a free one.") from error


def _bot_name(manifest: Path) -> str:
    """What the app's bot is called; read first, since nothing can be said without a manifest."""
    try:
        return manifests.read(manifest).bot_name
    except OSError as error:
        raise CannotStart(f"The manifest {manifest} cannot be read: {error.strerror}.") from error
    except ManifestError as error:
        raise CannotStart(f"Slack would not take the manifest {manifest}: {_in_one_line(error.problems)}.") from error


def _in_one_line(problems: list[Problem]) -> str:
    """The first problem and where it is, and how many more there are."""
    first, more = problems[0], len(problems) - 1
    what = " ".join(first.message.split())
    where = f"{first.pointer} {what}" if first.pointer else f"it {what}"
    return f"{where}, and {more} more" if more else where
