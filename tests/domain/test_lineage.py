"""Which row of an import stands above which, and what that makes of each."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.columns import Column
from domain.imports import LeftOut, NewKeyResult, NewObjective, Refused, sentences
from domain.references import Prefix, Reference
from tests.domain.rows import KNOWN, TOP, UNDER, fate, fates, notes, planned, refusal, row


def test_an_id_that_a_spreadsheet_made_a_number_is_the_same_id():
    assert fate(row(id=Decimal("1.0")), row("Two", parent="1")).above == 2


def test_a_parent_is_found_by_a_reference_or_by_its_title():
    assert fate(row(parent="o-12")).above == Reference(Prefix.OBJECTIVE, 12)
    assert fate(row(parent="KR-34")).above == Reference(Prefix.KEY_RESULT, 34)
    assert fate(row(parent="O-12", target="5")).objective == Reference(Prefix.OBJECTIVE, 12)
    assert fate(TOP, row(parent="win the MARKET")).above == 2


def test_the_first_of_several_parents_counts_and_the_others_are_told():
    rows = [TOP, UNDER, row("Both", parent="2\n1")]

    assert fate(*rows).above == 3
    assert notes(*rows) == ("Also under 1, which is not kept: one parent each.",)


PARENTS = [
    ([row(parent="9")], "There is no row “9”"),
    ([row(parent="O-13")], "There is no row “O-13”"),
    ([row(id="1", parent="1")], "above itself"),
    ([row("A", id="1", parent="2"), row("B", id="2", parent="3"), row("C", id="3", parent="1")], "rows 2, 3, 4"),
    ([row(type="KR", target="5")], "Which objective"),
    ([row(parent="KR-34", target="5")], "not under a key result"),
    ([TOP, row("A", id="2", type="KR", parent="1"), row(type="KR", parent="2")], "not under a key result"),
    ([row("A", id="1", type="Project"), row("B", parent="1", type="KR")], "Which objective"),
    ([row("A"), row("A", entity="Growth"), row("B", parent="A")], "There is no row “A”"),
]


@pytest.mark.parametrize(("rows", "says"), PARENTS)
def test_a_parent_that_cannot_be_one_is_refused(rows, says):
    column, because = refusal(*rows)

    assert (column, says in because) == (Column.PARENT, True), because


def test_what_hangs_below_a_circle_is_refused_with_it():
    rows = [row("A", id="1", parent="2"), row("B", id="2", parent="1"), row("C", parent="2")]

    assert [type(each) for each in fates(*rows)] == [Refused, Refused, LeftOut]
    assert fate(*rows).because == "It goes with row 3, which is refused."


def test_what_is_under_a_refused_row_goes_with_it_and_the_cause_is_said_once():
    rows = [
        row("A", id="1", who="x@example.com"),
        row("B", id="2", parent="1"),
        row("C", id="3", parent="2"),
        row("D", parent="3", target="5"),
        row("E", parent="3", target="lots"),
    ]
    cause, *under, wrong = fates(*rows)

    assert isinstance(cause, Refused)
    assert under == [LeftOut("It goes with row 2, which is refused.", under=2)] * 3
    assert [problem.column for problem in wrong.problems] == [Column.TARGET]
    assert len(planned(*rows).refused) == 2
    assert fates(*rows[:2], known=replace(KNOWN, current=None))[1] == under[0]


def test_what_has_a_target_that_cannot_be_read_is_not_said_to_have_none():
    for cells in ({"target": "lots"}, {"target": "$3m", "unit": "€"}, {"target": "5", "current": "some"}):
        assert notes(TOP, row(parent="1", type="KR", **cells)) == (), cells


def test_all_that_is_kept_of_a_key_result_is_told():
    told = {
        "under row 2, increase from €0 to €50, now €20, weight 2, owned by ada@example.com.": {
            "target": "€50",
            "current": "20",
            "weight": "2",
        },
        "under row 2, milestones, now 1 of 2 milestones, owned by ada@example.com.": {
            "milestones": "a\nb",
            "current": "1",
        },
        "under row 2, done or not, now not done yet.": {"kind": "done", "who": ""},
        "under row 2, baseline, now 5 hours.": {"kind": "baseline", "unit": "hours", "current": "5", "who": ""},
    }
    for says, cells in told.items():
        assert sentences(planned(TOP, row("B", parent="1", **cells)).rows[-1])[0] == (
            f"Row 3 “B” becomes a key result {says}"
        )


def test_an_objective_under_a_project_stands_alone_and_is_told_so():
    rows = [row("A", id="1", type="Project"), row("B", parent="1")]

    assert fate(*rows).above is None
    assert notes(*rows) == ("Row 2, which it is under, is left out.",)


def test_an_id_that_is_used_twice_is_refused_the_second_time():
    assert refusal(row("A", id="a"), row("B", id="A")) == (Column.ROW_ID, "Row 2 has this Row ID too.")


def test_a_row_that_says_the_same_is_left_out_and_hands_on_what_is_under_it():
    rows = [row(id="1"), row("grow", id="2"), row("Sign up", parent="2", target="5")]

    assert fates(*rows)[1] == LeftOut("It says the same as row 2.", 2)
    assert fate(*rows).objective == 2


def test_key_results_of_one_title_are_two_where_their_row_ids_or_their_measures_differ():
    def of(*cells):
        return [type(each) for each in fates(TOP, *(row("B", parent="1", **each) for each in cells))[1:]]

    assert of({"id": "a", "target": "5"}, {"id": "b", "target": "5"}) == [NewKeyResult, NewKeyResult]
    assert of({"target": "5"}, {"target": "6"}) == [NewKeyResult, NewKeyResult]
    assert of({"target": "5"}, {"target": "5", "unit": "hours"}) == [NewKeyResult, NewKeyResult]
    assert of({"target": "5"}, {"kind": "done"}, {"target": "5"}) == [NewKeyResult, NewKeyResult, LeftOut]
    assert of({"id": "a", "target": "5"}, {"target": "5"}) == [NewKeyResult, LeftOut]


def test_objectives_of_one_title_that_an_export_tells_apart_are_two():
    assert [type(each) for each in fates(row(id="O-91"), row(id="O-92"))] == [NewObjective, NewObjective]


def test_a_row_above_itself_alone_names_no_others():
    assert refusal(row(id="1", parent="1"))[1] == "It is above itself."
