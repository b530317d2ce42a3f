"""What the long runs came to, kept in `docs/soak.md`: `make soak` sets SOAK, and the short runs keep nothing."""

import os
import platform
import re
from datetime import date
from pathlib import Path

SOAK = bool(os.environ.get("SOAK"))
PAGE = Path(__file__).parent.parent.parent / "docs/soak.md"


def how_many(short: int, long: int) -> int:
    """So many in a test, so many in a soak."""
    return long if SOAK else short


def keep(proof: str, came_to: str) -> None:
    """Put a row of the table on the page in place of the one before."""
    if not SOAK:
        return
    machine = f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}"
    row = f"| {proof} | {came_to} | {date.today().isoformat()} | {machine} |"  # noqa: DTZ011 - the day it ran here
    lines = PAGE.read_text().splitlines()
    beginning = f"| {proof} |"
    end = max(n for n, line in enumerate(lines) if line.startswith("|")) + 1
    at = next((n for n, line in enumerate(lines) if line.startswith(beginning)), end)
    lines[at : at + 1 if at < end else at] = [row]
    PAGE.write_text("\n".join(lines) + "\n")
    print(row)


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", known.read_text()) if known.exists() else None
    return found[1] if found else platform.processor()
