"""`python -m benchmarks [name …]`: all of them in order, or those that are named."""

import asyncio
import importlib
import logging
import sys

NAMES = ("starting", "handlers", "commands", "listing", "burst", "delivery", "limits", "imports")
"""A module each, with a `run` that measures and keeps its table."""


def main(wanted: list[str]) -> None:
    """Measure."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        sys.exit(f"There is no benchmark called {' or '.join(unknown)}. There are {', '.join(NAMES)}.")
    logging.disable(logging.WARNING)
    for name in wanted or NAMES:
        asyncio.run(importlib.import_module(f"benchmarks.{name}").run())


if __name__ == "__main__":
    main(sys.argv[1:])
