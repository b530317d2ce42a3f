"""What a kind of message is: how it is loaded, how it is drawn, and what follows when it is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.outbox import Outgoing
from domain.people import Member, can_take_part
from storage import people
from storage.database import Session

Load = Callable[[Session, Sequence[Outgoing], datetime], Sequence[Any]]
LoadOne = Callable[[Session, Outgoing, datetime], Any]
Draw = Callable[[Any], Any]
Lost = Callable[[Session, Outgoing, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to say or show; `replaces` gives the key of the message that it takes the place of.

    `beneath` gives the key of the message in whose thread it goes, wherever that came to rest; what was planned for the
    same place before has been said by then.

    `again` is for a message of which nobody knows whether it was said, where Slack does not let us look for it: one
    that is better heard twice than never is said again, any other is let go and counted.
    """

    load: Load
    draw: Draw
    lost: Lost | None = None
    replaces: Callable[[Outgoing], str] | None = None
    again: bool = True
    beneath: Callable[[Outgoing], str] | None = None


def each(load: LoadOne) -> Load:
    """A loader for what there is never much of: one after the other."""

    def each(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[Any]:
        return [load(session, what, now) for what in whats]

    return each


def reader(session: Session, what: Outgoing) -> Member | None:
    """Whom it is for, while they still take part."""
    who = people.member(session, what.workspace, what.place.removeprefix("home/"))
    return who if who and can_take_part(who) else None
