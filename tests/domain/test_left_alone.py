"""What a form leaves alone stays as it is by then, and what then no longer goes together is refused with the reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.key_results import EVERYTHING, MEASURED, PARTS, as_it_is, drafted
from domain.left_alone import by_then, merged, pointing_out
from domain.measures import MeasureKind, measure
from domain.objectives import Level, ObjectiveDraft
from domain.people import TeamDraft
from tests.examples import key_result, member, milestones

SHOWN = key_result(measure=measure("0", "100", "sign-ups", MeasureKind.INCREASE))


def filled_in(*touched: str, **entered: object):
    """The form about it as it comes back with this in it."""
    return replace(drafted(SHOWN), alone=EVERYTHING - entered.keys() - set(touched), **entered)


def since(start="0", target="100", kind=MeasureKind.INCREASE, **others):
    """The key result as somebody else has made it."""
    if kind is MeasureKind.MILESTONES:
        return replace(SHOWN, measure=milestones(2))
    return replace(SHOWN, measure=measure(start, target, others.pop("unit", "sign-ups"), kind, **others))


def test_what_was_left_alone_is_as_it_is_by_then_and_the_rest_as_it_was_put_in():
    draft = TeamDraft("Growth", None, ("U001",), "C001", alone=frozenset({"name", "members"}))
    now = TeamDraft("Engineering", "U002", ("U003",), "C002")
    assert by_then(draft, now) == replace(draft, name="Engineering", members=("U003",))


@pytest.mark.parametrize(
    ("entered", "then", "counts"),
    [
        ({}, since("10", "90"), ("increase", "10", "90")),
        ({"title": "Other"}, since("10", "90"), ("increase", "10", "90")),
        ({"target": "120"}, since("10", "90"), ("increase", "10", "120")),
        ({"start": "5", "target": "120"}, since("10", "90"), ("increase", "5", "120")),
        ({"title": "Other"}, since("90", "10", MeasureKind.DECREASE), ("decrease", "90", "10")),
        ({"unit": "people"}, since("90", "10", MeasureKind.DECREASE), ("decrease", "90", "10")),
        # who chooses another kind means what stands beside it, where the other's has nothing of the sort
        ({"kind": "decrease", "target": "-5"}, since("10", "90"), ("decrease", "10", "-5")),
        ({"kind": "at least"}, since(kind=MeasureKind.MILESTONES), ("at least", "0", "100")),
    ],
)
def test_each_part_of_a_measure_is_as_it_was_put_in_or_as_it_is(entered, then, counts):
    draft = as_it_is(filled_in(**entered), then)
    assert (draft.kind, draft.start, draft.target) == counts
    assert draft.unit == entered.get("unit", "sign-ups")


def test_its_owner_and_who_helps_need_not_be_named_again():
    draft = as_it_is(filled_in(title="Other"), since())
    assert (draft.owner, draft.contributors) == (None, None)


@pytest.mark.parametrize(
    ("entered", "field"),
    [({"target": "120"}, "target"), ({"title": "Other", "unit": "people"}, "unit"), ({"current": "45"}, "current")],
)
def test_what_is_typed_for_a_kind_that_is_gone_is_refused_beside_it(entered, field):
    with pytest.raises(Refusal, match=r"measured in another way by now \(milestones\)") as refused:
        as_it_is(filled_in(**entered), since(kind=MeasureKind.MILESTONES))
    assert refused.value.field == field


def test_every_part_of_every_kind_is_a_part_of_a_measure():
    assert set().union(*PARTS.values()) | {"kind"} == MEASURED
    assert set(PARTS) == set(MeasureKind)


@pytest.mark.parametrize(
    ("alone", "then", "says"),
    [
        ({"level"}, Level.TEAM, True),
        ({"level"}, Level.INDIVIDUAL, False),
        (set(), Level.TEAM, False),
    ],
)
def test_a_refusal_says_where_something_has_changed_meanwhile(alone, then, says):
    shown = ObjectiveDraft("Calm", Level.INDIVIDUAL, alone=frozenset(alone))
    with (
        pytest.raises(Refusal, match="needs a team") as refused,
        pointing_out(shown, replace(shown, level=then), {"level", "team"}),
    ):
        raise Refusal("A team objective needs a team.", "team")
    assert ("Somebody has changed this" in refused.value.sentence, refused.value.field) == (says, "team")


PEOPLE = st.lists(st.sampled_from("abcdefg"), unique=True)


@pytest.mark.parametrize(
    ("drawn", "given", "now", "then"),
    [
        ("ab", "abc", "ab", "abc"),
        ("ab", "abc", "abd", "abdc"),
        ("ab", "a", "abd", "ad"),
        ("ab", "c", "da", "dc"),
        ("ab", "abc", "cba", "cba"),
        ("ab", "b", "b", "b"),
        ("ab", "ba", "dab", "dab"),
        ("", "a", "b", "ba"),
        ("ab", "", "abc", "c"),
    ],
)
def test_a_list_is_merged_name_by_name(drawn, given, now, then):
    assert merged(now, given, drawn) == tuple(then)


@given(PEOPLE, PEOPLE)
def test_whoever_is_alone_with_a_list_gets_the_one_they_gave(drawn, given):
    assert sorted(merged(drawn, given, drawn)) == sorted(given)
    assert merged(given, drawn, drawn) == tuple(given), "and who touched nothing leaves it as it is"


@given(PEOPLE, PEOPLE, PEOPLE)
def test_it_does_not_matter_who_of_two_is_the_later_one_and_both_are_heard(drawn, one, other):
    first = merged(merged(drawn, one, drawn), other, drawn)
    second = merged(merged(drawn, other, drawn), one, drawn)
    assert sorted(first) == sorted(second)
    for name in {*drawn, *one, *other}:
        heard = (name in one and name in other) if name in drawn else (name in one or name in other)
        assert (name in first) == heard
    assert len(set(first)) == len(first)


def test_a_list_is_merged_with_what_is_there_unless_it_was_left_alone():
    now = TeamDraft("Growth", members=("U003", "U001"))
    draft = TeamDraft("Growth", members=("U002", "U001"), drawn={"members": ("U001",)})
    assert by_then(draft, now).members == ("U003", "U001", "U002")
    assert by_then(replace(draft, alone=frozenset({"members"})), now).members == now.members
    assert by_then(replace(draft, drawn={}), now).members == draft.members, (
        "without what was drawn it is meant as it is"
    )


def test_who_helps_is_merged_with_who_helps_by_then():
    ada, bo, chidi = (member(n, slack_id=f"U{n}") for n in (1, 2, 3))
    draft = replace(
        filled_in(), contributors=("U1", "U3"), alone=EVERYTHING - {"contributors"}, drawn={"contributors": ("U1",)}
    )
    assert as_it_is(draft, replace(SHOWN, contributors=(ada, bo))).contributors == ("U1", "U2", "U3")
    assert as_it_is(draft, replace(SHOWN, contributors=(bo, chidi))).contributors == ("U2", "U3")
