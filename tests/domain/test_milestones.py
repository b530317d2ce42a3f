"""An ordered checklist that is written down and changed."""

from decimal import Decimal

import pytest
from hypothesis import given

from domain.errors import Refusal
from domain.measures import Measure
from domain.milestones import listed, meant, quoted, still_reached
from tests import strategies


def test_a_list_is_taken_as_people_write_lists():
    typed = "\n 1. Draft \n2) Beta\n\n- [ ] Launch\n• Party\n* Sleep\n2 pilots\n"
    assert listed(typed, "milestones") == ("Draft", "Beta", "Launch", "Party", "Sleep", "2 pilots")


@given(strategies.checklists())
def test_a_list_that_is_shown_again_is_the_same_list(of: Measure):
    once = listed("\n".join(f"- {name}" for name in of.milestones), "milestones")
    assert listed("\n".join(once), "milestones") == once


@pytest.mark.parametrize(
    ("before", "reached", "after", "still"),
    [
        (("a", "b", "c"), 2, ("a", "b", "c"), 2),
        (("a", "b", "c"), 2, ("a", "x", "B", "c"), 3),
        (("a", "b", "c"), 2, ("a", "c"), 1),
        (("a", "b", "c"), 2, ("c", "d"), 0),
        (("a", "b", "c"), 0, ("a", "b"), 0),
        (("a", "b", "c"), 3, ("a", "b", "c", "d"), 3),
    ],
)
def test_what_was_reached_stays_reached_when_the_list_changes(before, reached, after, still):
    assert still_reached(before, reached, after) == still


@given(strategies.checklists())
def test_in_quotation_marks_each_is_meant_by_its_name_whatever_that_looks_like(of: Measure):
    for place, name in enumerate(of.milestones, 1):
        assert meant(of.milestones, Decimal(0), quoted(name), "value") == place


@pytest.mark.parametrize(
    ("typed", "reached"),
    [("“3”", 1), ("3", 3), ("“Done”", 2), ("done", 3), ('"done"', 2), ("“design”", 3), ("des", 3)],
)
def test_a_name_that_looks_like_a_number_is_only_meant_in_quotation_marks(typed, reached):
    assert meant(("3", "Done", "Design"), Decimal(0), typed, "value") == reached


@pytest.mark.parametrize("name", ["Design agreed", "Des", "2", "all"])
def test_what_is_none_of_them_any_more_is_not_taken_for_another(name):
    with pytest.raises(Refusal, match=f"There is no milestone “{name}” here, or not any more") as refused:
        meant(("Interviews", "Design agreed by all"), Decimal(0), quoted(name), "value")
    assert refused.value.field == "value"
