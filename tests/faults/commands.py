"""Commands as whoever runs Cairn types them: real processes in a folder."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.settings import MANIFEST

PATIENCE = 30
"""Seconds before a test gives up: far more than any of this takes."""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    sentence: str


async def typed(
    folder: Path, *words: str, database_url: str = "sqlite:///cairn.db", module: str = "bot", **environment: str
) -> Done:
    """Type `python -m bot …` in a folder, without any tokens but those in `environment`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DATABASE_"))}
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words),
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(MANIFEST.parent), "DATABASE_URL": database_url} | environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, said = await asyncio.wait_for(started.communicate(), PATIENCE)
    finally:
        if started.returncode is None:
            started.kill()
    return Done(started.returncode, out.decode().strip(), said.decode().strip())


async def refused(folder: Path, *words: str, **where: str) -> str:
    """The one sentence in which a command says why it cannot be done."""
    done = await typed(folder, *words, **where)
    assert (done.status, done.out) == (1, ""), done
    assert len(done.sentence.splitlines()) == 1, done.sentence
    return done.sentence
