"""What was measured, as a table: printed, and kept in README.md with the machine named."""

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.pairs import Pair, median

README = Path(__file__).parent / "README.md"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a ratio must reach, and what it would like to; `at_most` where less is better."""

    must: float
    aim: float
    at_most: bool = False

    def verdict(self, reached: float) -> str:
        """In one word, whether it is reached."""
        if self._holds(reached, self.aim):
            return "aim reached"
        return "reached" if self._holds(reached, self.must) else "**short of it**"

    def _holds(self, reached: float, bound: float) -> bool:
        return reached <= bound if self.at_most else reached >= bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.must:.3g} ({self.aim:.3g})"


def row(name: str, pair: Pair, goal: Goal) -> list[str]:
    """A pair as a line of a table."""
    ours, theirs = median(pair.ours), median(pair.theirs)
    slowest, fastest = pair.spread
    return [
        name,
        f"**{pair.ratio:.3f}**",
        f"{slowest:.3f}–{fastest:.3f}",
        str(goal),
        goal.verdict(pair.ratio),
        f"{ours.wall * 1e3:.2f} / {ours.cpu * 1e3:.2f}",
        f"{theirs.wall * 1e3:.2f} / {theirs.cpu * 1e3:.2f}",
        f"{pair.load:.1f}",
    ]


HEAD = [
    "",
    "ratio",
    "min–max",
    "must (aim)",
    "",
    "Cairn: wall / CPU, ms",
    "the other: wall / CPU, ms",
    "load",
]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def keep(name: str, text: str) -> None:
    """Print a section, and keep it in README.md in place of what was measured there before."""
    section = f"{text}\n\n_{_when()} on {machine()}._"
    print(f"\n{section}\n", flush=True)
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    kept = README.read_text()
    if begin not in kept:
        kept = f"{kept.rstrip()}\n\n{begin}\n{end}\n"
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    README.write_text(place.sub(lambda _: f"{begin}\n\n{section}\n\n{end}", kept))


def machine() -> str:
    """What this was measured on."""
    parts = [
        _processor(),
        f"{os.cpu_count()} cores",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"SQLAlchemy {version('sqlalchemy')}",
        f"slack-bolt {version('slack-bolt')}",
    ]
    return ", ".join(parts)


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return " ".join(found[1].split()) if found else platform.processor() or platform.machine()


def _when() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
