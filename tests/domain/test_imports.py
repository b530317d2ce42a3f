"""What becomes of each row of a sheet that somebody brings along."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.columns import Column, columns
from domain.cycles import BACKLOG
from domain.fates import plan
from domain.imports import LeftOut, NewKeyResult, NewObjective, Refused, same_key_result, same_objective, sentences
from domain.measure_cells import COMPLETE
from domain.objectives import Level
from domain.references import Prefix, Reference
from domain.sheets import Row, Sheet
from tests.domain.rows import KNOWN, MEASURED, Q4, TOP, UNDER, fate, fates, notes, planned, row

# objectives and key results


def test_three_rows_become_two_objectives_and_a_key_result():
    top, under, measured = fates(TOP, UNDER, MEASURED)

    assert top == NewObjective("Win the market", Level.COMPANY, None, "ada@example.com", (), Q4, None)
    assert under == NewObjective("Grow the list", Level.TEAM, "Growth", "bo@example.com", (), Q4, 2)
    assert isinstance(measured, NewKeyResult)
    assert (measured.objective, measured.owner, measured.measure.target) == (3, None, Decimal(500))


def test_a_parent_may_come_after_what_is_under_it():
    plan = planned(MEASURED, UNDER, TOP)

    assert [type(each.fate) for each in plan.rows] == [NewKeyResult, NewObjective, NewObjective]
    assert plan.downwards == (2, 1, 0)


WHAT = [
    (row(), NewObjective),
    (row(target="5"), NewObjective),
    (row(parent="1"), NewObjective),
    (row(parent="1", target="5"), NewKeyResult),
    (row(parent="1", kind="done"), NewKeyResult),
    (row(parent="1", milestones="a\nb"), NewKeyResult),
    (row(parent="1", type="Objective", target="5"), NewObjective),
    (row(parent="1", type="Key Result"), NewKeyResult),
    (row(parent="1", type="KPIs", target="5"), NewKeyResult),
    (row(parent="1", type="Team", target="5"), NewKeyResult),
    (row(parent="1", type="Project"), LeftOut),
    (row(type="Initiative", title="", who="nobody"), LeftOut),
]


@pytest.mark.parametrize(("last", "becomes"), WHAT)
def test_a_row_is_what_it_says_or_a_key_result_where_it_is_measured_and_under_something(last, becomes):
    assert isinstance(fate(TOP, last), becomes)


def test_a_row_with_key_results_under_it_is_an_objective_also_with_a_target():
    rows = [TOP, row("Grow", id="2", parent="1", target="10"), row("Sign up", parent="2", target="5")]

    assert [type(each) for each in fates(*rows)] == [NewObjective, NewObjective, NewKeyResult]
    assert "own target is not kept" in " ".join(planned(*rows).rows[1].notes)


def test_a_key_result_that_says_no_target_goes_to_a_hundred_percent():
    assert fate(TOP, row(parent="1", type="KR")).measure == COMPLETE
    assert notes(TOP, row(parent="1", type="KR")) == (
        "It says no target, so it is measured in percent, from 0% to 100%.",
    )
    assert notes(TOP, row(parent="1", type="KR", current="5", unit="people")) == (
        "It says no target, so it is measured in percent, from 0% to 100%. Not kept: 5, people.",
    )


def test_an_objective_may_stand_under_a_key_result():
    rows = [TOP, row("Sign up", id="2", type="KR", parent="1"), row("Help out", parent="2", type="Objective")]

    assert fate(*rows).above == 3
    assert fate(*rows).period == Q4


def test_everything_that_a_row_says_is_kept():
    said = {"description": "Because.", "tags": "#craft, growth\ncraft"}
    objective, key_result = fates(
        row(id="1", **said, commitment="Stretch"), row("B", parent="1", target="5", weight="2", **said)
    )

    assert (objective.aspirational, key_result.weight) == (True, 2)
    assert objective.description == key_result.description == "Because."
    assert objective.tags == key_result.tags == ("craft", "growth")


def test_commitment_is_said_of_an_objective_also_in_a_column_of_types():
    assert fate(row(type="Aspirational")).aspirational
    assert not fate(row(type="Aspirational", commitment="Committed")).aspirational
    assert notes(TOP, row(parent="1", target="5", commitment="Committed")) == (
        "Whether it is committed or aspirational is said of its objective.",
    )


def test_the_apostrophe_that_an_export_puts_before_a_formula_is_taken_away():
    found = fate(row("'=SUM(A1)", description="'-5 a week"))

    assert (found.title, found.description) == ("=SUM(A1)", "-5 a week")


def test_a_share_that_is_over_achieved_is_kept_as_a_form_would_and_a_slip_is_refused():
    def read(current):
        return fate(TOP, row("B", parent="1", start="0", target="100", unit="%", current=current))

    assert read("140%").measure.current == 140
    for slip in ("-5000%", "1001"):
        (problem,) = read(slip).problems
        assert (problem.column, "it goes from -100% to 1,000%" in problem.because) == (Column.CURRENT, True)


# the whole


def test_the_plan_is_told_row_by_row():
    told = [
        sentence
        for each in planned(TOP, UNDER, MEASURED, row("Ship it", type="Project"), row("", who="Ada Obi")).rows
        for sentence in sentences(each)
    ]

    assert told == [
        "Row 2 “Win the market” becomes an objective of the company in Q4 2026.",
        "Row 3 “Grow the list” becomes an objective of Growth in Q4 2026 under row 2.",
        "Row 4 “500 sign-ups” becomes a key result under row 3, increase from 20 sign-ups to 500 sign-ups.",
        "Row 5 “Ship it” is left out. It is neither an objective nor a key result, and Cairn keeps only these.",
        "Row 6 is refused. Title: Give it a title.",
        "Row 6 is refused. Owner Email: I know nobody called “ada obi”. Say who it is in a file: --people.",
    ]


def test_whose_an_objective_becomes_is_said_as_people_are_written():
    known = replace(KNOWN, people={**KNOWN.people, "u0254": "U0254", "u0255": "U0255"})
    told = [
        sentences(each, {"u0255": "Gita", "ada@example.com": "Ada"})[0]
        for each in planned(
            row("Sail", who="U0254", entity="Individual"),
            row("Row", who="Ada@Example.com", entity="Individual"),
            row("Swim", who="U0255", entity="Individual"),
            known=known,
        ).rows
    ]

    assert told == [
        "Row 2 “Sail” becomes an objective of U0254 in Q4 2026.",
        "Row 3 “Row” becomes an objective of ada@example.com in Q4 2026.",
        "Row 4 “Swim” becomes an objective of Gita in Q4 2026.",
    ]


def test_ten_thousand_rows_one_under_another_are_planned():
    rows = [row(f"Step {each}", id=str(each), parent=str(each - 1) if each else "") for each in range(10_000)]

    assert Counter(type(each) for each in fates(*rows)) == {NewObjective: 10_000}


WORDS = (
    "1|2|3|1\n2|KR|Objective|Project|Acme|Growth|ada@example.com|Q4 2026|31/12/2026|01/02/2026|between|80%|a\nb|O-12"
)
VALUES = st.sampled_from(["", Decimal(46296), Decimal(5), date(2026, 10, 1)])
CELL = VALUES | st.sampled_from(WORDS.split("|")) | st.text(max_size=6)


@settings(max_examples=300)
@given(st.lists(st.lists(CELL, max_size=len(Column)), max_size=8))
def test_whatever_a_sheet_holds_every_row_has_one_fate(cells):
    sheet = Sheet(tuple(Column), tuple(Row(number, tuple(each)) for number, each in enumerate(cells, 2)))

    made = plan(sheet, columns(sheet.headers), KNOWN)

    assert [each.row for each in made.rows] == [each.number for each in sheet.rows]
    assert sorted(made.downwards) == list(range(len(cells)))
    assert all(sentences(each) for each in made.rows)
    becoming = {each.row: each.fate for each in made.rows}
    for each in becoming.values():
        above = each.above if isinstance(each, NewObjective) else getattr(each, "objective", None)
        assert not isinstance(above, int) or isinstance(becoming[above], NewObjective | NewKeyResult)
        assert not isinstance(each, NewKeyResult) or not isinstance(becoming.get(above), NewKeyResult)
        assert not isinstance(each, Refused) or each.problems


# what is over, kept from some people, or here already

O12, KR34 = Reference(Prefix.OBJECTIVE, 12), Reference(Prefix.KEY_RESULT, 34)


@pytest.mark.parametrize("over", [{"period": "Q1 2026"}, {"period": "Q2 2026"}, {"archived": "yes"}])
def test_what_is_over_is_left_out_with_its_key_results(over):
    top, measured = fates(
        row(id="1", **over), row("500", parent="1", target="5"), known=replace(KNOWN, since=date(2026, 9, 1))
    )

    assert isinstance(top, LeftOut)
    assert isinstance(measured, LeftOut)
    assert measured.because == "It is left out together with its objective."


def test_an_objective_under_one_that_is_over_stands_on_its_own():
    top, under = planned(row(id="1", period="Q1 2026"), row("Go on", parent="1", period="Q4 2026")).rows

    assert isinstance(top.fate, LeftOut)
    assert isinstance(under.fate, NewObjective)
    assert under.fate.above is None
    assert under.notes == ("Row 2, which it is under, is left out.",)


def test_a_row_whose_id_and_title_are_here_is_left_out_and_what_is_new_stands_under_it():
    top, measured, new = fates(
        row("Win the market", id="O-12", period="Q1 2026"),
        row("500 sign-ups", id="KR-34", parent="O-12", target="5"),
        row("Another", id="KR-35", parent="O-12", target="5"),
    )

    assert (top.here, measured.here) == (O12, KR34)
    assert top.because == "It is here already, as O-12."
    assert isinstance(new, NewKeyResult)
    assert new.objective == O12


def test_the_same_number_of_another_company_is_not_what_is_here():
    assert isinstance(fate(row("Sell more ice", id="O-12")), NewObjective)


def test_the_same_title_owner_entity_and_period_is_here_already_whoever_wrote_the_row_ids():
    here = {
        same_objective("Grow", "U001", Level.COMPANY, None, "Q4 2026"): O12,
        same_key_result("500 sign-ups", O12): KR34,
    }
    rows = (row("GROW", id="x"), row("500 Sign-ups", parent="x", target="5"))

    assert [each.here for each in fates(*rows, known=replace(KNOWN, here=here))] == [O12, KR34]
    assert isinstance(fate(row("Grow", who="bo@example.com"), known=replace(KNOWN, here=here)), NewObjective)


@pytest.mark.parametrize(
    ("cells", "seen"),
    [({}, "everyone"), ({"visibility": "Public"}, "everyone"), ({"visibility": "private"}, "private")],
)
def test_what_is_kept_from_some_people_stays_so(cells, seen):
    assert fate(row(**cells)).visibility == seen


def test_a_draft_stays_a_draft():
    assert fate(row(stage="draft")).stage == "draft"


def test_people_may_be_named_by_their_slack_id():
    known = replace(KNOWN, people={"u001": "U001"})

    assert fate(row(who="U001"), known=known).owner == "u001"


def test_the_backlog_is_a_period_without_days():
    assert fate(row(period="Backlog")).period is BACKLOG
