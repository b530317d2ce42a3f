"""Tags, who may see what, how much is enough, and the examples to start from."""

import pytest
from hypothesis import given

from domain import drafting, templates
from domain.comments import comment_words
from domain.drafting import draft_of, visibility_and_team
from domain.errors import Refusal
from domain.limits import beyond
from domain.objectives import Visibility
from domain.policy import Policy
from tests import strategies
from tests.examples import BO, key_result, objective, team


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        (" , ,#", ()),
        ("growth", ("growth",)),
        ("growth, #mobile,  web  shop ", ("growth", "mobile", "web shop")),
        ("Growth, growth, GROWTH, b", ("Growth", "b")),
    ],
)
def test_tags_are_told_apart_by_commas_and_kept_once(typed, tags):
    assert drafting.tags(typed) == tags


@given(strategies.tags())
def test_tags_come_back_as_they_were(tags):
    assert drafting.tags(", ".join(tags)) == tags


@pytest.mark.parametrize("typed", ["x" * 31, ",".join(map(str, range(11)))])
def test_tags_that_nobody_would_look_for_are_refused(typed):
    with pytest.raises(Refusal) as refused:
        drafting.tags(typed)
    assert refused.value.field == "tags"


def test_only_a_team_that_there_is_can_be_the_only_one_to_see_it():
    assert visibility_and_team(objective(visibility=Visibility.TEAM, team=team()))
    with pytest.raises(Refusal) as refused:
        visibility_and_team(objective(visibility=Visibility.TEAM))
    assert refused.value.field == "visibility"


def test_a_form_begins_with_everything_there_is():
    draft = draft_of(objective(co_owners=(BO,), tags=("a", "b"), description="Why"))
    assert (draft.co_owners, draft.tags, draft.description, draft.cycle) == (("U002",), "a, b", "Why", "Q4 2026")


@pytest.mark.parametrize(
    ("owned", "parts", "policy", "words"),
    [
        (5, 5, Policy(), []),
        (6, 5, Policy(), ["6 objectives"]),
        (5, 6, Policy(), ["6 key results"]),
        (3, 3, Policy(most_objectives=2, most_key_results=2), ["3 objectives", "3 key results"]),
    ],
)
def test_beyond_a_limit_there_is_a_word_of_warning(owned, parts, policy, words):
    said = beyond(objective(key_results=tuple(key_result(n) for n in range(parts))), owned, policy)
    assert len(said) == len(words)
    assert all(word in sentence for word, sentence in zip(words, said, strict=True))


def test_the_examples_cover_the_functions_of_a_company_and_can_all_be_measured():
    assert len(templates.TEMPLATES) >= 12
    assert len({each.key for each in templates.TEMPLATES}) == len(templates.TEMPLATES)
    functions = {each.function for each in templates.TEMPLATES}
    assert functions >= {"Engineering", "Product", "Sales", "Customer success", "People", "Marketing", "Finance"}
    for each in templates.TEMPLATES:
        assert templates.template(each.key) is each
        assert 2 <= len(each.key_results) <= 5
        assert all(sample.measure.progress == 0 for sample in each.key_results)
    assert templates.template("nothing") is None


@pytest.mark.parametrize("typed", ["", " \n\t", "x" * 2_001])
def test_a_comment_has_words_and_not_too_many(typed):
    with pytest.raises(Refusal) as refused:
        comment_words(typed)
    assert refused.value.field == "words"
