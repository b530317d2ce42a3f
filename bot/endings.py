"""How a command ends: what cannot be done is one plain sentence, and status 1."""

import contextlib
import sys
from collections.abc import Iterator

import typer

from domain.errors import Refusal


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Say in one sentence why it cannot be done, instead of a trace; anything else is a bug and keeps its trace."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Refusal as refusal:
        _end(refusal.sentence)
    except Exception as error:
        from bot.starting import CannotStart  # which brings Slack's SDK along

        if not isinstance(error, CannotStart):
            raise
        _end(str(error))


def _end(sentence: str) -> None:
    typer.echo(sentence, err=True)
    sys.exit(1)
