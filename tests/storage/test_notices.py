"""What a workspace does not offer, remembered until it is mended."""

from datetime import timedelta

from storage import notices
from tests.examples import NOW
from tests.storage.company import HERE, person
from tests.storage.units import in_a_session


@in_a_session
def test_what_is_missing_is_news_once_until_it_is_mended(session):
    person(session)
    assert notices.keep(session, HERE, "people", "missing_scope", NOW)
    assert not notices.keep(session, HERE, "people", "missing_scope", NOW)
    notices.mended(session, HERE, "people")
    assert notices.all_of(session, HERE) == []
    assert notices.keep(session, HERE, "people", "missing_scope", NOW)


@in_a_session
def test_everything_that_is_missing_is_listed_oldest_first(session):
    person(session)
    notices.keep(session, HERE, "zones", "3", NOW)
    notices.keep(session, HERE, "people", "missing_scope", NOW - timedelta(days=1))
    assert [topic for topic, *_ in notices.all_of(session, HERE)] == ["people", "zones"]
