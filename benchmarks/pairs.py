"""Measuring a pair: one after the other and again, in one process, so that both meet the same machine."""

import asyncio
import gc
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

ROUNDS = 9
"""The first of them is thrown away: caches are cold in it."""

Once = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: how to do it once, and how often in a round; `before` each round, while nobody measures."""

    once: Once
    times: int
    before: Once | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a round took, in seconds for each time that it was done."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Pair:
    """The rounds of a pair that count, and how busy the machine was."""

    ours: tuple[Spent, ...]
    theirs: tuple[Spent, ...]
    load: float

    @property
    def ratio(self) -> float:
        """Our speed as a part of theirs: the median of the rounds."""
        return statistics.median(self._ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The slowest and the fastest round."""
        return min(self._ratios), max(self._ratios)

    @property
    def _ratios(self) -> list[float]:
        return [theirs.wall / ours.wall for ours, theirs in zip(self.ours, self.theirs, strict=True)]


def median(rounds: Sequence[Spent]) -> Spent:
    """The round in the middle, by its wall time and by its CPU time."""
    return Spent(statistics.median(r.wall for r in rounds), statistics.median(r.cpu for r in rounds))


async def compare(ours: Side, theirs: Side, at_once: int = 1, rounds: int = ROUNDS) -> Pair:
    """Both, turn by turn, by `at_once` people at the same time."""
    spent: list[tuple[Spent, Spent]] = []
    for _ in range(rounds):
        spent.append((await _round(ours, at_once), await _round(theirs, at_once)))
    counted = spent[1:]
    return Pair(tuple(a for a, _ in counted), tuple(b for _, b in counted), os.getloadavg()[0])


async def _round(side: Side, at_once: int) -> Spent:
    if side.before:
        await side.before()
    waiting = iter(range(side.times))
    with _undisturbed():
        wall, cpu = time.perf_counter(), _cpu()
        await asyncio.gather(*(_one_after_the_other(side.once, waiting) for _ in range(at_once)))
        return Spent((time.perf_counter() - wall) / side.times, (_cpu() - cpu) / side.times)


async def _one_after_the_other(once: Once, waiting: Iterator[int]) -> None:
    for _ in waiting:
        await once()


def _cpu() -> float:
    """Seconds of CPU time of this process and of those that it waited for."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Begin without the rubbish of others; it is collected while we measure, as it would be at work."""
    gc.collect()
    yield
