"""Lists: what is packed comes back, and which key results of an objective somebody's list is of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lists import Wanted, packed, parts_of, unpacked
from domain.objectives import Stage
from domain.searches import Looked
from tests import examples, strategies
from tests.examples import BO, CHIDI, key_result, objective


@given(strategies.lists_wanted())
def test_what_is_packed_is_unpacked_as_it_was(which):
    assert unpacked(packed(which)) == which


plain = st.none() | st.booleans() | st.integers() | st.text()
keys = st.sampled_from(["level", "people", "teams", "cycle", "year", "statuses", "only", "words", "tags", "x"])
anything = st.recursive(plain, lambda each: st.lists(each) | st.dictionaries(keys, each), max_leaves=20)


@given(anything)
def test_whatever_has_been_tampered_with_is_left_out(values):
    found = unpacked(values)
    assert unpacked(packed(found)) == found


def test_the_one_character_that_a_database_cannot_keep_is_not_asked_for() -> None:
    assert unpacked({"cycle": "Q4\0 2026", "people": ["U0\0"]}) == Wanted(cycle="Q4 2026")


MIXED = objective(
    key_results=(key_result(1), key_result(2, owner=BO), key_result(3, contributors=(BO, CHIDI))),
    proposals=(key_result(4, owner=BO, stage=Stage.PROPOSED),),
    co_owners=(examples.member(4, "Dana"),),
)
"""Ada's and Dana's, in which Bo has three parts and Chidi one."""


@pytest.mark.parametrize(
    ("people", "numbers"),
    [
        ([], None),
        ([1], None),
        ([4], None),
        ([1, 2], None),
        ([2], {2, 3, 4}),
        ([3], {3}),
        ([2, 3], {2, 3, 4}),
        ([9], set()),
    ],
)
def test_somebodys_list_is_of_what_is_theirs_or_of_their_key_results_in_it(people, numbers):
    assert parts_of(people, MIXED) == numbers


ABOUT = objective(
    title="Onboarding",
    tags=("growth",),
    key_results=(
        key_result(1, "Sign-ups", owner=BO, tags=("mobile",)),
        key_result(2, "Sign-ups by phone"),
        key_result(3, "Churn", contributors=(BO,)),
    ),
)
"""Ada's, of which one key result is Bo's and one has his help."""


@pytest.mark.parametrize(
    ("people", "words", "tags", "numbers"),
    [
        ([], ["onboard"], [], None),
        ([], ["signups"], [], {1, 2}),
        ([], ["signups"], ["growth"], {1, 2}),
        ([], ["signups"], ["mobile"], {1}),
        ([], ["churn"], ["mobile"], set()),
        ([], ["onboarding", "churn"], [], set()),
        ([1], ["churn"], [], {3}),
        ([2], ["signups"], [], {1}),
        ([2], ["onboarding"], ["growth"], {1, 3}),
        ([2], ["phone"], [], set()),
    ],
)
def test_what_is_true_of_an_objective_is_true_of_each_of_its_key_results(people, words, tags, numbers):
    assert parts_of(people, ABOUT, Looked(tuple(words), tuple(tags))) == numbers
