"""Whoever is given a part in something hears of it once: nobody before the set-up, and nobody of a draft."""

from dataclasses import replace

import pytest

from domain.objectives import KeyResultDraft, Level, ObjectiveDraft, Stage, Visibility
from domain.people import Kind
from operations import hand_over, key_results, objectives, stages
from storage import key_results as known_key_results
from storage import objectives as known
from storage import people
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import HERE, key_result, objective, person
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

FOR_BO = KeyResultDraft("Sign-ups a week", "0", "100", "", "increase", owner="UBO")
WITH_BO = ObjectiveDraft("Nobody waits for us", Level.INDIVIDUAL, "UADA", co_owners=("UBO",), stage=Stage.AGREED)


def set_up(session: Session):
    """Ada and Bo, in a workspace that is set up."""
    ada, bo = person(session), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    return ada, bo


@in_a_session
def test_whoever_a_key_result_is_set_for_hears_of_it_and_who_sets_their_own_does_not(session):
    ada, bo = set_up(session)
    mine = objective(session, ada)
    made = key_results.add(session, ada, mine.id, FOR_BO, NOW).key_result
    key_results.add(session, ada, mine.id, replace(FOR_BO, owner="UADA"), NOW)
    session.expire_all()
    assert planned(session, "part given") == ["UBO"]
    assert [str(each.ref) for each in hand_over.shared(session, bo, [], [made.id])] == ["KR-1"]
    key_results.archive(session, ada, made.ref, NOW)
    session.expire_all()
    assert hand_over.shared(session, bo, [], [made.id]) == []


@in_a_session
def test_whoever_owns_a_new_objective_with_or_for_another_hears_of_it(session):
    ada, _ = set_up(session)
    person(session, "Chidi")
    objectives.add(session, ada, replace(WITH_BO, owner="UCHIDI"), NOW)
    assert sorted(planned(session, "part given")) == ["UBO", "UCHIDI"]


@in_a_session
def test_a_new_co_owner_hears_of_it_and_the_others_do_not_again(session):
    ada, _ = set_up(session)
    chidi = person(session, "Chidi")
    mine = objective(session, ada, "Nobody waits for us")
    objectives.change(session, ada, mine.id, WITH_BO, NOW)
    session.expire_all()
    assert planned(session, "part given") == ["UBO"]
    objectives.change(session, ada, mine.id, replace(WITH_BO, co_owners=("UBO", "UCHIDI")), NOW)
    session.expire_all()
    assert planned(session, "part given") == ["UBO", "UCHIDI"]
    assert [str(each.ref) for each in hand_over.shared(session, chidi, [mine.id], [])] == ["O-1"]
    objectives.change(session, ada, mine.id, replace(WITH_BO, visibility=Visibility.PRIVATE), NOW)
    session.expire_all()
    assert hand_over.shared(session, chidi, [mine.id], []) == [], "it is not theirs any more, nor to be seen"


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PROPOSED])
@in_a_session
def test_of_a_draft_people_hear_once_it_is_agreed(session, stage):
    ada, _ = set_up(session)
    chidi = person(session, "Chidi")
    mine = objectives.add(session, ada, replace(WITH_BO, stage=stage), NOW).only
    for _ in range(2):
        key_results.add(session, ada, mine.id, replace(FOR_BO, owner="UCHIDI"), NOW)
    key_results.add(session, ada, mine.id, FOR_BO, NOW)
    session.expire_all()
    assert planned(session, "part given") == []
    if stage is Stage.DRAFT:
        stages.propose(session, ada, mine.id, NOW)
    session.expire_all()
    stages.agree(session, ada, mine.id, NOW)
    session.expire_all()
    assert planned(session, "objective agreed") == ["UBO"], "who owns it hears of all of it at once"
    assert planned(session, "part given") == ["UCHIDI"]
    parts = [kr.id for kr in known.objective(session, HERE, mine.id).key_results]
    assert [str(each.ref) for each in hand_over.shared(session, chidi, [], parts)] == ["KR-1", "KR-2"]


@in_a_session
def test_before_the_set_up_nobody_hears_of_anything(session):
    ada, _ = person(session), person(session, "Bo")
    key_results.add(session, ada, objective(session, ada).id, FOR_BO, NOW)
    objectives.add(session, ada, WITH_BO, NOW)
    assert planned(session, "part given") == []


@in_a_session
def test_the_one_who_chose_somebody_new_is_known_from_the_one_who_changed_a_title(session):
    ada, _ = set_up(session)
    person(session, "Marek", kind=Kind.GUEST)
    mine = objective(session, ada)
    made = key_results.add(session, ada, mine.id, FOR_BO, NOW)
    titled = key_results.change(session, ada, made.key_result.id, replace(FOR_BO, title="Sign-ups"), NOW)
    given = key_results.change(session, ada, made.key_result.id, replace(FOR_BO, owner="UMAREK"), NOW)
    assert (made.new_owner, titled.new_owner, given.new_owner) == (True, False, True)


@in_a_session
def test_what_has_gone_to_somebody_else_meanwhile_is_not_told(session):
    ada, bo = set_up(session)
    kr = key_result(session, objective(session, ada), bo)
    assert [each.key_result.id for each in hand_over.shared(session, bo, [], [kr.id])] == [kr.id]
    known_key_results.change(session, replace(kr, owner=ada))
    session.expire_all()
    assert hand_over.shared(session, bo, [], [kr.id]) == []
