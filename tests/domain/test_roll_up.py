"""An objective's progress: the mean of its key results, by weight."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.objectives import Objective
from tests import strategies
from tests.examples import key_result, measure, objective

weights = st.decimals(0, 100, places=2)
parts = st.lists(st.tuples(strategies.measures(), weights), min_size=1, max_size=8)


def made_of(*each: tuple[object, Decimal]) -> Objective:
    """An objective with a key result for each measure and its weight."""
    krs = (key_result(number, measure=of, weight=weight) for number, (of, weight) in enumerate(each, 1))
    return objective(key_results=tuple(krs))


@given(parts)
def test_it_stays_within_0_and_1_and_between_its_worst_and_best_part(each):
    progress = made_of(*each).progress
    counted = [of.progress for of, weight in each if weight]
    if not counted:
        assert progress is None
        return
    assert progress is not None
    assert 0.0 <= progress <= 1.0
    assert min(counted) - 1e-9 <= progress <= max(counted) + 1e-9


@given(st.lists(strategies.measures(), min_size=1, max_size=8), st.decimals("0.01", 100, places=2))
def test_with_equal_weights_it_is_the_mean(measures, weight):
    whole = made_of(*((of, weight) for of in measures))
    assert whole.progress == pytest.approx(sum(of.progress for of in measures) / len(measures))
    assert not whole.is_weighted


@given(parts, strategies.measures())
def test_what_weighs_nothing_changes_nothing(each, of):
    assert made_of(*each, (of, Decimal(0))).progress == pytest.approx(made_of(*each).progress)


@given(parts)
def test_only_the_proportions_of_the_weights_count(each):
    doubled = [(of, 2 * weight) for of, weight in each]
    assert made_of(*doubled).progress == pytest.approx(made_of(*each).progress)


def test_twice_the_weight_counts_twice():
    whole = made_of((measure(current="90"), Decimal(2)), (measure(current="30"), Decimal(1)))
    assert whole.progress == pytest.approx(0.7)
    assert whole.is_weighted


def test_what_is_beyond_its_target_does_not_make_up_for_another():
    whole = made_of((measure(current="300"), Decimal(1)), (measure(current="0"), Decimal(1)))
    assert whole.progress == pytest.approx(0.5)


def test_what_is_not_counted_says_so_even_where_nothing_is():
    alone = made_of((measure(), Decimal(0)))
    assert alone.progress is None
    assert alone.is_weighted
