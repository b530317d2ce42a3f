"""Where key results will land: of what was said and stands, in one statement for all of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from domain.check_ins import Answer
from domain.references import Prefix, Reference
from operations import finding, projections, updates
from storage.tables import UpdateRow
from tests.examples import NOW
from tests.storage.company import key_result, objective, person
from tests.storage.statements import counted
from tests.storage.units import in_a_session

O_1 = Reference(Prefix.OBJECTIVE, 1)


def updated(session, who, kr, *points):
    """So many days ago it was at this."""
    for ago, value in points:
        moved = updates.move(session, who, kr.ref, Answer(kr.id, value), NOW - timedelta(days=ago))
    return moved


@in_a_session
def test_an_update_and_the_card_say_where_it_will_land(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    few = updated(session, ada, kr, (14, "26"), (7, "33"))
    assert few.projection is None

    going = updated(session, ada, kr, (0, "40")).projection
    assert going is not None
    assert (going.lands, going.ends, going.points) == (Decimal(78), date(2026, 12, 31), 3)
    assert projections.show(session, ada, O_1, NOW).projections == {kr.id: going}


@in_a_session
def test_what_was_undone_counts_for_nothing(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    updated(session, ada, kr, (14, "26"), (7, "33"), (0, "40"))
    session.exec(select(UpdateRow).order_by(UpdateRow.id.desc())).first().undone_at = NOW
    assert projections.show(session, ada, O_1, NOW).projections == {}


@pytest.mark.parametrize("many", [1, 12])
@in_a_session
def test_it_takes_one_statement_more_however_many_key_results_there_are(session, many):
    ada = person(session)
    under = objective(session, ada)
    for _ in range(many):
        updated(session, ada, key_result(session, under), (14, "26"), (7, "33"), (0, "40"))
    counts = []
    for ask in (finding.one, projections.show):
        with counted(session) as statements:
            ask(session, ada, O_1, NOW)
        counts.append(len(statements))
    assert counts[1] == counts[0] + 1
    assert len(projections.show(session, ada, O_1, NOW).projections) == many
