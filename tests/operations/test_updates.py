"""One key result at a time: who may update it, and what an update says."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from domain.check_ins import Answer
from domain.errors import NotAllowed, Refusal
from domain.objectives import KeyResultId
from domain.people import Kind
from domain.references import Prefix, Reference
from operations import key_results, objectives, updates
from storage import check_ins as known
from storage.tables import UpdateRow
from tests.examples import NOW
from tests.storage.company import HERE, admin, again, key_result, objective, owning, person, team
from tests.storage.units import in_a_session

KR_1 = Reference(Prefix.KEY_RESULT, 1)
IT = KeyResultId(0)
"""In an update it is the reference that says which."""

NEXT_QUARTER = datetime(2027, 1, 18, 9, tzinfo=UTC)


@in_a_session
def test_the_owner_the_lead_and_an_admin_update_a_key_result_and_nobody_else(session):
    ada, bo, chidi, gus = person(session), person(session, "Bo"), person(session, "Chidi"), admin(session)
    growth = team(session, "Growth", bo, chidi)
    key_result(session, objective(session, ada, team=growth))
    for who in (ada, again(session, bo), gus):
        moved = updates.move(session, who, KR_1, Answer(IT, "+1"), NOW)
        assert moved.after.measure.current == moved.before.measure.current + 1
    assert [each.by for each in known.history(session, HERE, moved.after.id)] == [ada.id, bo.id, gus.id]
    for attempt in (
        lambda: updates.move(session, again(session, chidi), KR_1, Answer(IT, "45"), NOW),
        lambda: updates.to_update(session, again(session, chidi), KR_1, NOW),
    ):
        with pytest.raises(NotAllowed, match="You cannot update KR-1, which is Ada's"):
            attempt()


@in_a_session
def test_an_update_may_leave_out_anything_but_not_everything(session):
    ada = owning(session)
    assert updates.move(session, ada, KR_1, Answer(IT, confidence=7), NOW).after.confidence == 7
    after = updates.move(session, ada, KR_1, Answer(IT, note="On it"), NOW).after
    assert (after.note, after.confidence, after.measure.current) == ("On it", 7, Decimal(40))
    with pytest.raises(Refusal, match="What shall I note") as refused:
        updates.move(session, ada, KR_1, Answer(IT, "  ", None, " "), NOW)
    assert refused.value.field == "value"


@in_a_session
def test_nothing_moves_that_is_archived_closed_or_unknown(session):
    ada = person(session)
    mine, gone = objective(session, ada), objective(session, ada)
    for under in (mine, gone, mine):
        key_result(session, under)
    objectives.archive(session, ada, gone.ref, NOW)
    key_results.archive(session, ada, Reference(Prefix.KEY_RESULT, 3), NOW)
    session.expire_all()
    refusals = [
        (1, NEXT_QUARTER, "Q4 2026 is closed"),
        (2, NOW, "O-2 is archived"),
        (3, NOW, "KR-3 is archived"),
        (9, NOW, "There is no KR-9 here"),
    ]
    for number, now, sentence in refusals:
        with pytest.raises(Refusal, match=sentence):
            updates.move(session, ada, Reference(Prefix.KEY_RESULT, number), Answer(IT, "45"), now)
    assert session.exec(select(UpdateRow)).all() == []


@in_a_session
def test_a_guest_updates_what_they_own(session):
    marek = person(session, "Marek", kind=Kind.GUEST)
    key_result(session, objective(session, person(session)), marek)
    assert updates.move(session, marek, KR_1, Answer(IT, "done"), NOW).after.measure.is_reached
