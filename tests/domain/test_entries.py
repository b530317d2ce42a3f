"""What one row of an import says by itself: whose it is, and when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.columns import Column
from domain.cycles import Period
from domain.dates import DayOrder
from domain.entries import Notation
from domain.imports import sentences
from domain.objectives import Level
from tests.domain.rows import FY, KNOWN, Q4, TOP, fate, fates, notes, planned, refusal, row

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
