"""Is the database whole, and does it take what is written?"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage import people, pulse
from storage.database import Database
from storage.tables import WorkspaceRow
from tests.storage.company import HERE
from tests.storage.units import in_a_session


@in_a_session
def test_a_database_with_every_table_is_whole_and_a_beat_changes_nothing(session):
    people.keep_workspace(session, HERE, "Larkspur", "UBOT")
    before = session.get(WorkspaceRow, HERE).model_dump()

    pulse.whole(session)
    pulse.beat(session, HERE)

    session.expire_all()
    assert session.get(WorkspaceRow, HERE).model_dump() == before


@in_a_session
def test_a_table_that_is_gone_is_noticed_although_nothing_is_in_it(session):
    session.execute(text("ALTER TABLE blockers RENAME TO lost"))

    with pytest.raises(SQLAlchemyError, match="blockers"):
        pulse.whole(session)


async def test_what_people_said_is_not_in_the_words_of_a_database_error(db: Database):
    def fails(session):
        session.execute(text("INSERT INTO nowhere (title) VALUES (:title)"), {"title": "zanzibar"})

    with pytest.raises(DBAPIError) as raised:
        await db.run(fails)
    assert "zanzibar" not in str(raised.value)
