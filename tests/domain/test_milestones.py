"""An ordered checklist that is written down, ticked in whatever order, and changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.measures import Measure
from domain.milestones import listed, meant, so_many, still_reached, these, ticked, with_ticks
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
        ("abc", "ab", "abc", "ab"),
        ("abc", "ab", "axBc", "aB"),
        ("abc", "ac", "cab", "ca"),
        ("abc", "ab", "ac", "a"),
        ("abc", "ab", "cd", ""),
        ("abc", "", "ab", ""),
        ("abc", "abc", "abcd", "abc"),
        # one that is called otherwise at its place
        ("abc", "b", "axc", "x"),
        ("abc", "ac", "axc", "ac"),
        # but not several, nor one that another has made room for
        ("abc", "ab", "xyc", ""),
        ("abc", "a", "xac", "a"),
        ("abc", "ab", "bxc", "b"),
        ("abc", "b", "ax", ""),
    ],
)
def test_what_was_reached_stays_reached_when_the_list_changes(before, reached, after, still):
    assert still_reached(before, reached, after) == tuple(still)


@given(strategies.checklists())
def test_in_quotation_marks_each_is_meant_by_its_name_whatever_that_looks_like(of: Measure):
    for name in of.milestones:
        assert meant(of.milestones, (), f"“{name}”", "value") == (name,)


@pytest.mark.parametrize(
    ("typed", "reached"),
    [("“3”", "3"), ("3", "3 Done Design"), ("“Done”", "Done"), ('"done"', "Done"), ("des", "Design")],
)
def test_a_name_that_looks_like_a_number_is_only_meant_in_quotation_marks(typed, reached):
    assert meant(("3", "Done", "Design"), (), typed, "value") == tuple(reached.split())


@pytest.mark.parametrize("name", ["Design agreed", "Des", "2", "all"])
def test_what_is_none_of_them_any_more_is_not_taken_for_another(name):
    with pytest.raises(Refusal, match=f"There is no milestone “{name}” here, or not any more") as refused:
        these(("Interviews", "Design agreed by all"), [name], "value")
    assert refused.value.field == "value"


@pytest.mark.parametrize(
    ("reached", "typed", "then"),
    [
        ("ac", "3", "abc"),
        ("ac", "2", "ac"),
        ("ac", "1", "a"),
        ("d", "+2", "abd"),
        ("bd", "-1", "b"),
        ("bd", "done", "abcd"),
        ("bd", "none", ""),
        ("bd", "75%", "abd"),
        ("d", "b", "bd"),
        ("bd", "b", "bd"),
    ],
)
def test_a_number_keeps_what_is_ticked_and_a_name_ticks_one_more(reached, typed, then):
    assert meant("abcd", reached, typed, "value") == tuple(then)


@given(strategies.checklists(), st.data())
def test_as_many_as_were_said_are_reached_and_no_more_changes_than_that_takes(of: Measure, data):
    reached = tuple(name for name in of.milestones if data.draw(st.booleans()))
    many = data.draw(st.integers(0, len(of.milestones)))
    then = so_many(of.milestones, reached, many)
    assert len(then) == many
    assert set(then) <= set(reached) or set(reached) <= set(then)
    assert [name for name in of.milestones if name in then] == list(then)


def test_ticks_are_read_as_they_are_written():
    lines = with_ticks(("Draft", "Beta", "[x] marks the spot"), ("Beta",))
    assert lines[:2] == ["[ ] Draft", "[x] Beta"]
    assert ticked(lines) == ("Beta",)
    assert ticked(["- [X] Draft", "2. [x]  Beta", "[]Launch", "[x]", "* [ ] Sleep"]) == ("Draft", "Beta")
