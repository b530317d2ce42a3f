"""Carrying an objective on into another cycle: who may, what goes along, and what is hidden."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.changes import What
from domain.cycles import quarter
from domain.errors import NotAllowed, Refusal
from domain.objectives import Level, Stage, Visibility
from operations import closing, finding, objectives
from storage import changes, key_results, policy
from storage import cycles as known
from storage import objectives as stored
from tests.examples import NOW, TODAY, measure
from tests.operations.closing import CLOSED, CLOSING, carrying, draft
from tests.storage.company import HERE, admin, cycle, key_result, objective, person, team
from tests.storage.units import in_a_session


@in_a_session
def test_a_carried_objective_is_a_new_one_that_knows_its_past(session):
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    growth = team(session, "Growth", bo, ada)
    past = objective(session, ada, team=growth, level=Level.TEAM, aspirational=True, tags=("growth",))
    stored.share(session, past, [emi])
    kr, left_out = key_result(session, past, bo, weight=Decimal(2)), key_result(session, past)
    key_results.let_help(session, kr, [emi])
    closing.score(session, ada, past.id, draft(), CLOSING)
    found = closing.carry(session, ada, past.id, carrying("Q1 2027", kr), CLOSING).found
    new = found.only
    assert (str(new.ref), new.title, new.cycle.name) == ("O-2", "Once more", "Q1 2027")
    assert (new.carried_from.id, new.carried_from.cycle, new.score) == (past.id, "Q4 2026", None)
    assert (new.team, new.level, new.aspirational, new.tags) == (growth, Level.TEAM, True, ("growth",))
    assert [each.name for each in new.co_owners] == ["Emi"]
    (onward,) = new.key_results
    assert (onward.measure.start, onward.measure.current, onward.measure.target) == (40, 40, 100)
    assert (onward.owner.name, onward.weight, onward.measure.progress) == ("Bo", 2, 0)
    assert (onward.confidence, onward.updated_at, onward.note) == (None, None, "")
    assert [each.name for each in onward.contributors] == ["Emi"]
    before = finding.one(session, ada, past.ref, CLOSING).only
    assert (before.carried_to.id, before.carried_to.cycle) == (new.id, "Q1 2027")
    assert [each.id for each in before.key_results] == [kr.id, left_out.id]
    assert before.cycle.name == "Q4 2026"


@in_a_session
def test_targets_can_be_set_as_far_again(session):
    ada = person(session)
    past = objective(session, ada)
    kr = key_result(session, past, measure=measure(current="100"))
    with pytest.raises(Refusal, match="KR-1 has reached its target"):
        closing.carry(session, ada, past.id, carrying("Q1 2027", kr), CLOSING)
    made = closing.carry(session, ada, past.id, carrying("Q1 2027", kr, keep=False), CLOSING).found.only
    assert (made.key_results[0].measure.start, made.key_results[0].measure.target) == (100, 200)


@in_a_session
def test_it_is_carried_on_once_and_again_only_when_that_was_put_away(session):
    ada = person(session)
    past = objective(session, ada)
    first = closing.carry(session, ada, past.id, carrying(), CLOSING).found.only
    with pytest.raises(Refusal, match="O-1 has been carried over already, into Q1 2027"):
        closing.carry(session, ada, past.id, carrying(), CLOSING)
    objectives.archive(session, ada, first.id, CLOSING)
    session.expire_all()
    assert closing.carry(session, ada, past.id, carrying("Backlog"), CLOSING).found.only.cycle.is_backlog


@in_a_session
def test_nobody_learns_of_a_hidden_past_or_future(session):
    ada, gus = person(session), admin(session)
    mine = objective(session, ada, visibility=Visibility.PRIVATE)
    new = closing.carry(session, ada, mine.id, carrying(), CLOSING).found.only
    stored.change(session, replace(new, visibility=Visibility.EVERYONE))
    told = changes.of_objective(session, HERE, new.id)
    assert [(each.what, each.before, each.after) for each in told] == [(What.CYCLE, "Q4 2026", "Q1 2027")]
    assert finding.one(session, gus, new.ref, CLOSING).only.carried_from is None

    shared = objective(session, ada)
    hidden = closing.carry(session, ada, shared.id, carrying(), CLOSING).found.only
    stored.change(session, replace(hidden, visibility=Visibility.PRIVATE))
    again_ = closing.carry(session, gus, shared.id, carrying(), CLOSING).found.only
    for who in (ada, gus):
        assert finding.one(session, who, shared.ref, CLOSING).only.carried_to.id == again_.id


@in_a_session
def test_what_is_closed_can_still_be_carried_on_and_stays_as_it_is(session):
    ada = person(session)
    past = objective(session, ada)
    new = closing.carry(session, ada, past.id, carrying(), CLOSED).found.only
    assert new.carried_from.id == past.id
    assert finding.one(session, ada, past.ref, CLOSED).only.title == past.title


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"into": "Q4 2026"}, "Q4 2026 is over"),
        ({"into": "Q3 2026"}, "Q3 2026 is closed"),
        ({"into": "Someday"}, "There is no cycle called"),
        ({"title": " "}, "Give it a title"),
    ],
)
@in_a_session
def test_what_cannot_be_carried_on_says_why(session, changes, sentence):
    ada = person(session)
    cycle(session, day=date(2026, 7, 1))
    past = objective(session, ada)
    with pytest.raises(Refusal, match=sentence):
        closing.carry(session, ada, past.id, replace(carrying(), **changes), CLOSING)
    assert stored.carried_on(session, HERE, [past.id]) == {}


@in_a_session
def test_only_who_may_change_it_may_carry_it_on(session):
    past = objective(session, person(session))
    with pytest.raises(NotAllowed):
        closing.carry(session, person(session, "Bo"), past.id, carrying(), CLOSING)
    with pytest.raises(NotAllowed):
        closing.to_carry(session, person(session, "Bo"), past.ref, CLOSING)


@in_a_session
def test_it_hangs_below_what_its_parent_became_or_below_a_parent_that_goes_on(session):
    ada = person(session)
    year = known.opened(session, HERE, replace(quarter(TODAY), name="2026/27", ends=date(2027, 6, 30)))
    top = objective(session, ada, "Top")
    lasting = objective(session, ada, "Lasting", cycle=year)
    left = objective(session, ada, "Left behind")
    below = {above.title: objective(session, ada, parent=above.heading) for above in (top, lasting, left)}
    carried_top = closing.carry(session, ada, top.id, carrying(), CLOSING).found.only
    parents = {
        title: closing.carry(session, ada, each.id, carrying(), CLOSING).found.only.parent
        for title, each in below.items()
    }
    assert parents["Top"].id == carried_top.id
    assert parents["Lasting"].id == lasting.id
    assert parents["Left behind"] is None


@in_a_session
def test_where_objectives_are_reviewed_a_carried_one_is_proposed_first(session):
    ada = person(session)
    policy.change(session, HERE, {"review": True}, ada, NOW)
    past = objective(session, ada)
    assert closing.carry(session, ada, past.id, carrying(), CLOSING).found.only.stage is Stage.PROPOSED


@in_a_session
def test_whoever_may_not_read_its_past_or_future_does_not_learn_of_it(session):
    ada, chidi = person(session), person(session, "Chidi")
    past = objective(session, ada)
    new = closing.carry(session, ada, past.id, carrying(), CLOSING).found.only
    stored.change(session, replace(new, visibility=Visibility.PRIVATE))
    assert finding.one(session, chidi, past.ref, CLOSING).only.carried_to is None
    assert finding.one(session, ada, past.ref, CLOSING).only.carried_to.id == new.id
