"""What becomes of each row of a sheet that somebody brings along."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.columns import Column, columns
from domain.cycles import BACKLOG, Period
from domain.dates import DayOrder
from domain.entries import AS_IT_SHOWS, Notation
from domain.fates import plan
from domain.imports import LeftOut, NewKeyResult, NewObjective, Refused, same_key_result, same_objective, sentences
from domain.known import Known
from domain.measure_cells import COMPLETE
from domain.objectives import Level
from domain.references import Prefix, Reference
from domain.sheets import Row, Sheet

Q4 = Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31))
FY = Period("Q4 FY26", date(2026, 4, 1), date(2026, 6, 30))
KNOWN = Known(
    people={"ada@example.com": "U001", "bo@example.com": "U002"},
    teams=("Growth", "Craft"),
    company=("Acme",),
    cycles=(Q4, FY),
    closed=frozenset({"Q1 2026"}),
    current=Q4,
    standing={Reference(Prefix.OBJECTIVE, 12): "Win the market", Reference(Prefix.KEY_RESULT, 34): "500 sign-ups"},
)
SHORT = {"id": "ROW_ID", "who": "OWNER"}


def row(title="Grow", **cells):
    return {"title": title, "who": "ada@example.com", "entity": "Acme", **cells}


def planned(*rows, known=KNOWN, told=AS_IT_SHOWS):
    """The plan of these rows, the first of which is row 2."""
    sheet = Sheet(
        tuple(Column),
        tuple(
            Row(
                number,
                tuple(
                    {Column[SHORT.get(name, name.upper())]: cell for name, cell in cells.items()}.get(column, "")
                    for column in Column
                ),
            )
            for number, cells in enumerate(rows, 2)
        ),
    )
    return plan(sheet, columns(sheet.headers), known, told)


def fates(*rows, **more):
    return [each.fate for each in planned(*rows, **more).rows]


def fate(*rows, **more):
    """The fate of the last of these rows."""
    return fates(*rows, **more)[-1]


def notes(*rows):
    return planned(*rows).rows[-1].notes


def refusal(*rows, **more):
    """The one problem of the last of these rows."""
    found = fate(*rows, **more)
    assert isinstance(found, Refused), found
    (problem,) = found.problems
    return problem.column, problem.because


TOP = row("Win the market", id="1")
UNDER = row("Grow the list", id="2", parent="1", entity="Growth", who="bo@example.com")
MEASURED = row("500 sign-ups", id="3", parent="2", target="500", start="20", unit="sign-ups", who="", entity="Growth")


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


# parents


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


# people and places


def test_the_first_address_owns_and_the_others_help():
    several = "Ada <ADA@example.com>\nmailto:bo@example.com"

    assert (fate(row(who=several)).owner, fate(row(who=several)).co_owners) == ("ada@example.com", ("bo@example.com",))
    assert fate(TOP, row(parent="1", target="5", who=several)).contributors == ("bo@example.com",)


def test_people_may_be_called_by_names_that_somebody_has_explained():
    known = replace(KNOWN, people={**KNOWN.people, "ada": "U001", "bo de witt": "U002", "al": "U003", "ursula": "U004"})
    found = fate(row(who="Ada\nBo  de Witt, AL"), known=known)

    assert (found.owner, found.co_owners) == ("ada", ("bo de witt", "al"))
    assert sentences(planned(row(who="Ursula", entity=""), known=known).rows[0])[0] == (
        "Row 2 “Grow” becomes an objective of ursula in Q4 2026."
    )


def test_a_helper_who_is_not_here_is_left_out_and_told():
    assert fate(row(who="ada@example.com; x@example.com")).co_owners == ()
    assert "x@example.com" in notes(row(who="ada@example.com x@example.com"))[0]


PLACES = [
    ("ACME", Level.COMPANY, None),
    ("Organization", Level.COMPANY, None),
    ("growth", Level.TEAM, "Growth"),
    ("Growth\nCraft", Level.TEAM, "Growth"),
    ("Individual", Level.INDIVIDUAL, None),
    ("", Level.INDIVIDUAL, None),
]


@pytest.mark.parametrize(("entity", "level", "team"), PLACES)
def test_an_entity_is_the_company_a_team_or_an_individual(entity, level, team):
    found = fate(row(entity=entity))

    assert (found.level, found.team) == (level, team)


def test_a_key_result_belongs_where_its_objective_does():
    assert notes(TOP, row(parent="1", target="5", entity="Craft", period="Q1 2027")) == (
        "It is in the cycle of its objective, Q4 2026.",
        "It belongs where its objective does, not to a team of its own.",
    )
    assert notes(TOP, row(parent="1", target="5", entity="Individual", period="2026 Q4")) == ()


# periods


PERIODS = [
    ({}, Q4),
    ({"period": "q4 2026"}, Q4),
    ({"period": "Q4 FY26"}, FY),
    ({"period": "H1 2027"}, Period("H1 2027", date(2027, 1, 1), date(2027, 6, 30))),
    ({"starts": "2026-10-01", "ends": "2026-12-31"}, Q4),
    ({"starts": date(2026, 4, 1), "ends": Decimal(46203)}, FY),
    (
        {"starts": "2026-10-05", "ends": "1 Nov 2026"},
        Period("2026-10-05 – 2026-11-01", date(2026, 10, 5), date(2026, 11, 1)),
    ),
    (
        {"period": "Sprint", "starts": "2026-10-05", "ends": "2026-11-01"},
        Period("Sprint", date(2026, 10, 5), date(2026, 11, 1)),
    ),
    (
        {"starts": "05/10/2026", "ends": "31/10/2026"},
        Period("2026-10-05 – 2026-10-31", date(2026, 10, 5), date(2026, 10, 31)),
    ),
]


@pytest.mark.parametrize(("cells", "period"), PERIODS)
def test_a_period_is_a_cycle_a_stretch_of_the_calendar_or_its_own_days(cells, period):
    assert fate(row(**cells)).period == period


def test_rows_of_a_period_of_their_own_are_in_it_together():
    first = row("A", period="Sprint", starts="2026-10-05")
    last = row("B", period="sprint", ends="2026-11-01")

    assert {each.period for each in fates(first, last)} == {Period("Sprint", date(2026, 10, 5), date(2026, 11, 1))}


def test_a_period_is_not_called_what_a_list_takes_for_something_else():
    (problem,) = fate(row(period="At risk", starts="2026-10-05", ends="2026-11-01")).problems

    assert problem.column is Column.PERIOD
    assert problem.because == "In a list “At risk” means something else. Give the period another name."


def test_an_objective_without_a_period_has_that_of_the_one_above():
    assert fate(row(id="1", period="H1 2027"), row("B", parent="1")).period.name == "H1 2027"


def test_days_within_a_cycle_are_told_not_to_be_kept():
    assert notes(row(period="Q4 2026", starts="2026-11-01")) == (
        "Its own days are not kept: Q4 2026 goes from 2026-10-01 to 2026-12-31.",
    )


def test_days_that_can_be_read_in_two_ways_wait_for_somebody_to_say():
    cells = {"starts": "05/10/2026", "ends": "11/12/2026"}

    assert {problem.column for problem in fate(row(**cells)).problems} >= {Column.STARTS, Column.ENDS}
    assert fate(row(**cells), told=Notation(days=DayOrder.MONTH_FIRST)).period.starts == date(2026, 5, 10)


WRONG = [
    ({"title": " "}, Column.TITLE, "title"),
    ({"title": "x" * 201}, Column.TITLE, "201 characters"),
    ({"type": "Vision"}, Column.TYPE, "neither an objective nor"),
    ({"who": ""}, Column.OWNER, "Whose is it"),
    ({"who": "Ada Obi"}, Column.OWNER, "I know nobody called “ada obi”. Say who it is in a file: --people."),
    ({"who": "x@example.com"}, Column.OWNER, "Nobody here has the address x@example.com"),
    ({"entity": "Grwth"}, Column.ENTITY, "Did you mean Growth"),
    ({"entity": "Zebra"}, Column.ENTITY, "Add the team first"),
    ({"period": "Q4 FY27"}, Column.PERIOD, "no period that I know"),
    ({"visibility": "the board"}, Column.VISIBILITY, "neither everyone"),
    ({"stage": "doing"}, Column.STAGE, "no stage"),
    ({"starts": "2026-12-31", "ends": "2026-10-01"}, Column.ENDS, "ends before"),
    ({"ends": "soon"}, Column.ENDS, "not a day"),
    ({"target": "lots"}, Column.TARGET, "not a number"),
    ({"weight": "-1"}, Column.WEIGHT, "from 0 to 100"),
    ({"commitment": "maybe"}, Column.COMMITMENT, "neither committed"),
    ({"description": "x" * 2001}, Column.DESCRIPTION, "2,001"),
    ({"tags": ",".join(map(str, range(21)))}, Column.TAGS, "At most 20"),
]


@pytest.mark.parametrize(("cells", "column", "says"), WRONG)
def test_what_cannot_be_taken_is_refused_with_its_column(cells, column, says):
    found, because = refusal(row(**cells))

    assert (found, says in because) == (column, True), because


def test_without_a_cycle_a_period_has_to_be_said():
    assert refusal(row(), known=replace(KNOWN, current=None))[0] is Column.PERIOD


def test_a_row_with_three_slips_is_told_of_all_three():
    found = fate(row(who="Ada Obi", entity="Zebra", weight="heavy"))

    assert [problem.column for problem in found.problems] == [Column.WEIGHT, Column.OWNER, Column.ENTITY]


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
    known = replace(KNOWN, people={**KNOWN.people, "u0254": "U0254"})
    told = [
        sentences(each)[0]
        for each in planned(
            row("Sail", who="U0254", entity="Individual"),
            row("Row", who="Ada@Example.com", entity="Individual"),
            known=known,
        ).rows
    ]

    assert told == [
        "Row 2 “Sail” becomes an objective of U0254 in Q4 2026.",
        "Row 3 “Row” becomes an objective of ada@example.com in Q4 2026.",
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
