"""A cycle that closes, for every test of what is done then."""

from datetime import UTC, datetime

from domain.closing import Carrying, ClosingDraft
from domain.people import Role
from storage import people
from tests.examples import NOW
from tests.storage.company import HERE, person, with_role

CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)
CLOSED = datetime(2027, 1, 15, 12, tzinfo=UTC)


def draft(score: str = "0.4", **changes: str) -> ClosingDraft:
    return ClosingDraft(**{"score": score, "why": "So it was", "mattered": "yes", "verdict": "drop"} | changes)


def carrying(into: str = "Q1 2027", *key_results, keep: bool = True, title: str = "Once more") -> Carrying:
    return Carrying(into, title, frozenset(kr.id for kr in key_results), keep)


def set_up(session):
    """Hana runs the programme in a workspace that is set up."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    session.expire_all()
    return hana
