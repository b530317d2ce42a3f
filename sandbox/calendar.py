"""What day it is in the workspace. Real time until somebody moves it forward; it never goes back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sandbox.archive import Archive

OnMove = Callable[[datetime], Awaitable[None]]
OnSet = Callable[[datetime], None]


class Calendar:
    """A clock that runs at real speed, ahead of real time by as much as people have moved it."""

    def __init__(self, archive: Archive, on_move: OnMove | None = None, on_set: OnSet | None = None) -> None:
        """`on_move(target)` may walk there in steps of `set`; `on_set(instant)` is told of every step."""
        self._archive, self.on_move, self.on_set = archive, on_move, on_set
        kept = archive.read("calendar").get("ahead", 0)
        self._ahead = timedelta(seconds=kept)

    def now(self) -> datetime:
        """The workspace's instant, aware and in UTC."""
        return datetime.now(UTC) + self._ahead

    def begin(self, instant: datetime) -> None:
        """Let a workspace in which nothing has happened yet begin at this instant, also an earlier one."""
        self._keep(instant - datetime.now(UTC))

    async def move(self, to: datetime) -> None:
        """Go to this instant, through the embedder's steps if it has any. Raises ValueError when it is past."""
        if to < self.now():
            raise ValueError(f"The calendar cannot go back to {to.isoformat()}.")
        if self.on_move:
            await self.on_move(to)
        if to > self.now():
            self.set(to)

    def set(self, instant: datetime) -> None:
        """Jump forward to this instant; an earlier one leaves the calendar where it is."""
        self._keep(max(self._ahead, instant - datetime.now(UTC)))
        if self.on_set:
            self.on_set(instant)

    def _keep(self, ahead: timedelta) -> None:
        self._archive.write("calendar", "ahead", ahead.total_seconds())
        self._ahead = ahead
