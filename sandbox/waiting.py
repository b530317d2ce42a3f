"""Waiting for something to become true in the workspace, woken by its feed of changes."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from sandbox.workspace import Workspace

T = TypeVar("T")

LOOK_AGAIN_SECONDS = 0.1
"""For what becomes true without any change of the workspace."""


async def until(workspace: Workspace, holds: Callable[[], T], seconds: float = 10.0) -> T:
    """Return what `holds` answers once that is true. Raises TimeoutError, with its last answer, after `seconds`."""
    changed = asyncio.Event()
    stop = workspace.subscribe(lambda _: changed.set())
    answer = holds()
    try:
        async with asyncio.timeout(seconds):
            while not answer:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), LOOK_AGAIN_SECONDS)
                changed.clear()
                answer = holds()
    except TimeoutError:
        raise TimeoutError(f"Not within {seconds:g} s; last seen: {answer!r}") from None
    finally:
        stop()
    return answer
