"""Hearing each thing that Slack says once: its identity goes into the same transaction as its effect."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from domain.errors import NotAllowed
from domain.people import Member, WorkspaceId
from storage import inbox, people
from storage.database import Session

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heard:
    """One delivery from Slack: which workspace it came to, who acted, and what tells it from every other."""

    workspace: WorkspaceId
    actor: str
    identity: str


class HeardBefore(Exception):
    """This delivery has had its effect already."""


class Stranger(Exception):
    """The actor is somebody whom Cairn has not met yet."""


def hear(
    session: Session,
    heard: Heard,
    at: datetime,
    verb: Callable[Concatenate[Session, Member, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do what the actor asks, once; raises `HeardBefore` for a repetition and `Stranger` for somebody unknown.

    `at` is on the stopwatch: it says how long the identity must be kept.
    """
    _once(session, heard, at)
    return verb(session, actor(session, heard), *args, **kwargs)


def learn(
    session: Session,
    heard: Heard,
    at: datetime,
    verb: Callable[Concatenate[Session, WorkspaceId, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Keep what Slack tells of somebody, whom Cairn need not know, once; raises `HeardBefore` for a repetition."""
    _once(session, heard, at)
    return verb(session, heard.workspace, *args, **kwargs)


def ask(
    session: Session,
    heard: Heard,
    question: Callable[Concatenate[Session, Member, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Answer what the actor asks; it leaves no trace. Raises `Stranger` for somebody unknown."""
    return question(session, actor(session, heard), *args, **kwargs)


def _once(session: Session, heard: Heard, at: datetime) -> None:
    if not inbox.first_time(session, heard.workspace, heard.identity, at):
        raise HeardBefore


def actor(session: Session, heard: Heard) -> Member:
    """The member who acted; raises `Stranger` when unknown and `NotAllowed` once they are deactivated."""
    who = people.acting(session, heard.workspace, heard.actor)
    if who is None:
        raise Stranger
    if not who.active:
        raise NotAllowed("Your account here is deactivated, so Cairn cannot do this for you.")
    return who
