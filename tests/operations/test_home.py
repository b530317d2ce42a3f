"""Everything that belongs on somebody's Home."""

from domain.check_ins import State
from domain.outbox import Delivery
from domain.people import Kind
from operations import help as helping
from operations import home, notices
from storage import check_ins, claims, outbox
from tests.examples import NOW
from tests.storage.company import (
    HERE,
    admin,
    again,
    check_in,
    key_result,
    objective,
    outgoing,
    owning,
    person,
    team,
    thanks,
)
from tests.storage.outbox import claim, planned
from tests.storage.units import in_a_session


@in_a_session
def test_my_home_shows_my_check_in_my_objectives_my_team_and_the_latest_thanks(session):
    ada, bo = owning(session), owning(session, "Bo")
    key_result(session, objective(session, bo, "With Ada"), ada)
    team(session, "Growth", bo, ada, person(session, "Chidi"))
    opened = check_in(session, ada)
    check_ins.settle(session, check_in(session, bo), State.ANSWERED, NOW)
    given = [thanks(session, bo, ada) for _ in range(7)]
    session.expire_all()

    mine = home.home(session, again(session, ada), NOW)
    assert mine.check_in == opened
    assert [each.title for each in mine.objectives] == ["Nobody waits for us", "With Ada"]
    (week,) = mine.teams
    assert [(who.name, where) for who, where in week.each] == [("Ada", State.OPEN), ("Bo", State.ANSWERED)]
    assert [each.id for each in mine.recognition] == [each.id for each in given[:-6:-1]]
    assert (mine.is_set_up, mine.cycle.name) == (False, "Q4 2026")


@in_a_session
def test_only_an_admins_home_shows_troubles_and_what_is_missing(session):
    gus, ada = admin(session), person(session)
    notices.notice(session, HERE, "people", "missing_scope", NOW)
    outbox.put(session, outgoing(), NOW)
    claims.give_up(session, *claim(session), Delivery.DEAD, "is_archived", NOW)

    looked_after = home.home(session, gus, NOW)
    assert ([each.error for each in looked_after.troubles], looked_after.hints) == (
        ["is_archived"],
        ("people: missing_scope",),
    )
    assert (home.home(session, ada, NOW).troubles, home.home(session, ada, NOW).hints) == ((), ())


@in_a_session
def test_a_guests_home_does_not_tell_what_objectives_there_are(session):
    bo = person(session, "Bo")
    thanks(session, bo, person(session), under=objective(session, bo))
    marek = person(session, "Marek", kind=Kind.GUEST)
    seen = home.home(session, marek, NOW)
    assert (seen.objectives, [each.helped for each in seen.recognition]) == ((), [None])


@in_a_session
def test_whoever_writes_to_cairn_is_answered_once_for_each_message(session):
    ada = person(session)
    for ts in ("1.0", "1.0", "2.0"):
        helping.answer(session, ada, ts, [("/okr", "my objectives")], NOW)
    assert planned(session, "help") == ["UADA", "UADA"]
