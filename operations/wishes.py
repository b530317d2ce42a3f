"""Answers for somebody who writes to Cairn in its own conversation: each is said there, once for each message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.check_ins import Answer
from domain.lists import packed
from domain.outbox import Outgoing
from domain.people import Member
from domain.permissions import Verb, allow
from domain.references import Prefix, Reference, the_reference
from domain.vocabulary import guess
from domain.wishes import Deed, Wish, meant
from domain.words import TITLE
from operations import alignment, finding, help, history, key_results, lists, status, updates
from storage import outbox
from storage.database import Session


def grant(
    session: Session, who: Member, wish: Wish, ts: str, entries: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Answer a wish, or set a status; `ts` is of the message, `entries` are what can be typed instead.

    What needs a form is answered with a button: a message opens nothing. Raises `Refusal`.
    """
    if wish.deed is Deed.LIST:
        _list(session, who, wish.words, ts, entries, now)
    elif wish.deed is Deed.HELP:
        help.answer(session, who, ts, [entry for entry in entries if " " not in entry[0]], now, asked=True)
    elif wish.deed is Deed.SHOW and wish.ref:
        finding.one(session, who, wish.ref, now)
        _say(session, who, ts, now, kind="answer card", ref=str(wish.ref))
    elif wish.deed is Deed.WHY and wish.ref:
        alignment.why(session, who, wish.ref, now)
        _say(session, who, ts, now, kind="answer why", ref=str(wish.ref))
    elif wish.deed is Deed.HISTORY and wish.ref:
        _say(session, who, ts, now, kind="answer history", ref=str(wish.ref))
        history.asked(session, who, wish.ref, now)
    elif wish.deed is Deed.STATUS and wish.ref:
        ref = the_reference(str(wish.ref), Prefix.KEY_RESULT)
        status.say(session, who, ref, wish.words, now)
        _say(session, who, ts, now, kind="answer card", ref=str(ref))
    else:
        about = _to_fill_in(session, who, wish, now)
        _say(session, who, ts, now, kind="answer form", deed=wish.deed.value, **about)


def update(session: Session, who: Member, ref: Reference, answer: Answer, ts: str, now: datetime) -> None:
    """Move a key result, and say how it stands now."""
    updates.move(session, who, ref, answer, now)
    _say(session, who, ts, now, kind="answer card", ref=str(ref), updated=True)


def refuse(session: Session, who: Member, ts: str, sentence: str, now: datetime) -> None:
    """Say why a wish could not be granted."""
    _say(session, who, ts, now, kind="answer refusal", sentence=sentence)


def _list(
    session: Session, who: Member, words: str, ts: str, entries: Sequence[tuple[str, str]], now: datetime
) -> None:
    """A list, if every word means something; else what can be typed, with the closest guess."""
    found, known = lists.understood(session, who, words, now)
    if found.lost or not found.said:
        commands = meant(words, entries)
        help.answer(session, who, ts, commands, now, guess(found.lost, known) if found.lost and not commands else None)
    else:
        lists.people_of(session, who, found.wanted)
        _say(session, who, ts, now, kind="answer", wanted=packed(found.wanted))


def _to_fill_in(session: Session, who: Member, wish: Wish, now: datetime) -> dict[str, Any]:
    """What the form will be about, if this person may fill it in."""
    if wish.deed is Deed.ADD_OBJECTIVE:
        allow(Verb.ADD_OBJECTIVE, who, "")
        return {"title": wish.words[:TITLE]}
    if wish.deed is Deed.ADD_KEY_RESULT and wish.ref:
        under = key_results.choices(session, who, the_reference(str(wish.ref), Prefix.OBJECTIVE), now).objective
        return {"ref": str(under.ref), "id": under.id}
    if wish.deed is Deed.UPDATE and wish.ref:
        kr = updates.to_update(session, who, the_reference(str(wish.ref), Prefix.KEY_RESULT), now).before
        return {"ref": str(kr.ref), "id": kr.id}
    return {}


def _say(session: Session, who: Member, ts: str, now: datetime, *, kind: str, **facts: Any) -> None:
    key, rule = f"{kind} {who.slack_id} {ts}", "whoever writes to Cairn is answered"
    outbox.put(session, Outgoing(who.workspace, kind, who.slack_id, key, rule, facts), now)
