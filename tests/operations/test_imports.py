"""Imports: everything that a file holds comes to be at once, or nothing of it does."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.columns import Column, named
from domain.errors import NotAllowed, Refusal
from domain.imports import LeftOut
from domain.measures import MeasureKind
from domain.objectives import Level, Stage, Visibility
from domain.people import Role
from domain.staging import counted, periods, staged
from operations import finding, imports
from storage import cycles, objectives, people, staging, teams
from tests.examples import NOW, TODAY
from tests.spreadsheets import brought, planned, written
from tests.storage import company
from tests.storage.company import ELSEWHERE, HERE, admin, objective, person, team, with_role
from tests.storage.outbox import planned as waiting
from tests.storage.units import in_a_session
from tests.test_docs import rows

TOP = {"Row ID": "1", "Title": "Win", "Entity": "Larkspur", "Owner Email": "UADA\nUBO"}
UNDER = {"Row ID": "2", "Title": "Grow", "Parent": "1", "Entity": "Growth", "Owner Email": "UBO"}
MEASURED = {"Row ID": "3", "Title": "500 sign-ups", "Parent": "2", "Owner Email": "UADA\nUBO", "Target": "500"}
BELOW = {"Row ID": "4", "Title": "Call everybody", "Parent": "3", "Entity": "Individual", "Owner Email": "UADA"}


def folk(session):
    ada, bo, gus = person(session), person(session, "Bo"), admin(session)
    team(session, "Growth", bo, ada)
    return ada, bo, gus


def found(session, who):
    return {each.title: each for each in objectives.in_cycle(session, who.workspace, TODAY)}


@in_a_session
def test_what_a_file_holds_comes_to_be_with_numbers_of_its_own(session):
    ada, bo, gus = folk(session)
    objective(session, ada, "Here before")

    added = brought(session, gus, written(MEASURED, TOP, BELOW, UNDER), NOW)

    assert (added.objectives, added.key_results) == (range(2, 5), range(1, 2))
    made = found(session, gus)
    top, under, below = made["Win"], made["Grow"], made["Call everybody"]
    assert (top.level, top.owner.id, [each.id for each in top.co_owners]) == (Level.COMPANY, ada.id, [bo.id])
    assert (under.level, under.team.name, under.parent.title) == (Level.TEAM, "Growth", "Win")
    (kr,) = under.key_results
    assert (kr.title, kr.owner.id, [each.id for each in kr.contributors]) == ("500 sign-ups", ada.id, [bo.id])
    assert (kr.measure.start, kr.measure.target, kr.measure.current) == (0, 500, 0)
    assert (below.parent.title, below.parent_key_result.title) == ("Grow", "500 sign-ups")
    assert {each.cycle.name for each in made.values()} == {"Q4 2026"}


@in_a_session
def test_rows_go_under_what_is_here_already(session):
    ada, _, gus = folk(session)
    kr = company.key_result(session, objective(session, ada, "Here before"))
    file = written(
        {"Title": "Under an objective", "Parent": "O-1", "Entity": "Individual", "Owner Email": "UADA"},
        {"Title": "On a key result", "Parent": str(kr.ref), "Entity": "Individual", "Owner Email": "UADA"},
        {"Title": "Another number", "Parent": "O-1", "Target": "9"},
    )

    brought(session, gus, file, NOW)

    made = found(session, gus)
    assert made["Under an objective"].parent.title == "Here before"
    assert made["On a key result"].parent_key_result.id == kr.id
    assert [each.title for each in made["Here before"].key_results] == [kr.title, "Another number"]
    assert made["Here before"].key_results[1].owner.id == ada.id


@in_a_session
def test_a_cycle_that_nobody_has_opened_is_opened_with_it(session):
    _, _, gus = folk(session)
    file = written(
        TOP | {"Time Period": "Q1 2027"},
        UNDER | {"Time Period": "Year of the snail", "Start Date": "2026-12-01", "End Date": "2027-11-30"},
    )

    brought(session, gus, file, NOW)

    known = {each.name: each for each in cycles.all_of(session, gus.workspace)}
    assert str(known["Year of the snail"].period.starts) == "2026-12-01"
    assert known["Q1 2027"].closes - known["Q1 2027"].period.ends == timedelta(days=14)


@in_a_session
def test_what_is_kept_from_others_and_what_is_only_drafted_stays_so(session):
    _, _, gus = folk(session)
    file = written(TOP | {"Visibility": "private"}, UNDER | {"Stage": "draft"})

    brought(session, gus, file, NOW)

    made = found(session, gus)
    assert made["Win"].visibility is Visibility.PRIVATE
    assert made["Grow"].stage is Stage.DRAFT


@in_a_session
def test_every_kind_of_measure_comes_along(session):
    _, _, gus = folk(session)
    each = [
        {"Kind": "increase", "Unit": "€", "Start": "1", "Target": "2.5", "Current": "2"},
        {"Kind": "decrease", "Start": "9", "Target": "3"},
        {"Kind": "at least", "Unit": "%", "Target": "99.5", "Current": "99.7"},
        {"Kind": "at most", "Target": "10"},
        {"Kind": "between", "Target": "4", "Upper": "6"},
        {"Kind": "milestones", "Milestones": "One\nTwo\nThree", "Current": "2"},
        {"Kind": "done or not", "Current": "yes"},
        {"Kind": "baseline", "Unit": "hours"},
        {"Milestones": "- [ ] One\n- [x] Two\n- [ ] Three"},
    ]
    rows = [{"Title": f"Result {n}", "Parent": "1", "Weight": "2"} | cells for n, cells in enumerate(each)]

    brought(session, gus, written(TOP, *rows), NOW)

    key_results = found(session, gus)["Win"].key_results
    measures = [kr.measure for kr in key_results]
    assert [measure.kind for measure in measures] == [*MeasureKind, MeasureKind.MILESTONES]
    assert (measures[8].milestones, measures[8].reached) == (("One", "Two", "Three"), ("Two",))
    assert (measures[0].unit, measures[0].target, measures[0].current) == ("€", Decimal("2.5"), 2)
    assert (measures[4].target, measures[4].upper) == (4, 6)
    assert (measures[5].milestones, measures[5].current) == (("One", "Two", "Three"), 2)
    assert (measures[6].current, measures[7].measured) == (1, False)
    assert {kr.weight for kr in key_results} == {2}


@in_a_session
def test_the_same_file_adds_nothing_a_second_time(session):
    _, _, gus = folk(session)
    file = written(TOP, UNDER, MEASURED)
    brought(session, gus, file, NOW)

    again, _ = planned(session, gus, file, NOW)

    assert [str(row.fate.here) for row in again.rows if isinstance(row.fate, LeftOut)] == ["O-1", "O-2", "KR-1"]


@in_a_session
def test_nobody_learns_from_an_import_what_others_keep_private(session):
    ada, _, gus = folk(session)
    objective(session, ada, "Sell the company", visibility=Visibility.PRIVATE)
    file = written(
        {"Title": "Sell the company", "Entity": "Individual", "Owner Email": "UADA"},
        {"Title": "Under it", "Parent": "O-1", "Entity": "Individual", "Owner Email": "UADA"},
    )

    like_it, under_it = planned(session, gus, file, NOW)[0].rows

    assert not isinstance(like_it.fate, LeftOut)
    assert under_it.fate.problems[0].because == "There is no row “O-1”."


@in_a_session
def test_only_a_champion_or_an_admin_imports(session):
    ada, _, _ = folk(session)
    nobodys = ("batch", (0, 0), (), NOW)

    for step in (
        lambda who: imports.ground(session, who, {}, NOW),
        lambda who: imports.stage(session, who, "batch", []),
        lambda who: imports.publish(session, who, *nobodys),
        lambda who: imports.forget(session, who, 1),
    ):
        with pytest.raises(NotAllowed, match=r"You cannot import objectives\. An OKR champion or an admin can"):
            step(ada)
        step(with_role(session, ada, Role.CHAMPION))
        people.grant(session, ada.workspace, {Role.CHAMPION: []}, ada, NOW)


@in_a_session
def test_somebody_who_has_left_owns_nothing_that_is_new(session):
    _, _, gus = folk(session)
    person(session, "Zoe", active=False)

    (row,) = planned(session, gus, written(TOP | {"Owner Email": "UZOE"}), NOW)[0].rows

    assert row.fate.problems[0].because.startswith("I know nobody called “uzoe”.")


def staged_now(session, who, *rows):
    """An import that is about to be published."""
    plan, ground = planned(session, who, written(*rows), NOW)
    made = staged(plan, ground.names)
    imports.stage(session, who, "batch", made)
    return counted(made), periods(plan)


MEANWHILE = {
    "Something that rows are under has been put away": lambda s, who, made: objectives.archive(s, made, NOW),
    "A team has been archived": lambda s, who, made: teams.archive(s, teams.all_of(s, who.workspace)[0], NOW),
    "Some of it has been added": lambda s, who, made: objective(s, made.owner, "New"),
    "Another import has begun": lambda s, who, made: imports.forget(s, who, 1),
}


@pytest.mark.parametrize("what", MEANWHILE)
@in_a_session
def test_what_changed_meanwhile_stops_it(session, what):
    ada, _, gus = folk(session)
    made = objective(session, ada, "Here before")
    expected, of = staged_now(
        session,
        gus,
        {"Title": "New", "Entity": "Individual", "Owner Email": "UADA", "Parent": "O-1"},
        UNDER | {"Parent": ""},
    )

    MEANWHILE[what](session, gus, made)

    with pytest.raises(Refusal, match=f"{what} meanwhile. Nothing was added. Run the import again"):
        imports.publish(session, gus, "batch", expected, of, NOW)


@in_a_session
def test_what_is_only_staged_is_nowhere_to_be_seen_and_can_be_forgotten(session):
    ada, _, gus = folk(session)
    staged_now(session, gus, TOP, UNDER, MEASURED)

    assert not finding.find(session, ada, finding.Which(), NOW).objectives
    assert staging.counted(session, gus.workspace, "batch") == (2, 1)
    while imports.forget(session, gus, 1):
        pass
    assert staging.counted(session, gus.workspace, "batch") == (0, 0)


@in_a_session
def test_homes_that_show_it_are_shown_afresh(session):
    ada, _, gus = folk(session)
    people.home_opened(session, ada, NOW)

    brought(session, gus, written(TOP), NOW)

    assert waiting(session, "home") == [f"home/{ada.slack_id}"]


@in_a_session
def test_another_workspace_is_left_alone(session):
    _, _, gus = folk(session)
    zoe = admin(session, "Zoe", ELSEWHERE)
    objective(session, zoe, "Win")
    staged_now(session, gus, TOP)

    assert imports.forget(session, zoe, 9) == 0
    brought(session, zoe, written(TOP | {"Title": "Theirs", "Owner Email": "UZOE"}), NOW)

    assert sorted(found(session, zoe)) == ["Theirs", "Win"]
    assert not found(session, gus)


EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "okrs.csv"


@in_a_session
def test_the_example_in_the_guide_is_three_levels_with_a_key_result_of_every_kind(session):
    folk = {name: person(session, name) for name in ("Ada", "Bo", "Gita", "Emi")}
    team(session, "Engineering", folk["Bo"])
    called = {f"{name.casefold()}@larkspur.example": who.slack_id for name, who in folk.items()}

    brought(session, admin(session), EXAMPLE.read_bytes(), NOW, **called)

    every = [one for cycle in cycles.all_of(session, HERE) for one in objectives.in_cycle(session, HERE, cycle.period)]
    assert {each.level for each in every} == set(Level)
    assert {kr.measure.kind for each in every for kr in each.key_results} == set(MeasureKind)
    assert {each.cycle.name for each in every} == {"2030", "Q1 2030"}
    assert not planned(session, admin(session), EXAMPLE.read_bytes(), NOW, **called)[0].unread


def test_the_guide_explains_every_column():
    told = rows("docs/importing.md", "| column | also called | what stands in it |")

    assert {name for cell, *_ in told for name in cell.split(", ")} == set(Column)
    for cell, also, _ in told:
        meant = [Column(name) for name in cell.split(", ")]
        assert [name for name in also.split(", ") if name and named(name) not in meant] == []
