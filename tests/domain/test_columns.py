"""Which column a header means, however it is written."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.columns import ALIASES, Column, columns, is_header, named, spelling, told_columns
from domain.errors import Refusal
from domain.sheets import Row

ALLY = ["Row ID", "Title", "Parent", "Entity", "Owner Email", "Time Period", "Start Date", "End Date"]

MEANS = [
    ("row id", Column.ROW_ID),
    ("ROW_ID", Column.ROW_ID),
    ("#", Column.ROW_ID),
    ("OKR Title *", Column.TITLE),
    ("Objective", Column.TITLE),
    ("Parent IDs", Column.PARENT),
    ("Aligned to", Column.PARENT),
    ("Owner E-mail(s)", Column.OWNER),
    ("Owner emails (one a line)", Column.OWNER),
    ("Time Period Name", Column.PERIOD),
    ("Due Date", Column.ENDS),
    ("Target Value", Column.TARGET),
    ("Weight (%)", Column.WEIGHT),
    ("Object Type", Column.TYPE),
    ("Ｔｉｔｌｅ", Column.TITLE),
    ("Favourite colour", None),
    ("", None),
]


@pytest.mark.parametrize(("header", "column"), MEANS)
def test_a_header_is_known_however_it_is_written(header, column):
    assert named(header) is column


def test_the_template_that_people_bring_is_known():
    found = columns(ALLY)

    assert [column.value for column in found.at] == ALLY
    assert found.unread == ()


def test_no_name_means_two_columns():
    meant = {(spelling(name), column) for column, names in ALIASES.items() for name in (column, *names.split(","))}

    assert len({name for name, _ in meant}) == len(meant)


def test_our_own_name_counts_more_than_another():
    assert columns(["Objective", "Title", "Name"]).at[Column.TITLE] == 1


def test_two_that_could_both_be_it_are_a_question():
    with pytest.raises(Refusal, match=r'“Objective” and “Name” .* --map "Objective=Title"'):
        columns(["Objective", "Name"])


def test_what_a_header_means_can_be_said_by_hand():
    found = columns(["Objective", "Name", "Big idea"], told_columns(["big IDEA=title"]))

    assert found.at == {Column.TITLE: 2}
    assert found.unread == ("Objective", "Name")


def test_a_header_with_an_equals_sign_can_be_told():
    assert told_columns(["a=b=Title"]) == {"a=b": Column.TITLE}


@pytest.mark.parametrize(
    ("told", "says"),
    [(["Name"], "does not say"), (["=Title"], "does not say"), (["Name=Shoes"], "none of our columns")],
)
def test_a_map_that_says_nothing_is_refused(told, says):
    with pytest.raises(Refusal, match=says):
        told_columns(told)


def test_a_map_of_a_header_that_is_not_there_is_refused_with_one_that_is():
    with pytest.raises(Refusal, match="Did you mean “Headline”"):
        columns(["Headline"], {"Heedline": Column.TITLE})


@pytest.mark.parametrize(("headers", "says"), [(["Owner"], "No column is the title"), ([], "nothing in this file")])
def test_a_file_without_titles_is_refused(headers, says):
    with pytest.raises(Refusal, match=says):
        columns(headers)


def test_what_is_not_read_is_told_but_not_what_is_computed():
    assert columns(["Title", "Status", "Favourite colour", ""]).unread == ("Favourite colour",)


def test_a_header_names_a_title_and_something_else():
    assert is_header(["", "OKR Name", "Owner"])
    assert not is_header(["Title"])
    assert not is_header(["Owner", "Team"])


def test_a_short_row_says_nothing_in_its_last_columns():
    found = columns(["Title", "Owner"])

    assert found.cell(Row(2, ("Grow",)), Column.OWNER) == found.cell(Row(2, ("Grow",)), Column.TAGS) == ""


@given(st.lists(st.text(max_size=12) | st.sampled_from([*ALLY, "Name"]), max_size=12))
def test_any_header_is_read_or_refused(headers):
    with suppress(Refusal):
        found = columns(headers)
        assert Column.TITLE in found.at
        assert len(set(found.at.values())) == len(found.at)
