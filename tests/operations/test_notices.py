"""What a workspace does not offer: told to an admin once, until it is mended."""

from datetime import timedelta

from operations import notices
from storage import notices as kept
from storage import people
from tests.examples import NOW
from tests.storage.company import HERE, admin, person
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

LATER = NOW + timedelta(hours=1)


@in_a_session
def test_an_admin_is_told_once(session):
    admin(session)
    people.finish_set_up(session, HERE, NOW)
    for now in (NOW, LATER):
        notices.notice(session, HERE, "people", "missing_scope", now)
    assert planned(session, "hint") == ["UGUS"]


@in_a_session
def test_what_breaks_again_after_it_was_mended_is_news(session):
    admin(session)
    people.finish_set_up(session, HERE, NOW)
    notices.notice(session, HERE, "recognition channel", "is_archived", NOW)
    notices.mended(session, HERE, "recognition channel")
    notices.notice(session, HERE, "recognition channel", "is_archived", LATER)
    assert planned(session, "hint") == ["UGUS", "UGUS"]


@in_a_session
def test_before_the_set_up_it_is_only_kept_and_told_when_that_is_done(session):
    admin(session)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    assert planned(session, "hint") == []
    assert kept.all_of(session, HERE) == [("people", "missing_scope", NOW)]

    people.finish_set_up(session, HERE, LATER)
    for now in (LATER, LATER + timedelta(days=1)):
        notices.tell_all(session, HERE, now)
    assert planned(session, "hint") == ["UGUS"]


@in_a_session
def test_whoever_installed_it_is_told_while_they_are_an_admin(session):
    gus, lin = admin(session), admin(session, "Lin")
    people.keep_installer(session, HERE, lin.slack_id)
    people.finish_set_up(session, HERE, NOW)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    person(session, "Lin", active=False, workspace_admin=True)
    notices.notice(session, HERE, "zones", "3", NOW)
    assert planned(session, "hint") == [lin.slack_id, gus.slack_id]


@in_a_session
def test_where_there_is_no_admin_it_is_kept_for_the_first_who_comes(session):
    person(session)
    people.finish_set_up(session, HERE, NOW)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    assert planned(session, "hint") == []
    assert kept.all_of(session, HERE) == [("people", "missing_scope", NOW)]


@in_a_session
def test_an_admins_home_shows_what_is_missing(session):
    admin(session)
    people.home_opened(session, people.admins(session, HERE)[0], NOW)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    assert planned(session, "home") == ["home/UGUS"]
