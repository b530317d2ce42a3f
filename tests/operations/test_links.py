"""Links: what everybody present may read is planned to be shown, and looked at again when its turn comes."""

from sqlalchemy import text

from domain.links import Shared
from domain.objectives import Stage, Visibility
from domain.outbox import Method, Mode
from domain.people import Kind
from domain.references import Prefix, Reference
from operations import links, objectives
from storage import claims
from tests.examples import NOW
from tests.storage.company import HERE, key_result, objective, person, team
from tests.storage.outbox import TERMS
from tests.storage.units import in_a_session


def share(*refs: Reference) -> Shared:
    return Shared("C1", "1.1", "C1.1.1.x", "conversations_history", {f"https://okr.example/{ref}": ref for ref in refs})


def planned(session) -> list[list[str]]:
    """The links that are to be shown, in the order in which the courier takes them on."""
    taken, _ = claims.claim(session, HERE, TERMS, NOW, NOW, 9)
    assert all((row.what.method, row.what.mode) == (Method.UNFURL, Mode.SHOW) for row in taken)
    return [link for row in taken for link in row.what.facts["links"]]


@in_a_session
def test_what_everybody_present_may_read_is_shown_and_nothing_else(session):
    ada, bo = person(session), person(session, "Bo")
    person(session, "Cairn", kind=Kind.BOT)
    visible = objective(session, ada)
    kr = key_result(session, visible)
    hidden = [
        objective(session, ada, visibility=Visibility.PRIVATE),
        objective(session, ada, visibility=Visibility.TEAM, team=team(session, "Growth", ada)),
        objective(session, ada, stage=Stage.DRAFT),
    ]
    refs = [visible.ref, kr.ref, *(each.ref for each in hidden), key_result(session, hidden[0]).ref]
    what = share(*refs, Reference(Prefix.OBJECTIVE, 99))
    links.shared(session, ada, what, ["UADA", "UBO", "UCAIRN"], NOW)
    assert planned(session) == [["https://okr.example/O-1", "O-1"], ["https://okr.example/KR-1", "KR-1"]]
    assert bo.id != ada.id


@in_a_session
def test_nothing_is_planned_where_somebody_may_not_read_or_is_not_known(session):
    ada = person(session)
    person(session, "Marek", kind=Kind.GUEST)
    what = share(objective(session, ada).ref)
    for present in (["UADA", "UMAREK"], ["UADA", "UELSEWHERE"], [], None):
        links.shared(session, ada, what, present, NOW)
    assert planned(session) == []
    links.shared(session, ada, what, ["UADA"], NOW)
    assert len(planned(session)) == 1


@in_a_session
def test_what_has_been_hidden_or_archived_meanwhile_is_not_shown(session):
    ada = person(session)
    first, second = objective(session, ada), objective(session, ada)
    links.shared(session, ada, share(first.ref, second.ref), ["UADA"], NOW)
    (row,), _ = claims.claim(session, HERE, TERMS, NOW, NOW, 9)
    assert len(links.below(session, row.what, NOW)) == 2
    objectives.archive(session, ada, first.ref, NOW)
    assert list(links.below(session, row.what, NOW)) == ["https://okr.example/O-2"]
    session.connection().execute(text("UPDATE objectives SET visibility = 'private'"))
    assert links.below(session, row.what, NOW) is None
