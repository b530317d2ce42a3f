"""How much a message or a view can hold, and what to do with a list that is longer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from views.blocks import Block


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be drawn: blocks, and characters in them."""

    blocks: int
    characters: int

    def without(self, blocks: Sequence[Block]) -> "Room":
        """What is left once these are drawn."""
        return Room(self.blocks - len(blocks), self.characters - _characters(blocks))

    @property
    def is_overfull(self) -> bool:
        """Whether more was drawn than there was room for."""
        return self.blocks < 0 or self.characters < 0


IN_MESSAGE = Room(blocks=49, characters=11_500)
"""Slack takes 50 blocks and 12,000 characters of text; one block is kept for saying that there is more."""

IN_VIEW = Room(blocks=99, characters=55_000)
"""Slack takes 100 blocks and 250 KB, in which a character may be four bytes; one block is kept, as in a message."""


def fitting(parts: Sequence[Sequence[Block]], room: Room, more: Callable[[int], Block]) -> list[Block]:
    """As many of the parts, in order, as there is room for; `more` says how many are left, and how to see them."""
    shown: list[Block] = []
    for done, part in enumerate(parts):
        room = room.without(part)
        if room.is_overfull:
            return [*shown, more(len(parts) - done)]
        shown += part
    return shown


def fits(blocks: Sequence[Block], room: Room) -> bool:
    """Whether there is room for all of these."""
    return not room.without(blocks).is_overfull


_SEVERAL = (list, tuple)


def _characters(drawn: object) -> int:
    total, inside = 0, [drawn]
    for each in inside:
        if isinstance(each, str):
            total += len(each)
        elif isinstance(each, dict):
            inside += each.values()
        elif isinstance(each, _SEVERAL):
            inside += each
    return total
