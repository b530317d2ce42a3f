"""Places in the work between two steps. Nothing happens there, unless a fault test puts an end to the process."""

from collections.abc import Callable
from typing import Literal

Landmark = Literal[
    "after claim",
    "before send",
    "after send",
    "before confirm",
    "mid plan",
    "after commit before ack",
    "mid staging",
    "mid publishing",
    "after publishing",
]


def walk_on(_landmark: Landmark) -> None:
    """Nothing happens."""


stop: Callable[[Landmark], None] = walk_on
"""What happens at a landmark; only the workers of `tests/faults` put something else here."""


def passed(landmark: Landmark) -> None:
    """The work has come this far."""
    stop(landmark)
