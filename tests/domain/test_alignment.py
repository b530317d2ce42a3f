"""What pulls on what: every objective has one place in the forest, and nothing hangs below itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alignment import Forest, Line, beside, moves, share
from domain.objectives import KeyResult, KeyResultHeading, KeyResultId, Level, Objective, ObjectiveId
from domain.references import reference
from tests.examples import BO, CHIDI, heading, key_result, objective, team, update


def node(number: int, above: Objective | None = None, kr: KeyResult | None = None, **changes) -> Objective:
    """An objective without key results, below another one or one of its key results."""
    on = KeyResultHeading(kr.id, kr.number, kr.title) if kr else None
    built = {"key_results": (), "parent": above.heading if above else None, "parent_key_result": on}
    return objective(number, f"Objective {number}", **built | changes)


NPS, SIGN_UPS = key_result(7, objective=ObjectiveId(3)), key_result(8, objective=ObjectiveId(3))
COMPANY = node(3, level=Level.COMPANY, key_results=(NPS, SIGN_UPS))
TEAMS = node(12, COMPANY, NPS, level=Level.TEAM, team=team())
OTHERS = node(13, COMPANY, NPS)
WHOLE = node(14, COMPANY)
BOTTOM = node(20, TEAMS)
ALONE = node(30, level=Level.TEAM, team=team(2))
FOREST = Forest((BOTTOM, OTHERS, WHOLE, TEAMS, ALONE, COMPANY))


def shown(lines) -> list[str]:
    return ["  " * line.depth + str(line.key_result.ref if line.key_result else line.objective.ref) for line in lines]


def test_what_pulls_on_a_key_result_stands_below_it_and_the_rest_below_the_whole():
    assert shown(FOREST.lines([COMPANY])) == ["O-3", "  KR-7", "    O-13", "    O-12", "      O-20", "  O-14"]


def test_key_results_that_nothing_pulls_on_are_shown_where_every_one_is_wanted():
    assert "  KR-8" in shown(FOREST.lines([COMPANY], every=True))


def test_the_company_s_stand_first_and_orphans_are_those_that_could_help_one():
    assert FOREST.tops == (COMPANY, ALONE)
    assert FOREST.orphans == (ALONE,)
    assert Forest((ALONE, BOTTOM)).orphans == (), "nobody can help a company objective that is not there"


def test_what_pulled_on_something_that_has_been_archived_is_to_be_aligned_anew():
    left = replace(ALONE, parent=replace(heading(99), archived=True))
    assert Forest((left, BOTTOM)).orphans == (left,)


def test_what_pulls_on_something_outside_stands_at_the_top_and_is_no_orphan():
    away = node(40, parent=heading(99))
    assert Forest((COMPANY, away)).tops == (COMPANY, away)
    assert Forest((COMPANY, away)).orphans == ()


def test_what_hung_below_an_archived_objective_stands_alone():
    gone = replace(heading(99), archived=True)
    left = node(41, parent=gone)
    own = node(42, parent=gone, level=Level.COMPANY)
    forest = Forest((COMPANY, left, own))
    assert (forest.tops, forest.orphans) == ((COMPANY, own, left), (left,))


@pytest.mark.parametrize(
    ("parent_gone", "kr_gone", "helps"),
    [(False, False, "KR-7"), (False, True, "O-3"), (True, False, None), (True, True, None)],
)
def test_what_is_archived_is_helped_no_more(parent_gone, kr_gone, helps):
    pulled = KeyResultHeading(NPS.id, NPS.number, NPS.title, archived=kr_gone)
    found = replace(TEAMS, parent=replace(COMPANY.heading, archived=parent_gone), parent_key_result=pulled)
    assert found.helps == (reference(helps) if helps else None)


def test_what_pulled_on_a_key_result_that_is_archived_pulls_on_the_whole():
    forest = Forest((replace(COMPANY, key_results=(SIGN_UPS,)), TEAMS))
    assert shown(forest.lines(forest.tops)) == ["O-3", "  O-12"]


def test_a_team_s_tree_begins_at_what_no_other_of_its_own_stands_above():
    below = replace(BOTTOM, team=team())
    assert Forest((COMPANY, TEAMS, below, ALONE)).tops_of(team().id) == (TEAMS,)


def test_somebody_s_tree_begins_at_what_no_other_of_their_own_stands_above():
    theirs = replace(ALONE, owner=CHIDI)
    helping = replace(BOTTOM, owner=BO, key_results=(key_result(9, owner=CHIDI),))
    assert Forest((COMPANY, TEAMS, helping, theirs)).tops_with(CHIDI.id) == (helping, theirs)
    assert Forest((COMPANY, TEAMS, BOTTOM)).tops_with(TEAMS.owner.id) == (COMPANY,)


def test_the_path_leads_to_the_top():
    assert FOREST.path(BOTTOM) == (BOTTOM, TEAMS, COMPANY)
    assert FOREST.path(ALONE) == (ALONE,)


def test_beside_are_those_that_pull_on_the_same_thing():
    assert beside(FOREST, TEAMS) == (OTHERS,)
    assert beside(FOREST, WHOLE) == ()
    assert beside(FOREST, COMPANY) == ()


def test_its_own_past_and_future_do_not_pull_beside_it():
    past = node(15, COMPANY, NPS)
    now = replace(node(16, COMPANY, NPS), carried_from=past.heading)
    again = replace(node(17, COMPANY, NPS), carried_from=now.heading)
    forest = Forest((COMPANY, TEAMS, past, now, again))
    for each in (past, now, again):
        assert beside(forest, each) == (TEAMS,)
    assert beside(forest, TEAMS) == (past, now, again)


def test_walks_end_even_where_objectives_hang_below_each_other():
    one, two = node(1), node(2)
    one, two = node(1, two), node(2, one)
    forest = Forest((one, two))
    assert shown(forest.lines([one])) == ["O-1", "  O-2"]
    assert forest.path(one) == (one, two)


@st.composite
def forests(draw: st.DrawFn) -> Forest:
    """Any forest: each objective hangs below one that came before it, or below nothing."""
    made: list[Objective] = []
    for number in range(1, draw(st.integers(1, 30)) + 1):
        above = draw(st.none() | st.sampled_from(made)) if made else None
        kr = draw(st.none() | st.sampled_from(above.key_results)) if above else None
        own = key_result(number, objective=ObjectiveId(number))
        made.append(node(number, above, kr, level=draw(st.sampled_from(Level)), key_results=(own,)))
    return Forest(tuple(draw(st.permutations(made))))


@given(forests())
def test_every_objective_stands_in_the_forest_once_one_step_below_what_it_pulls_on(forest: Forest):
    lines: list[Line] = list(forest.lines(forest.tops))
    objectives = [line.objective for line in lines if line.key_result is None]
    assert sorted(each.number for each in objectives) == sorted(each.number for each in forest.objectives)
    for line in lines:
        steps = forest.path(line.objective)
        on_one = sum(step.parent_key_result is not None for step in steps)
        assert line.depth == len(steps) - 1 + on_one + (line.key_result is not None)


@given(forests())
def test_all_that_lies_below_the_tops_and_the_tops_are_everything(forest: Forest):
    assert sum(1 + forest.below(top) for top in forest.tops) == len(forest.objectives)


@pytest.mark.parametrize(
    ("weights", "part"),
    [(["1"], 1.0), (["1", "1", "1"], 1 / 3), (["2", "1", "1"], 0.5), (["0", "1"], 0.0), (["0"], None)],
)
def test_the_share_of_a_key_result_is_its_weight_in_the_whole(weights, part):
    krs = tuple(key_result(n, weight=Decimal(weight)) for n, weight in enumerate(weights, 1))
    found = share(krs[0], objective(key_results=krs))
    assert found == (None if part is None else pytest.approx(part))


def test_a_key_result_that_is_only_proposed_has_no_share():
    assert share(key_result(99), objective()) is None


def test_what_moved_goes_from_the_first_value_to_the_last():
    kr, still = key_result(34), key_result(35)
    said = [
        update(kr, "41", previous=Decimal(38)),
        update(still, "5", previous=Decimal(5)),
        update(kr, "44", previous=Decimal(41)),
        update(key_result(99), "1", previous=Decimal(0)),
    ]
    found = moves(said, [objective(key_results=(kr, still))])
    assert [(move.key_result.id, move.before, move.after) for move in found] == [(KeyResultId(34), 38, 44)]
