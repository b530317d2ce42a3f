"""The app's calls of the Web API, kept until a test asks for them."""

from collections import defaultdict, deque
from functools import partial

from sandbox.records import Change
from sandbox.waiting import until
from sandbox.workspace import Workspace

KEPT = 1_000
"""Calls of each method that are kept for somebody to ask: a workspace that runs for weeks is asked by nobody."""


class Calls:
    """Every call, by its method, told once and in order: none is missed between doing something and asking for it."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen to this workspace from now on."""
        self._workspace = workspace
        self._untold: defaultdict[str, deque[Change]] = defaultdict(partial(deque, maxlen=KEPT))
        workspace.subscribe(self._hear)

    async def next(self, method: str, seconds: float) -> Change:
        """The first call of this method that was not told yet. Raises TimeoutError after `seconds`."""
        untold = self._untold[method]
        await until(self._workspace, lambda: untold, seconds)
        return untold.popleft()

    def _hear(self, change: Change) -> None:
        if change.kind == "call":
            self._untold[change.detail["method"]].append(change)
