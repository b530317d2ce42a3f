"""What goes along with an objective that is carried over: what hung below and above it, and what it needs of others."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.changes import CARRIED_OVER, What
from domain.closing import Carrying
from domain.cycles import quarter
from domain.objectives import Answered, KeyResultHeading, Level, Visibility
from operations import closing, dependencies, objectives
from storage import changes, people
from storage import cycles as known
from storage import objectives as stored
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, again, key_result, objective, person, team
from tests.storage.outbox import planned
from tests.storage.statements import counted
from tests.storage.units import in_a_session

CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)
API = "the new API by June"


def onward(session, who, past, *key_results, into="Q1 2027"):
    return closing.carry(
        session, who, past.id, Carrying(into, past.title, frozenset(k.id for k in key_results)), CLOSING
    )


def read(session, each):
    session.expire_all()
    found = stored.objective(session, HERE, each.id)
    assert found
    return found


@pytest.mark.parametrize("order", ["PAB", "APB", "ABP"])
@in_a_session
def test_whatever_is_carried_first_ends_up_below_what_its_parent_became(session, order):
    ada, bo = person(session), person(session, "Bo")
    past = {"P": objective(session, ada, "Top", level=Level.COMPANY)}
    kr = key_result(session, past["P"])
    pulled = KeyResultHeading(kr.id, kr.number, kr.title)
    past["A"] = objective(session, bo, "A", parent=past["P"].heading, parent_key_result=pulled)
    past["B"] = objective(session, bo, "B", parent=past["P"].heading)
    done = {
        name: onward(session, bo if name in "AB" else ada, past[name], *([kr] if name == "P" else [])) for name in order
    }
    made = {name: read(session, each.found.only) for name, each in done.items()}
    for name in "AB":
        assert made[name].parent.id == made["P"].id
    assert made["A"].parent_key_result.id == made["P"].key_results[0].id
    assert made["B"].parent_key_result is None
    before = [name for name in "AB" if order.index(name) < order.index("P")]
    assert [each.title for each in done["P"].along.below] == before
    assert [name for name in "AB" if done[name].along.left] == before
    for name in before:
        assert done[name].along.left.id == past["P"].id
        (said,) = [each for each in changes.of_objective(session, HERE, made[name].id) if each.what is What.PARENT]
        assert (said.after, said.by, said.why) == (str(made[name].pulls_on), ada.id, CARRIED_OVER)


@in_a_session
def test_what_has_found_another_place_or_is_in_another_time_or_lies_above_stays_where_it_is(session):
    ada = person(session)
    known.opened(session, HERE, quarter(date(2027, 4, 1)))
    top = objective(session, ada, "Top")
    elsewhere = objective(session, ada, "Elsewhere", parent=top.heading)
    later = objective(session, ada, "Later", parent=top.heading)
    above = objective(session, ada, "Above", parent=top.heading)
    gone = objective(session, ada, "Gone", parent=top.heading)
    over = objective(session, ada, "Over")
    stored.change(session, replace(top, parent=over.heading))
    new_over = onward(session, ada, over).found.only
    found = {
        each.title: onward(session, ada, each, into="Q2 2027" if each is later else "Q1 2027").found.only
        for each in (elsewhere, later, above, gone)
    }
    other = objective(session, ada, "Other", cycle=new_over.cycle)
    stored.change(session, replace(found["Elsewhere"], parent=other.heading))
    stored.change(session, replace(new_over, parent=found["Above"].heading))
    objectives.archive(session, ada, found["Gone"].id, CLOSING)
    session.expire_all()

    done = onward(session, ada, top)

    assert done.found.only.parent.id == new_over.id
    assert done.along.below == ()
    assert read(session, found["Elsewhere"]).parent.id == other.id
    assert [read(session, found[name]).parent for name in ("Later", "Above", "Gone")] == [None, None, None]


@in_a_session
def test_a_year_that_goes_on_takes_its_quarters_along(session):
    ada = person(session)
    year = known.opened(session, HERE, replace(quarter(TODAY), name="2026", starts=date(2026, 1, 1)))
    known.opened(session, HERE, replace(quarter(TODAY), name="2027", starts=date(2027, 1, 1), ends=date(2027, 12, 31)))
    top = objective(session, ada, "Top", cycle=year)
    below = objective(session, ada, "Below", parent=top.heading)
    made = onward(session, ada, below).found.only
    assert made.parent is None
    whole = onward(session, ada, top, into="2027").found.only
    assert read(session, made).parent.id == whole.id


@in_a_session
def test_nobody_is_told_of_what_is_hidden_from_them(session):
    ada, bo = person(session), person(session, "Bo")
    top = objective(session, ada, "Top")
    hidden = objective(session, bo, "Hidden", parent=top.heading, visibility=Visibility.PRIVATE)
    secret = onward(session, bo, hidden).found.only
    done = onward(session, ada, top)
    assert done.along.below == ()
    assert read(session, secret).parent.id == done.found.only.id

    mine = objective(session, ada, "Private", visibility=Visibility.PRIVATE)
    open_one = objective(session, bo, "Open", parent=mine.heading)
    assert onward(session, bo, open_one).along.left is None


# what it needs of others


def needing(session):
    """Ada's KR-1 needs something of Platform, which Bo leads and has confirmed."""
    ada, bo = person(session), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    platform = team(session, "Platform", bo)
    past = objective(session, ada)
    kr = key_result(session, past)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    dependencies.answer(session, again(session, bo), asked.id, Answered.CONFIRMED, "", NOW)
    return ada, again(session, bo), platform, past, kr


@in_a_session
def test_what_a_team_confirmed_is_asked_of_it_again(session):
    ada, bo, platform, past, kr = needing(session)
    done = onward(session, ada, past, kr)
    (asked,) = done.along.asked
    assert (str(asked.ref), asked.team.id, asked.words, asked.state) == ("D-2", platform.id, API, Answered.ASKED)
    assert (asked.key_result.id, asked.asked_by.id) == (done.found.only.key_results[0].id, ada.id)
    assert planned(session, "dependency") == ["UBO", "UBO"]
    assert done.along.unasked == ()
    assert dependencies.answer(session, bo, asked.id, Answered.CONFIRMED, "", CLOSING).state is Answered.CONFIRMED


@in_a_session
def test_what_cannot_be_asked_again_is_said(session):
    ada, bo, _, past, kr = needing(session)
    open_one = dependencies.ask_named(session, ada, kr.ref, "Platform", "Something else", NOW)
    refused = dependencies.ask_named(session, ada, kr.ref, "Platform", "A pony", NOW)
    dependencies.answer(session, bo, refused.id, Answered.DECLINED, "We have none", NOW)
    done = onward(session, ada, past, kr)
    ((told, kr_now),) = done.along.unasked
    assert (told.id, kr_now.id) == (open_one.id, done.found.only.key_results[0].id)
    assert [str(each.ref) for each in done.along.asked] == ["D-4"]


@in_a_session
def test_nobody_is_asked_for_what_waits_in_the_backlog_is_left_out_or_is_hidden_from_them(session):
    ada, _, _, past, kr = needing(session)
    done = onward(session, ada, past, kr, into="Backlog")
    assert (done.along.asked, len(done.along.unasked)) == ((), 1)
    objectives.archive(session, ada, done.found.only.id, CLOSING)
    session.expire_all()
    left_out = onward(session, ada, past)
    assert (left_out.along.asked, left_out.along.unasked) == ((), ())
    objectives.archive(session, ada, left_out.found.only.id, CLOSING)
    stored.change(session, replace(past, visibility=Visibility.PRIVATE))
    session.expire_all()
    hidden = onward(session, ada, past, kr)
    assert (hidden.along.asked, len(hidden.along.unasked)) == ((), 1)
    assert planned(session, "dependency") == ["UBO"]


@in_a_session
def test_however_many_hang_below_they_are_found_at_once(session):
    ada = person(session)
    asked = []
    for many in (1, 5):
        top = objective(session, ada, "Top")
        for _ in range(many):
            onward(session, ada, objective(session, ada, "Below", parent=top.heading))
        with counted(session) as statements:
            assert len(onward(session, ada, top).along.below) == many
        asked.append(len(statements))
    assert asked[0] == asked[1]
