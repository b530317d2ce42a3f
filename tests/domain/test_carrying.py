"""Carrying on: where a measure goes on from, and to."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.carrying import onward, title_of
from domain.errors import Refusal
from domain.measures import Measure, MeasureKind
from tests.examples import key_result, measure
from tests.strategies import key_results


@pytest.mark.parametrize(
    ("before", "keep", "after"),
    [
        (measure("0", "100", "40"), True, ("40", "100")),
        (measure("0", "100", "40"), False, ("40", "140")),
        (measure("0", "100", "100"), False, ("100", "200")),
        (measure("0", "100", "130"), False, ("130", "230")),
        (measure("50", "10", "30"), True, ("30", "10")),
        (measure("50", "10", "30"), False, ("30", "0")),
        (measure("5", "-5", "-1"), False, ("-1", "-11")),
        (measure("0", "60", "50", "%"), False, ("50", "100")),
        (measure("100", "150", "140", "%"), False, ("140", "190")),
    ],
)
def test_a_measure_goes_on_from_where_it_ended(before, keep, after):
    on = onward(key_result(measure=before), keep)
    assert (on.start, on.target, on.current) == (Decimal(after[0]), Decimal(after[1]), Decimal(after[0]))
    assert on.progress == 0


@pytest.mark.parametrize(
    ("before", "keep", "sentence"),
    [
        (measure("0", "100", "100"), True, "KR-34 has reached its target. Leave it out, or set the targets further."),
        (measure("0", "100", "100", "%"), False, "KR-34 can get no further. Leave it out."),
        (measure("9", "0", "0"), False, "KR-34 can get no further. Leave it out."),
    ],
)
def test_what_has_nowhere_to_go_is_refused(before, keep, sentence):
    with pytest.raises(Refusal) as refused:
        onward(key_result(measure=before), keep)
    assert (refused.value.sentence, refused.value.field) == (sentence, "key_results")


def test_a_checklist_goes_on_with_what_is_left_of_it():
    steps = ("Design", "Build", "Launch")
    before = Measure(Decimal(0), Decimal(3), Decimal(1), kind=MeasureKind.MILESTONES, milestones=steps)
    on = onward(key_result(measure=before), True)
    assert (on.milestones, on.current, on.target) == (("Build", "Launch"), 0, 2)
    on = onward(key_result(measure=before.reaching(("Build",))), True)
    assert (on.milestones, on.reached, on.current, on.target) == (("Design", "Launch"), (), 0, 2)


def test_a_checklist_with_one_step_left_is_done_or_not_from_then_on_and_says_which_step():
    steps = ("Design", "Launch")
    kr = key_result(
        title="The shop",
        measure=Measure(Decimal(0), Decimal(2), Decimal(1), kind=MeasureKind.MILESTONES, milestones=steps),
    )
    on = onward(kr, True)
    assert (on.kind, on.current, on.target, on.milestones, on.progress) == (MeasureKind.DONE, 0, 1, (), 0)
    assert title_of(kr, on) == "The shop: Launch"
    assert title_of(key_result(title="The shop", measure=kr.measure.reaching(("Launch",))), on) == "The shop: Design"
    assert title_of(key_result(title="x" * 195, measure=kr.measure), on) == "x" * 195
    assert title_of(key_result(title="Sign-ups"), key_result().measure) == "Sign-ups"


@given(key_results(), st.booleans())
def test_whatever_goes_on_begins_where_it_ended_and_has_a_way_to_go(kr, keep):
    was = kr.measure
    try:
        on = onward(kr, keep)
    except Refusal:
        return
    if was.kind.is_kept or was.kind is MeasureKind.BASELINE:
        begins = was.current if was.kind.is_kept else was.start
        assert on == replace(was, start=begins), "it has no way to go, but for one into its band from where it is"
        return
    assert on.progress == 0
    is_last_step = was.kind is MeasureKind.MILESTONES and was.target - was.current == 1
    assert (on.kind, on.unit) == (MeasureKind.DONE if is_last_step else was.kind, was.unit)
    if was.kind.is_way:
        assert on.start == on.current == was.current != on.target
        assert (on.target > on.start) is (was.target > was.start)
