"""What somebody asked for, as of now: what each answer that comes as a message tells; None where that is over."""

from collections.abc import Callable
from datetime import datetime
from typing import IO, Any, TypeVar

from domain.alignment import Reason
from domain.errors import NotFound
from domain.lists import unpacked
from domain.objectives import KeyResultId
from domain.outbox import Outgoing
from domain.people import Member
from domain.references import Reference, reference
from domain.wishes import Deed
from operations import alignment, exports, history, home, links, lists
from operations.finding import Found, one
from scheduler.kinds import reader
from storage.database import Session
from views import history as history_views
from views import links as link_views
from views import lists as list_views
from views import wishes as wish_views
from views.blocks import Message

T = TypeVar("T")


def own_home(session: Session, what: Outgoing, now: datetime) -> Any:
    """Everything on somebody's Home."""
    who = reader(session, what)
    return home.home(session, who, now) if who else None


def greeted(session: Session, what: Outgoing, _now: datetime) -> Member | None:
    """Whom Cairn greets: whoever still takes part."""
    return reader(session, what)


def facts(session: Session, what: Outgoing, _now: datetime) -> dict[str, Any] | None:
    """The facts themselves, for whoever still takes part."""
    return what.facts if reader(session, what) else None


def export(session: Session, what: Outgoing, now: datetime) -> dict[str, IO[bytes]] | None:
    """The files that somebody asked for; whoever takes them closes them."""
    who = reader(session, what)
    return exports.files(session, who, now) if who else None


def listed(found: lists.Listing) -> Message:
    """A list that somebody asked for in a message."""
    of = (found.wanted, found.page, found.people, found.teams, found.thanks, found.moment, found.who)
    return list_views.answer(*of, [wish_views.RULE], found.takes_more)


def shown(what: Outgoing, found: Found) -> Message:
    """An objective or a key result that somebody asked for in a message."""
    thanks, updated = found.thanks.get(found.only.id, ()), bool(what.facts.get("updated"))
    return wish_views.card(what.facts["ref"], found.only, found.moment, found.who, thanks, updated)


def to_press(facts: dict[str, Any]) -> Message:
    """A button to the form that somebody asked for in a message."""
    return wish_views.form(Deed(facts["deed"]), facts.get("ref", ""), facts.get("id", 0), facts.get("title", ""))


def listing(session: Session, what: Outgoing, now: datetime) -> lists.Listing | None:
    """A list that somebody asked for, as of now."""
    who = reader(session, what)
    return lists.page(session, who, unpacked(what.facts["wanted"]), 0, now) if who else None


def card(session: Session, what: Outgoing, now: datetime) -> tuple[Outgoing, Found] | None:
    """One objective that somebody asked for, as of now."""
    return (what, found) if (found := _of(session, what, one, now)) else None


def _of(
    session: Session, what: Outgoing, question: Callable[[Session, Member, Reference, datetime], T], now: datetime
) -> T | None:
    """What a question about a reference answers its reader, while they may still read it."""
    who, ref = reader(session, what), reference(what.facts["ref"])
    try:
        return question(session, who, ref, now) if who and ref else None
    except NotFound:
        return None


def reason(session: Session, what: Outgoing, now: datetime) -> Reason | None:
    """Why something matters, as of now."""
    return _of(session, what, alignment.why, now)


def past(session: Session, what: Outgoing, now: datetime) -> history.History | None:
    """What happened to something, as of now."""
    return _of(session, what, history.told, now)


def looked_back(found: history.History) -> Message:
    """A history that somebody asked for in a message."""
    return wish_views.told(
        history_views.told(
            found.ref, found.objective, found.key_result, found.events, found.points, found.folk, charted=False
        )
    )


def charted(session: Session, what: Outgoing, now: datetime) -> history.History | None:
    """A key result over time, for a chart of it."""
    who = reader(session, what)
    try:
        return history.told(session, who, KeyResultId(what.facts["key_result"]), now) if who else None
    except NotFound:
        return None


def below(behind: dict[str, links.Behind]) -> dict[str, Any]:
    """What stands below each link."""
    return {url: link_views.unfurl(it.objective, it.key_result, it.moment) for url, it in behind.items()}
