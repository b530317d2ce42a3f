"""Scores: suggested from what was measured, given by people, and read with what was hoped for in mind."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import scores
from domain.errors import Refusal
from tests.examples import key_result, measure
from tests.examples import objective as an_objective
from tests.strategies import objectives
from views.text import percent


def of(*parts: tuple[str, str]):
    """An objective of key results at these values of 100, with these weights."""
    each = (
        key_result(number, measure=measure(current=value), weight=Decimal(weight))
        for number, (value, weight) in enumerate(parts, start=1)
    )
    return an_objective(key_results=tuple(each))


@pytest.mark.parametrize(
    ("parts", "score", "derived"),
    [
        ([], None, ""),
        ([("40", "0")], None, ""),
        ([("0", "1")], "0", "KR-1 0.0 → 0.0"),
        ([("100", "1")], "1", "KR-1 1.0 → 1.0"),
        ([("140", "1")], "1", "KR-1 1.0 → 1.0"),
        ([("99.8", "1")], "0.99", "KR-1 0.99 → 0.99"),  # missed by a little is missed
        ([("70", "2"), ("40", "1")], "0.6", "KR-1 0.7 × 2 + KR-2 0.4 → 0.6"),
        ([("70", "1"), ("40", "1")], "0.55", "KR-1 0.7 + KR-2 0.4 → 0.55"),
        ([("100", "1"), ("0", "1"), ("0", "1")], "0.33", "KR-1 1.0 + KR-2 0.0 + KR-3 0.0 → 0.33"),
        ([("6.5", "1"), ("0", "1")], "0.03", "KR-1 0.07 + KR-2 0.0 → 0.03"),  # rounded once, as its progress is
        ([("100", "1"), ("99.8", "1")], "0.99", "KR-1 1.0 + KR-2 0.99 → 0.99"),
        ([("12.5", "0.5"), ("100", "0")], "0.13", "KR-1 0.13 × 0.5 + KR-2 1.0 × 0 → 0.13"),
    ],
)
def test_a_score_is_suggested_as_the_weighted_mean_with_its_derivation(parts, score, derived):
    closed = of(*parts)
    assert scores.suggested(closed) == (None if score is None else Decimal(score))
    assert scores.derivation(closed) == derived


@given(objectives())
def test_a_suggestion_stays_within_0_and_1_and_can_be_given(objective):
    suggestion = scores.suggested(objective)
    if suggestion is not None:
        assert 0 <= suggestion <= 1
        assert scores.given(scores.shown(suggestion)) == suggestion
        assert scores.why_asked(suggestion, suggestion, aspirational=True) == ""
        assert bool(scores.why_asked(suggestion, suggestion, aspirational=False)) is (suggestion < scores.LOW)


@given(objectives())
def test_a_suggestion_and_the_progress_on_the_card_are_one_number(objective):
    suggestion = scores.suggested(objective)
    if suggestion is not None and suggestion != scores.ALMOST:
        assert percent(objective.progress) == f"{int(suggestion * 100)}%"


def test_what_has_not_moved_on_its_way_down_scores_nothing_without_a_minus():
    assert scores.derivation(an_objective(key_results=(key_result(1, measure=measure("50", "10", "50")),))) == (
        "KR-1 0.0 → 0.0"
    )


@given(objectives(), st.decimals("0.1", "9", places=1))
def test_it_is_the_shares_that_count_not_the_weights(objective, times):
    heavier = tuple(replace(kr, weight=kr.weight * times) for kr in objective.key_results)
    assert scores.suggested(replace(objective, key_results=heavier)) == scores.suggested(objective)


@pytest.mark.parametrize(
    ("typed", "score"),
    [("0.6", "0.6"), (".6", "0.6"), ("0,65", "0.65"), ("60%", "0.6"), ("1", "1"), (" 0 ", "0"), ("0.666", "0.67")],
)
def test_a_score_is_typed_in_any_usual_way(typed, score):
    assert scores.given(typed) == Decimal(score)


@pytest.mark.parametrize("typed", ["", "1.1", "-0.1", "7", "good", "110%"])
def test_what_is_no_score_is_refused_beside_it(typed):
    with pytest.raises(Refusal) as refused:
        scores.given(typed)
    assert refused.value.field == "score"


@pytest.mark.parametrize(
    ("score", "suggestion", "aspirational", "asked"),
    [
        ("0.7", "0.7", False, ""),
        ("1", "1", False, ""),
        ("0.3", "0.3", True, ""),
        ("0.69", "0.69", False, "It was a commitment, and came to 0.69. "),
        ("0", "0", False, "It was a commitment, and came to 0.0. "),
        ("0.9", "0.89", False, "The suggestion is 0.89. Say in a sentence why it came to 0.9."),
        ("0.5", "0.6", True, "The suggestion is 0.6. Say in a sentence why it came to 0.5."),
        ("0.6", None, True, "There was nothing to suggest a score from. Say in a sentence why it came to 0.6."),
    ],
)
def test_a_score_other_than_suggested_and_a_missed_commitment_need_a_word(score, suggestion, aspirational, asked):
    said = scores.why_asked(Decimal(score), suggestion and Decimal(suggestion), aspirational)
    assert said.startswith(asked)
    assert bool(said) is bool(asked)


@pytest.mark.parametrize(
    ("score", "aspirational", "remark"),
    [
        ("1", False, ""),
        ("0.99", False, "the commitment was 1.0"),
        ("0.7", True, ""),
        ("0.8", True, ""),
        ("0.81", True, "perhaps it was too easy"),
        ("0.1", True, ""),
    ],
)
def test_a_score_is_read_by_what_was_hoped_for(score, aspirational, remark):
    assert scores.remark(Decimal(score), aspirational) == remark
