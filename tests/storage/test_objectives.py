"""Objectives and key results, as they are remembered."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.measures import Measure, MeasureKind
from domain.objectives import Level
from domain.references import Prefix, Reference
from storage import key_results, objectives
from tests import examples, strategies
from tests.examples import NOW, TODAY
from tests.storage.company import ELSEWHERE, HERE, cycle, key_result, objective, person, team
from tests.storage.statements import counted
from tests.storage.units import in_a_session


@in_a_session
def test_an_objective_comes_back_whole(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada)
    company = objective(session, bo, "Delight customers", level=Level.COMPANY)
    mine = objective(session, ada, "Welcome everybody", level=Level.TEAM, team=growth, parent=company)
    kr = key_result(session, mine, bo, measure=examples.measure("95.5", "99.9", "96.2", "%"))

    found = objectives.objective(session, HERE, mine.id)
    assert (found.title, found.level, found.number) == ("Welcome everybody", Level.TEAM, 2)
    assert (found.owner.name, found.team.name, found.parent.title) == ("Ada", "Growth", "Delight customers")
    assert found.cycle == cycle(session)
    assert found.key_results == (replace(kr, owner=found.key_results[0].owner, confidence=None, updated_at=None),)
    assert objectives.objective(session, HERE, Reference(Prefix.OBJECTIVE, 2)) == found


@in_a_session
def test_a_change_is_remembered(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    parent = objective(session, bo, "Delight customers")
    objectives.change(session, replace(mine, title="Sooner", owner=bo, parent=parent.heading))
    session.expire_all()

    found = objectives.objective(session, HERE, mine.id)
    assert (found.title, found.owner.name, found.parent.id) == ("Sooner", "Bo", parent.id)


@in_a_session
def test_a_key_result_remembers_its_measure_and_the_last_word_on_it(session):
    mine = objective(session, person(session))
    kr = key_result(session, mine)
    moved = replace(
        kr, title="Sign-ups", measure=kr.measure.at(Decimal("45.5")), confidence=3, note="Hm", updated_at=NOW
    )
    key_results.change(session, moved)
    session.expire_all()
    assert key_results.key_result(session, HERE, kr.id)[0] == replace(moved, owner=mine.owner)
    assert key_results.key_result(session, HERE, Reference(Prefix.KEY_RESULT, 999)) is None


NUMBERS = ["0", "-0.000001", "0.1", "1000000000000000", "-1000000000000000", "999999999999999.999999", "33.333333"]


@pytest.mark.parametrize("number", NUMBERS)
@in_a_session
def test_numbers_come_back_exactly(session, number):
    measure = Measure(Decimal(number), Decimal("7.5"), Decimal(number), "€", MeasureKind.INCREASE)
    kr = key_result(session, objective(session, person(session)), measure=measure)
    session.expire_all()
    kept = key_results.key_result(session, HERE, kr.id)[0].measure
    assert kept == measure
    assert str(kept.start) == str(Decimal(number)), "without exponents or trailing zeros"


@in_a_session
def test_what_is_archived_is_hidden_until_it_is_restored(session):
    ada = person(session)
    mine = objective(session, ada)
    kr, other = key_result(session, mine), key_result(session, mine)

    key_results.archive(session, kr, NOW)
    assert [each.id for each in objectives.in_cycle(session, HERE, mine.cycle.period)[0].key_results] == [other.id]
    assert key_results.key_result(session, HERE, kr.id)[0].archived
    key_results.archive(session, kr, None)

    objectives.archive(session, mine, NOW)
    session.expire_all()
    assert objectives.in_cycle(session, HERE, mine.cycle.period) == []
    assert key_results.of(session, ada, TODAY) == []
    assert objectives.objective(session, HERE, mine.id).archived
    assert [each.id for each in objectives.in_cycle(session, HERE, mine.cycle.period, archived=True)] == [mine.id]

    objectives.archive(session, mine, None)
    session.expire_all()
    assert [len(each.key_results) for each in objectives.in_cycle(session, HERE, mine.cycle.period)] == [2]


@in_a_session
def test_objectives_are_found_by_level_team_and_whoever_owns_a_part(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo)
    mine = objective(session, ada, "Ada's")
    ours = objective(session, bo, "Growth's", level=Level.TEAM, team=growth)
    shared = objective(session, bo, "Bo's with Ada")
    key_result(session, shared, ada)
    gone = key_result(session, ours, ada)
    key_results.archive(session, gone, NOW)

    def titles(**which):
        return [each.title for each in objectives.in_cycle(session, HERE, mine.cycle.period, **which)]

    assert titles() == ["Ada's", "Growth's", "Bo's with Ada"]
    assert titles(level=Level.TEAM) == titles(team=growth.id) == ["Growth's"]
    assert titles(owner=ada) == ["Ada's", "Bo's with Ada"]
    assert titles(owner=bo) == ["Growth's", "Bo's with Ada"]
    assert titles(owner=ada, level=Level.COMPANY) == []


@in_a_session
def test_numbers_begin_at_one_in_every_workspace(session):
    here, there = person(session), person(session, workspace=ELSEWHERE)
    numbers = [objective(session, who).number for who in (here, there, here)]
    assert numbers == [1, 1, 2]


@in_a_session
def test_as_many_questions_are_asked_for_fifty_objectives_as_for_five(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada)
    top = objective(session, ada)
    asked = []
    for more in (4, 45):
        for number in range(more):
            key_result(session, objective(session, bo, f"{number}", team=growth, parent=top), ada)
        with counted(session) as statements:
            found = objectives.in_cycle(session, HERE, top.cycle.period)
        asked.append((len(found), len(statements)))

    assert [objectives for objectives, _ in asked] == [5, 50]
    assert asked[0][1] == asked[1][1]


@pytest.mark.parametrize("words", [*strategies.HOSTILE, "", "🎉" * 200])
@in_a_session
def test_any_words_come_back_as_they_were_typed(session, words):
    kr = key_result(session, objective(session, person(session), words))
    key_results.change(session, replace(kr, note=words))
    session.expire_all()
    found, above = key_results.key_result(session, HERE, kr.id)
    assert (above.title, found.note) == (words, words)
