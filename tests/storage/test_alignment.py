"""Walking up and down from an objective: each a question, which always ends."""

from sqlalchemy import update

from storage import alignment, objectives
from storage.tables import ObjectiveRow
from tests.examples import NOW
from tests.storage.company import HERE, objective, person
from tests.storage.statements import counted
from tests.storage.units import in_a_session


@in_a_session
def test_above_and_below_are_everything_on_the_way_and_around_also_what_pulls_on_it(session):
    ada = person(session)
    top = objective(session, ada, "Top")
    middle = objective(session, ada, "Middle", parent=top.heading)
    bottom = objective(session, ada, "Bottom", parent=middle.heading)
    aunt = objective(session, ada, "Beside the middle", parent=top.heading)
    cousin = objective(session, ada, "Below the aunt", parent=aunt.heading)
    child = objective(session, ada, "Below the bottom", parent=bottom.heading)
    gone = objective(session, ada, "Put away", parent=bottom.heading)
    objectives.archive(session, gone, NOW)

    assert alignment.above(session, HERE, bottom.id) == {bottom.id, middle.id, top.id}
    assert alignment.below(session, HERE, middle.id) == {middle.id, bottom.id, child.id, gone.id}
    assert alignment.around(session, HERE, bottom.id) == {bottom.id, middle.id, top.id, aunt.id, child.id}
    assert cousin.id in alignment.below(session, HERE, top.id)


@in_a_session
def test_a_walk_ends_even_where_objectives_hang_below_each_other(session):
    ada = person(session)
    one = objective(session, ada)
    two = objective(session, ada, parent=one.heading)
    session.connection().execute(update(ObjectiveRow).where(ObjectiveRow.id == one.id).values(parent=two.id))
    for walk in (alignment.above, alignment.below, alignment.around):
        assert walk(session, HERE, one.id) == {one.id, two.id}


@in_a_session
def test_each_walk_is_one_statement_however_long_it_is(session):
    ada = person(session)
    last = first = objective(session, ada)
    for _ in range(60):
        last = objective(session, ada, parent=last.heading)
    for walk, start in ((alignment.above, last), (alignment.below, first), (alignment.around, last)):
        session.flush()
        with counted(session) as statements:
            assert len(walk(session, HERE, start.id)) == 61
        assert len(statements) == 1
