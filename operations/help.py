"""An answer for somebody who writes to Cairn instead of typing a command."""

from collections.abc import Sequence
from datetime import datetime

from domain.outbox import Outgoing
from domain.people import Kind, Member
from operations import sight
from storage import objectives as known
from storage import outbox
from storage.database import Session


def asker(session: Session, who: Member, now: datetime) -> tuple[Member, bool]:
    """Whoever asks, whose roles decide what they are told of, and whether anything could be theirs: a guest is given
    what they own by others, and adds nothing.
    """
    if who.kind is not Kind.GUEST:
        return who, True
    today = sight.today(session, who, now)
    return who, bool(known.in_cycle(session, who.workspace, today, owner=who))


def answer(
    session: Session,
    who: Member,
    ts: str,
    entries: Sequence[tuple[str, str]],
    now: datetime,
    guess: str | None = None,
    asked: bool = False,
) -> None:
    """Tell them what can be typed, once for each message of theirs, and what they may have meant.

    `asked` is whether that is just what they wanted.
    """
    told = Outgoing(
        workspace=who.workspace,
        kind="help",
        place=who.slack_id,
        key=f"help {who.slack_id} {ts}",
        rule="whoever writes to Cairn is answered",
        facts={"entries": [list(entry) for entry in entries], "guess": guess, "asked": asked},
    )
    outbox.put(session, told, now)
