"""An ordered checklist that is written down and changed."""

import pytest
from hypothesis import given

from domain.measures import Measure
from domain.milestones import listed, still_reached
from tests import examples


def test_a_list_is_taken_as_people_write_lists():
    typed = "\n 1. Draft \n2) Beta\n\n- [ ] Launch\n• Party\n* Sleep\n2 pilots\n"
    assert listed(typed, "milestones") == ("Draft", "Beta", "Launch", "Party", "Sleep", "2 pilots")


@given(examples.checklists())
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
