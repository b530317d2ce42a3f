"""`python -m tests.faults.importer LANDMARK NTH …`: a command whose process ends at a landmark, the nth time."""

import os
import sys

from bot.cli import cli
from domain import landmarks
from tests.faults.worker import KILLED


def end_at(landmark: str, nth: int) -> None:
    """From now on the process ends there, as if the power had gone."""
    passed = []

    def stop(here: landmarks.Landmark) -> None:
        passed.append(here)
        if passed.count(here) == nth and here == landmark:
            os._exit(KILLED)

    landmarks.stop = stop


if __name__ == "__main__":
    end_at(sys.argv[1], int(sys.argv[2]))
    cli(sys.argv[3:])
