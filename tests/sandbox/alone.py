"""The sandbox as a process of its own."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from tests.sandbox.conftest import MANIFEST

ROOT = Path(__file__).parents[2]
CAIRN = ROOT / "manifest.yml"
PATIENCE = 30
"""Seconds before a test gives up: far more than any of this takes."""


@asynccontextmanager
async def process(*options, module="sandbox", folder=ROOT, **environment):
    """`python -m sandbox` with these options."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *map(str, options)),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


@asynccontextmanager
async def alone(*options, manifest=MANIFEST):
    """A sandbox in another process: where it says that it is."""
    async with process("--json", "--manifest", manifest, *options) as sandbox:
        yield json.loads(await asyncio.wait_for(sandbox.stdout.readline(), PATIENCE))


SMALL = """
company: Two and a Bot
people:
  - {handle: zoe, name: Zoe Adeyemi, title: Founder, tz: Africa/Lagos, flags: [admin, owner]}
  - {handle: max, name: Max Ruiz, title: Engineer, tz: America/Bogota, manager: zoe}
  - {handle: ci, name: Builds, flags: [bot]}
channels:
  - {name: builds, topic: What broke, private: true, members: [max, ci]}
groups:
  - {handle: makers, name: Makers, members: [zoe, max]}
"""


def written(folder, text):
    file = folder / "people.yml"
    file.write_text(text)
    return file
